"""Reported figures as shown: qualifier kept, window in words, "of which" and confirmations by name."""

from collections.abc import Iterable
from typing import cast

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from timeline.models import Disagreement, Figure
from timeline.queries.loading import Audience, find_campaign, linked
from timeline.queries.rows import FigureRow
from timeline.queries.statements import source_of
from timeline.queries.text import reading_language, speaking, title_text, when_or_none
from timeline.values import edtf
from timeline.values.figures import Qualifier, describe_quantity
from timeline.values.view import Number

_UNITS = {"count": "", "percent": "%"}


def campaign_figures(slug: str, *, language: str, audience: Audience = "visitor") -> tuple[Number, ...]:
    """Every published figure of a campaign, confirmations included, by the day it was known.

    Raises Campaign.DoesNotExist, for visitors also where the campaign is a draft.
    """
    campaign = find_campaign(slug, audience)
    with speaking(language):
        return numbers(figure_rows(Q(campaign=campaign)), language)


def figure_rows(condition: Q) -> QuerySet[Figure]:
    """Published figures with all that `numbers` asks of them."""
    disputed = Disagreement.figures.through
    public = Q(state="published") & (Q(milestone__isnull=True) | Q(milestone__state="published"))
    return (
        Figure.everything.filter(public, condition)
        .select_related("metric", "milestone", "parent", "confirms", "citation__document")
        .annotate(
            dispute_uids=linked(disputed, "figure_id", "disagreement__uid"),
            day=Coalesce("milestone__earliest", "milestone__latest"),
        )
        .order_by("day", "pk")
    )


def numbers(rows: Iterable[Figure], language: str) -> tuple[Number, ...]:
    """The figures as shown; a parent or confirmed figure that is not public is not named."""
    return tuple(_number(cast("FigureRow", row), reading_language(language)) for row in rows)


def _number(row: FigureRow, language: str) -> Number:
    return Number(
        uid=row.uid,
        metric=row.metric.uid,
        metric_label=title_text(row.metric.title, language, fallback=row.metric.uid.replace("_", " ")).text,
        value=f"{row.value.normalize():f}",
        qualifier=row.qualifier,
        words=describe_quantity(row.value, cast("Qualifier", row.qualifier), _UNITS.get(row.unit, row.unit), language),
        unit=row.unit,
        window_words=row.window_words or _window(row, language),
        window_start=row.window_start,
        window_end=row.window_end,
        as_of=row.as_of,
        as_said=row.as_said,
        parent=_uid(row.parent),
        confirms=_uid(row.confirms),
        milestone=row.milestone.uid if row.milestone else "",
        known_on=when_or_none(row.known_on, language),
        source=source_of(row.citation, language),
        reason=row.reason,
        disagreements=tuple(row.dispute_uids),
        rank=row.rank,
    )


def _uid(other: Figure | None) -> str:
    return other.uid if other is not None and other.state == "published" else ""


def _window(row: Figure, language: str) -> str:
    """The window in words where the data give none: "5 September 2022 – 16 February 2023"."""
    start, end = row.window_start, row.window_end
    if not start and not end:
        return ""
    first, last = (edtf.parse(text) if text else None for text in (start, end))
    try:
        return edtf.describe(edtf.interval(first, last), language)
    except edtf.EdtfError:  # an end that is itself a span
        return " – ".join(edtf.describe(part, language) for part in (first, last) if part)
