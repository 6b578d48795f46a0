"""The same plan as an inline SVG: the first picture before any script, on paper, and where there are no scripts.

Across it measures in per cent of the window that the chart opens on, so it fills any width without scaling its text;
colours come from the page's style sheet by class, so it follows the theme.
"""

from collections.abc import Callable
from datetime import date, timedelta
from html import escape

from timeline.charts.gantt import MARGIN
from timeline.charts.plan import BAND_ROW, EDGE, END_ROW, Mark, Plan

SHAPES: dict[str, str] = {
    "launch": "M-5-6.5 7 0-5 6.500z",
    "meeting": "M-6 0a6 6 0 1 1 12 0a6 6 0 1 1-12 0z",
    "result": "M-5.5-5.500h11v11h-11z",
    "legal": "M0-7.5 7.5 0 0 7.5-7.5 0z",
    "publicity": "M0-7 6.8 5.500h-13.600z",
    "regional": "M0-7 6.7-2.2 4.1 5.700h-8.200l-2.6-7.900z",
    "closing": "M-6-6h12v12h-12zM-2.5-2.500v5h5v-5z",
}


def glyph(kind: str, state: str = "done") -> str:
    """One mark as its own small picture, for legends and tables."""
    frame = 'class="glyph" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true"'
    return f"<svg {frame}>{_shape(kind, state)}</svg>"


def picture(plan: Plan, address: Callable[[str], str]) -> str:
    """The chart as SVG text; `address` gives the page of a milestone by its uid. Everything in it is escaped."""
    parts = [*_months(plan), *_bands(plan), *_lanes(plan), *_ends(plan), *_joint(plan), *_rivals(plan), *_updates(plan)]
    parts += [
        _mark(plan, mark, address) for mark in plan.marks if plan.focus[0] - EDGE <= mark.day <= plan.focus[1] + EDGE
    ]
    height = plan.height + MARGIN["t"] + MARGIN["b"]
    return (
        f'<svg class="picture" width="100%" height="{height}" aria-hidden="true">'
        f'<svg y="{MARGIN["t"]}" width="100%" height="{plan.height}" overflow="visible">{"".join(parts)}</svg></svg>'
    )


def _x(plan: Plan, day: date) -> str:
    start, end = plan.focus[0] - EDGE, plan.focus[1] + EDGE
    return f"{100 * (day - start).days / max((end - start).days, 1):.3f}%"


def _share(plan: Plan, start: date, end: date) -> str:
    days = (plan.focus[1] - plan.focus[0] + 2 * EDGE).days
    return f"{100 * max((end - start).days, 0) / max(days, 1):.3f}%"


def _seen(plan: Plan, start: date, end: date) -> tuple[date, date]:
    return max(start, plan.focus[0] - EDGE), min(end, plan.focus[1] + EDGE)


def _months(plan: Plan) -> list[str]:
    zh = plan.view.language.startswith("zh")
    parts: list[str] = []
    month = plan.focus[0].replace(day=1)
    while month <= plan.focus[1]:
        name = f"{month.month}月" if zh else f"{month:%b}"
        year = (f"{month.year}年" if zh else str(month.year)) if month.month == 1 or not parts else ""
        if month >= plan.focus[0] - EDGE:
            x = _x(plan, month)
            parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{plan.height}"/>')
            parts.append(f'<text class="tick" x="{x}" y="-22" text-anchor="middle">{name}</text>')
            parts += [f'<text class="tick" x="{x}" y="-7" text-anchor="middle">{year}</text>'] if year else []
        month = (month + timedelta(days=32)).replace(day=1)
    return parts


def _bands(plan: Plan) -> list[str]:
    parts: list[str] = []
    for index, box in enumerate(plan.bands):
        start, end = _seen(plan, box.start, box.end)
        if start >= end:
            continue
        x, wide, y = _x(plan, start), _share(plan, start, end), BAND_ROW * box.row + 3
        parts.append(f'<rect class="band {box.band.basis}" x="{x}" y="{y}" width="{wide}" height="{BAND_ROW - 6}"/>')
        parts.append(_words(x, y + 15, box.label, "band-name", shift=6))
        if index % 2:
            rest = plan.height - plan.head
            parts.append(f'<rect class="wash" x="{x}" y="{plan.head}" width="{wide}" height="{rest}"/>')
    return parts


