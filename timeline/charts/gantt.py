"""The timeline as a Plotly figure: lanes, phases, marks by kind and state, soft dates, rivals, ends and today.

A fixed small number of traces, whatever the number of items. Every mark carries its item's uid as `customdata`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline.charts.measure import lines
from timeline.charts.plan import BAND_ROW, EDGE, END_ROW, STATES, EndBox, Mark, Plan, plan
from timeline.charts.theme import FONT, PALETTES, Theme, plain
from timeline.values.terms import MILESTONE_KINDS
from timeline.values.view import Item, TimelineView

Json = dict[str, Any]
MARGIN = {"l": 196, "r": 16, "t": 44, "b": 2, "pad": 0}

FAR = timedelta(days=400)

# Shape says the kind, fill the state: solid done, hollow planned, dotted "due, nothing published".
SYMBOLS: dict[str, dict[str, str]] = {
    kind: {"done": shape, "planned": f"{shape}-open", "due": f"{shape}-open-dot", "withdrawn": f"{shape}-open"}
    for kind, shape in {
        "launch": "triangle-right",
        "meeting": "circle",
        "result": "square",
        "legal": "diamond",
        "publicity": "triangle-up",
        "regional": "pentagon",
    }.items()
} | {
    "closing": {
        "done": "square-dot",
        "planned": "square-cross-open",
        "due": "square-x-open",
        "withdrawn": "square-cross-open",
    }
}
SIZES = {"circle": 12, "square": 11, "diamond": 13, "pentagon": 14, "triangle": 13}


def figure(view: TimelineView, theme: Theme) -> Json:
    """The figure as a plain dictionary, ready for Plotly in any language that has it."""
    return figure_of(plan(view), theme)


def figure_of(drawn: Plan, theme: Theme) -> Json:
    """The figure of what is planned already."""
    with override("zh-hans" if drawn.view.language.startswith("zh") else "en"):
        return {"data": _traces(drawn, PALETTES[theme]), "layout": _layout(drawn, PALETTES[theme])}


def hover(item: Item) -> str:
    """What, when in the source's own words, who: as Plotly's lines."""
    who = _(", ").join(party.short or party.name.text for party in item.parties)
    span = _("(%(span)s)") % {"span": item.when.span} if item.when.span else ""
    when = f"{item.when.words} {span}".strip()
    said = _("as said: “%s”") % item.when.as_said if item.when.as_said else ""
    rivals = [rival for rival in item.competitors if rival.when != item.when]
    dated = [_("%(when)s, %(basis)s") % {"when": r.when.words, "basis": r.basis_label} for r in rivals]
    also = _("also dated: %s") % _("; ").join(list(dict.fromkeys(dated))[:3]) if dated else ""
    rest = [when, said, also, who, f"{item.kind_label} · {item.status_label}"]
    if item.disagreements or item.when.standing == "contested":
        rest.append(_("sources disagree"))
    if item.uncited:
        rest.append(_("uncited"))
    title = "<br>".join(f"<b>{plain(line)}</b>" for line in lines(item.title.text, 330))
    return title + "".join(f"<br>{plain(line)}" for text in rest if text for line in lines(text, 330))


def _traces(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    marks = _kinds(drawn.marks, colours)
    found = [*_lane_lines(drawn, colours), *_soft(drawn, colours), *_links(drawn, colours), *_rivals(drawn, colours)]
    found += [*marks, *_over(drawn, colours), *_words(drawn, colours), *_updates(drawn, colours)]
    return [trace for trace in found if trace["x"]]


def _line(name: str, segments: Iterable[tuple[Any, float, Any, float]], colour: str, **line: Any) -> Json:
    """Many separate strokes as one trace: a gap after each."""
    x: list[Any] = []
    y: list[float | None] = []
    for x0, y0, x1, y1 in segments:
        x += [_iso(x0), _iso(x1), None]
        y += [y0, y1, None]
    opacity = line.pop("opacity", 1)
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "hoverinfo": "skip", "opacity": opacity,
        "line": {"color": colour, "width": 1, **line}, "showlegend": False,
    }  # fmt: skip


def _text(
    name: str,
    at: Sequence[tuple[date, float, str]],
    colour: str,
    position: str,
    size: int = 12,
    gap: float | list[float] = 2,
) -> Json:
    """Words at a place; unseen marks of twice the gap hold them away from it, because leading spaces are dropped."""
    sizes = [2 * each for each in gap] if isinstance(gap, list) else 2 * gap
    return {
        "type": "scatter", "mode": "markers+text", "name": name, "x": [_iso(day) for day, _y, _t in at],
        "y": [y for _d, y, _t in at], "text": [plain(text) for _d, _y, text in at], "textposition": position,
        "textfont": {"color": colour, "size": size}, "hoverinfo": "skip", "showlegend": False,
        "marker": {"size": sizes, "opacity": 0},
    }  # fmt: skip


def _marks(name: str, at: Sequence[tuple[date, float, str, str]], **marker: Any) -> Json:
    """Marks with what a pointer reads and the uid that a click opens."""
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": [_iso(day) for day, *_rest in at],
        "y": [y for _d, y, *_rest in at], "customdata": [uid for *_rest, uid in at],
        "hovertext": [text for _d, _y, text, _u in at], "hoverinfo": "text", "marker": marker, "showlegend": False,
        "cliponaxis": False,  # a mark on the last day of the window is whole
    }  # fmt: skip


def _lane_lines(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    left, right = drawn.first - FAR, _far(drawn)
    edges = [drawn.head, *(box.top + box.height for box in drawn.lanes)]
    quiet = [(left, box.row_y(0), right, box.row_y(0)) for box in drawn.lanes if box.lane.silent]
    return [
        _line("lanes", [(left, y, right, y) for y in edges], colours["line"]),
        _line("silent", quiet, colours["line-strong"], dash="2px,6px"),
    ]


def _soft(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    """A date that may be any of several days fades towards its ends: three strokes, the shorter the stronger."""
    traces = []
    for share, opacity in ((1.0, 0.28), (0.72, 0.32), (0.44, 0.4)):
        strokes = []
        for mark in drawn.marks:
            if mark.soft:
                inset = (mark.soft[1] - mark.soft[0]) * (1 - share) / 2
                strokes.append((mark.soft[0] + inset, mark.y, mark.soft[1] - inset, mark.y))
        traces.append(_line("may be", strokes, colours["band"], width=7, opacity=opacity))
    return traces


def _links(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    joint = [(day, top, day, bottom) for day, top, bottom in drawn.joint]
    rival = [(ghost.mark.day, ghost.mark.y, ghost.day, ghost.mark.y) for ghost in drawn.ghosts]
    return [
        _line("joint", joint, colours["line-strong"], width=1.5, opacity=0.8),
        _line("rival dates", rival, colours["warn"], width=1.5, dash="1px,4px"),
    ]


def _rivals(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    at = []
    for ghost in drawn.ghosts:
        other = _("another date: %(when)s, %(basis)s (%(who)s)") % {
            "when": ghost.words,
            "basis": ghost.basis,
            "who": ghost.publisher or _("source not named"),
        }
        said = "<br>".join(plain(line) for line in lines(other, 330))
        at.append(
            (ghost.day, ghost.mark.y, f"{said}<br><b>{plain(ghost.mark.item.title.text)}</b>", ghost.mark.item.uid)
        )
    symbols = [SYMBOLS[ghost.mark.item.kind]["planned"] for ghost in drawn.ghosts]
    return [_marks("rivals", at, symbol=symbols, size=9, color=colours["warn"], opacity=0.85, line={"width": 1.5})]


def _kinds(marks: Sequence[Mark], colours: dict[str, str]) -> list[Json]:
    traces = []
    for kind in MILESTONE_KINDS:
        for state in STATES:
            here = [mark for mark in marks if mark.item.kind == kind and mark.state == state]
            at = [(mark.day, mark.y, hover(mark.item), mark.item.uid) for mark in here]
            symbol = SYMBOLS[kind][state]
            size = SIZES[symbol.split("-")[0]]
            traces.append(
                _marks(
                    f"{kind} {state}",
                    at,
                    symbol=symbol,
                    color=colours[kind],
                    size=[size + 2 if mark.item.scope == "core" else size - 1 for mark in here],
                    opacity=1,
                    line={
                        "width": 1.2 if state == "done" else 2,
                        "color": colours["paper" if state == "done" else kind],
                    },
                )
            )
    return traces


def _over(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    """What is laid over marks: a ring where sources disagree, a stroke through what was withdrawn, ×2 on one day."""
    rings = [m for m in drawn.marks if m.item.disagreements or m.item.when.standing == "contested"]
    struck = [m for m in drawn.marks if m.state == "withdrawn"]
    many = [(m.day, m.y - 1, f"×{m.same_day}") for m in drawn.marks if m.same_day > 1]
    ring = _marks("disagreement", [(m.day, m.y, "", m.item.uid) for m in rings])
    ring["marker"] = {"symbol": "circle-open", "size": 21, "color": colours["warn"], "line": {"width": 1.6}}
    stroke = _marks("withdrawn", [(m.day, m.y, "", m.item.uid) for m in struck])
    stroke["marker"] = {"symbol": "line-ew-open", "size": 22, "color": colours["ink"], "line": {"width": 2}}
    for trace in (ring, stroke):
        trace["hoverinfo"] = "skip"
    return [ring, stroke, _text("one day", many, colours["ink-2"], "middle right", 11, gap=9)]


def _words(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    named = [m for m in drawn.marks if m.label]
    labels = [(m.label_day, m.y, m.label) for m in named]
    gaps: list[float] = [9.0 + (16 if m.same_day > 1 else 0) for m in named]
    bands = [
        (max(box.start, drawn.focus[0]), BAND_ROW * (box.row + 0.5), box.label) for box in drawn.bands if box.label
    ]
    ends = [(box.start, _end_y(drawn, box), box.label) for box in drawn.ends]
    quiet = [(box.quiet_at, box.quiet_y, box.lane.note) for box in drawn.lanes if box.quiet_at]
    heirs = [(day, y, handover.short) for box in drawn.lanes for handover, day, y in box.handovers]
    today = [(drawn.view.today, BAND_ROW * drawn.band_rows + END_ROW / 2, _("today"))] if drawn.end_rows else []
    return [
        _text("today", today, colours["accent"], "middle left", gap=3),
        _text("labels", labels, colours["ink-2"], "middle right", gap=gaps),
        _text("phases", bands, colours["ink"], "middle right", gap=4),
        _text("ends", ends, colours["ink-2"], "middle left", gap=3),
        _text("quiet", quiet, colours["ink-3"], "middle center", gap=0),
        _text("handovers", heirs, colours["ink"], "middle right", gap=3),
    ]


def _updates(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    said = {
        update.uid: "<br>".join(
            [
                *(f"<b>{plain(line)}</b>" for line in lines(update.title.text, 330)),
                plain(f"{update.publisher} · {update.when.words}"),
            ]
        )
        for update in drawn.view.updates
    }
    at = [(day, y, said[uid], f"update:{uid}") for uid, day, y in drawn.updates]
    return [_marks("updates", at, symbol="line-ns-open", size=11, color=colours["ink-2"], line={"width": 3})]


def _layout(drawn: Plan, colours: dict[str, str]) -> Json:
    return {
        "height": drawn.height + MARGIN["t"] + MARGIN["b"],
        "margin": dict(MARGIN),
        "paper_bgcolor": colours["paper"],
        "plot_bgcolor": colours["paper"],
        "font": {"family": FONT, "size": 12, "color": colours["ink-2"]},
        "hovermode": "closest",
        "hoverdistance": 14,
        "hoverlabel": {
            "bgcolor": colours["paper"], "bordercolor": colours["line-strong"], "align": "left",
            "font": {"color": colours["ink"], "size": 13, "family": FONT},
        },
        "dragmode": "pan",
        "showlegend": False,
        "shapes": _shapes(drawn, colours),
        "xaxis": _days(drawn, colours),
        "yaxis": _lanes(drawn),
        "meta": {
            "outside": drawn.outside(),
            "focus": [_iso(day) for day in drawn.focus],
            "phases": [[_iso(box.start), _iso(box.end), box.row, plain(box.band.title.text)] for box in drawn.bands],
        },
    }  # fmt: skip


def _days(drawn: Plan, colours: dict[str, str]) -> Json:
    """Across: days, opening on the campaign's own; the record's ends are as far as one may go."""
    zh = drawn.view.language.startswith("zh")
    air = timedelta(days=20)
    return {
        "type": "date",
        "range": [_iso(drawn.focus[0] - EDGE), _iso(drawn.focus[1] + EDGE)],
        "minallowed": _iso(drawn.first - air),
        "maxallowed": _iso(max(drawn.last, drawn.view.today) + air),
        "side": "top",
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "showgrid": True,
        "gridcolor": colours["line"],
        "griddash": "1px,3px",
        "ticks": "outside",
        "tickcolor": colours["line-strong"],
        "tickformat": "%-m月\n%Y年" if zh else "%b\n%Y",
        "tickformatstops": [
            {"dtickrange": [None, 86400000 * 20], "value": "%-d日\n%Y年%-m月" if zh else "%-d\n%b %Y"},
            {"dtickrange": ["M12", None], "value": "%Y年" if zh else "%Y"},
        ],
        "zeroline": False,
        "nticks": 26,
    }


def _lanes(drawn: Plan) -> Json:
    """Down: pixels, with the lanes named in their middle."""
    return {
        "type": "linear",
        "range": [drawn.height, 0],
        "fixedrange": True,
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "tickmode": "array",
        "tickvals": [box.middle for box in drawn.lanes],
        "ticktext": [plain(box.lane.short or box.lane.title.text) for box in drawn.lanes],
        "showgrid": False,
        "zeroline": False,
    }


def _shapes(drawn: Plan, colours: dict[str, str]) -> list[Json]:
    shapes: list[Json] = []
    for index, box in enumerate(drawn.bands):
        x = {"x0": _iso(box.start), "x1": _iso(_far(drawn) if box.open_end else box.end)}
        top = BAND_ROW * box.row + 3
        edge = {
            "color": colours["line-strong"],
            "width": 1,
            "dash": "solid" if box.band.basis == "official" else "3px,3px",
        }
        shapes.append(_rect(x, top, top + BAND_ROW - 6, colours["band"], 0.3, {"width": 0}))
        shapes.append(_rect(x, top, top + BAND_ROW - 6, colours["band"], 1, edge, filled=False))
        if index % 2:
            shapes.append(_rect(x, drawn.head, drawn.height, colours["band"], 0.09, {"width": 0}))
    for end in drawn.ends:
        y = _end_y(drawn, end)
        if end.start != end.end:
            x = {"x0": _iso(end.start), "x1": _iso(end.end)}
            shapes.append(_rect(x, y - 7, drawn.height, colours["warn"], 0.1, {"width": 0}))
        shapes.append(
            _upright(end.start if end.start == end.end else end.end, y - 8, drawn.height, colours["warn"], "5px,3px")
        )
    for lane in drawn.lanes:
        for _handover, day, _y in lane.handovers:
            shapes.append(_upright(day, lane.top + 4, lane.top + lane.height - 4, colours["ink"], "solid", 2))
    shapes.append(_upright(drawn.view.today, 0, drawn.height, colours["accent"], "solid", 2))
    return shapes


def _far(drawn: Plan) -> date:
    """Beyond what any window shows."""
    return max(drawn.last, drawn.view.today) + FAR


def _end_y(drawn: Plan, box: EndBox) -> float:
    return BAND_ROW * drawn.band_rows + END_ROW * (box.row + 0.5)


def _rect(x: Json, y0: float, y1: float, colour: str, opacity: float, line: Json, *, filled: bool = True) -> Json:
    fill = {"fillcolor": colour} if filled else {}
    return {"type": "rect", "layer": "below", **x, "y0": y0, "y1": y1, "opacity": opacity, "line": line, **fill}


def _upright(day: date, y0: float, y1: float, colour: str, dash: str, width: float = 1.5) -> Json:
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "layer": "below", "x0": _iso(day), "x1": _iso(day), "y0": y0, "y1": y1, "line": line}


def _iso(day: date) -> str:
    return day.isoformat()
