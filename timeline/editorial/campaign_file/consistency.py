"""Whether the statements, windows and names of a campaign file make sense in themselves. No database here."""

from collections import defaultdict
from collections.abc import Iterator

from timeline.editorial.campaign_file.walk import (
    Data,
    Error,
    Subject,
    anchor_subject,
    circle,
    is_computed,
    items,
    statements,
    subjects,
)
from timeline.values import durations, edtf
from timeline.values.choice import Said, choose_date
from timeline.values.terms import MILESTONE_STATUSES

DATES = ("start", "end", "when")
PROPERTIES_OF = {
    "campaign": ("exists", "start", "end", "duration", "status"),
    "phase": ("exists", "start", "end", "duration"),
    "milestone": ("exists", "when", "status"),
    "department": ("exists", "start", "end", "status"),
    "participation": ("exists", "start", "end", "status"),
}


def broken_statements(data: Data) -> Iterator[Error]:
    """Statements that say nothing, say it about the wrong thing, or hang on themselves."""
    about = {found["uid"]: (subject, found["property"]) for _, subject, found in statements(data)}
    for place, subject, found in statements(data):
        yield from _evidence(place, found)
        if found["property"] not in PROPERTIES_OF[subject[0]]:
            known = ", ".join(PROPERTIES_OF[subject[0]])
            yield f"{place}/property", f"A {subject[0]} has no “{found['property']}”; it has {known}."
        yield from _computed(place, found, data) if is_computed(found) else _plain(place, found, subject)
        moved = about.get(found.get("supersedes", ""))
        if moved and moved != (subject, found["property"]):
            yield f"{place}/supersedes", "A statement can only replace one about the same property of the same thing."
    yield from _replaced_twice(data)
    yield from _circles(data)


def broken_dates(data: Data) -> Iterator[Error]:
    """Names, windows, phases and campaigns that end before they start."""
    for place, item in items(data, "departments"):
        for number, name in enumerate(item["names"]):
            if name.get("to") and name.get("from", "") > name["to"]:
                yield (
                    f"{place}/names/{number}/to",
                    f"The name ends on {name['to']}, before it starts on {name['from']}.",
                )
    for place, item in items(data, "figures"):
        window = item.get("window", {})
        yield from _in_order(f"{place}/window/end", "The window", window.get("start", ""), window.get("end", ""))
    for place, subject, item in subjects(data):
        if subject[0] in ("campaign", "phase"):
            start, end = (_stated(item, name) for name in ("start", "end"))
            yield from _in_order(f"{place}/statements", f"The {subject[0]}", start, end)
    for place, item in items(data, "milestones"):
        if not item.get("citations") and not item.get("uncited_reason"):
            yield place, "A milestone needs citations, or an uncited_reason."


def _evidence(place: str, found: Data) -> Iterator[Error]:
    if "citation" not in found and not found.get("reason", "").strip():
        yield place, "A statement needs a citation, or the reason why there is none."


def _computed(place: str, found: Data, data: Data) -> Iterator[Error]:
    if found["property"] not in DATES:
        yield f"{place}/property", f"Only a date can be computed from another, not “{found['property']}”."
    if found.get("value"):
        yield f"{place}/value", "A computed statement holds no value; it is computed again from what it hangs on."
    if "anchor" in found and found.get("derived_from"):
        yield place, "A statement counts from an anchor or from other statements, not from both."
    anchor = found.get("anchor")
    if anchor is None:
        if found.get("offset") == "duration":
            yield f"{place}/offset", "Only an anchor has a duration; write the offset out, such as P18M."
        return
    if "phase" in anchor and "milestone" in anchor:
        yield f"{place}/anchor", "An anchor names a phase or a milestone, not both."
    kind = anchor_subject(anchor, data)[0]
    if anchor["property"] not in PROPERTIES_OF[kind]:
        yield f"{place}/anchor/property", f"A {kind} has no “{anchor['property']}”."


def _plain(place: str, found: Data, subject: Subject) -> Iterator[Error]:
    value, prop = found.get("value", ""), found["property"]
    if found.get("offset"):
        yield f"{place}/offset", "An offset needs an anchor or derived_from to count from."
    try:
        if prop in DATES:
            edtf.parse(value)
        elif prop == "duration" and value:
            durations.parse_duration(value)
    except (edtf.EdtfError, durations.DurationError) as error:
        yield f"{place}/value", str(error)
    if prop == "status" and subject[0] == "milestone" and value not in MILESTONE_STATUSES:
        yield f"{place}/value", f"“{value}” is not one of {', '.join(MILESTONE_STATUSES)}."


def _replaced_twice(data: Data) -> Iterator[Error]:
    replaced: set[str] = set()
    for place, _, found in statements(data):
        if found.get("supersedes") in replaced:
            yield f"{place}/supersedes", "Another statement replaces that one already; replace the newer one."
        replaced.update({found["supersedes"]} if "supersedes" in found else ())


def _circles(data: Data) -> Iterator[Error]:
    by_date: dict[tuple[Subject, str], list[str]] = defaultdict(list)
    for _, subject, found in statements(data):
        by_date[subject, found["property"]].append(found["uid"])
    hangs, replaces = {}, {}
    for _, _, found in statements(data):
        links = list(found.get("derived_from", ()))
        if "anchor" in found:
            links += by_date[anchor_subject(found["anchor"], data), found["anchor"]["property"]]
        hangs[found["uid"]] = links
        replaces[found["uid"]] = [found["supersedes"]] if "supersedes" in found else []
    for place, _, found in statements(data):
        if circle(found["uid"], hangs):
            field = "anchor" if "anchor" in found else "derived_from"
            yield f"{place}/{field}", f"This date hangs on itself: {' → '.join(circle(found['uid'], hangs))}."
        if circle(found["uid"], replaces):
            yield f"{place}/supersedes", f"This replaces itself: {' → '.join(circle(found['uid'], replaces))}."


def _stated(item: Data, prop: str) -> str:
    """The date that would be chosen among what is stated outright; computed ones are known only once loaded."""
    replaced = {found.get("supersedes") for found in item.get("statements", ())}
    said = []
    for found in item.get("statements", ()):
        if found["property"] != prop or found["uid"] in replaced or found.get("state") == "retracted":
            continue
        if is_computed(found):
            return ""
        said.append(_said(found))
    return choose_date(said).value if all(said) else ""


def _said(found: Data) -> Said:
    try:
        value = edtf.parse(found.get("value", "")).text
    except edtf.EdtfError:
        value = ""  # reported where it stands
    return Said(key=found["uid"], value=value, rank=found.get("rank", "normal"), aspect=found.get("aspect", "actual"))


def _in_order(place: str, thing: str, start: str, end: str) -> Iterator[Error]:
    first, last = edtf.parse(start).earliest, edtf.parse(end).latest
    if first and last and last < first:
        yield place, f"{thing} ends on {last.isoformat()}, before it starts on {first.isoformat()}."
