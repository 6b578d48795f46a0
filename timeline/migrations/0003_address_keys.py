import django.contrib.postgres.indexes
from django.db import migrations

import timeline.models.base
from timeline.values import addresses

NOUNS = ("Document", "Source", "Update")


def fill(apps, schema_editor):
    """The key of every row that is there already."""
    for noun in NOUNS:
        model = apps.get_model("timeline", noun)
        rows = list(model._base_manager.exclude(url="").only("pk", "url"))
        for row in rows:
            row.address_key = addresses.key(row.url)
        model._base_manager.bulk_update(rows, ["address_key"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0002_change_is_append_only")]
    operations = [
        *(
            migrations.AddField(noun.lower(), "address_key", timeline.models.base.AddressKeyField(default=""))
            for noun in NOUNS
        ),
        migrations.AddIndex(
            "document",
            django.contrib.postgres.indexes.HashIndex(fields=["address_key"], name="document_by_address"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
