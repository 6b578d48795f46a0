"""Where everything of a timeline stands, in days and pixels, before anybody draws it.

    TimelineView ─▶ plan() ─▶ Plan ─▶ gantt.py (Plotly) and picture.py (SVG: the first picture, print, no scripts)

The vertical axis counts pixels from the top, so that lane names beside the chart can stand in the page as text.
Rows inside a lane are dealt out for the window that the chart opens on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from timeline.charts.measure import MARK_HALF, Rows, cut, width
from timeline.values.view import Band, Competitor, EndMark, Handover, Item, Lane, TimelineView, When

PLOT_WIDTH = 960.0  # the narrowest that the plot is drawn; wider only gains room
BAND_ROW, END_ROW, LANE_ROW, LANE_PAD = 28, 20, 20, 18
LABEL_MOST = 230.0
EDGE = timedelta(days=6)  # air left and right of the window that the chart opens on
OPEN_DAYS = 45  # how far an open end fades out
STATES = ("done", "planned", "due", "withdrawn")


@dataclass(frozen=True, slots=True)
class Mark:
    """An item in one lane. `day` is where it is drawn, `soft` the days that its words allow."""

    item: Item
    lane: str
    state: str
    day: date
    soft: tuple[date, date] | None
    y: float
    label: str = ""
    label_day: date = date.min  # the last day that the mark, its soft edge or a rival date takes
    same_day: int = 1  # on the first of several of one day; 0 on the others


@dataclass(frozen=True, slots=True)
class Ghost:
    """A competing date of a mark, drawn pale and linked to it."""

    mark: Mark
    day: date
    words: str
    publisher: str
    basis: str


@dataclass(frozen=True, slots=True)
class LaneBox:
    lane: Lane
    top: int
    rows: int
    quiet_at: date | None = None  # where "nothing published" is written
    quiet_y: float = 0
    handovers: tuple[tuple[Handover, date, float], ...] = ()

    @property
    def height(self) -> int:
        return LANE_PAD + LANE_ROW * self.rows

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    def row_y(self, row: int) -> float:
        return self.top + LANE_PAD / 2 + LANE_ROW * (row + 0.5)


@dataclass(frozen=True, slots=True)
class BandBox:
    band: Band
    start: date
    end: date
    row: int
    label: str
    open_end: bool


@dataclass(frozen=True, slots=True)
class EndBox:
    mark: EndMark
    start: date
    end: date
    row: int
    label: str


@dataclass(frozen=True, slots=True)
class Plan:
    view: TimelineView
    first: date
    last: date
    focus: tuple[date, date]
    bands: tuple[BandBox, ...]
    ends: tuple[EndBox, ...]
    lanes: tuple[LaneBox, ...]
    marks: tuple[Mark, ...]
    ghosts: tuple[Ghost, ...]
    band_rows: int
    end_rows: int
    updates: tuple[tuple[str, date, float], ...] = ()  # uid, day, y
    joint: tuple[tuple[date, float, float], ...] = field(default=())  # one item in several lanes: day, from y, to y

    @property
    def head(self) -> int:
        """Pixels above the first lane."""
        return BAND_ROW * self.band_rows + END_ROW * self.end_rows

    @property
    def height(self) -> int:
        return self.head + sum(box.height for box in self.lanes)

    def outside(self) -> tuple[int, int]:
        """How many dated items stand before and after the window that the chart opens on."""
        days = {mark.item.uid: mark.day for mark in self.marks}.values()
        start, end = self.focus[0] - EDGE, self.focus[1] + EDGE
        return sum(day < start for day in days), sum(day > end for day in days)


def plan(view: TimelineView) -> Plan:
    """Deals out rows, labels and links for a view."""
    focus = view.focus or (view.first, view.last)
    first, last = min(view.first, focus[0]), max(view.last, focus[1])
    scale = _Scale(focus)
    bands, band_rows = _bands(view.bands, scale, first, last)
    ends, end_rows = _ends(view.ends, scale)
    top = BAND_ROW * band_rows + END_ROW * end_rows
    boxes: list[LaneBox] = []
    marks: list[Mark] = []
    by_lane: dict[str, list[Item]] = {lane.key: [] for lane in view.lanes}
    for item in view.items:
        for key in item.lanes:
            by_lane.setdefault(key, []).append(item)
    for lane in view.lanes:
        box, placed = _lane(lane, by_lane[lane.key], scale, top)
        boxes.append(box)
        marks += placed
        top += box.height
    ghosts = tuple(ghost for mark in _once(marks) for ghost in _ghosts(mark))
    ys = {box.lane.key: box.top + box.height - 7.0 for box in boxes}
    updates = tuple(
        (update.uid, day, ys[key])
        for update in view.updates
        for key in update.lanes
        if key in ys and (day := centre(update.when))
    )
    return Plan(
        view, first, last, focus, bands, ends, tuple(boxes), tuple(marks), ghosts, band_rows, end_rows, updates,
        _joint(marks),
    )  # fmt: skip


def centre(when: When) -> date | None:
    """The day at which a date is drawn: itself, the middle of its span, or its one known end."""
    earliest, latest = when.value.earliest, when.value.latest
    if earliest and latest:
        return earliest + (latest - earliest) // 2
    return earliest or latest


def state_of(item: Item) -> str:
    """What the fill of a mark says."""
    if item.overdue or item.status == "due":
        return "due"
    if item.status == "withdrawn":
        return "withdrawn"
    return "planned" if item.status in ("planned", "announced") else "done"


def soft_edges(when: When) -> tuple[date, date] | None:
    """The days between which the date lies, where it is not one day; an open end runs out after a while."""
    earliest, latest = when.value.earliest, when.value.latest
    if (earliest is None and latest is None) or earliest == latest:
        return None
    reach = timedelta(days=OPEN_DAYS)
    return (earliest or (latest or date.min) - reach, latest or (earliest or date.max) + reach)


class _Scale:
    def __init__(self, focus: tuple[date, date]) -> None:
        self.start = focus[0]
        self.ppd = PLOT_WIDTH / max((focus[1] - focus[0]).days, 1)

    def px(self, day: date) -> float:
        return (day - self.start).days * self.ppd

    def day(self, px: float) -> date:
        return self.start + timedelta(days=round(px / self.ppd))


def _lane(lane: Lane, items: Sequence[Item], scale: _Scale, top: int) -> tuple[LaneBox, list[Mark]]:
    rows = Rows()
    box = LaneBox(lane, top, 1)
    rowed: list[tuple[Mark, int]] = []
    counted = _same_day(items)
    for item in items:
        day = centre(item.when)
        if day is None:
            continue
        soft = soft_edges(item.when)
        start, end = (scale.px(soft[0]), scale.px(soft[1])) if soft else (scale.px(day), scale.px(day))
        badge = 16 if counted[item.uid] > 1 else 0
        rivals = [scale.px(rival) for rival in _rival_days(item, day)]
        row = rows.place(
            min(start, *rivals, scale.px(day)) - MARK_HALF, max(end, *rivals, scale.px(day) + badge) + MARK_HALF
        )
        edge = max([day, *(soft or ()), *_rival_days(item, day)])
        mark = Mark(item, lane.key, state_of(item), day, soft, 0, label_day=edge, same_day=counted[item.uid])
        rowed.append((mark, row))
    box = _write_in(box, rows, scale)
    labelled = _label(rowed, rows, scale)
    return replace(box, rows=len(rows)), [replace(mark, y=box.row_y(row)) for mark, row in labelled]


def _write_in(box: LaneBox, rows: Rows, scale: _Scale) -> LaneBox:
    """Room for the successor's name at a handover, and for the words in a silent lane."""
    written = []
    for handover in box.lane.handovers:
        day = centre(handover.when)
        if day is not None:
            left = scale.px(day)
            row = rows.place(left - 2, left + 10 + width(handover.short))
            written.append((handover, day, box.row_y(row)))
    if not box.lane.silent or not box.lane.note:
        return replace(box, handovers=tuple(written))
    size = width(box.lane.note)
    spots = [share * max(PLOT_WIDTH - size, 0) for share in (0.5, 0.25, 0.75, 0.1, 0.9)]
    start = next((spot for spot in spots if rows.take(0, spot, spot + size)), -1.0)
    row = 0
    if start < 0:
        start = spots[0]
        row = rows.place(start, start + size)
    return replace(box, handovers=tuple(written), quiet_at=scale.day(start + size / 2), quiet_y=box.row_y(row))


