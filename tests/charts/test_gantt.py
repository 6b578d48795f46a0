"""The Plotly figure: valid, small in traces, complete in items, safe in texts."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from tests.charts import builders as b
from timeline.charts import CHARTS, PALETTES, UnknownChart, figure
from timeline.charts.gantt import SYMBOLS, hover
from timeline.charts.plan import BAND_ROW, END_ROW, LANE_PAD, LANE_ROW, STATES
from timeline.charts.theme import Theme, plain
from timeline.values.terms import MILESTONE_KINDS
from timeline.values.view import Text, TimelineView

CSS = Path(__file__).parents[2] / "static" / "css"


def rich() -> TimelineView:
    """Something of everything that can be drawn."""
    items = [b.item(f"{kind}-{state}", "2023-03-01", kind=kind) for kind in MILESTONE_KINDS for state in STATES]
    items += [
        b.item("joint", "2022-09-05", "mps", "cac", competitors=(b.rival("2022-08"),), disagreements=("x1",)),
        b.item("vague", "2023-09", status="withdrawn"),
        b.item("open", "2023-09-12/.."),
    ]
    return b.view(
        *items,
        lanes=(b.lane("mps"), b.lane("cac", silent=True, note="Nothing published")),
        bands=(b.band("one", "2022-09-05", "2023-02-15"), b.band("two", "2023-02-16", basis="official")),
        ends=(b.end("2024-03-05"), b.end("2024-02")),
    )


def marks(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in drawn["data"] if trace["name"].split(" ")[0] in MILESTONE_KINDS]


@pytest.mark.parametrize("theme", list(PALETTES))
@pytest.mark.parametrize("name", list(CHARTS))
def test_every_chart_is_a_valid_figure_in_every_theme(name: str, theme: Theme) -> None:
    go.Figure(figure(name, rich(), theme))


def test_a_chart_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnknownChart, match="timeline"):
        figure("pie", rich())


def test_traces_are_as_many_for_fifty_items_as_for_five() -> None:
    few = figure("timeline", b.view(*(b.item(f"i{n}", f"2023-01-{n + 1:02}") for n in range(5))))
    many = figure("timeline", b.view(*(b.item(f"i{n}", f"2023-{n % 12 + 1:02}-0{n % 9 + 1}") for n in range(50))))

    assert len(marks(few)) == len(marks(many)) == 1
    assert len(many["data"]) <= len(few["data"]) + 1


def test_each_item_has_a_mark_in_each_lane() -> None:
    drawn = figure("timeline", rich())

    found = Counter(uid for trace in marks(drawn) for uid in trace["customdata"])
    assert found == Counter(uid for item in rich().items for uid in [item.uid] * len(item.lanes))


def test_each_kind_and_state_has_its_own_symbol() -> None:
    solid = [SYMBOLS[kind]["done"] for kind in MILESTONE_KINDS]

    assert len(set(solid)) == len(MILESTONE_KINDS)
    assert all(SYMBOLS[kind]["planned"] != SYMBOLS[kind]["done"] for kind in MILESTONE_KINDS)


def test_the_window_is_the_campaigns_own_and_the_rest_is_reachable() -> None:
    axis = figure("timeline", rich())["layout"]["xaxis"]

    assert axis["range"] == ["2022-07-30", "2024-05-29"]
    assert axis["minallowed"] < axis["range"][0]
    assert axis["maxallowed"] > axis["range"][1]


@pytest.mark.parametrize("evil", ["<b>x</b>", "%{y}", "$a$", "<a href='javascript:x'>", "&lt;"])
def test_a_title_reaches_plotly_as_plain_text(evil: str) -> None:
    drawn = figure("timeline", b.view(b.item("one", title=Text(f"A {evil}", "en"))))

    texts = repr([(trace.get("text"), trace.get("hovertext")) for trace in drawn["data"]])
    assert evil not in texts
    assert plain(evil) in texts


def test_hover_tells_what_when_in_the_sources_words_and_who() -> None:
    told = b.item("one", "2023-09", "mps", "cac", when=b.when("2023-09", span="1–30 Sep 2023", as_said="2023年9月前后"))

    assert hover(told).split("<br>") == [
        "<b>Title of one</b>", "2023-09 (1–30 Sep 2023)", "as said: “2023年9月前后”", "MPS, CAC", "result · done",
    ]  # fmt: skip


def test_an_uncited_item_says_so_on_hover() -> None:
    assert "uncited" in hover(b.item("one", uncited="seen on television"))


def test_months_are_named_in_the_readers_language() -> None:
    chinese = figure("timeline", replace(rich(), language="zh-Hans"))

    assert "月" in chinese["layout"]["xaxis"]["tickformat"]


def test_no_two_names_of_a_palette_share_a_value() -> None:
    for palette in PALETTES.values():
        assert len(set(palette.values())) == len(palette)
    assert PALETTES["light"].keys() == PALETTES["dark"].keys()


def test_colours_are_those_of_the_style_sheet() -> None:
    light, dark, forced = re.split(
        r'prefers-color-scheme: dark\)|\n  :root\[data-theme="dark"\] \{', (CSS / "tokens.css").read_text()
    )

    for sheet, theme in ((light, "light"), (dark, "dark"), (forced.split("@media print")[0], "dark")):
        tokens = dict(re.findall(r"--([\w-]+): (#\w+);", sheet))
        named = {name: tokens.get(name) or tokens.get(f"kind-{name}") for name in PALETTES[theme] if name != "band"}
        assert named == {name: value for name, value in PALETTES[theme].items() if name != "band"}


def test_lane_names_are_as_high_as_their_lanes() -> None:
    sheet = (CSS / "pages.css").read_text()

    for name, unit, pad in (("rows", LANE_ROW, LANE_PAD), ("bands", BAND_ROW, 0), ("ends", END_ROW, 0)):
        heights = {int(n): int(px) for n, px in re.findall(rf"\.{name}-(\d+) {{\s+height: (\d+)px", sheet)}
        assert heights == {n: pad + unit * n for n in range(1, len(heights) + 1)}


@pytest.mark.parametrize("theme", list(PALETTES))
def test_marks_stand_out_from_their_paper(theme: Theme) -> None:
    palette = PALETTES[theme]

    for name in (*MILESTONE_KINDS, "accent", "warn", "line-strong"):
        assert contrast(palette[name], palette["paper"]) >= 3, name
    for name in ("ink", "ink-2", "ink-3"):
        assert contrast(palette[name], palette["paper"]) >= 4.5, name


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
