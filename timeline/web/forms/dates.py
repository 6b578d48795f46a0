"""The form for one date: in words, or hanging on another date."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timeline.editorial.dating import Dating
from timeline.models import Campaign, Statement
from timeline.queries.labels import LABELS
from timeline.web.forms.common import DURATION_WORDS, Choices, EvidenceForm, choices, line, when_line
from timeline.web.forms.milestone import ASPECTS, BASES, date_words
from timeline.web.forms.pickers import anchor_choices, anchor_of


class DateForm(EvidenceForm):
    """One statement about a start, an end, a duration, or when a milestone is: in words, or hanging on another date."""

    WAYS: Choices = [("words", _("A date or duration in words")), ("anchor", _("It hangs on another date"))]
    SIDES: Choices = [("after", _("after")), ("before", _("before"))]
    RELATIONS: Choices = [
        ("another", _("It is the first, or another source says so; all stay visible")),
        ("moved", _("It was moved: the earlier one had been announced")),
        ("mistyped", _("The earlier one was mistyped here; no source ever gave it")),
    ]

    property = forms.ChoiceField(label=_("What is stated"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How"), choices=WAYS, widget=forms.RadioSelect, initial="words")
    words = when_line(
        _("In words"), _("“around September 2023”, “unknown”; for a duration “18 months”."), {"data-phrase": "both"}
    )
    offset = when_line(_("How long"), _("Such as “18 months”. Empty means on the very date."), DURATION_WORDS)
    side = forms.ChoiceField(label=_("After or before"), choices=SIDES, initial="after", required=False)
    anchor = forms.ChoiceField(
        label=_("Which date"), required=False, help_text=_("It may be unknown yet; this one moves when it arrives.")
    )
    aspect = forms.ChoiceField(
        label=_("Planned or happened"), choices=ASPECTS, widget=forms.RadioSelect, initial="actual"
    )
    basis = forms.ChoiceField(
        label=_("What the date is"), choices=choices("statement_basis", *BASES), initial="event", required=False
    )
    relation = forms.ChoiceField(
        label=_("How does it stand to what was said before?"),
        choices=RELATIONS,
        widget=forms.RadioSelect,
        initial="another",
    )
    replaces = forms.ChoiceField(label=_("Which earlier one?"), required=False)
    note = line(_("Note"), _("What a reader should know about this date."))
    why = line(_("Why this change?"), _("Needed where something was mistyped. Stays in the history."))

    places = {
        **EvidenceForm.places,
        **dict.fromkeys(("start", "end", "duration", "when", "value"), "words"),
        "supersedes": "replaces",
    }

    def __init__(
        self,
        *args: Any,
        campaign: Campaign,
        properties: tuple[str, ...],
        said: list[Statement],
        without: object = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.campaign, self.said = campaign, said
        names = LABELS["property"]
        earlier = [(str(row.pk), f"{names[row.property]}: {date_words(row)}") for row in said]
        self.fields["property"].choices = choices("property", *properties)  # type: ignore[attr-defined]
        self.fields["replaces"].choices = [("", _("none")), *earlier]  # type: ignore[attr-defined]
        self.fields["anchor"].choices = [  # type: ignore[attr-defined]
            ("", _("none")),
            *anchor_choices(campaign, without=without),
        ]

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        return {"version": thing.version}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("way") == "anchor" and not typed.get("anchor"):
            self.add_error("anchor", _("Choose the date that it hangs on."))
        if typed.get("way") == "words" and not typed.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say when, in words; for a date that nobody knows write “unknown”."))
        return typed

    def needs_evidence(self, typed: Mapping[str, Any]) -> bool:
        return typed.get("relation") != "mistyped"

    def dating(self) -> Dating:
        typed = self.cleaned_data
        hangs = typed["way"] == "anchor"
        anchor, anchor_property = anchor_of(typed["anchor"], self.campaign) if hangs else (None, "")
        return Dating(
            property=typed["property"],
            words=typed["words"] if not hangs else "",
            aspect=typed["aspect"],
            basis=typed["basis"] or "event",
            relation=typed["relation"],
            replaces=next((row for row in self.said if str(row.pk) == typed["replaces"]), None),
            anchor=anchor,
            anchor_property=anchor_property,
            offset=typed["offset"] if hangs else "",
            before=typed["side"] == "before",
            note=typed["note"],
            why=typed["why"],
            evidence=self.evidence(),
        )
