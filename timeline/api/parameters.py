"""The parameters that an address may carry: declared once, for reading, refusing and the schema."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from timeline.api.problems import InvalidParameter
from timeline.charts import CHARTS
from timeline.queries.retold import retold
from timeline.values.filters import GROUPS, MANY, MAX_TEXT, FilterError, TimelineFilter, from_query
from timeline.values.terms import MILESTONE_KINDS

LANGUAGES = ("en", "zh-Hans")
MAX_PAGE_SIZE = 200
PAGE_SIZE = 100
MAX_LENGTH = 1000
NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters and halves of characters


@dataclass(frozen=True, slots=True)
class Parameter:
    """`many`: may be given several times. `read` returns the value or raises ValueError with a plain message."""

    name: str
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    many: bool = False
    read: Callable[[str], Any] = str


def one_of(name: str, values: tuple[str, ...], description: str) -> Parameter:
    """A parameter with a closed vocabulary; small and capital letters are the same."""
    known = {value.lower(): value for value in values}

    def read(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(_("This must be one of: %(values)s.") % {"values": ", ".join(values)})
        return known[text.lower()]

    return Parameter(name, description, {"type": "string", "enum": list(values)}, read=read)


def _page_size(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_PAGE_SIZE):
        raise ValueError(_("A page holds between 1 and %(most)d entries.") % {"most": MAX_PAGE_SIZE})
    return int(text)


LANG = one_of("lang", LANGUAGES, "Language of labels, sentences and errors; without it, `Accept-Language` decides.")
CURSOR = Parameter("cursor", "Where the page starts: taken from `next` or `previous`, never made up.")
PAGE = Parameter(
    "page_size",
    "Entries on a page.",
    {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
    read=_page_size,
)
CAMPAIGN = Parameter("campaign", "Only what belongs to the campaign with this slug.")
CHART = one_of("chart", tuple(CHARTS), f"Which chart; {next(iter(CHARTS))} unless told.")
THEME = one_of("theme", ("light", "dark"), "Colours of the figure; light unless told.")
FILTERS = (
    *(Parameter(name, f"Only what carries one of these ({name}).", many=True) for name in MANY if name != "kind"),
    Parameter("kind", "Only milestones of these kinds.", {"type": "string", "enum": list(MILESTONE_KINDS)}, many=True),
    Parameter("q", "Words that must all be found.", {"type": "string", "maxLength": MAX_TEXT}),
    Parameter("since", "First day of the period: 2023-02-16, or vaguer as in 2023-02 or 2023."),
    Parameter("until", "Last day of the period, written likewise."),
    one_of("group", GROUPS, "What the lanes are; departments unless told."),
)


def read_all(query: Mapping[str, list[str]], known: tuple[Parameter, ...]) -> dict[str, Any]:
    """What the address asks, by parameter: a value each, or a list where `many`.

    Raises InvalidParameter for a parameter that is unknown, doubled, too long, unreadable or wrong.
    """
    by_name = {parameter.name: parameter for parameter in known}
    found: dict[str, Any] = {}
    for name, values in query.items():
        parameter = by_name.get(name)
        if parameter is None:
            shown = name[:40] if name.isprintable() else "?"
            message = _("There is no such parameter here; known are: %(names)s.") % {
                "names": ", ".join(sorted(by_name))
            }
            raise InvalidParameter(shown, message)
        read = [_read(parameter, value) for value in values]
        if len(read) > 1 and not parameter.many:
            raise InvalidParameter(name, _("This parameter can be given only once."))
        found[name] = read if parameter.many else read[0]
    return found


def read_filter(asked: Mapping[str, Any]) -> TimelineFilter:
    """The filter among the parameters. Raises InvalidParameter."""
    named = {name: value if isinstance(value, list) else [value] for name, value in asked.items()}
    try:
        chosen = from_query(named)
    except FilterError as error:
        raise InvalidParameter(error.parameter, retold(str(error))) from error
    for name in ("since", "until"):
        if asked.get(name) and getattr(chosen, name) is None:
            raise InvalidParameter(name, _("This date has no day from which to count; give one such as 2023-02-16."))
    return chosen


def refuse_unknown(chosen: TimelineFilter, known: Mapping[str, Collection[str]]) -> None:
    """Raises InvalidParameter for a department, workstream or topic that is not among those known."""
    for name in MANY:
        for value in getattr(chosen, name):
            if value not in known[name]:
                raise InvalidParameter(name, _("The campaign knows no %(value)s here.") % {"value": repr(value)})


def _read(parameter: Parameter, text: str) -> Any:
    if len(text) > MAX_LENGTH:
        raise InvalidParameter(parameter.name, _("This is too long to be meant."))
    if NOT_TEXT.search(text):
        raise InvalidParameter(parameter.name, _("This holds control characters, which mean nothing here."))
    try:
        return parameter.read(text)
    except ValueError as error:
        raise InvalidParameter(parameter.name, str(error)) from error
