"""The first picture: well-formed, without styles, complete for the window, safe in texts."""

from xml.etree import ElementTree

import pytest

from tests.charts import builders as b
from tests.charts.test_gantt import rich
from timeline.charts.picture import SHAPES, glyph, picture
from timeline.charts.plan import plan
from timeline.values.terms import MILESTONE_KINDS
from timeline.values.view import Text, TimelineView


def drawn(view: TimelineView) -> str:
    return picture(plan(view), lambda uid: f"/m/{uid}/?a=1&b=2")


def test_it_is_well_formed_and_styles_nothing_inline() -> None:
    root = ElementTree.fromstring(drawn(rich()))

    assert not [element for element in root.iter() if "style" in element.attrib]


def test_every_mark_in_the_window_leads_to_its_milestone() -> None:
    root = ElementTree.fromstring(drawn(b.view(b.item("in"), b.item("joint", "2022-09-05", "mps", "cac"))))

    links = [element.attrib["href"] for element in root.iter("a")]
    assert links == ["/m/joint/?a=1&b=2", "/m/in/?a=1&b=2", "/m/joint/?a=1&b=2"]


def test_marks_outside_the_window_are_left_to_the_table() -> None:
    assert "/m/early/" not in drawn(b.view(b.item("early", "2022-02-01")))


def test_a_title_is_text() -> None:
    root = ElementTree.fromstring(drawn(b.view(b.item("one", title=Text("<script>x</script>", "en")))))

    assert "script" not in {element.tag for element in root.iter()}


def test_it_is_as_high_as_the_chart() -> None:
    view = rich()

    root = ElementTree.fromstring(drawn(view))

    assert int(root.attrib["height"]) == plan(view).height + 46


@pytest.mark.parametrize("kind", MILESTONE_KINDS)
def test_every_kind_has_a_glyph(kind: str) -> None:
    assert SHAPES[kind] in glyph(kind)
