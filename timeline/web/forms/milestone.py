"""The milestone form: title, when in words, departments, and the source."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timeline.editorial.dating import Dating
from timeline.editorial.milestones import Details
from timeline.models import Campaign, Milestone, Statement
from timeline.queries.stated import value_words
from timeline.web.forms.common import Choices, TextsForm, choices, initial_texts, line, reader, when_line
from timeline.web.forms.pickers import as_choices, department_ticks, departments_of, titled

WHEN_HINT = _("In words: “around September 2023”, “2023年底”, “2023-09-12”, or “unknown”.")
ASPECTS: Choices = [("actual", _("It happened")), ("planned", _("It is planned"))]
BASES = ("event", "publication", "signed", "adopted", "effective", "reported", "inferred", "local")


class MilestoneForm(TextsForm):
    """For a new milestone of `campaign`."""

    when = when_line(_("When"), WHEN_HINT)
    aspect = forms.ChoiceField(
        label=_("Planned or happened"), choices=ASPECTS, widget=forms.RadioSelect, initial="actual"
    )
    departments = forms.MultipleChoiceField(label=_("Departments"), required=False)
    lead = forms.ChoiceField(label=_("Which of them leads?"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices("milestone_kind"), initial="meeting")
    basis = forms.ChoiceField(
        label=_("What the date is"), choices=choices("statement_basis", *BASES), initial="event", required=False
    )
    scope = forms.ChoiceField(label=_("Scope"), choices=choices("scope"), initial="core", required=False)
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=choices("confidence"), initial="medium", required=False
    )
    workstreams = forms.MultipleChoiceField(label=_("Workstreams"), required=False, widget=forms.CheckboxSelectMultiple)
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    needs_date = True

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        self.campaign = campaign
        self.participants, self.others = department_ticks(campaign)
        every = as_choices(self.participants) + as_choices(self.others)
        self.pick("departments", every)
        self.pick("lead", [("", _("Not said")), *every])
        self.pick("workstreams", titled(list(campaign.workstreams.all())))
        self.pick("topics", titled(list(campaign.topics.all())))

    @property
    def ticked(self) -> list[str]:
        return [str(value) for value in self["departments"].value() or []]

    @property
    def other_is_ticked(self) -> bool:
        return any(tick.value in self.ticked for tick in self.others)

    @property
    def has_more_errors(self) -> bool:
        """Whether something is wrong in the part of the page that is folded away."""
        folded = {"summary_en", "summary_zh", "lead", "workstreams", "topics", "basis", "scope", "confidence"}
        return bool(folded & set(self.errors))

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("departments") and "departments" not in self.errors:
            self.add_error("departments", _("Tick at least one department."))
        if not typed.get("when") and self.needs_date and "when" not in self.errors:
            self.add_error("when", _("Say when, in words; for a date that nobody knows write “unknown”."))
        return typed

    def details(self, before: Milestone | None = None) -> Details:
        typed = self.cleaned_data
        departments = departments_of(typed["departments"])
        return Details(
            title=self.localized("title", before.title if before else None),
            summary=self.localized("summary", before.summary if before else None),
            kind=typed["kind"],
            departments=departments,
            lead=next((row for row in departments_of([typed["lead"]] if typed["lead"] else [])), None),
            status=typed.get("status", ""),
            scope=typed["scope"] or "core",
            confidence=typed["confidence"] or "medium",
            workstreams=list(self.campaign.workstreams.filter(pk__in=typed["workstreams"])),
            topics=list(self.campaign.topics.filter(pk__in=typed["topics"])),
        )

    def dating(self) -> Dating:
        typed = self.cleaned_data
        return Dating(
            property="when",
            words=typed["when"],
            aspect=typed["aspect"],
            basis=typed["basis"] or "event",
            evidence=self.evidence(),
        )


class MilestoneEditForm(MilestoneForm):
    """For a milestone that is there: the date stays unless another is typed, and then how it came about is asked."""

    KEPT: Choices = [
        ("keep", _("The sources stay as they are")),
        ("source", _("There is another source")),
        ("none", _("There is no source for the new date")),
    ]
    RELATIONS: Choices = [
        ("moved", _("The date was moved: the earlier one had been announced")),
        ("happened", _("It has now happened on this date; the plan stays visible beside it")),
        ("another", _("Another source gives this date; both stay visible")),
        ("mistyped", _("The earlier date was mistyped here; no source ever gave it")),
    ]

    needs_date = False
    cited = forms.ChoiceField(label=_("Source"), choices=KEPT, widget=forms.RadioSelect, initial="keep")
    relation = forms.ChoiceField(
        label=_("How does the new date stand to the earlier one?"),
        choices=RELATIONS,
        widget=forms.RadioSelect,
        required=False,
    )
    replaces = forms.ChoiceField(label=_("Which earlier date?"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=choices("milestone_status"), required=False)
    why = line(_("Why this change?"), _("Stays in the history. Needed where something was mistyped."))

    def __init__(self, *args: Any, said: list[Statement], **options: Any) -> None:
        super().__init__(*args, **options)
        self.said = said
        self.pick("replaces", [(str(row.pk), date_words(row)) for row in said])
        del self.fields["aspect"]
        if not any(row.aspect == "planned" for row in said):
            self.pick("relation", [pair for pair in self.RELATIONS if pair[0] != "happened"])
        self.fields["when"].label = _("Another date")
        self.fields["when"].help_text = _("Leave empty where the date stays. %(how)s") % {"how": WHEN_HINT}

    @classmethod
    def initial_of(cls, thing: Milestone) -> dict[str, Any]:
        parts = list(thing.responsibilities.all())
        return {
            **initial_texts("title", thing.title),
            **initial_texts("summary", thing.summary),
            **{name: getattr(thing, name) for name in ("version", "kind", "scope", "confidence", "status")},
            "departments": [str(part.department_id) for part in parts],
            "lead": next((str(part.department_id) for part in parts if part.role == "lead"), ""),
            "workstreams": [str(pk) for pk in thing.workstreams.values_list("pk", flat=True)],
            "topics": [str(pk) for pk in thing.topics.values_list("pk", flat=True)],
        }

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        relation = typed.get("relation")
        if typed.get("when") and any(row.value for row in self.said) and not relation:
            self.add_error("relation", _("Say how the new date came about."))
        if typed.get("when") and typed.get("cited") == "keep" and relation != "mistyped":
            self.add_error("cited", _("A new date needs its source, or the reason why there is none."))
        return typed

    def new_dating(self) -> Dating | None:
        """The new date, or None where none was typed."""
        typed = self.cleaned_data
        if not typed["when"]:
            return None
        earlier = next((row for row in self.said if str(row.pk) == typed["replaces"]), None)
        earlier = earlier or (self.said[0] if self.said else None)
        relation = typed["relation"] or "another"
        aspect = earlier.aspect if earlier else ("planned" if typed["status"] in ("planned", "announced") else "actual")
        return Dating(
            property="when",
            words=typed["when"],
            aspect=aspect,
            basis=typed["basis"] or "event",
            relation=relation,
            replaces=earlier if relation != "another" else None,
            why=typed["why"],
            evidence=self.evidence(),
        )


def date_words(statement: Statement) -> str:
    """What a statement gives and who says so, for a select."""
    source = statement.citation.document.publisher if statement.citation else statement.reason
    return f"{value_words(statement, reader())} – {source}"
