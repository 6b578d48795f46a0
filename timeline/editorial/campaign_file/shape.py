"""The one way to write a campaign file: keys, lists and values in a fixed form, so that two dumps compare line by line.

The schema itself says how: the order of its properties, its defaults, and `x-sorted-by` for lists.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from timeline.values import durations, edtf

SCHEMA_PATH = Path(__file__).resolve().parents[2] / "data" / "campaign.schema.json"
SCHEMA: dict[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
WIDTH = 118

Data = dict[str, Any]


def canonical(data: Data) -> Data:
    """The same facts in the fixed form. `data` must be valid: see `validate.problems_of`."""
    shaped: Data = _shape(data, SCHEMA, keep=False)
    return shaped


def normalised(data: Data) -> Data:
    """As `canonical`, but what is stated although it is the default stays stated."""
    shaped: Data = _shape(data, SCHEMA, keep=True)
    return shaped


def write(data: Data) -> str:
    """The data as JSON text, one fact a line where it fits."""
    return _lines(data, 0) + "\n"


def decimal_text(number: Decimal) -> str:
    """A number in plain digits without idle zeros: 8800, 35.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shape(value: Any, rule: Data, keep: bool) -> Any:
    rule = _resolved(rule)
    if isinstance(value, dict):
        return _shape_object(value, rule, keep)
    if isinstance(value, list):
        items = [_shape(item, rule["items"], keep) for item in value]
        return sorted(items, key=lambda item: _key(item, rule["x-sorted-by"])) if "x-sorted-by" in rule else items
    if isinstance(value, str) and "format" in rule:
        return _FORMS.get(rule["format"], str)(value)
    return value


def _shape_object(value: Data, rule: Data, keep: bool) -> Data:
    shaped: Data = {}
    for name, part in rule["properties"].items():
        if name not in value:
            continue
        held = _shape(value[name], part, keep)
        idle = held in ("", [], {}) or (not keep and held == _resolved(part).get("default"))
        if name in rule.get("required", ()) or not idle:
            shaped[name] = held
    return shaped


def _resolved(rule: Data) -> Data:
    if "$ref" not in rule:
        return rule
    found = _resolved(SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]])
    return found | {key: part for key, part in rule.items() if key != "$ref"}


def _key(item: Any, names: list[str]) -> list[str]:
    """What a list is sorted by; numbers are padded so that 10 follows 9."""
    if not isinstance(item, dict):
        return [item]
    return [f"{item.get(name, ''):>10}" if isinstance(item.get(name), int) else item.get(name, "") for name in names]


def _offset(text: str) -> str:
    if text in ("", "duration"):
        return text
    sign = "-" if text.startswith("-") else ""
    return sign + durations.parse_duration(text.removeprefix("-")).text


_FORMS: dict[str, Any] = {
    "edtf": lambda text: edtf.parse(text).text,
    "decimal": lambda text: decimal_text(Decimal(text)),
    "offset": _offset,
}


def _lines(value: Any, indent: int) -> str:
    one = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (indent and len(one) + indent <= WIDTH):
        return one
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        inner = [f"{pad}{json.dumps(key)}: {_lines(part, indent + 2)}" for key, part in value.items()]
    else:
        inner = [pad + _lines(part, indent + 2) for part in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{(',' + chr(10)).join(inner)}\n{' ' * indent}{closing}"
