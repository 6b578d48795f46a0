"""The form that weighs one statement: prefer it, set it aside, take it back, each with the reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timeline.web.forms.common import Choices, EditForm, line

TAKE_BACK = "retracted"


class WeighForm(EditForm):
    """Offers the ranks that the statement does not have, and taking it back."""

    VERDICTS: Choices = [
        ("preferred", _("Prefer: it is shown, the others stay beside it")),
        ("normal", _("Treat as any other: where equally good ones differ, all of them are shown")),
        ("deprecated", _("Set aside: it stays visible and is not chosen")),
        (TAKE_BACK, _("Take back: nobody ever said this; it is shown to nobody")),
    ]

    verdict = forms.ChoiceField(label=_("What about this statement?"), widget=forms.RadioSelect)
    why = line(_("Why?"), _("Stays in the history, with the entry."))

    places = {"rank": "verdict"}

    def __init__(self, *args: Any, rank: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(verdict, words) for verdict, words in self.VERDICTS if verdict != rank]
        self.fields["verdict"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say why; the reason stays in the history."))
        return typed
