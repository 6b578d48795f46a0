"""The table of the timeline page as CSV: a row for every milestone and update that the filter leaves."""

import csv
import io
from collections.abc import Iterable, Iterator

from timeline.values.view import Item, TimelineView, UpdateItem, When

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets read Chinese as something else
COLUMNS = (
    "type", "uid", "kind", "scope", "title", "language", "date", "earliest", "latest", "date_in_words", "date_standing",
    "status", "confidence", "departments", "workstreams", "topics", "documents", "figures", "disagreements", "uncited",
    "publisher", "url",
)  # fmt: skip
# A cell that starts like this is run as a formula by spreadsheets, the full-width signs by East Asian ones.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(view: TimelineView) -> bytes:
    """The rows as UTF-8 with a byte order mark; dated milestones, then undated ones, then updates."""
    out = io.StringIO()
    write = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    write.writeheader()
    for row in _rows(view):
        write.writerow({name: guarded(cell) for name, cell in row.items()})
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula: an apostrophe goes before a dangerous start."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(STARTS_A_FORMULA) else cell


def _rows(view: TimelineView) -> Iterator[dict[str, str]]:
    yield from (_item(item) for item in (*view.items, *view.undated))
    yield from (_update(update) for update in view.updates)


def _item(item: Item) -> dict[str, str]:
    return {
        "type": "milestone",
        "uid": item.uid,
        "kind": item.kind,
        "scope": item.scope,
        "title": item.title.text,
        "language": item.title.language,
        **_date(item.when),
        "status": item.status,
        "confidence": item.confidence,
        "departments": _joined(party.name.text for party in item.parties),
        "workstreams": _joined(item.workstreams),
        "topics": _joined(item.topics),
        "documents": str(item.documents),
        "figures": str(item.figures),
        "disagreements": _joined(item.disagreements),
        "uncited": item.uncited,
    }


def _update(update: UpdateItem) -> dict[str, str]:
    return {
        "type": "update",
        "uid": update.uid,
        "title": update.title.text,
        "language": update.title.language,
        **_date(update.when),
        "departments": _joined(update.departments),
        "publisher": update.publisher,
        "url": update.url,
    }


def _date(when: When) -> dict[str, str]:
    earliest, latest = when.value.earliest, when.value.latest
    return {
        "date": when.value.text,
        "earliest": earliest.isoformat() if earliest else "",
        "latest": latest.isoformat() if latest else "",
        "date_in_words": when.words,
        "date_standing": when.standing,
    }


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
