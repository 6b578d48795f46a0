"""PostgreSQL and Valkey from wheels. The only package of ours that knows those wheels."""
