"""The Chinese catalogue: whole, compiled, and nothing in the templates slips past it."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from campaign_dashboard.tools import messages
from timeline.queries.retold import SENTENCES

TEMPLATES = sorted(path for path in (messages.ROOT / "templates").rglob("*.html") if path.name != "500.html")
# Names, notations and commands, which are the same in every language; what else stands bare is a mistake.
SAME_EVERYWHERE = {"API", "BY", "CC", "EN", "JSON", "NAME", "UTC", "api", "bin", "docs", "make", "manage", "password"}
SAME_EVERYWHERE |= {"py", "python", "venv"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def stored() -> Catalog:
    return messages.stored()


@pytest.fixture(scope="module")
def merged(stored: Catalog) -> Catalog:
    return messages.merged(stored)


def forms(found: object) -> list[str]:
    return [found] if isinstance(found, str) else list(found)  # type: ignore[call-overload]


def test_every_message_of_the_code_is_translated(merged: Catalog) -> None:
    assert [found.id for found in messages.missing(merged)] == []


def test_the_catalogue_holds_nothing_that_the_code_does_not_ask_for(stored: Catalog, merged: Catalog) -> None:
    wanted = {(found.context, str(found.id)) for found in merged}

    assert [found.id for found in stored if (found.context, str(found.id)) not in wanted] == []


def test_the_compiled_catalogue_is_that_of_the_text(stored: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, stored)

    assert messages.CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_a_translation_keeps_the_placeholders(stored: Catalog) -> None:
    lost = [
        found.id
        for found in stored
        for said in forms(found.string)
        if set(PLACEHOLDER.findall(forms(found.id)[-1])) != set(PLACEHOLDER.findall(said))
    ]

    assert lost == []


def test_chinese_has_full_width_punctuation(stored: Catalog) -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")

    assert [said for found in stored for said in forms(found.string) if found.id and half.search(said)] == []


def test_what_a_source_may_be_told_of_can_be_said_again() -> None:
    said = [
        found
        for place, found, _context in messages.messages()
        if place.startswith("timeline/ingest/") and isinstance(found, str) and found.endswith(".")
    ]

    assert said
    assert set(said) <= set(SENTENCES)


class Bare(HTMLParser):
    """The words that stand in a template outside of tags and translations, and in attributes that are read out."""

    READ_OUT = {"alt", "aria-label", "placeholder", "title"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in self.READ_OUT:
                self.handle_data(value or "")

    def handle_data(self, data: str) -> None:
        self.words += re.findall(r"[A-Za-z]{2,}", data)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(messages.ROOT / "templates").as_posix())
def test_a_template_says_nothing_untranslated(path: Path) -> None:
    text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.DOTALL)

    assert [word for word in Bare(text).words if word not in SAME_EVERYWHERE] == []
