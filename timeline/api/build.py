"""Rows as `api.reads` brings them → what `api.fields` declares. No query is made here: all that is asked is at hand."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from timeline import models
from timeline.api import fields
from timeline.values import edtf


class Linker(Protocol):
    """Gives the absolute address of a named route of the API."""

    def __call__(self, name: str, /, **parts: str) -> str: ...


def date(text: str) -> fields.Date | None:
    """An EDTF text with the days it may be; None where it is unknown."""
    read = edtf.parse(text)
    return None if read.is_unknown else {"edtf": read.text, "earliest": read.earliest, "latest": read.latest}


def document(row: models.Document) -> fields.Document:
    return {
        "uid": row.uid,
        "publisher": row.publisher,
        "title": row.title or None,
        "language": row.language or None,
        "published_on": date(row.published_on),
        "quality": row.quality,
        "url": row.link or None,
        "do_not_link": row.do_not_link,
    }


def citation(row: models.Citation | None) -> fields.Citation | None:
    return _cited(row) if row else None


def statement(row: Any) -> fields.Statement:
    return {
        "uid": row.uid,
        "property": row.property,
        "aspect": row.aspect,
        "value": row.value or None,
        "earliest": row.earliest,
        "latest": row.latest,
        "as_said": row.as_said or None,
        "note": row.note or None,
        "rank": row.rank,
        "basis": row.basis,
        "known_on": date(row.known_on),
        "offset": row.offset or None,
        "anchor": _anchor(row),
        "derived_from": row.derived_from_uids,
        "supersedes": row.supersedes_uid,
        "citation": citation(row.citation),
        "also_cited": [_cited(also) for also in row.also_cited.all()],
        "reason": row.reason or None,
        "recorded_at": row.recorded_at,
    }


def campaign_summary(row: models.Campaign, link: Linker) -> fields.CampaignSummary:
    return {
        "slug": row.slug,
        "url": link("campaign", slug=row.slug),
        "title": row.title,
        "summary": row.summary,
        "timezone": row.timezone,
        "state": row.state,
        "start": date(row.start),
        "end": date(row.end),
        "duration": row.duration or None,
        "status": row.status or None,
        "revision": row.revision,
    }


def campaign(row: Any, link: Linker, links: dict[str, str]) -> fields.Campaign:
    """The campaign as `reads.campaign_detail` brings it."""
    return {
        **campaign_summary(row, link),
        "counts": {
            "issuers": row.issuers,
            "participations": row.participation_count,
            "phases": row.phase_count,
            "workstreams": row.workstream_count,
            "topics": {"offence": row.offences, "chain": row.chains, "disorder": row.disorders},
            "milestones": row.milestone_count,
            "milestones_in_window": row.milestones_in_window,
            "disagreements": row.disagreement_count,
            "figures": row.figure_count,
            "figures_distinct": row.figures_distinct,
            "documents": row.document_count,
            "updates": row.update_count,
            "sources": row.source_count,
        },
        "statements": _statements(row),
        "links": links,
    }


def phase(row: models.Phase, _: Linker) -> fields.Phase:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "parent": row.parent.uid if row.parent else None,
        "position": row.position,
        "title": row.title,
        "summary": row.summary,
        "basis": row.basis,
        "start": date(row.start),
        "end": date(row.end),
        "duration": row.duration or None,
        "statements": _statements(row),
    }


def workstream(row: models.Workstream, _: Linker) -> fields.Workstream:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "position": row.position,
        "title": row.title,
        "summary": row.summary,
        "aliases": row.aliases,
        "quote": row.quote or None,
        "responsibilities": _responsibilities(row),
        "citation": citation(row.citation),
    }


def topic(row: models.Topic, _: Linker) -> fields.Topic:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "group": row.group,
        "position": row.position,
        "title": row.title,
        "summary": row.summary,
        "aliases": row.aliases,
        "citation": citation(row.citation),
    }


def participation(row: models.Participation, _: Linker) -> fields.Participation:
    return {
        "campaign": row.campaign.slug,
        "department": row.department.slug,
        "role": row.role,
        "position": row.position,
        "citation": citation(row.citation),
        "statements": _statements(row),
    }


def milestone(row: Any, link: Linker) -> fields.Milestone:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "url": link("milestone", slug=row.campaign.slug, uid=row.uid),
        "kind": row.kind,
        "scope": row.scope,
        "title": row.title,
        "summary": row.summary,
        "when": date(row.when),
        "status": row.status,
        "confidence": row.confidence,
        "responsibilities": _responsibilities(row),
        "workstreams": row.workstream_uids,
        "topics": row.topic_uids,
        "statements": _statements(row),
        "citations": [_cited(cited) for cited in row.citations.all()],
        "uncited_reason": row.uncited_reason or None,
        "figures": row.figure_uids,
        "disagreements": row.disagreement_uids,
        "updates": row.update_uids,
        "recorded_at": row.recorded_at,
    }


def figure(row: Any, _: Linker) -> fields.Figure:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "metric": {
            "uid": row.metric.uid,
            "definition_version": row.metric.definition_version,
            "title": row.metric.title,
        },
        "milestone": row.milestone_uid,
        "value": decimal_text(row.value),
        "qualifier": row.qualifier,
        "unit": row.unit,
        "scope": row.scope or None,
        "window_start": date(row.window_start),
        "window_end": date(row.window_end),
        "window_words": row.window_words or None,
        "as_of": date(row.as_of),
        "as_said": row.as_said or None,
        "parent": row.parent_uid,
        "confirms": row.confirms_uid,
        "rank": row.rank,
        "known_on": date(row.known_on),
        "citation": citation(row.citation),
        "reason": row.reason or None,
        "disagreements": row.disagreement_uids,
        "recorded_at": row.recorded_at,
    }


def update(row: Any, _: Linker) -> fields.Update:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "source": row.source.uid if row.source else None,
        "title": row.title,
        "summary": row.summary or None,
        "url": None if row.barred else row.url or None,
        "do_not_link": row.barred,
        "publisher": row.publisher or None,
        "language": row.language or None,
        "published_on": date(row.published_on),
        "published_at": row.published_at,
        "departments": row.department_slugs,
        "workstreams": row.workstream_uids,
        "topics": row.topic_uids,
        "recorded_at": row.recorded_at,
    }


def disagreement(row: Any, _: Linker) -> fields.Disagreement:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "position": row.position,
        "title": row.title,
        "says": row.says,
        "milestones": row.milestone_uids,
        "statements": row.statement_uids,
        "figures": row.figure_uids,
        "documents": row.document_uids,
    }


def document_row(row: models.Document, _: Linker) -> fields.Document:
    return document(row)


def source(row: Any, _: Linker) -> fields.Source:
    return {
        "uid": row.uid,
        "campaign": row.campaign.slug,
        "kind": row.kind,
        "name": row.name,
        "url": None if row.barred else row.url,
        "do_not_link": row.barred,
        "publisher": row.publisher or None,
        "department": row.department.slug if row.department else None,
        "language": row.language or None,
        "timezone": row.timezone,
        "quality": row.quality,
        "state": row.state,
        "interval_seconds": row.interval_seconds,
        "last_attempt_at": row.last_attempt_at,
        "last_success_at": row.last_success_at,
        "last_new_item_at": row.last_new_item_at,
        "failures": row.failures,
        "error": row.error_class or None,
    }


def department(row: Any, link: Linker) -> fields.Department:
    return {
        "slug": row.slug,
        "url": link("department", slug=row.slug),
        "abbreviation": row.abbreviation or None,
        "branch": row.branch or None,
        "website": row.website or None,
        "note": row.note or None,
        "inferred": row.inferred,
        "parent": row.parent.slug if row.parent else None,
        "children": row.child_slugs,
        "names": [_name(name) for name in row.names.all()],
        "successions": [_succession(step) for step in (*row.succeeds.all(), *row.succeeded_by.all())],
        "participations": [{"campaign": p.campaign.slug, "role": p.role} for p in row.participations.all()],
        "statements": _statements(row),
    }


def decimal_text(value: Decimal) -> str:
    """The number without trailing zeros and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cited(row: models.Citation) -> fields.Citation:
    return {
        "document": document(row.document),
        "quote": row.quote or None,
        "quote_language": row.quote_language or None,
    }


