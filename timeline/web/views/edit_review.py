"""The review page: what sources brought, with the reasons, to be accepted or rejected, one by one or together."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.editorial.inputs import InvalidInput
from timeline.editorial.permissions import Actor
from timeline.editorial.proposals import AlreadyDecided, accept, reject
from timeline.models import Milestone, Proposal
from timeline.queries import review as waiting
from timeline.queries.text import title_text, when_of
from timeline.web.forms.common import reader
from timeline.web.views.edit_common import editing

A_PAGE = 25
KEY = re.compile(r"[0-9]{1,18}")  # what fits a number of the database


@editing("proposal.decide")
def review(request: HttpRequest, *, by: Actor) -> HttpResponse:
    if request.method == "POST":
        _decide(request, by)
        return redirect("review")
    count = waiting.pending_count()
    first = min(_number(request.GET.get("from", "")) or 0, max(0, count - 1) // A_PAGE * A_PAGE)
    proposals = waiting.pending(language=reader(), first=first, most=A_PAGE)
    milestones = _milestones({proposal.campaign for proposal in proposals})
    context = {
        "proposals": [(proposal, milestones[proposal.campaign]) for proposal in proposals],
        "count": count,
        "first": first,
        "before": max(0, first - A_PAGE) if first else None,
        "after": first + A_PAGE if first + A_PAGE < count else None,
        "decided": waiting.decided(language=reader(), most=10),
    }
    return render(request, "timeline/edit/review.html", context)


def _decide(request: HttpRequest, by: Actor) -> None:
    """One button decides one proposal ("accept:7"), the two on top all that are ticked."""
    verb, _colon, one = request.POST.get("do", "").partition(":")
    keys = [one] if one else request.POST.getlist("proposals")
    numbers = [number for key in dict.fromkeys(keys) if (number := _number(key)) is not None]
    chosen = Proposal.everything.filter(pk__in=numbers).order_by("pk")
    why = request.POST.get(f"why:{one}" if one else "why", "")
    done = [proposal for proposal in chosen if _one(request, by, verb, proposal, why)]
    if done:
        _tell(request, verb, len(done))
    elif not keys:
        messages.warning(request, _("Nothing was ticked, so nothing was decided."))
    if len(chosen) < len(set(keys)):
        messages.warning(request, _("Something that was chosen is not on this page any more; nothing was done to it."))


def _number(key: str) -> int | None:
    return int(key) if KEY.fullmatch(key) else None


def _one(request: HttpRequest, by: Actor, verb: str, proposal: Proposal, why: str) -> bool:
    """Decides one proposal; one that cannot be decided leaves the others alone."""
    try:
        if verb == "accept":
            milestone = _milestone(request.POST.get(f"milestone:{proposal.pk}", ""), proposal)
            accept(proposal=proposal, by=by, now=timezone.now(), milestone=milestone, why=why)
        elif verb == "reject":
            reject(proposal=proposal, by=by, now=timezone.now(), why=why)
        else:
            return False
    except (AlreadyDecided, InvalidInput) as refused:
        messages.warning(request, str(refused))
        return False
    return True


def _milestone(key: str, proposal: Proposal) -> Milestone | None:
    """The milestone chosen for the proposal, or None where none was. Raises InvalidInput for one that is not there."""
    if not key:
        return None
    number = _number(key)
    found = Milestone.published.filter(pk=number).first() if number is not None else None
    if found is None:
        gone = _("The milestone chosen for “%(title)s” is not there, so it was not accepted; choose another, or none.")
        raise InvalidInput("milestone", gone % {"title": proposal.payload.get("title", "")})
    return found


def _tell(request: HttpRequest, verb: str, count: int) -> None:
    text = (
        ngettext("%(n)d accepted; it is on the timeline.", "%(n)d accepted; they are on the timeline.", count)
        if verb == "accept"
        else ngettext("%(n)d rejected; it is kept and not proposed again.", "%(n)d rejected; they are kept.", count)
    )
    messages.success(request, text % {"n": count})


def _milestones(slugs: set[str]) -> dict[str, list[tuple[int, str]]]:
    """Milestones that a proposal may be linked to, by campaign."""
    rows = Milestone.published.filter(campaign__slug__in=slugs).order_by("earliest", "uid")
    found: dict[str, list[tuple[int, str]]] = {slug: [] for slug in slugs}
    for pk, slug, title, uid, when in rows.values_list("pk", "campaign__slug", "title", "uid", "when"):
        words = f"{title_text(title, reader(), fallback=uid).text[:90]} ({when_of(when, reader()).words})"
        found[slug].append((pk, words))
    return found
