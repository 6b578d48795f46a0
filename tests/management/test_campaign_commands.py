"""manage.py load_campaign and dump_campaign, as a person at a terminal meets them."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.editorial.campaign_files import SMALL_FILE, put, small
from timeline.models import Campaign, Change, Document, Milestone

MANAGE = Path(__file__).parents[2] / "manage.py"


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def wrong_file(tmp_path: Path) -> Path:
    data = put(put(small(), "/participations/0/department", "nobody"), "/disagreements/0/figures/0", "nothing")
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_load_tells_what_it_made() -> None:
    said = run("load_campaign", str(SMALL_FILE))

    assert said.startswith("small: made 1 campaign, ")
    assert ", 5 departments, " in said and ", 3 milestones, " in said
    assert said.endswith(f"revision {Campaign.everything.get().revision}.\n")


@pytest.mark.django_db
def test_a_second_load_says_that_there_is_nothing_to_change() -> None:
    run("load_campaign", str(SMALL_FILE))

    assert run("load_campaign", str(SMALL_FILE)).startswith("small: nothing to change; ")


@pytest.mark.django_db
def test_a_wrong_file_is_refused_whole_with_every_place_and_reason(wrong_file: Path) -> None:
    with pytest.raises(CommandError) as refused:
        run("load_campaign", str(wrong_file))

    lines = str(refused.value).splitlines()
    assert lines[0] == f"{wrong_file} has 2 errors; nothing was loaded."
    assert lines[1:3] == [
        "  /disagreements/0/figures/0: There is no figure “nothing” in this file.",
        "  /participations/0/department: There is no department “nobody” in this file.",
    ]
    assert not Campaign.everything.exists() and not Document.everything.exists() and not Change.everything.exists()


def test_a_wrong_file_ends_the_command_with_1_and_no_traceback(wrong_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, MANAGE, "load_campaign", wrong_file], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "/participations/0/department" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_check_writes_nothing() -> None:
    assert run("load_campaign", "--check", str(SMALL_FILE)) == f"{SMALL_FILE} is a right campaign file.\n"
    assert not Campaign.everything.exists()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: None, "could not be read: No such file or directory. Nothing was loaded."),
        (lambda path: path.mkdir(), "could not be read: Is a directory. Nothing was loaded."),
        (lambda path: path.write_bytes(b"\xff\xfe"), "is not UTF-8 text (byte 0). Nothing was loaded."),
        (lambda path: path.write_text("{"), "has 1 error; nothing was loaded."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_plainly(tmp_path: Path, make: Callable[[Path], None], why: str) -> None:
    make(tmp_path / "file.json")

    with pytest.raises(CommandError, match=why.replace("(", r"\(").replace(")", r"\)")):
        run("load_campaign", str(tmp_path / "file.json"))


@pytest.mark.django_db
def test_a_dump_goes_to_standard_output_or_to_a_file(tmp_path: Path) -> None:
    run("load_campaign", str(SMALL_FILE))
    text = SMALL_FILE.read_text(encoding="utf-8")

    assert run("dump_campaign", "small") == text
    assert run("dump_campaign", "small", "-o", str(tmp_path / "out.json")) == f"small is in {tmp_path / 'out.json'}.\n"
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == text


@pytest.mark.django_db
def test_a_campaign_that_does_not_exist_is_told_with_those_that_do() -> None:
    run("load_campaign", str(SMALL_FILE))

    with pytest.raises(CommandError, match=r"There is no campaign “large”\. There are: small\."):
        run("dump_campaign", "large")


@pytest.mark.django_db
def test_a_dump_that_cannot_be_written_is_told_plainly(tmp_path: Path) -> None:
    run("load_campaign", str(SMALL_FILE))

    with pytest.raises(CommandError, match="could not be written: Is a directory"):
        run("dump_campaign", "small", "-o", str(tmp_path))


@pytest.mark.django_db
def test_a_dump_that_would_not_load_back_says_so_and_where() -> None:
    run("load_campaign", str(SMALL_FILE))
    Milestone.everything.filter(uid="after").update(uncited_reason="")

    with pytest.raises(CommandError, match="would not load back") as told:
        run("dump_campaign", "small")

    assert "  /milestones/0: A milestone needs citations, or an uncited_reason." in str(told.value)


@pytest.mark.parametrize("name", ["load_campaign", "dump_campaign"])
def test_the_help_explains_the_command_and_names_the_document(name: str) -> None:
    shown = subprocess.run([sys.executable, MANAGE, name, "--help"], capture_output=True, text=True, check=True).stdout

    assert "docs/campaign-file.md" in shown
    assert "\nLoad a campaign" in shown or "Write a campaign" in shown
