"""Statements and their sources as shown: the words, the rule of a computed one, the evidence behind it."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from timeline.models import Campaign, Citation, Document, Milestone, Phase
from timeline.queries.labels import label
from timeline.queries.rows import StatementRow
from timeline.queries.text import UNDETERMINED, when_of, when_or_none
from timeline.values import durations, edtf
from timeline.values.choice import Chosen, Said, choose_date
from timeline.values.view import Assertion, Competitor, Source, Text, When

DATES = ("start", "end", "when")
# The column of each noun that holds its chosen date, by property.
_CHOSEN = {"start": "start", "end": "end", "when": "when"}


def standing_of(statements: Iterable[StatementRow], property: str) -> Chosen:
    """The choice among the current statements for one date, made by the same rule as the stored column."""
    return choose_date([said(found) for found in statements if found.property == property and is_current(found)])


def is_current(statement: StatementRow) -> bool:
    """Whether a statement may be chosen: not set aside, and no later one moved it."""
    return statement.rank != "deprecated" and not statement.is_superseded


def said(statement: StatementRow) -> Said:
    return Said(key=statement.pk, value=statement.value, rank=statement.rank, aspect=statement.aspect)


def chosen_when(value: str, statements: Iterable[StatementRow], property: str, language: str) -> When:
    """The chosen date of a thing, with its standing, and the source's words where one statement gave it."""
    rows = list(statements)
    choice = standing_of(rows, property)
    words = list(dict.fromkeys(row.as_said for row in rows if row.pk in choice.keys and row.as_said))
    standing = choice.standing if choice.keys else None
    as_said = words[0] if words and choice.standing != "contested" else ""
    return when_of(value, language, as_said=as_said, standing=standing)


def competitors(statements: Iterable[StatementRow], property: str, language: str) -> tuple[Competitor, ...]:
    """All dates given for one thing, those set aside included and marked; empty where they do not differ.

    A date that was moved later is no competitor: it was right in its time.
    """
    rows = [row for row in statements if row.property == property and row.value and not row.is_superseded]
    if len({row.value for row in rows}) < 2:
        return ()
    return tuple(
        Competitor(
            when=when_of(row.value, language, as_said=row.as_said),
            publisher=row.citation.document.publisher if row.citation else "",
            basis=row.basis,
            basis_label=label("statement_basis", row.basis, language),
            rank=row.rank,
            aspect=row.aspect,
        )
        for row in sorted(rows, key=lambda row: (row.rank == "deprecated", row.rank != "preferred", row.pk))
    )


def rule_words(statement: StatementRow, known: Mapping[int, StatementRow], language: str) -> str:
    """How a computed value came about: "18 months after 5 September 2022"; empty for a value that was stated.

    `known` are the statements at hand, by primary key, to read what this one derives from.
    """
    base = _base_of(statement, known)
    if base is None:
        return ""
    when = edtf.describe(edtf.parse(base), language)
    offset = statement.offset
    if offset == "duration":
        offset = getattr(statement.anchor, "duration", "")
    if not offset:
        return _("the same as %(date)s") % {"date": when}
    length = durations.describe_duration(durations.parse_duration(offset.removeprefix("-")), language)
    words = _("%(length)s before %(date)s") if offset.startswith("-") else _("%(length)s after %(date)s")
    return words % {"length": length, "date": when}


def _base_of(statement: StatementRow, known: Mapping[int, StatementRow]) -> str | None:
    anchor: Campaign | Phase | Milestone | None = statement.anchor
    if anchor is not None:
        return str(getattr(anchor, _CHOSEN.get(statement.anchor_property, ""), ""))
    bases = [known[pk].value for pk in statement.derived_pks if pk in known and known[pk].property in DATES]
    return bases[0] if statement.derived_pks and bases else None


def source_of(citation: Citation | None, language: str) -> Source | None:
    """A citation as shown, or None where there is none."""
    if citation is None:
        return None
    quote = Text(citation.quote, citation.quote_language or UNDETERMINED) if citation.quote else None
    return document_source(citation.document, language, quote=quote)


def document_source(document: Document, language: str, *, quote: Text | None = None) -> Source:
    """A document as shown; its address only where it may be linked."""
    return Source(
        uid=document.uid,
        publisher=document.publisher,
        title=document.title,
        language=document.language,
        published=when_or_none(document.published_on, language),
        quality=document.quality,
        quality_label=label("document_quality", document.quality, language),
        url=document.link,
        linkable=bool(document.link),
        quote=quote,
    )


def value_words(statement: StatementRow, language: str) -> str:
    """The value for reading: a date or a duration in words, a term by its label."""
    if statement.property in DATES:
        return edtf.describe(edtf.parse(statement.value), language)
    if statement.property == "duration" and statement.value:
        return durations.describe_duration(durations.parse_duration(statement.value), language)
    if statement.property == "status":
        group = "milestone_status" if statement.milestone_id else "campaign_status"
        return label(group, statement.value, language)
    return statement.value or _("unknown")


def assertion(
    statement: StatementRow, *, also: Iterable[Citation], known: Mapping[int, StatementRow], language: str
) -> Assertion:
    """A statement as shown. `known` must hold what it derives from and what it moves, by primary key."""
    moved = known.get(statement.supersedes_id or 0)
    return Assertion(
        uid=str(statement.uid),
        property=statement.property,
        property_label=label("property", statement.property, language),
        aspect=statement.aspect,
        aspect_label=label("aspect", statement.aspect, language),
        basis=statement.basis,
        basis_label=label("statement_basis", statement.basis, language),
        rank=statement.rank,
        value=statement.value,
        words=value_words(statement, language),
        when=when_of(statement.value, language, as_said=statement.as_said) if statement.property in DATES else None,
        as_said=statement.as_said,
        note=statement.note,
        known_on=when_or_none(statement.known_on, language),
        recorded_at=statement.recorded_at,
        source=source_of(statement.citation, language),
        also=tuple(source for citation in also if (source := source_of(citation, language))),
        reason=statement.reason,
        derived_from=tuple(str(known[pk].uid) for pk in statement.derived_pks if pk in known),
        rule=rule_words(statement, known, language),
        supersedes=str(moved.uid) if moved else "",
    )
