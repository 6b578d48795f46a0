"""docs/api.md says what is: its examples are run against the real application, over the shipped campaign."""

import json
import re
from pathlib import Path
from typing import Any

from timeline.api.nouns import NOUNS

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r'^curl "\$SITE([^"]+)"$', DOCS, re.MULTILINE)
SHOWN = re.search(r"```json\n(.+?)```", DOCS, re.DOTALL)


def test_the_examples_work(client: Any, real_campaign: Any) -> None:
    *right, wrong = [client.get(path) for path in EXAMPLES]

    assert len(right) > 8
    assert [answer.status_code for answer in right] == [200] * len(right)
    assert all(len(answer.content) > 200 for answer in right)
    assert wrong.status_code == 400
    assert SHOWN and wrong.json() == json.loads(SHOWN[1])


def test_every_list_is_in_the_table() -> None:
    listed: dict[str, set[str]] = {"yes": set(), "no": set()}
    for line in re.findall(r"^\| `.+$", DOCS, re.MULTILINE):
        _, names, at_the_top, _ = line.split("|")
        listed[at_the_top.strip()] |= set(re.findall(r"`([a-z.]+)/?`", names))

    assert listed["yes"] == {name for name, noun in NOUNS.items() if noun.everywhere}
    assert listed["no"] == set(NOUNS) - listed["yes"] | {"timeline", "figure", "timeline.csv"}
