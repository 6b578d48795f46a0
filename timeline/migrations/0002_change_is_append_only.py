from django.db import migrations

FORBID = """
CREATE FUNCTION timeline_change_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'timeline_change is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER timeline_change_append_only BEFORE UPDATE OR DELETE ON timeline_change
    FOR EACH ROW EXECUTE FUNCTION timeline_change_is_append_only();
"""

ALLOW = """
DROP TRIGGER timeline_change_append_only ON timeline_change;
DROP FUNCTION timeline_change_is_append_only();
"""


class Migration(migrations.Migration):
    """TRUNCATE stays possible for the owner: the test suite empties tables with it."""

    dependencies = [("timeline", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
