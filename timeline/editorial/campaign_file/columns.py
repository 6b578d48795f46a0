"""From an entry of a campaign file to the columns of its row.

A text that the file leaves out is left out here too, so that a load never empties one. A term that it leaves out is
its default. Publication states are the exception: what was retracted stays so until the file says "published".
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from timeline.editorial.campaign_file.shape import SCHEMA, Data
from timeline.models import Citation, Department, Document

Values = dict[str, Any]
FOUR_PLACES = Decimal("0.0001")  # as the column holds it, so that a comparison finds no difference


def positions(wanted: Sequence[str], held: Mapping[str, int]) -> dict[str, int]:
    """The position of each key. Where the rows are in the wanted order already, they stay where they are."""
    places = [held.get(key, -1) for key in wanted]
    in_order = -1 not in places and all(first < second for first, second in pairwise(places))
    return dict(zip(wanted, places, strict=True)) if in_order else {key: place for place, key in enumerate(wanted)}


def campaign(item: Data) -> Values:
    return _columns(item, "campaign", ("slug", "title", "summary", "state"), ("timezone",))


def document(item: Data) -> Values:
    texts = ("uid", "publisher", "title", "url", "language", "published_on")
    return _columns(item, "document", texts, ("quality", "do_not_link"))


def citation(item: Data, document: Document) -> Values:
    return {"document": document, "quote": item.get("quote", ""), **_columns(item, "citation", ("quote_language",))}


def department(item: Data, known: Mapping[str, Department]) -> Values:
    values = _columns(item, "department", ("slug", "abbreviation", "branch", "website", "note"), ("inferred",))
    return values | ({"parent": known[item["parent"]]} if "parent" in item else {})


def name(item: Data, department: Department) -> Values:
    days = {f"valid_{end}": date.fromisoformat(item[end]) for end in ("from", "to") if end in item}
    return {"department": department, **_columns(item, "name", ("language", "text"), ("kind",)), **days}


def succession(item: Data, known: Mapping[str, Department], cited: Citation | None) -> Values:
    ends = {"predecessor": known[item["predecessor"]], "successor": known.get(item.get("successor", ""))}
    return {**ends, **_columns(item, "succession", ("on", "kind", "note")), **_citation(cited)}


def participation(item: Data, load: Any) -> Values:
    department = load.departments[item["department"]]
    return {"department": department, "role": item["role"], **_citation(load.cited(item.get("citation")))}


def responsibility(item: Data, department: Department) -> Values:
    return {"department": department, **_columns(item, "responsibility", ("role",), ("basis",))}


def workstream(item: Data, load: Any) -> Values:
    texts = ("uid", "title", "summary", "aliases", "quote")
    return _columns(item, "workstream", texts) | _citation(load.cited(item.get("citation")))


def topic(item: Data, load: Any) -> Values:
    texts = ("uid", "group", "title", "summary", "aliases")
    return _columns(item, "topic", texts) | _citation(load.cited(item.get("citation")))


def phase(item: Data, load: Any) -> Values:
    values = _columns(item, "phase", ("uid", "title", "summary", "basis"))
    return values | ({"parent": load.phases[item["parent"]]} if "parent" in item else {})


def milestone(item: Data, *, decided: bool) -> Values:
    """`decided`: its status follows statements, so the column is theirs."""
    texts = ("uid", "kind", "title", "summary", "uncited_reason", "state")
    return _columns(item, "milestone", texts, ("scope", "confidence", *(() if decided else ("status",))))


def metric(item: Data) -> Values:
    return _columns(item, "metric", ("uid", "title"), ("definition_version", "unit"))


def figure(item: Data, load: Any) -> Values:
    texts = ("uid", "scope", "as_of", "as_said", "known_on", "reason", "state")
    links: Values = {field: load.figures[item[field]] for field in ("parent", "confirms") if field in item}
    if "milestone" in item:
        links["milestone"] = load.milestones[item["milestone"]]
    return {
        "metric": load.metrics[item["metric"], item.get("definition_version", 1)],
        "value": Decimal(item["value"]).quantize(FOUR_PLACES),
        **{f"window_{part}": text for part, text in item.get("window", {}).items()},
        **_columns(item, "figure", texts, ("qualifier", "unit", "rank")),
        **_citation(load.cited(item.get("citation"))),
        **links,
    }


def disagreement(item: Data, load: Any) -> Values:
    return _columns(item, "disagreement", ("uid", "title", "says"))


def statement(item: Data, cited: Citation | None) -> Values:
    """All but what it is about and what it hangs on."""
    texts = ("uid", "property", "basis", "as_said", "note", "known_on", "reason", "state", "offset")
    return _columns(item, "statement", texts, ("aspect", "rank")) | _citation(cited)


def _columns(item: Data, noun: str, texts: Sequence[str], terms: Sequence[str] = ()) -> Values:
    said = {field: item[field] for field in texts if field in item}
    defaults = SCHEMA["$defs"][noun]["properties"]
    return said | {field: item.get(field, defaults[field].get("default")) for field in terms}


def _citation(cited: Citation | None) -> Values:
    return {"citation": cited} if cited else {}
