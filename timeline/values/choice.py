"""Which of several statements a timeline shows: one pure rule, for now and for "as of" alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from timeline.values import edtf
from timeline.values.edtf import EdtfDate

Standing = Literal["nothing", "agreed", "preferred", "contested"]


@dataclass(frozen=True, slots=True)
class Said:
    """One candidate for the choice: what a statement gives and how it is ranked."""

    key: int | str
    value: str
    rank: str
    aspect: str = "actual"


@dataclass(frozen=True, slots=True)
class Chosen:
    """`value` is what is shown: one statement's value, or the span of all where equally good ones disagree."""

    value: str
    standing: Standing
    keys: tuple[int | str, ...] = ()


NOTHING = Chosen(value="", standing="nothing")


def choose_date(statements: Sequence[Said]) -> Chosen:
    """Chooses among current (not deprecated, not superseded) date statements.

    What happened goes before what was planned, a preferred statement before a normal one. Where those that are
    left differ, none is chosen: the value is the span that covers them all.
    """
    best = _best(statements)
    values = dict.fromkeys(said.value for said in best)
    if len(values) <= 1:
        return _one(best)
    spans = [edtf.parse(value) for value in values]
    return Chosen(value=cover(spans).text, standing="contested", keys=tuple(said.key for said in best))


def choose_term(statements: Sequence[Said]) -> Chosen:
    """Chooses among durations or terms; where equally good ones differ, there is no value."""
    best = _best(statements)
    if len({said.value for said in best}) <= 1:
        return _one(best)
    return Chosen(value="", standing="contested", keys=tuple(said.key for said in best))


def cover(spans: Sequence[EdtfDate]) -> EdtfDate:
    """The narrowest EDTF span that holds all of `spans`; an open end stays open, one date stays as it was said."""
    if len(set(spans)) == 1:
        return spans[0]
    earliest = [span.earliest for span in spans]
    latest = [span.latest for span in spans]
    start = min((day for day in earliest if day), default=None) if all(earliest) else None
    end = max((day for day in latest if day), default=None) if all(latest) else None
    if start is None and end is None:
        return edtf.UNKNOWN
    return edtf.parse(f"{_day(start)}/{_day(end)}" if start != end else _day(start))


def _best(statements: Sequence[Said]) -> list[Said]:
    known = [said for said in statements if said.value and said.rank != "deprecated"]
    for aspect in ("actual", "planned"):
        of_aspect = [said for said in known if said.aspect == aspect]
        if of_aspect:
            return [said for said in of_aspect if said.rank == "preferred"] or of_aspect
    return []


def _one(best: Sequence[Said]) -> Chosen:
    if not best:
        return NOTHING
    standing: Standing = "preferred" if best[0].rank == "preferred" else "agreed"
    return Chosen(value=best[0].value, standing=standing, keys=tuple(said.key for said in best))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ".."
