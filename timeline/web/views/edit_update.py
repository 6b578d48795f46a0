"""Taking an accepted update back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.editorial.permissions import Actor
from timeline.editorial.proposals import retract_update
from timeline.models import Update
from timeline.queries.text import when_of
from timeline.web.forms.common import ReasonForm, attempt, reader
from timeline.web.views.edit_common import editing, show


@editing("update.retract")
def update_retract(request: HttpRequest, *, by: Actor, uid: UUID) -> HttpResponse:
    update = get_object_or_404(Update.everything.select_related("campaign"), uid=uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: retract_update(update=update, why=why, by=by, now=timezone.now())):
            text = _("Taken back: it is on no page, in no answer of the API and not on the timeline any more.")
            messages.success(request, f"{text} {_('The history keeps it, with your reason.')}")
            return redirect("updates", slug=update.campaign.slug)
    when = when_of(update.published_on, reader())
    context = {"update": update, "campaign": update.campaign, "when": when}
    return show(request, "timeline/edit/update_retract.html", form, **context)
