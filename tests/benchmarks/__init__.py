"""Measurements of the product beside a named limit, in one run: `make bench`. Never part of the tests."""
