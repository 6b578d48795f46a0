"""The source form: which address is watched, for which campaign, how often."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timeline.editorial.sources import Watch
from timeline.ingest.kinds import KINDS
from timeline.models import Campaign, Department, Source
from timeline.queries.text import title_text
from timeline.web.forms.common import Choices, EditForm, choices, line, reader
from timeline.web.forms.pickers import as_choices, department_ticks

INTERVALS: Choices = [
    ("900", _("every 15 minutes")),
    ("3600", _("every hour")),
    ("21600", _("every 6 hours")),
    ("86400", _("every day")),
    ("604800", _("every week")),
]


class SourceForm(EditForm):
    """For a new source, or one that is there."""

    url = line(_("Address of the feed"), _("As https://…"), inputmode="url", autocomplete="off")
    name = line(_("Name"), _("What readers see on the page of sources."))
    campaign = forms.ChoiceField(label=_("Campaign"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(name, kind.label) for name, kind in KINDS.items()], initial="feed"
    )
    interval = forms.ChoiceField(label=_("How often"), choices=INTERVALS, initial="3600")
    publisher = line(_("Publisher"), _("Who publishes it, where an item does not say so itself."))
    department = forms.ChoiceField(label=_("Department that publishes it"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    timezone = line(
        _("Time zone"), _("Of dates in the feed that name none, such as Asia/Shanghai."), autocomplete="off"
    )
    quality = forms.ChoiceField(label=_("What kind of publication"), choices=choices("document_quality"))

    places = {"interval_seconds": "interval"}

    def __init__(self, *args: Any, source: Source | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.source = source
        campaigns = [source.campaign] if source else list(Campaign.everything.exclude(state="archived"))
        titles = [(row.slug, title_text(row.title, reader(), fallback=row.slug).text) for row in campaigns]
        self._pick("campaign", titles)
        self._pick("department", [("", _("none")), *as_choices(department_ticks(None)[1])])
        self._pick("language", [("", _("not said")), *choices("language")])
        if source and str(source.interval_seconds) not in dict(INTERVALS):
            own = (str(source.interval_seconds), _("every %(n)d seconds") % {"n": source.interval_seconds})
            self._pick("interval", [own, *INTERVALS])

    def _pick(self, name: str, options: Choices) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, thing: Source) -> dict[str, Any]:
        names = ("version", "url", "name", "kind", "publisher", "language", "timezone", "quality")
        return {name: getattr(thing, name) for name in names} | {
            "campaign": thing.campaign.slug,
            "interval": str(thing.interval_seconds),
            "department": str(thing.department_id or ""),
        }

    def campaign_of(self) -> Campaign:
        return Campaign.everything.get(slug=self.cleaned_data["campaign"])

    def watch(self) -> Watch:
        typed = self.cleaned_data
        names = ("url", "name", "kind", "publisher", "language", "quality")
        return Watch(
            **{name: typed[name] for name in names},
            department=Department.everything.filter(pk=typed["department"]).first() if typed["department"] else None,
            timezone=typed["timezone"] or "UTC",
            interval_seconds=int(typed["interval"]),
        )
