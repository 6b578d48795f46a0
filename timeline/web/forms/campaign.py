"""Forms of a campaign and its parts: what it is, who takes part, its phases, its workstreams."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timeline.editorial.campaign_parts import PhaseDetails, WorkstreamDetails
from timeline.editorial.campaigns import About
from timeline.editorial.dating import Dating
from timeline.models import Campaign, Department, Phase, Workstream
from timeline.web.forms.common import (
    DURATION_WORDS,
    EditForm,
    EvidenceForm,
    TextsForm,
    area,
    choices,
    initial_texts,
    line,
    when_line,
)
from timeline.web.forms.milestone import ASPECTS
from timeline.web.forms.pickers import (
    as_choices,
    department_ticks,
    departments_of,
    titled,
)

DATE_HINT = _("In words, such as “5 September 2022” or “2023年底”. Empty means nothing is said yet.")
DURATION_HINT = _("In words, such as “18 months” or “一年半”. Empty means nothing is said yet.")


class CampaignForm(TextsForm):
    """For a campaign that is there; its dates are changed one by one, as statements."""

    slug = line(
        _("Address on this site"),
        _("Small letters, digits and hyphens. Where it changes, the old address keeps leading here."),
        autocomplete="off",
    )
    timezone = line(_("Time zone"), _("Of today's line, such as Asia/Shanghai."), autocomplete="off")
    why = line(_("Why this change?"), _("Stays in the history."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("cited", *self.evidence_fields, "uncited_reason"):
            del self.fields[name]

    @classmethod
    def initial_of(cls, thing: Campaign) -> dict[str, Any]:
        return {
            **initial_texts("title", thing.title),
            **initial_texts("summary", thing.summary),
            **{name: getattr(thing, name) for name in ("version", "slug", "timezone")},
        }

    def about(self, before: Campaign | None = None) -> About:
        return about_of(self, before)


class NewCampaignForm(TextsForm):
    """For a new campaign: what it is, and what is known of its dates."""

    slug = line(
        _("Address on this site"),
        _("Small letters, digits and hyphens. Empty means it is made from the English title."),
        autocomplete="off",
    )
    timezone = line(_("Time zone"), _("Of today's line, such as Asia/Shanghai."), autocomplete="off")
    start = when_line(_("Start"), DATE_HINT)
    end = when_line(_("End"), _("In words, as above. A plan and what happened are told apart later, date by date."))
    duration = when_line(_("Duration"), DURATION_HINT, DURATION_WORDS)

    def about(self) -> About:
        return about_of(self, None)

    def needs_evidence(self, typed: Mapping[str, Any]) -> bool:
        return any(typed.get(name) for name in ("start", "end", "duration"))

    def datings(self) -> list[Dating]:
        return datings_of(self, ("start", "end", "duration"), aspect="actual")


class PhaseForm(TextsForm):
    """For a new phase with its dates, or (without them) for one that is there."""

    basis = forms.ChoiceField(label=_("Who says that this is a phase?"), choices=choices("phase_basis"))
    parent = forms.ChoiceField(label=_("A wave of"), required=False)
    position = forms.IntegerField(label=_("Place in the order"), required=False, min_value=0, max_value=999)
    start = when_line(_("Start"), DATE_HINT)
    end = when_line(_("End"), _("In words, as above."))
    duration = when_line(_("Duration"), DURATION_HINT, DURATION_WORDS)
    aspect = forms.ChoiceField(
        label=_("Planned or happened"), choices=ASPECTS, widget=forms.RadioSelect, initial="actual"
    )
    why = line(_("Why this change?"), _("Stays in the history."))
    dated = ("start", "end", "duration")

    def __init__(self, *args: Any, campaign: Campaign, phase: Phase | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.campaign, self.phase = campaign, phase
        others = [row for row in campaign.phases.all() if row != phase]
        self.pick("parent", [("", _("none: it is a phase of its own")), *titled(others)])
        gone = (*self.dated, "aspect", "cited", *self.evidence_fields, "uncited_reason") if phase else ("why",)
        for name in gone:
            del self.fields[name]

    @classmethod
    def initial_of(cls, thing: Phase) -> dict[str, Any]:
        return {
            **initial_texts("title", thing.title),
            **initial_texts("summary", thing.summary),
            **{name: getattr(thing, name) for name in ("version", "basis", "position")},
            "parent": str(thing.parent_id or ""),
        }

    def needs_evidence(self, typed: Mapping[str, Any]) -> bool:
        return any(typed.get(name) for name in self.dated)

    def details(self) -> PhaseDetails:
        typed, before = self.cleaned_data, self.phase
        return PhaseDetails(
            title=self.localized("title", before.title if before else None),
            summary=self.localized("summary", before.summary if before else None),
            basis=typed["basis"],
            parent=self.campaign.phases.filter(pk=typed["parent"]).first() if typed["parent"] else None,
            position=typed["position"],
        )

    def datings(self) -> list[Dating]:
        return datings_of(self, self.dated, aspect=self.cleaned_data["aspect"])


class WorkstreamForm(TextsForm):
    """For a measure that the notice orders."""

    order_quote = area(_("The order in the notice's own words"))
    departments = forms.MultipleChoiceField(label=_("Departments"), required=False)
    lead = forms.ChoiceField(label=_("Which of them leads?"), required=False)
    basis = forms.ChoiceField(
        label=_("Who says that these departments answer for it?"), choices=choices("responsibility_basis")
    )
    position = forms.IntegerField(label=_("Place in the order"), required=False, min_value=0, max_value=999)
    why = line(_("Why this change?"), _("Stays in the history."))

    def __init__(self, *args: Any, campaign: Campaign, workstream: Workstream | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.campaign, self.workstream = campaign, workstream
        self.participants, self.others = department_ticks(campaign)
        every = as_choices(self.participants) + as_choices(self.others)
        self.pick("departments", every)
        self.pick("lead", [("", _("Not said")), *every])
        for name in ("cited", "uncited_reason", *(() if workstream else ("why",))):
            del self.fields[name]

    @classmethod
    def initial_of(cls, thing: Workstream) -> dict[str, Any]:
        parts = list(thing.responsibilities.all())
        return {
            **initial_texts("title", thing.title),
            **initial_texts("summary", thing.summary),
            "version": thing.version,
            "position": thing.position,
            "order_quote": thing.quote,
            "departments": [str(part.department_id) for part in parts],
            "lead": next((str(part.department_id) for part in parts if part.role == "lead"), ""),
            "basis": parts[0].basis if parts else "stated",
        }

    @property
    def ticked(self) -> list[str]:
        return [str(value) for value in self["departments"].value() or []]

    @property
    def other_is_ticked(self) -> bool:
        return any(tick.value in self.ticked for tick in self.others)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        typed["cited"] = "source"  # the source is optional here, and asked for without the choice
        return typed

    def details(self) -> WorkstreamDetails:
        typed, before = self.cleaned_data, self.workstream
        return WorkstreamDetails(
            title=self.localized("title", before.title if before else None),
            summary=self.localized("summary", before.summary if before else None),
            quote=typed["order_quote"],
            departments=departments_of(typed["departments"]),
            lead=next(iter(departments_of([typed["lead"]] if typed["lead"] else [])), None),
            basis=typed["basis"],
            position=typed["position"],
            evidence=self.evidence(),
        )


class ParticipationsForm(EditForm):
    """Who takes part, and how: one select a department, and a row to add another."""

    added = forms.ChoiceField(label=_("Add a department"), required=False)
    added_role = forms.ChoiceField(label=_("Its part"), choices=choices("participation_role"), initial="joint")
    why = line(_("Why this change?"), _("Stays in the history."))

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        self.campaign = campaign
        self.participants, self.others = department_ticks(campaign)
        roles = dict(campaign.participations.values_list("department_id", "role"))
        self.fields["added"].choices = [("", _("none")), *as_choices(self.others)]  # type: ignore[attr-defined]
        for tick in self.participants:
            self.fields[f"role_{tick.value}"] = forms.ChoiceField(
                label=tick.text,
                choices=[*choices("participation_role"), ("", _("takes no part"))],
                initial=roles[int(tick.value)],
                required=False,
            )

    @classmethod
    def initial_of(cls, thing: Campaign) -> dict[str, Any]:
        return {"version": thing.version}

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[f"role_{tick.value}"] for tick in self.participants]

    def roles(self) -> dict[Department, str]:
        typed = self.cleaned_data
        found = {row: typed[f"role_{row.pk}"] for row in departments_of([tick.value for tick in self.participants])}
        added = departments_of([typed["added"]] if typed["added"] else [])
        return found | dict.fromkeys(added, typed["added_role"])


def about_of(form: TextsForm, before: Campaign | None) -> About:
    return About(
        title=form.localized("title", before.title if before else None),
        summary=form.localized("summary", before.summary if before else None),
        slug=form.cleaned_data["slug"],
        timezone=form.cleaned_data["timezone"] or "UTC",
    )


def datings_of(form: EvidenceForm, properties: tuple[str, ...], *, aspect: str) -> list[Dating]:
    """A statement for each property that something was typed for, all with the form's one source."""
    return [
        Dating(property=name, words=words, aspect=aspect, basis="publication", evidence=form.evidence())
        for name in properties
        if (words := form.cleaned_data[name])
    ]