def _label(rowed: list[tuple[Mark, int]], rows: Rows, scale: _Scale) -> list[tuple[Mark, int]]:
    """Names beside marks where there is room, what is about the campaign itself first."""
    named: dict[str, str] = {}
    for mark, row in sorted(rowed, key=lambda pair: (pair[0].item.scope != "core", pair[0].day)):
        start = scale.px(mark.label_day) + MARK_HALF + (16 if mark.same_day > 1 else 0)
        for most in (LABEL_MOST, LABEL_MOST / 2):
            label = cut(mark.item.title.text, most)
            end = start + width(label) + 6
            if start >= 0 and end <= PLOT_WIDTH and rows.take(row, start, end):
                named[mark.item.uid] = label
                break
    return [(replace(mark, label=named.get(mark.item.uid, "")), row) for mark, row in rowed]


def _same_day(items: Sequence[Item]) -> dict[str, int]:
    """For each item: how many share its exact day if it is the first of them, 0 if another is, else 1."""
    days: dict[str, list[str]] = {}
    for item in items:
        days.setdefault(item.when.value.text if item.when.value.is_day else item.uid, []).append(item.uid)
    return {uid: len(uids) if index == 0 else 0 for uids in days.values() for index, uid in enumerate(uids)}


def _bands(bands: Sequence[Band], scale: _Scale, first: date, last: date) -> tuple[tuple[BandBox, ...], int]:
    rows, boxes = Rows(most=6), []
    for band in bands:
        start = band.start.value.earliest or first
        end = band.end.value.latest or last
        row = rows.place(scale.px(start), max(scale.px(end), scale.px(start) + 2))
        seen = min(scale.px(end), PLOT_WIDTH) - max(scale.px(start), 0) - 14
        label = cut(band.title.text, seen) if seen > 24 else ""
        boxes.append(BandBox(band, start, end, row, label, band.end.value.latest is None))
    return tuple(boxes), len(rows) if boxes else 0