def _ends(plan: Plan) -> list[str]:
    parts = []
    for box in plan.ends:
        if plan.focus[0] <= box.end <= plan.focus[1]:
            x, y = _x(plan, box.end), BAND_ROW * plan.band_rows + END_ROW * (box.row + 0.5)
            parts.append(f'<line class="end" x1="{x}" x2="{x}" y1="{y - 8}" y2="{plan.height}"/>')
            parts.append(_words(x, y + 4, box.label, "end-name", shift=-6, anchor="end"))
    return parts


def _lanes(plan: Plan) -> list[str]:
    parts = [f'<line class="lane" x1="0" x2="100%" y1="{plan.head}" y2="{plan.head}"/>']
    for box in plan.lanes:
        bottom = box.top + box.height
        parts.append(f'<line class="lane" x1="0" x2="100%" y1="{bottom}" y2="{bottom}"/>')
        if box.lane.silent:
            parts.append(f'<line class="silent" x1="0" x2="100%" y1="{box.row_y(0)}" y2="{box.row_y(0)}"/>')
        if box.quiet_at:
            parts.append(_words(_x(plan, box.quiet_at), box.quiet_y + 4, box.lane.note, "quiet", anchor="middle"))
        for handover, day, y in box.handovers:
            x = _x(plan, day)
            parts.append(f'<line class="handover" x1="{x}" x2="{x}" y1="{box.top + 4}" y2="{bottom - 4}"/>')
            parts.append(_words(x, y + 4, handover.short, "handover-name", shift=5))
    return parts


def _joint(plan: Plan) -> list[str]:
    return [
        f'<line class="joint" x1="{_x(plan, day)}" x2="{_x(plan, day)}" y1="{top}" y2="{bottom}"/>'
        for day, top, bottom in plan.joint
        if plan.focus[0] <= day <= plan.focus[1]
    ]


def _rivals(plan: Plan) -> list[str]:
    parts = []
    for ghost in plan.ghosts:
        start, end = _seen(plan, min(ghost.day, ghost.mark.day), max(ghost.day, ghost.mark.day))
        if start < end:
            y = ghost.mark.y
            parts.append(f'<line class="rival" x1="{_x(plan, start)}" x2="{_x(plan, end)}" y1="{y}" y2="{y}"/>')
            if ghost.day in (start, end):
                parts.append(f'<circle class="rival-mark" cx="{_x(plan, ghost.day)}" cy="{y}" r="4"/>')
    return parts


def _updates(plan: Plan) -> list[str]:
    seen = [(day, y) for _uid, day, y in plan.updates if plan.focus[0] <= day <= plan.focus[1]]
    return [f'<rect class="update" x="{_x(plan, day)}" y="{y - 5}" width="3" height="10"/>' for day, y in seen]


def _mark(plan: Plan, mark: Mark, address: Callable[[str], str]) -> str:
    item, parts = mark.item, []
    if mark.soft:
        start, end = _seen(plan, *mark.soft)
        wide = _share(plan, start, end)
        parts.append(f'<rect class="soft" x="{_x(plan, start)}" y="{mark.y - 3.5}" width="{wide}" height="7"/>')
    ring = '<circle class="ring" r="10.5"/>' if item.disagreements or item.when.standing == "contested" else ""
    many = f'<text class="label" x="10" y="3">×{mark.same_day}</text>' if mark.same_day > 1 else ""
    title = escape(f"{item.title.text} · {item.when.words}")
    link = f'<a href="{escape(address(item.uid))}" tabindex="-1"><title>{title}</title>'
    shape = _shape(item.kind, mark.state)
    shape = shape if item.scope == "core" else f'<g transform="scale(.85)">{shape}</g>'
    parts.append(f'<svg x="{_x(plan, mark.day)}" y="{mark.y}" overflow="visible">{link}{shape}{ring}{many}</a></svg>')
    if mark.label:
        shift = 12 + (14 if mark.same_day > 1 else 0)
        parts.append(
            _words(_x(plan, mark.label_day), mark.y + 4, mark.label, "label", shift=shift, language=item.title.language)
        )
    return "".join(parts)


def _shape(kind: str, state: str) -> str:
    stroke = '<path class="strike" d="M-10 0h20"/>' if state == "withdrawn" else ""
    dot = '<circle class="dot" r="1.8"/>' if state == "due" else ""
    return f'<path class="mark {kind} {state}" fill-rule="evenodd" d="{SHAPES[kind]}"/>{dot}{stroke}'


def _words(
    x: str, y: float, text: str, kind: str, *, shift: float = 0, anchor: str = "start", language: str = ""
) -> str:
    tongue = f' lang="{escape(language)}"' if language else ""
    return f'<text class="{kind}" x="{x}" dx="{shift}" y="{y}" text-anchor="{anchor}"{tongue}>{escape(text)}</text>'
