"""Departments by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.editorial.departments import create_department, edit_department, record_succession
from timeline.editorial.permissions import Actor
from timeline.models import Department, Succession
from timeline.queries.departments import department_page
from timeline.web.forms.common import attempt, reader
from timeline.web.forms.department import DepartmentForm, NameForms, SuccessionForm, initial_names, names_of
from timeline.web.views.edit_common import editing, show


@editing("department.edit")
def department_new(request: HttpRequest, *, by: Actor) -> HttpResponse:
    form = DepartmentForm(request.POST or None)
    names = NameForms(request.POST or None, initial=initial_names(None), prefix="names")
    if request.method == "POST" and form.is_valid() and names.is_valid():
        made = attempt(form, lambda: create_department(body=form.body(names_of(names)), by=by, now=timezone.now()))
        if made:
            messages.success(request, _("Saved. It can now be chosen for campaigns, workstreams and milestones."))
            return redirect("department", slug=made.slug)
    return show(request, "timeline/edit/department.html", form, names=names)


@editing("department.edit")
def department_edit(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    department = get_object_or_404(Department.everything, slug=slug)
    form = DepartmentForm(request.POST or None, department=department, initial=DepartmentForm.initial_of(department))
    names = NameForms(request.POST or None, initial=initial_names(department), prefix="names")
    if request.method == "POST" and form.is_valid() and names.is_valid():
        version, why = form.cleaned_data["version"] or 0, form.cleaned_data["why"]
        body = form.body(names_of(names))
        saved = attempt(
            form,
            lambda: edit_department(
                department=department, version=version, body=body, why=why, by=by, now=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("Saved; the history keeps what it was before."))
            return redirect("department", slug=saved.slug)
    context = {"department": department, "successions": department_page(slug, language=reader()).successions}
    return show(request, "timeline/edit/department.html", form, names=names, **context)


@editing("department.edit")
def department_became(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Records a rename, a merger, a transfer of functions, or the end of a body."""
    department = get_object_or_404(Department.everything, slug=slug)
    form = SuccessionForm(request.POST or None, department=department)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _record(department, form, by))
        if made:
            messages.success(request, _("Recorded. Its lane follows where it was renamed or merged."))
            return redirect("department_edit", slug=slug)
    page = department_page(slug, language=reader())
    context = {"department": department, "name": page.name, "successions": page.successions}
    return show(request, "timeline/edit/succession.html", form, **context)


def _record(department: Department, form: SuccessionForm, by: Actor) -> Succession:
    typed = form.cleaned_data
    return record_succession(
        predecessor=department,
        successor=form.successor_of(),
        kind=typed["kind"],
        on_words=typed["on"],
        note=typed["note"],
        evidence=form.evidence(),
        by=by,
        now=timezone.now(),
    )
