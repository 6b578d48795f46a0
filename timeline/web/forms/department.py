"""The department form: what a body is, and a row for each of its names."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from timeline.editorial.departments import Body, Name
from timeline.models import Department
from timeline.web.forms.common import EditForm, area, choices, line
from timeline.web.forms.pickers import as_choices, department_ticks


class DepartmentForm(EditForm):
    """Without the names, which have rows of their own."""

    abbreviation = line(_("Abbreviation"), _("Such as MPS. The short mark in narrow places."))
    website = line(_("Website"), _("As https://…"), inputmode="url", autocomplete="off")
    parent = forms.ChoiceField(
        label=_("Stands under"), required=False, help_text=_("A local body stands under its national one.")
    )
    branch = line(_("Branch"), _("Such as state council ministry, party organ, court."))
    inferred = forms.BooleanField(label=_("Which body it is was concluded, not stated"), required=False)
    note = area(_("Note"))
    why = line(_("Why this change?"), _("Stays in the history."))

    def __init__(self, *args: Any, department: Department | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        _none, every = department_ticks(None)
        others = [tick for tick in every if department is None or tick.value != str(department.pk)]
        self.fields["parent"].choices = [("", _("none")), *as_choices(others)]  # type: ignore[attr-defined]
        if department is None:
            del self.fields["why"]

    @classmethod
    def initial_of(cls, thing: Department) -> dict[str, Any]:
        names = ("version", "abbreviation", "website", "branch", "inferred", "note")
        return {name: getattr(thing, name) for name in names} | {"parent": str(thing.parent_id or "")}

    def body(self, names: list[Name]) -> Body:
        typed = self.cleaned_data
        parent = Department.everything.filter(pk=typed["parent"]).first() if typed["parent"] else None
        texts = {name: typed[name] for name in ("abbreviation", "website", "branch", "inferred", "note")}
        return Body(names=names, parent=parent, **texts)


class NameForm(forms.Form):
    """One name; a row left empty is none."""

    use_required_attribute = False
    text = line(_("Name"))
    language = forms.ChoiceField(label=_("Language"), choices=choices("language"))
    kind = forms.ChoiceField(label=_("Kind"), choices=choices("name_kind"))
    valid_from = forms.DateField(
        label=_("In force from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label=_("to"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


NameForms = formset_factory(NameForm, extra=2, max_num=60)


def initial_names(department: Department | None) -> list[dict[str, Any]]:
    """The rows to start from: the names there are, or one English and one Chinese official name to fill in."""
    if department is None:
        return [{"language": "en", "kind": "official"}, {"language": "zh-Hans", "kind": "official"}]
    columns = ("text", "language", "kind", "valid_from", "valid_to")
    return list(department.names.values(*columns))


def names_of(rows: BaseFormSet) -> list[Name]:
    """The names typed, without empty rows."""
    columns = ("text", "language", "kind", "valid_from", "valid_to")
    typed = [row.cleaned_data for row in rows if row.cleaned_data.get("text")]
    return [Name(**{column: row[column] for column in columns}) for row in typed]