def _ends(ends: Sequence[EndMark], scale: _Scale) -> tuple[tuple[EndBox, ...], int]:
    rows, boxes = Rows(most=5), []
    for mark in ends:
        soft, day = soft_edges(mark.when), centre(mark.when)
        if day is None:
            continue
        start, end = soft or (day, day)
        label = cut(mark.label, 420)
        row = rows.place(scale.px(start) - width(label) - 10, scale.px(end) + 4)
        boxes.append(EndBox(mark, start, end, row, label))
    return tuple(boxes), len(rows) if boxes else 0


def _once(marks: Sequence[Mark]) -> list[Mark]:
    """Each item's mark in the first lane it stands in."""
    return list({mark.item.uid: mark for mark in reversed(marks)}.values())[::-1]


def _ghosts(mark: Mark) -> list[Ghost]:
    return [
        Ghost(mark, day, rival.when.words, rival.publisher, rival.basis_label)
        for day, rival in _rival_days(mark.item, mark.day).items()
    ]


def _rival_days(item: Item, day: date) -> dict[date, Competitor]:
    """The other days that sources give, each with the first who gives it."""
    found: dict[date, Competitor] = {}
    for rival in item.competitors:
        other = centre(rival.when)
        if other is not None and other != day:
            found.setdefault(other, rival)
    return found


def _joint(marks: Sequence[Mark]) -> tuple[tuple[date, float, float], ...]:
    spans: dict[str, tuple[date, float, float]] = {}
    for mark in marks:
        day, top, bottom = spans.get(mark.item.uid, (mark.day, mark.y, mark.y))
        spans[mark.item.uid] = (day, min(top, mark.y), max(bottom, mark.y))
    return tuple(span for span in spans.values() if span[1] < span[2])
