"""Timeline views made by hand: what the charts draw, without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

from timeline.values import edtf
from timeline.values.filters import TimelineFilter
from timeline.values.view import Band, Competitor, Counts, EndMark, Head, Item, Lane, Party, Text, TimelineView, When


def when(value: str, **fields: Any) -> When:
    return When(value=edtf.parse(value), words=value or "date unknown", **fields)


def item(uid: str, value: str = "2023-02-16", *lanes: str, **fields: Any) -> Item:
    made = Item(
        uid=uid, kind="result", kind_label="result", scope="core", scope_label="about the campaign",
        title=Text(f"Title of {uid}", "en"), other_title=None, summary=None, when=when(value), status="done",
        status_label="done", confidence="high", lanes=lanes or ("mps",),
        parties=tuple(party(lane) for lane in lanes or ("mps",)), workstreams=(), topics=(),
    )  # fmt: skip
    return replace(made, **fields)


def party(slug: str) -> Party:
    return Party(slug, Text(slug.upper(), "en"), slug.upper(), "lead", "lead", slug)


def lane(key: str, **fields: Any) -> Lane:
    return replace(Lane(key=key, title=Text(key.upper(), "en"), short=key.upper()), **fields)


def rival(value: str, publisher: str = "Gazette") -> Competitor:
    return Competitor(when(value), publisher, "publication", "date of publication", "normal", "actual")


def band(uid: str, start: str, end: str = "", basis: str = "observed") -> Band:
    return Band(uid, Text(uid.title(), "en"), None, basis, basis, when(start), when(end))


def end(value: str, label: str = "computed") -> EndMark:
    return EndMark(when(value), label, "computed", "normal", "")


def view(*items: Item, lanes: tuple[Lane, ...] = (), **fields: Any) -> TimelineView:
    """A view from 5 August 2022 to 23 May 2024; its lanes are those of the items where none are given."""
    keys = dict.fromkeys(key for each in items for key in each.lanes)
    head = Head(
        slug="sweep", title=Text("The sweep", "en"), other_title=None, summary=None, timezone="Asia/Shanghai",
        state="published", start=when("2022-09-05"), end=when(""), duration="P18M", duration_words="18 months",
        status="running", finding=(), lead=None, revision=1,
    )  # fmt: skip
    made = TimelineView(
        head=head, language="en", today=date(2024, 6, 1), filter=TimelineFilter(), first=date(2022, 1, 1),
        last=date(2024, 5, 23), lanes=lanes or tuple(lane(key) for key in keys), bands=(),
        items=tuple(sorted(items, key=lambda each: (each.when.value.earliest or date.min, each.uid))), undated=(),
        updates=(), ends=(), disputes=(), counts=Counts(len(items), len(items), 0, 0, 0, 0, 0, len(items), 0, 0, 0, 0),
        focus=(date(2022, 8, 5), date(2024, 5, 23)),
    )  # fmt: skip
    return replace(made, **fields)
