"""The sentences on top of a campaign's page, computed: what it is, where it stands, what is odd about it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from timeline.values import durations, edtf
from timeline.values.durations import Duration, DurationError
from timeline.values.edtf import EdtfDate
from timeline.values.view import EndMark, Text, When

CLOSING_NOT_FOUND = "closing_not_found"

_WORDS = (
    gettext_noop("zero"),
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
    gettext_noop("ten"),
)
_OFFICES = {"administration", "agency", "authority", "bank", "board", "bureau", "centre", "center", "commission"}
_OFFICES |= {"committee", "council", "court", "department", "directorate", "group", "ministry", "office"}
_OFFICES |= {"procuratorate", "secretariat", "service"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentences are made of."""

    announced: When | None  # the day of the notice, or the chosen start
    issuers: int
    lead: Text | None
    duration: Duration | None
    status: str
    other_starts: tuple[tuple[When, str], ...]  # dates that rival the chosen start, with the basis of each
    ends: tuple[EndMark, ...]
    silent: int
    milestones: int
    departments: int
    is_draft: bool
    today: date
    language: str


def number_word(number: int) -> str:
    """One to ten as a word, larger numbers in digits."""
    return _(_WORDS[number]) if 0 <= number < len(_WORDS) else f"{number:,}"


def with_article(name: Text) -> str:
    """An English name of an office as it stands in a sentence: "the Ministry of Public Security"."""
    words = name.text.casefold().replace(",", " ").split()
    return f"the {name.text}" if name.language == "en" and words[0] != "the" and _OFFICES & set(words) else name.text


def findings(facts: Facts) -> tuple[str, ...]:
    """The sentences, most important first; for a campaign that was only just made, what to do next."""
    if facts.milestones == 0 and facts.announced is None:
        return tuple(_first_steps(facts))
    sentences = [_announced(facts), _closing(facts), _ends(facts), _starts(facts), _silent(facts), _elapsed(facts)]
    if facts.milestones == 0:
        sentences.append(_("No milestones are recorded yet; enter the first one."))
    return tuple(_capital(sentence) for sentence in sentences if sentence)


def announced_end(announced: EdtfDate, duration: Duration | None) -> EdtfDate | None:
    """The last full day of the announced duration, where both are known."""
    if duration is None or announced.is_unknown or announced.earliest is None or announced.latest is None:
        return None
    try:
        return durations.last_full_day(durations.add(announced, duration))
    except DurationError:
        return None


def _announced(facts: Facts) -> str:
    if facts.announced is None:
        return ""
    parts = {
        "date": facts.announced.words,
        "bodies": number_word(facts.issuers),
        "lead": with_article(facts.lead) if facts.lead else "",
        "duration": durations.describe_duration(facts.duration, facts.language) if facts.duration else "",
    }
    return _announced_form(facts) % parts


def _announced_form(facts: Facts) -> str:
    if facts.issuers > 1 and facts.lead:
        if facts.duration:
            return _("Announced %(date)s by %(bodies)s bodies led by %(lead)s, for %(duration)s.")
        return _("Announced %(date)s by %(bodies)s bodies led by %(lead)s.")
    if facts.issuers > 1:
        if facts.duration:
            return _("Announced %(date)s by %(bodies)s bodies, for %(duration)s.")
        return _("Announced %(date)s by %(bodies)s bodies.")
    if facts.lead:
        if facts.duration:
            return _("Announced %(date)s by %(lead)s, for %(duration)s.")
        return _("Announced %(date)s by %(lead)s.")
    return _("Announced %(date)s, for %(duration)s.") if facts.duration else _("Announced %(date)s.")


def _closing(facts: Facts) -> str:
    return _("No closing was announced.") if facts.status.replace("-", "_") == CLOSING_NOT_FOUND else ""


def _starts(facts: Facts) -> str:
    words = [_("%(date)s (%(basis)s)") % {"date": when.words, "basis": basis} for when, basis in facts.other_starts]
    if not words:
        return ""
    if len(words) == 1:
        return _("Its start is also given as %(date)s.") % {"date": words[0]}
    first = _(", ").join(words[:-1])
    return _("Its start is also given as %(dates)s or %(last)s.") % {"dates": first, "last": words[-1]}


def _ends(facts: Facts) -> str:
    current = [mark for mark in facts.ends if mark.rank != "deprecated"]
    by_date = {mark.when.value.text: mark for mark in reversed(current)}
    said = [mark for mark in current if by_date[mark.when.value.text] is mark]
    words = [_("%(date)s (%(basis)s)") % {"date": mark.when.words, "basis": mark.basis_label} for mark in said]
    if not words:
        return ""
    if len(words) == 1:
        return _("Its end is given as %(date)s.") % {"date": words[0]}
    first = _(", ").join(words[:-1])
    return _("Sources disagree on the end: %(dates)s or %(last)s.") % {"dates": first, "last": words[-1]}


def _silent(facts: Facts) -> str:
    if not facts.silent:
        return ""
    parts = {"silent": number_word(facts.silent), "issuers": number_word(facts.issuers)}
    if facts.silent == facts.issuers:
        return (
            ngettext(
                "Its issuer never reported on it.", "None of its %(issuers)s issuers reported on it.", facts.issuers
            )
            % parts
        )
    return _("%(silent)s of %(issuers)s issuers never reported on it.") % parts


def _elapsed(facts: Facts) -> str:
    end = announced_end(facts.announced.value, facts.duration) if facts.announced else None
    if end is None or end.earliest is None or end.latest is None or facts.duration is None:
        return ""
    parts = {
        "duration": durations.describe_duration(facts.duration, facts.language),
        "date": edtf.describe(end, facts.language),
    }
    if facts.today > end.latest:
        return _("The announced %(duration)s have passed: the last day was %(date)s.") % parts
    return _("The announced %(duration)s run until %(date)s.") % parts


def _first_steps(facts: Facts) -> list[str]:
    steps = [_("Nothing is recorded about this campaign yet.")]
    if not facts.departments:
        steps.append(_("Name the departments that take part."))
    steps.append(_("State when it was announced, and for how long, with the source."))
    steps.append(_("Then enter the first milestone: a title, when, and who."))
    if facts.is_draft:
        steps.append(_("It is a draft: only editors see it until it is published."))
    return steps


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
