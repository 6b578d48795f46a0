"""Campaigns by hand: create, edit, publish, and who takes part. A former slug redirects for ever."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from timeline.editorial.dating import Dating, say
from timeline.editorial.inputs import InvalidInput, free_uid, locked, one_of, texts
from timeline.editorial.permissions import Actor, require
from timeline.editorial.record import Record, as_row, writing
from timeline.editorial.states import CAMPAIGN
from timeline.models import Campaign, Department, FormerSlug, Participation
from timeline.values.terms import PARTICIPATION_ROLES

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = ("new",)  # addresses of pages that stand beside the campaigns


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a campaign is; an empty slug is made from the English title."""

    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    slug: str = ""
    timezone: str = "UTC"


def create_campaign(
    *,
    about: About,
    by: Actor,
    now: datetime,
    datings: Iterable[Dating] = (),
    roles: Mapping[Department, str] | None = None,
    state: str = "published",
) -> Campaign:
    """Makes a campaign with what is known of its start, end and duration, and of who takes part.

    Raises Forbidden, InvalidInput, StatementError; then nothing was written.
    """
    require(by, "campaign.create")
    require(by, "campaign.publish" if state != "draft" else "campaign.create")
    with writing(by=by, now=now) as record:
        campaign = Campaign(state=one_of("state", state, ("draft", "published")))
        _describe(campaign, about)
        campaign.save(force_insert=True)
        record.note("create", campaign, campaign=campaign)
        for dating in datings:
            say(record, subject=campaign, dating=dating)
        _take_part(record, campaign, roles or {})
    return campaign


def edit_campaign(
    *, campaign: Campaign, version: int, about: About, by: Actor, now: datetime, why: str = ""
) -> Campaign:
    """Changes title, summary, zone or slug; the slug that it had keeps leading here.

    Raises Forbidden, StaleVersion, InvalidInput; then nothing was written.
    """
    require(by, "campaign.edit")
    with writing(by=by, now=now) as record:
        found = locked(campaign, version)
        before, former = as_row(found), found.slug
        _describe(found, about)
        found.version += 1
        found.save()
        if found.slug != former:
            FormerSlug.everything.filter(slug=found.slug).delete()  # it is this campaign's own again
            FormerSlug.everything.create(slug=former, campaign=found)
        record.note("edit", found, before=before, why=why, campaign=found)
    return found


def turn_campaign(*, campaign: Campaign, version: int, to: str, by: Actor, now: datetime, why: str = "") -> Campaign:
    """Publishes, withdraws to draft, or archives. Raises Forbidden, StaleVersion, NotAllowed."""
    require(by, "campaign.publish")
    with writing(by=by, now=now) as record:
        found = locked(campaign, version)
        CAMPAIGN.check(found.state, to)
        before = as_row(found)
        found.state = to
        found.version += 1
        found.save(update_fields=["state", "version"])
        record.note(to, found, before=before, why=why, campaign=found)
    return found


def set_participations(
    *, campaign: Campaign, version: int, roles: Mapping[Department, str], by: Actor, now: datetime, why: str = ""
) -> Campaign:
    """Says who takes part and how: {department: role}; an empty role means no part. Others stay as they are.

    Raises Forbidden, StaleVersion, InvalidInput; then nothing was written.
    """
    require(by, "campaign.edit")
    with writing(by=by, now=now) as record:
        found = locked(campaign, version)
        _take_part(record, found, roles, why=why)
        found.version += 1
        found.save(update_fields=["version"])
    return found


def _describe(campaign: Campaign, about: About) -> None:
    campaign.title = texts("title", about.title, required=True)
    campaign.summary = texts("summary", about.summary)
    campaign.timezone = one_of_zones("timezone", about.timezone)
    campaign.slug = _slug(campaign, about)


def one_of_zones(name: str, zone: str) -> str:
    """The zone. Raises InvalidInput for one that is not in the time zone database."""
    if zone not in available_timezones():
        raise InvalidInput(name, _("Write a time zone such as Asia/Shanghai or UTC."))
    return zone


def _slug(campaign: Campaign, about: About) -> str:
    others = Campaign.everything.exclude(pk=campaign.pk)
    if not about.slug:
        return campaign.slug or free_uid(others.values_list("slug", flat=True), campaign.title.get("en", ""))
    slug = about.slug.strip()
    if slug in RESERVED:
        raise InvalidInput(
            "slug", _("“%(slug)s” is reserved for a page of this site; choose another.") % {"slug": slug}
        )
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        raise InvalidInput("slug", _("Write small letters, digits and single hyphens, at most 80 characters."))
    if others.filter(slug=slug).exists():
        raise InvalidInput("slug", _("Another campaign has this address."))
    if FormerSlug.everything.filter(slug=slug).exclude(campaign=campaign.pk).exists():
        raise InvalidInput("slug", _("Another campaign once had this address, and it still leads there."))
    return slug


def _take_part(record: Record, campaign: Campaign, roles: Mapping[Department, str], *, why: str = "") -> None:
    there = {part.department_id: part for part in campaign.participations.all()}
    position = max((part.position for part in there.values()), default=-1)
    for department, role in roles.items():
        part = there.get(department.pk)
        if role:
            one_of("roles", role, PARTICIPATION_ROLES)
        if part is None and role:
            position += 1
            part = Participation(campaign=campaign, department=department, role=role, position=position)
            part.save(force_insert=True)
            record.note("create", part, why=why, campaign=campaign)
        elif part is not None and not role:
            record.note("delete", part, before=as_row(part), gone=True, why=why, campaign=campaign)
            part.delete()
        elif part is not None and role != part.role:
            before = as_row(part)
            part.role = role
            part.save(update_fields=["role"])
            record.note("edit", part, before=before, why=why, campaign=campaign)
