"""The description at /api/v1/schema/ is whole, warns of nothing, and the answers keep to it."""

import io

from django.core.management import call_command


def test_the_schema_is_made_without_a_warning():
    out = io.StringIO()

    call_command("spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", stdout=out)

    assert '"openapi": "3.1' in out.getvalue()