def _anchor(row: models.Statement) -> fields.Anchor | None:
    """What the statement hangs on, unless that is not public."""
    match row.anchor:
        case models.Campaign() as anchor if anchor.state != "draft":
            return {"noun": "campaign", "campaign": anchor.slug, "uid": anchor.slug, "property": row.anchor_property}
        case models.Phase() as anchor if anchor.campaign.state != "draft":
            slug = anchor.campaign.slug
            return {"noun": "phase", "campaign": slug, "uid": anchor.uid, "property": row.anchor_property}
        case models.Milestone() as anchor if anchor.state == "published" and anchor.campaign.state != "draft":
            slug = anchor.campaign.slug
            return {"noun": "milestone", "campaign": slug, "uid": anchor.uid, "property": row.anchor_property}
    return None


def _statements(row: Any) -> list[fields.Statement]:
    return [statement(said) for said in row.statements.all()]


def _responsibilities(row: Any) -> list[fields.Responsibility]:
    rows: Iterable[models.Responsibility] = row.responsibilities.all()
    return [{"department": part.department.slug, "role": part.role, "basis": part.basis} for part in rows]


def _name(row: models.DepartmentName) -> fields.DepartmentName:
    return {
        "text": row.text,
        "language": row.language,
        "kind": row.kind,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def _succession(row: models.Succession) -> fields.Succession:
    return {
        "predecessor": row.predecessor.slug,
        "successor": row.successor.slug if row.successor else None,
        "on": date(row.on),
        "kind": row.kind,
        "note": row.note or None,
        "citation": citation(row.citation),
    }
