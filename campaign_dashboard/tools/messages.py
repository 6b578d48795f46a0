"""Brings the Chinese catalogue up to date with the code and the templates, and compiles it. Run by path.

    templates ─Django's templatize─▶ calls of gettext ─┐
    Python ────────────────────────────────────────────┴─Babel─▶ messages ─▶ django.po ─▶ django.mo

Needs no gettext programs, so that it works wherever the tests do. Messages without a translation are listed.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "campaign_dashboard" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def messages() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """(file, message or its forms, context) for everything marked, in the order of the files."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        place = path.relative_to(ROOT).as_posix()
        calls = templatize(path.read_text(encoding="utf-8"), origin=place)
        # What templatize leaves between the calls is no Python; the reader of JavaScript steps over it.
        yield from _found("javascript", place, calls.encode())
    for folder in ("campaign_dashboard", "timeline"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _found("python", path.relative_to(ROOT).as_posix(), path.read_bytes())


def _found(method: str, place: str, text: bytes) -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    options = {"encoding": "utf-8"}
    for _line, found, _comments, context in extract(method, io.BytesIO(text), KEYWORDS, options=options):
        yield place, found, context


def fresh() -> Catalog:
    """The catalogue as the code asks for it, with nothing translated."""
    catalogue = Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    for place, found, context in messages():
        if found and any(found):
            catalogue.add(found, locations=[(place, 0)], context=context)
    return catalogue


def stored() -> Catalog:
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django")


def missing(catalogue: Catalog) -> list[Message]:
    """What has no translation, or only a guessed one."""
    return [found for found in catalogue if found.id and (found.fuzzy or not all(_forms(found)))]


def _forms(found: Message) -> tuple[str, ...]:
    return tuple(map(str, found.string)) if isinstance(found.string, tuple | list) else (str(found.string or ""),)


def merged(old: Catalog) -> Catalog:
    """What the code asks for, with the translations that are known; what it no longer asks for is left out."""
    new = fresh()
    for wanted in new:
        known = old.get(wanted.id, wanted.context) if wanted.id else None
        if known is not None and not known.fuzzy:
            wanted.string, wanted.user_comments = known.string, known.user_comments
    # Names and dates stay as they are written there: a run that changes no message changes no byte.
    new.header_comment, new.mime_headers = old.header_comment, old.mime_headers
    return new


def keep(catalogue: Catalog) -> None:
    """Writes both forms; neither is touched when one cannot be made."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue, width=120, include_lineno=False, sort_by_file=True)
    write_mo(compiled, catalogue)
    CATALOGUE.write_bytes(text.getvalue())
    CATALOGUE.with_suffix(".mo").write_bytes(compiled.getvalue())


def main() -> int:
    """Update and compile; 1 while something is untranslated."""
    catalogue = merged(stored())
    keep(catalogue)
    left = missing(catalogue)
    for found in left:
        print("not translated yet:", found.id)  # noqa: T201
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
