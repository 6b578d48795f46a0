"""The department form: what a body is, and a row for each of its names."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from timeline.editorial.departments import Body, Name
from timeline.models import Department
from timeline.web.forms.common import EditForm, EvidenceForm, area, choices, line, when_line
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


class SuccessionForm(EvidenceForm):
    """What became of a body, from which day, and who says so."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=choices("succession_kind"), widget=forms.RadioSelect, initial="rename"
    )
    successor = forms.ChoiceField(
        label=_("Who took over"), required=False, help_text=_("Only an abolition may have nobody.")
    )
    on = when_line(_("From when"), _("In words: “18 May 2023”, “March 2023”, “unknown”."))
    note = area(_("Note"), _("What a reader should know about it."))

    def __init__(self, *args: Any, department: Department, **options: Any) -> None:
        super().__init__(*args, **options)
        _none, every = department_ticks(None)
        others = [tick for tick in every if tick.value != str(department.pk)]
        self.fields["successor"].choices = [("", _("nobody")), *as_choices(others)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("on") and "on" not in self.errors:
            self.add_error("on", _("Say when, in words; for a date that nobody knows write “unknown”."))
        is_heir_known = typed.get("successor") or "successor" in self.errors
        if typed.get("kind") not in (None, "abolition") and not is_heir_known:
            self.add_error("successor", _("Choose the body that took over; only an abolition has none."))
        return typed

    def successor_of(self) -> Department | None:
        key = self.cleaned_data["successor"]
        return Department.everything.get(pk=key) if key else None


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
