"""What every editing page does: ask who may, show a form with what was typed, say what happened."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from timeline.editorial.permissions import OPERATIONS, Actor, Forbidden, actor_of, require
from timeline.web.forms.common import EditForm
from timeline.web.views.public_common import moved

View = Callable[..., HttpResponse]
REFUSED, COLLIDED = 422, 409


def editing(operation: str) -> Callable[[View], View]:
    """The view gets `by`, who may do `operation`; a visitor is asked to sign in, an outsider is told who may.

    What is sent to a campaign's former address is sent on to the new one, so that nothing typed is lost.
    """
    assert operation in OPERATIONS

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **options: Any) -> HttpResponse:
            by = actor_of(request.user)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                require(by, operation)
            except Forbidden:
                return render(request, "timeline/edit/forbidden.html", status=403)
            try:
                return view(request, by=by, **options)
            except Http404:
                if "slug" not in options or operation.startswith("department."):
                    raise
                return moved(request, options.pop("slug"), options)

        guarded.operation = operation  # type: ignore[attr-defined]
        return never_cache(guarded)

    return decorate


def show(request: HttpRequest, template: str, form: EditForm, **context: Any) -> HttpResponse:
    """The page with the form; 422 where something in it was refused, 409 where somebody else saved first."""
    status = 200
    if form.is_bound and form.errors:
        status = COLLIDED if form.clash else REFUSED
    return render(request, template, {"form": form, **context}, status=status)


def may_edit(by: Actor) -> bool:
    return by.may("milestone.edit")
