"""Every row with an address has its key: those written now and those that were there before keys were."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.builders import make_campaign, make_document, make_source, make_update
from tests.spellings import SPELLINGS
from timeline.models import Document, Source, Update

pytestmark = pytest.mark.django_db


def keys() -> list[str]:
    return [key for noun in (Document, Source, Update) for key in noun.everything.values_list("address_key", flat=True)]


def write() -> None:
    campaign = make_campaign()
    make_document(url=SPELLINGS[1])
    make_source(campaign, url=SPELLINGS[2])
    make_update(campaign, "Copied", url=SPELLINGS[3])


def test_a_row_is_written_with_its_key() -> None:
    write()

    assert keys() == ["spam.example/page?id=1"] * 3


def test_a_row_made_in_bulk_has_its_key_and_a_changed_address_another() -> None:
    Document.everything.bulk_create([Document(uid="bulk", publisher="The Mirror", url=SPELLINGS[4])])
    document = Document.everything.get(address_key="spam.example/page?id=1")

    document.url = ""
    document.save()

    assert keys() == [""]


def test_rows_from_before_get_their_keys() -> None:
    write()
    connection.check_constraints()  # the rows of a data folder wait for no check, as those of an open test do

    for step in ("0002_change_is_append_only", "0003_address_keys"):
        MigrationExecutor(connection).migrate([("timeline", step)])

    assert keys() == ["spam.example/page?id=1"] * 3


def test_an_address_of_any_length_is_kept() -> None:
    make_document(url="https://spam.example/" + "".join(chr(0x4E00 + n * 7 % 20000) for n in range(1900)))

    assert len(keys()[0]) > 1900
