"""A campaign under a filter as one value: the `TimelineView` from which everything else is drawn.

find ▶ load (rows with what each meets) ▶ silence ▶ lanes ▶ items ▶ counts, choices, axis
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from timeline.queries.facets import choices_of, department_groups
from timeline.queries.heads import disputes, end_marks, head_of
from timeline.queries.items import ItemMaker, bands, order_key, with_same_day_marks
from timeline.queries.lanes import Lanes
from timeline.queries.loading import Audience, Loaded, documents_of, find_campaign, load
from timeline.queries.predicates import matches_of
from timeline.queries.silence import Silence, find_silence
from timeline.queries.text import speaking
from timeline.values.durations import add_months
from timeline.values.filters import TimelineFilter
from timeline.values.view import Counts, Head, Item, TimelineView, UpdateItem, When

MARGIN_MONTHS = 1


def campaign_timeline(
    campaign_slug: str,
    *,
    filter: TimelineFilter,
    language: str,
    today: date,
    audience: Audience = "visitor",
) -> TimelineView:
    """The whole timeline of a campaign, for one reader, in a number of queries that no campaign raises.

    Retracted things are in no view; a draft campaign is only in an editor's. Raises Campaign.DoesNotExist.
    """
    campaign = find_campaign(campaign_slug, audience)
    with speaking(language):
        return view_of(load(campaign, chosen=filter, language=language, today=today))


def view_of(loaded: Loaded) -> TimelineView:
    """The view of loaded rows; call it while `speaking` the reader's language."""
    silence = find_silence(loaded)
    lanes = Lanes(loaded, silence)
    maker = ItemMaker(loaded, lanes.of)
    matching = [maker.item(row) for row in loaded.milestones if all(matches_of(row).values())]
    dated = sorted((item for item in matching if not item.when.value.is_unknown), key=_item_key)
    undated = sorted((item for item in matching if item.when.value.is_unknown), key=_item_key)
    updates = [maker.update(row) for row in loaded.updates if all(matches_of(row).values())]
    head = head_of(loaded, silence)
    ends = end_marks(loaded)
    focus = _focus(loaded, head)
    first, last = _extent(focus, (*(item.when for item in dated), *(update.when for update in updates)))
    return TimelineView(
        head=head,
        language=loaded.language,
        today=loaded.today,
        filter=loaded.filter,
        first=first,
        last=last,
        lanes=lanes.lanes(matching, updates),
        bands=bands(loaded),
        items=with_same_day_marks(dated),
        undated=tuple(undated),
        updates=tuple(sorted(updates, key=_update_key)),
        ends=ends,
        disputes=disputes(loaded),
        counts=_counts(loaded, silence, dated, undated, updates),
        choices=choices_of(loaded, lanes, department_groups()),
        data_as_of=loaded.campaign.changed_at,
        focus=focus,
    )


def _item_key(item: Item) -> tuple[date, date, str]:
    return order_key(item.when, item.uid)


def _update_key(update: UpdateItem) -> tuple[date, date, str]:
    return order_key(update.when, update.uid)


def _counts(
    loaded: Loaded, silence: Silence, dated: list[Item], undated: list[Item], updates: list[UpdateItem]
) -> Counts:
    """Every entry is shown, undated or filtered out; an update without a date counts as undated too."""
    undated_updates = sum(update.when.value.is_unknown for update in updates)
    shown = len(dated) + len(updates) - undated_updates
    tray = len(undated) + undated_updates
    everyone = len(loaded.milestones) + len(loaded.updates)
    return Counts(
        milestones=len(loaded.milestones),
        core=sum(row.scope == "core" for row in loaded.milestones),
        updates=len(loaded.updates),
        figures=loaded.campaign.figure_firsts,
        figure_reports=loaded.campaign.figure_reports,
        documents=documents_of(loaded.campaign).count(),
        disagreements=len(loaded.disagreements),
        shown=shown,
        undated=tray,
        filtered_out=everyone - shown - tray,
        silent_issuers=len(silence.lanes),
        issuers=len(silence.issuers),
    )


def _focus(loaded: Loaded, head: Head) -> tuple[date, date]:
    """The campaign's own days with a month to either side: from its start to the last of its end and core items."""
    core = [row for row in loaded.milestones if row.scope == "core"]
    starts = _known((loaded.campaign.start_earliest, *(row.earliest or row.latest for row in core)))
    ends = _known((loaded.campaign.end_latest, *(row.latest or row.earliest for row in core)))
    ends += [mark.when.value.latest for mark in end_marks(loaded) if mark.when.value.latest]
    first = loaded.campaign.start_earliest or min(starts, default=loaded.today)
    last = max((*ends, first))
    return add_months(first, -MARGIN_MONTHS), add_months(last, MARGIN_MONTHS)


def _known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]


def _extent(focus: tuple[date, date], whens: Iterable[When]) -> tuple[date, date]:
    """The axis: the focus, and every entry shown with a few days of air."""
    days = list(_days(whens))
    if not days:
        return focus
    air = timedelta(days=7)
    return min(focus[0], min(days) - air), max(focus[1], max(days) + air)


def _days(whens: Iterable[When]) -> Iterator[date]:
    for when in whens:
        yield from (day for day in (when.value.earliest, when.value.latest) if day)
