"""What is wrong with a campaign file: every error with its place (a JSON pointer) and its reason. No database here."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import jsonschema

from timeline.editorial.campaign_file.references import broken_references
from timeline.editorial.campaign_file.shape import SCHEMA, Data
from timeline.values import durations, edtf

SHOWN = 60  # characters of a wrong value that a message repeats
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error: where (a JSON pointer; empty for the whole file) and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place or 'the file'}: {self.reason}"


class WrongFile(ValueError):
    """A campaign file that was refused whole; `problems` holds every error that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read(text: str) -> Data:
    """The data of a valid campaign file. Raises WrongFile with every error."""
    data = parse(text)
    if problems := problems_of(data):
        raise WrongFile(problems)
    return data


def parse(text: str) -> Data:
    """The text as JSON, refusing what JSON readers disagree on. Raises WrongFile."""
    try:
        data = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        reason = f"This is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        raise WrongFile([Problem("", reason)]) from error
    except RecursionError as error:
        raise WrongFile([Problem("", "This is nested too deeply to be a campaign file.")]) from error
    except ValueError as error:
        raise WrongFile([Problem("", str(error))]) from error
    if not isinstance(data, dict):
        raise WrongFile([Problem("", "A campaign file is a JSON object, in braces.")])
    return data


def problems_of(data: Data) -> list[Problem]:
    """Every error in `data`, by place. A check of references that the shape does not let run is left for the next time;
    where a whole part is missing or of another shape, all of them are, as what it holds would seem to be unknown."""
    errors = list(VALIDATOR.iter_errors(data))
    found = {*map(_shape_problem, errors), *_text_problems(data, "")}
    if not any(_hides_a_part(error) for error in errors):
        places = {problem.place for problem in found}
        broken = broken_references(data, has_shape=not found)
        found |= {Problem(place, reason) for place, reason in broken if place not in places}
    return sorted(found)


def pointer(path: Any) -> str:
    """A path of keys and numbers as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _object(pairs: list[tuple[str, Any]]) -> Data:
    found: Data = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"The key “{key[:SHOWN]}” stands twice in one object; keep one of the two.")
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that JSON knows.")


# -- formats -----------------------------------------------------------------------------------------------------

FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("edtf", raises=edtf.EdtfError)
def _is_edtf(value: object) -> bool:
    return not isinstance(value, str) or bool(edtf.parse(value) or True)


@FORMATS.checks("day", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and bool(date.fromisoformat(value)))


@FORMATS.checks("decimal")
def _is_decimal(value: object) -> bool:
    return not isinstance(value, str) or (
        re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,4})?", value) is not None and Decimal(value).is_finite()
    )


@FORMATS.checks("offset", raises=durations.DurationError)
def _is_offset(value: object) -> bool:
    if isinstance(value, str) and value not in ("", "duration"):
        durations.parse_duration(value.removeprefix("-"))
    return True


@FORMATS.checks("timezone", raises=(ValueError, OSError, KeyError))
def _is_timezone(value: object) -> bool:
    return not isinstance(value, str) or bool(value and ZoneInfo(value))


VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=FORMATS)

_FORMAT_REASONS = {
    "edtf": "{cause}",
    "offset": "{cause}",
    "day": "{value} is not a day; write it as 2023-05-18.",
    "decimal": "{value} is not a number in plain digits with at most four decimals, such as 8800 or 35.5.",
    "timezone": "{value} is not a time zone; write it as Asia/Shanghai.",
}


# -- messages ----------------------------------------------------------------------------------------------------


def _shape_problem(error: Any) -> Problem:
    return Problem(pointer(error.absolute_path), _reason(error))


def _hides_a_part(error: Any) -> bool:
    """A list or an object that is none, or a part of the file under a name that is not known."""
    if error.validator == "type":
        return error.validator_value in ("array", "object")
    return not error.absolute_path and error.validator in ("required", "additionalProperties")


def _reason(error: Any) -> str:
    said = _REASONS.get(error.validator)
    return said(error, _shown(error.instance)) if said else str(error.message)[:200]


def _unknown_keys(error: Any, _: str) -> str:
    known = error.schema["properties"]
    unknown = [name for name in error.instance if name not in known]
    return f"There is no {_listed(unknown)} here; known are {', '.join(known)}."


_TYPES: dict[str, str] = {
    "object": "an object, in braces",
    "array": "a list, in brackets",
    "string": "a text, in quotes",
    "integer": "a whole number",
    "boolean": "true or false",
}

_REASONS: dict[str, Callable[[Any, str], str]] = {
    "required": lambda error, _: (
        f"{_listed([name for name in error.validator_value if name not in error.instance])} must be given."
    ),
    "additionalProperties": _unknown_keys,
    "enum": lambda error, value: f"{value} is not one of {', '.join(map(str, error.validator_value))}.",
    "const": lambda error, value: f"{value} should be {error.validator_value}.",
    "type": lambda error, value: f"{value} should be {_TYPES[error.validator_value]}.",
    "pattern": lambda _, value: f"{value} is empty or holds characters that are not allowed here.",
    "minLength": lambda *_: "This must not be empty.",
    "minItems": lambda *_: "This must not be empty.",
    "minProperties": lambda *_: "This must not be empty.",
    "maxLength": lambda error, _: (
        f"This is {len(error.instance)} characters long; at most {error.validator_value} fit."
    ),
    "uniqueItems": lambda *_: "The same entry stands here twice.",
    "format": lambda error, value: _FORMAT_REASONS[error.validator_value].format(value=value, cause=error.cause),
}


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name[:SHOWN]}”" for name in names)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"


def _text_problems(value: Any, place: str) -> Iterator[Problem]:
    """Characters that no database text can hold."""
    if isinstance(value, str) and UNSTORABLE.search(value):
        yield Problem(place, "The text holds a character that cannot be stored (U+0000 or half of a pair).")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _text_problems(part, place + pointer([key]))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _text_problems(part, f"{place}/{number}")
