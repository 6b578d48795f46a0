"""The campaign itself as shown: its head with the findings, the marks of its ends, its disagreements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.queries.finding import Facts, findings, number_word
from timeline.queries.labels import label
from timeline.queries.loading import Loaded
from timeline.queries.rows import StatementRow
from timeline.queries.silence import ISSUERS, Silence
from timeline.queries.statements import chosen_when, is_current, rule_words
from timeline.queries.text import choose_text, other_text, title_text, when_of
from timeline.values import durations
from timeline.values.view import Dispute, EndMark, Head, Text, When


def head_of(loaded: Loaded, silence: Silence) -> Head:
    """The head of a loaded campaign, with its findings."""
    campaign, language = loaded.campaign, loaded.language
    statements = loaded.about("campaign", campaign.pk)
    start = chosen_when(campaign.start, statements, "start", language)
    rivals = _rivals(statements, campaign.start)
    if rivals:
        start = replace(start, standing="contested")
    lead = _lead(loaded, silence)
    duration = durations.parse_duration(campaign.duration) if campaign.duration else None
    facts = Facts(
        announced=_announced(loaded, silence, start),
        issuers=len(silence.issuers),
        lead=lead,
        duration=duration,
        status=campaign.status,
        other_starts=tuple(
            (when_of(row.value, language), label("statement_basis", row.basis, language)) for row in rivals
        ),
        ends=end_marks(loaded),
        silent=len(silence.lanes),
        milestones=len(loaded.milestones),
        departments=len(loaded.participations),
        is_draft=campaign.state == "draft",
        today=loaded.today,
        language=language,
    )
    return Head(
        slug=campaign.slug,
        title=title_text(campaign.title, language, fallback=campaign.slug),
        other_title=other_text(campaign.title, language),
        summary=choose_text(campaign.summary, language),
        timezone=campaign.timezone,
        state=campaign.state,
        start=start,
        end=chosen_when(campaign.end, statements, "end", language),
        duration=campaign.duration,
        duration_words=durations.describe_duration(duration, language) if duration else "",
        status=campaign.status,
        finding=findings(facts),
        lead=lead,
        revision=campaign.revision,
    )


def _rivals(statements: Iterable[StatementRow], chosen: str) -> list[StatementRow]:
    """Statements of another start than the chosen one that still stand, one a date."""
    rows = [row for row in statements if row.property == "start" and row.value not in ("", chosen) and is_current(row)]
    return list({row.value: row for row in reversed(rows)}.values())[::-1]


def end_marks(loaded: Loaded) -> tuple[EndMark, ...]:
    """The ends that were stated or computed, equal ones of one basis and rank together, the best ranked first."""
    known = {row.pk: row for row in loaded.statements}
    grouped: dict[tuple[str, str, str, str], list[StatementRow]] = defaultdict(list)
    for row in loaded.about("campaign", loaded.campaign.pk):
        if row.property == "end" and row.value and not row.is_superseded:
            rule = rule_words(row, known, loaded.language)
            grouped[row.value, row.basis, row.rank, rule].append(row)
    marks = [
        EndMark(
            when=when_of(value, loaded.language, as_said=next((row.as_said for row in rows if row.as_said), "")),
            label=_end_label(rows, basis, rule, loaded.language),
            basis=basis,
            rank=rank,
            publisher=_publishers(rows),
            basis_label=label("statement_basis", basis, loaded.language),
        )
        for (value, basis, rank, rule), rows in grouped.items()
    ]
    return tuple(sorted(marks, key=_mark_key))


def _mark_key(mark: EndMark) -> tuple[int, int]:
    """The best ranked first, then the latest."""
    value = mark.when.value
    return ("preferred", "normal", "deprecated").index(mark.rank), -(value.latest or date.max).toordinal()


def disputes(loaded: Loaded) -> tuple[Dispute, ...]:
    """Where the sources part company, in the order given by hand."""
    uids = {row.pk: row.uid for row in loaded.milestones}
    return tuple(
        Dispute(
            uid=row.uid,
            title=title_text(row.title, loaded.language, fallback=row.uid),
            says=choose_text(row.says, loaded.language) or Text("", loaded.language),
            items=tuple(uids[pk] for pk in row.milestone_pks if pk in uids),
            treatment="statements" if row.has_statements else "figures" if row.has_figures else "note",
        )
        for row in loaded.disagreements
    )


def _announced(loaded: Loaded, silence: Silence, start: When) -> When | None:
    if silence.notice is not None and silence.notice.when:
        statements = loaded.about("milestone", silence.notice.pk)
        return chosen_when(silence.notice.when, statements, "when", loaded.language)
    return None if start.value.is_unknown else start


def _lead(loaded: Loaded, silence: Silence) -> Text | None:
    lead = next((row for row in loaded.participations if row.role == "lead"), None)
    if lead is None and len(silence.issuers) == 1:
        lead = next(row for row in loaded.participations if row.role in ISSUERS)
    return loaded.directory.name(lead.department_id, loaded.language, silence.since) if lead else None


def _end_label(rows: list[StatementRow], basis: str, rule: str, language: str) -> str:
    if rule:
        return _("computed: %(rule)s") % {"rule": rule}
    sources = len({pk for row in rows for pk in _documents(row)})
    if basis == "local" and sources:
        words = ngettext("stated by %(count)s local notice", "stated by %(count)s local notices", sources)
        return words % {"count": number_word(sources)}
    said = label("statement_basis", basis, language)
    return said if any(is_current(row) for row in rows) else _("%(basis)s, set aside") % {"basis": said}


def _documents(row: StatementRow) -> Iterable[int]:
    return (*row.also_documents, *((row.citation.document_id,) if row.citation else ()))


def _publishers(rows: list[StatementRow]) -> str:
    return "; ".join(dict.fromkeys(row.citation.document.publisher for row in rows if row.citation))
