"""Sentences that were written in English where nobody's language was known, said again in the reader's.

`values` knows no Django, and a worker reads sources for nobody in particular. What they have to say is a short list of
sentences, so it is translated where somebody reads it. A sentence that is not in the list stays as it was written.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

_OF_DATES = (
    gettext_noop("“%(words)s” was not understood as a date."),
    gettext_noop("“%(words)s” looks like a count, not a date."),
    gettext_noop("“%(words)s” counts from a holiday; give the date itself."),
    gettext_noop("“%(words)s” counts from another date in the text; give the date itself."),
    gettext_noop("“%(words)s” counts from the day it was published; give the publication date first."),
    gettext_noop("“%(words)s” gives a year of two digits; write all four."),
    gettext_noop("“%(words)s” gives a day but the month and the year are missing."),
    gettext_noop("“%(words)s” does not say the year; the year is missing."),
    gettext_noop("“%(words)s” names a weekday; the day, the month and the year are missing."),
    gettext_noop("“%(words)s” names a weekday beside something that is not a day."),
    gettext_noop("“%(words)s” contradicts itself: %(day)s was a %(weekday)s."),
    gettext_noop("“%(words)s” is not one winter; a winter runs into the next year, as in “winter 2023-24”."),
    gettext_noop("“%(words)s” can be %(one)s or %(other)s; write the month as a word or the year first."),
    gettext_noop("“%(words)s” can be %(one)s or %(other)s; write one of them."),
    gettext_noop("“%(words)s” is not a date in EDTF."),
    gettext_noop("“%(words)s” gives a month but not the year it is in."),
    gettext_noop("“%(words)s” does not exist: %(month)s has %(days)s days."),
    gettext_noop("There is no month %(month)s; in “%(words)s” only 01 to 12 or a season 21 to 24 can stand there."),
    gettext_noop("These words are %(length)s characters long; a date needs at most %(most)s."),
    gettext_noop("These words are too long; a date needs at most %(most)s characters."),
    gettext_noop("The words hold an invisible or control character (%(code)s); remove it."),
    gettext_noop("No date was given; for a date that nobody knows write “unknown”."),
    gettext_noop("This date is %(length)s characters long; a date needs at most %(most)s."),
    gettext_noop("This date holds a control or invisible character."),
    gettext_noop("This date is open or unknown where a day is needed."),
    gettext_noop("A span with two open ends says nothing; leave the date empty if it is unknown."),
    gettext_noop("The end of a span must be a single date."),
    gettext_noop("The span ends (%(end)s) before it starts (%(start)s)."),
    gettext_noop("The year %(year)s is outside %(first)s to %(last)s."),
)
_OF_FIGURES_AND_DURATIONS = (
    gettext_noop("These words are too long for a duration."),
    gettext_noop("“%(words)s” was not understood as a duration."),
    gettext_noop("“%(words)s” is not a duration."),
    gettext_noop("A duration must be longer than nothing."),
    gettext_noop("The result lies outside the years %(first)s to %(last)s."),
)
_OF_FILTERS = (
    gettext_noop("There is no kind %(kind)s; the kinds are %(kinds)s."),
    gettext_noop("Search for at most %(most)s characters, without control characters."),
    gettext_noop("The period ends before it starts; swap the two dates."),
    gettext_noop("Group by one of %(groups)s."),
    gettext_noop("A name in the address is at most 80 characters, without control characters."),
)
_EXAMPLES = (
    gettext_noop("Write for example “16 February 2023”, “around September 2023” or “2023年底”."),
    gettext_noop("Write for example “18 months”, “one and a half years”, “一年半” or “90 days”."),
    gettext_noop("Accepted are years, months, weeks and days: P18M, P1Y6M, P2W, P98D."),
    gettext_noop(
        "Accepted are a day (2023-02-16), a month (2023-02), a year (2023), a season (2023-21), a decade (202X), "
        "each with ~ for about or ? for doubtful, and a span (2023-02-16/2023-03-01, 2023-02-16/.. or ../2023-02-17)."
    ),
)
_OF_STATEMENTS = (
    gettext_noop("This date would hang on itself; anchor it to something else."),
    gettext_noop("It would end on %(end)s, before it starts on %(start)s; correct one of the two."),
    gettext_noop("Name the source, or say why there is none."),
    gettext_noop("A date can only move an earlier date of the same thing."),
)
# What a worker wrote down about a source; the same messages as in `ingest`, which may be said to a person at once too.
_OF_SOURCES = (
    gettext_noop("This address is longer than %(limit)s characters."),
    gettext_noop("Only addresses that begin with http:// or https:// can be used."),
    gettext_noop("Remove the user name or password from the address; addresses are shown to readers."),
    gettext_noop("“%(text)s” is not a web address; check it for typing mistakes."),
    gettext_noop("This address names no host."),
    gettext_noop(
        "The source sends readers on to an address that cannot be used (%(why)s) Use the address that a browser "
        "ends at."
    ),
    gettext_noop(
        "%(host)s is not fetched: it is not a public web server on a usual port. If the source is your own, "
        "whoever runs this site can add %(entry)s to FETCH_ALLOW."
    ),
    gettext_noop("The source redirects more than %(count)s times; use the address that a browser ends at."),
    gettext_noop("The source redirects in a circle; use the address that a browser ends at."),
    gettext_noop("The source asks us to come back later (HTTP %(status)s); it will be tried again by itself."),
    gettext_noop(
        "The source says that it is gone for good (HTTP 410); what it brought is kept. Give it a new address or "
        "remove it."
    ),
    gettext_noop(
        "The source refuses to be read without permission (HTTP %(status)s); ask its publisher, or use a public "
        "address."
    ),
    gettext_noop("There is nothing at this address (HTTP 404); check it in a browser."),
    gettext_noop("The source answered with HTTP %(status)s instead of its content; it will be tried again by itself."),
    gettext_noop("The host %(host)s is not known; check the address for typing mistakes."),
    gettext_noop("The certificate of %(host)s could not be verified, so nothing was read; check it in a browser."),
    gettext_noop("%(host)s does not accept connections on port %(port)s; it will be tried again by itself."),
    gettext_noop("The connection to %(host)s failed or was cut off; it will be tried again by itself."),
    gettext_noop("The source did not answer within %(seconds)s seconds; it will be tried again by itself."),
    gettext_noop("The source packs its answer in a way that was not asked for (%(how)s); it cannot be read."),
    gettext_noop("The answer of the source broke off or was damaged, so it was not used; it will be tried again."),
    gettext_noop(
        "The answer of the source is larger than %(size)s MB, so it was not read to its end; use a smaller feed."
    ),
    gettext_noop("The address answered with nothing at all; it may be a feed again later."),
    gettext_noop("This is %(shape)s, not a feed."),
    gettext_noop("The characters of this feed cannot be read: they are not in %(tried)s. Tell its publisher."),
    gettext_noop("This is JSON, but not a JSON Feed (%(why)s)."),
    gettext_noop("This feed defines entities of its own, which can be used to attack readers; it was not read."),
    gettext_noop("This feed breaks off before its end, so it was not used; it will be tried again by itself."),
    gettext_noop("This feed is damaged and cannot be read; tell its publisher."),
    gettext_noop(
        "This feed holds %(count)s entries, more than the %(most)s that are read at once; use a smaller feed."
    ),
    gettext_noop("This is a web page, not a feed. The page names this feed: %(feed)s"),
    gettext_noop("This is a web page, not a feed. Look on it for a link called “RSS” or “feed” and use that address."),
    gettext_noop("This is XML of another kind (“%(root)s”), not a feed."),
    gettext_noop("This is plain text, not a feed."),
    gettext_noop(
        "Reading this source ended its worker three times, so it was set aside; nothing it brought is lost. Look "
        "at what it sends, then resume it."
    ),
    gettext_noop("a picture"),
    gettext_noop("a PDF file"),
    gettext_noop("a ZIP or Office file"),
    gettext_noop("a packed file"),
    gettext_noop("it breaks off or is damaged"),
    gettext_noop("no list of “items”"),
    gettext_noop("no “version” that begins with %(version)s"),
)
SENTENCES = (
    *_OF_DATES,
    *_OF_FIGURES_AND_DURATIONS,
    *_OF_FILTERS,
    *_EXAMPLES,
    *_OF_STATEMENTS,
    *_OF_SOURCES,
)


def retold(text: str) -> str:
    """The text in the active language, sentence by sentence, as far as its sentences are known."""
    if not text or (get_language() or "en").startswith("en"):
        return text
    return _retold(text)


def _retold(text: str) -> str:
    for template, pattern in _patterns():
        found = pattern.match(text)
        rest = found and text[found.end() :]
        if found and (not rest or rest.startswith(" ")):
            said = _(template) % {name: _retold(part) for name, part in found.groupdict().items()}
            return said + _retold(rest.lstrip()) if rest else said
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence with the expression that finds it; what it holds runs only as far as it must."""
    return tuple(_compiled(SENTENCES))


def _compiled(sentences: tuple[str, ...]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for template in sentences:
        pieces = re.split(r"%\((\w+)\)s", template)
        texts, names = [re.escape(piece) for piece in pieces[::2]], pieces[1::2]
        holes = [f"(?P<{name}>.+?)" for name in names] + [""]
        if not texts[-1]:
            holes[len(names) - 1] = holes[len(names) - 1].replace("+?", "+")  # what stands last runs to the end
        yield template, re.compile("".join(text + hole for text, hole in zip(texts, holes, strict=True)), re.DOTALL)
