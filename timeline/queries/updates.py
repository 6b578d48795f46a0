"""Accepted updates, newest first, a page at a time, and how fresh the data are."""

from datetime import date
from typing import cast

from django.db.models import Count, F, Max, Q, QuerySet

from timeline.models import Change, Proposal, Source, Update
from timeline.queries.directory import load_directory
from timeline.queries.items import update_item
from timeline.queries.loading import Audience, find_campaign, update_rows
from timeline.queries.rows import UpdateRow
from timeline.queries.text import reading_language, title_text
from timeline.values.pages import Freshness, UpdateLine, UpdatePage

PAGE = 50
UNDATED = "undated"


class CursorError(ValueError):
    """An `after` that no page gave out; ask for the first page again."""


def update_page(
    *, language: str, campaign_slug: str = "", after: str = "", size: int = PAGE, audience: Audience = "visitor"
) -> UpdatePage:
    """Published updates of all public campaigns, or of one, by first possible day; undated ones come last.

    `after` is the previous page's. Raises CursorError, or Campaign.DoesNotExist.
    """
    language = reading_language(language)
    rows = Update.published.all() if not campaign_slug else _of_campaign(campaign_slug, audience)
    found = cast("list[UpdateRow]", list(_ordered(rows, after)[: size + 1]))
    shown, more = found[:size], len(found) > size
    directory = load_directory({pk for row in shown for pk in row.department_pks})
    lines = tuple(
        UpdateLine(
            update=update_item(row, language, lanes=(), directory=directory),
            campaign=row.campaign.slug,
            campaign_title=title_text(row.campaign.title, language, fallback=row.campaign.slug),
            source=row.source.name if row.source else "",
            accepted_at=row.recorded_at,
        )
        for row in shown
    )
    return UpdatePage(updates=lines, after=_cursor(shown[-1]) if more else "")


def freshness(campaign_slug: str = "", *, audience: Audience = "visitor") -> Freshness:
    """When a source last answered and when anything last changed, in one campaign or in all public ones.

    Raises Campaign.DoesNotExist.
    """
    if campaign_slug:
        campaign = find_campaign(campaign_slug, audience)
        mine, changed = Q(campaign=campaign), Q(campaign_slug=campaign.slug)
    else:
        mine, changed = ~Q(campaign__state="draft"), Q()
    watched = Source.published.filter(mine, state="active")
    counted = watched.aggregate(
        sources=Count("pk"), failing=Count("pk", filter=Q(failures__gt=0)), last=Max("last_success_at")
    )
    return Freshness(
        sources=counted["sources"],
        failing=counted["failing"],
        last_success_at=counted["last"],
        last_change_at=Change.published.filter(changed).aggregate(last=Max("at"))["last"],
        pending=Proposal.published.filter(mine, state="pending").count(),
    )


def _of_campaign(slug: str, audience: Audience) -> QuerySet[Update]:
    return Update.everything.filter(campaign=find_campaign(slug, audience), state="published")


def _ordered(rows: QuerySet[Update], after: str) -> QuerySet[Update]:
    """A keyset page: what stands behind the cursor, in the order of the index, undated ones at the end."""
    if after:
        rows = rows.filter(_behind(after))
    return update_rows(rows).select_related("source", "campaign").order_by(F("earliest").desc(nulls_last=True), "-pk")


def _behind(after: str) -> Q:
    day, _, number = after.partition("_")
    try:
        pk = int(number)
        if day == UNDATED:
            return Q(earliest__isnull=True, pk__lt=pk)
        at = date.fromisoformat(day)
    except ValueError as error:
        raise CursorError("This page is not known; start again at the first page.") from error
    return Q(earliest__lt=at) | Q(earliest=at, pk__lt=pk) | Q(earliest__isnull=True)


def _cursor(row: Update) -> str:
    return f"{row.earliest.isoformat() if row.earliest else UNDATED}_{row.pk}"
