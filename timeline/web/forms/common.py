"""What the forms share: texts in two languages, a source or the reason for none, errors put where they belong."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from timeline.editorial.citations import NOTHING, Evidence
from timeline.editorial.inputs import LONGEST, InvalidInput, StaleVersion
from timeline.editorial.statements import StatementError
from timeline.editorial.states import NotAllowed
from timeline.queries.labels import LABELS
from timeline.queries.retold import retold
from timeline.web.reading import read_words

Saved = TypeVar("Saved")
Choices = list[tuple[str, Any]]
WRITTEN = {"en": "en", "zh": "zh-Hans"}  # a form's field suffix and the language it holds


def choices(group: str, *terms: str) -> Choices:
    """The labels of a vocabulary (or of these of its terms) for a select."""
    labels = LABELS[group]
    return [(term, labels[term]) for term in (terms or labels)]


DATE_WORDS = {"data-phrase": "date", "autocomplete": "off"}  # read aloud while typing, by phrase.js
DURATION_WORDS = {"data-phrase": "duration", "autocomplete": "off"}


def line(label: Any, hint: Any = "", **attrs: str) -> forms.CharField:
    """A one-line text that may be empty; whether it must not, and how long it may be, `editorial` says."""
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attrs))


def area(label: Any, hint: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": "3"} | attrs)
    )


def when_line(label: Any, hint: Any = "", words: Mapping[str, str] = DATE_WORDS) -> forms.CharField:
    """A date or duration in words, with its reading beside it."""
    return line(label, hint, **words)


class EditForm(forms.Form):
    """A form whose errors come from two places, and that survives somebody else's save.

    `places` says under which field an error of `editorial` stands. `required_css_class` and the like are not used:
    the template is `timeline/edit/_field.html`.
    """

    use_required_attribute = False  # the browser's own bubbles speak another language than the page
    places: Mapping[str, str] = {}
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clash: list[tuple[Promise | str, str, str]] = []

    def clean(self) -> dict[str, Any]:
        """Every field of date words is read, so that all that is wrong is told at once."""
        typed = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            kind = field.widget.attrs.get("data-phrase")
            published_on = "" if name == "published_on" else typed.get("published_on", "")
            if kind and (words := typed.get(name)):
                found = read_words(words, kind, published_on, reader())
                if not found.understood:
                    self.add_error(name, found.message)
        return typed

    def refuse(self, error: InvalidInput | StatementError | NotAllowed) -> None:
        """Shows a refusal beside the field that it is about."""
        name = getattr(error, "field", "")
        place = self.places.get(name, name)
        self.add_error(place if place in self.fields else None, retold(str(error)))

    def collide(self, error: StaleVersion) -> None:
        """Shows both texts; saving again then replaces what the other one saved, knowingly."""
        stored = self.initial_of(error.current)
        typed = cast("QueryDict", self.data).copy()
        typed["version"] = str(getattr(error.current, "version", ""))
        for name, field in self.fields.items():
            yours, theirs = _shown(self[name].value(), field), _shown(stored.get(name), field)
            if name in stored and yours != theirs and name != "version":
                self.clash.append((field.label or name, yours, theirs))
        self.data = typed
        self.add_error(None, str(error))

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        """What the form starts from for a thing as stored."""
        raise NotImplementedError

    @property
    def places_of_errors(self) -> list[tuple[str, str]]:
        """(id of the field, message) for the summary on top; an error of the whole form has no id."""
        found = []
        for name, messages in self.errors.items():
            at = "" if name == "__all__" else (self[name].id_for_label or self[name].auto_id)
            found += [(at, str(message)) for message in messages]
        return found

    def localized(self, name: str, before: Mapping[str, str] | None = None) -> dict[str, str]:
        """The texts of `<name>_en` and `<name>_zh`, with those of languages that the form does not show."""
        others = {tag: text for tag, text in (before or {}).items() if tag not in WRITTEN.values()}
        return others | {tag: self.cleaned_data[f"{name}_{suffix}"] for suffix, tag in WRITTEN.items()}


def attempt(form: EditForm, verb: Callable[[], Saved]) -> Saved | None:
    """What the verb gives, or None with its refusal shown in the form."""
    try:
        return verb()
    except (InvalidInput, StatementError, NotAllowed) as error:
        form.refuse(error)
    except StaleVersion as error:
        form.collide(error)
    return None


def initial_texts(name: str, localized: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{suffix}": localized.get(tag, "") for suffix, tag in WRITTEN.items()}


def reader() -> str:
    """The language of the person before the page."""
    return get_language() or "en"


class EvidenceForm(EditForm):
    """A source, or the reason why there is none."""

    CITED: Choices = [("source", _("There is a source")), ("none", _("There is no source"))]

    cited = forms.ChoiceField(label=_("Source"), choices=CITED, widget=forms.RadioSelect, initial="source")
    url = line(_("Address"), _("The page where it stands, as https://…"), inputmode="url", autocomplete="off")
    publisher = line(_("Publisher"), _("Who published it. Empty means the host of the address."))
    published_on = when_line(_("Published on"), _("In words, such as “17 February 2023”. Empty means not recorded."))
    quote = area(_("Quote"), _("The passage in the source's own words."))
    uncited_reason = line(
        _("Why is there no source?"), _("The entry is marked “uncited” with this reason wherever it appears.")
    )
    evidence_fields = ("url", "publisher", "published_on", "quote")

    places: Mapping[str, str] = {"citation": "uncited_reason", "source_title": "publisher"}

    def evidence(self) -> Evidence:
        """The side that was chosen; what was typed on the other is kept in the form only."""
        typed = self.cleaned_data
        if typed["cited"] == "none":
            return Evidence(uncited_reason=typed["uncited_reason"])
        if typed["cited"] == "keep":
            return NOTHING
        return Evidence(**{name: typed[name] for name in self.evidence_fields})

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        is_empty = not any(typed.get(name) or name in self.errors for name in self.evidence_fields)
        if typed.get("cited") == "source" and is_empty:
            if self.needs_evidence(typed):
                self.add_error("url", _("Name the source, or choose “There is no source” and say why."))
        elif typed.get("cited") == "none" and not typed.get("uncited_reason"):
            self.add_error("uncited_reason", _("Name the source, or say why there is none."))
        return typed

    def needs_evidence(self, typed: Mapping[str, Any]) -> bool:
        return True


class TextsForm(EvidenceForm):
    """Something with a title and a summary in two languages, and its source."""

    title_en = line(
        pgettext_lazy("in English", "Title"), _("In English. One of the two languages is enough."), lang="en"
    )
    title_zh = line(_("Title in Chinese"), lang="zh-Hans")
    summary_en = area(pgettext_lazy("in English", "Summary"), _("In English, in one or two sentences."), lang="en")
    summary_zh = area(_("Summary in Chinese"), lang="zh-Hans")

    places: Mapping[str, str] = {**EvidenceForm.places, "title": "title_en", "summary": "summary_en", "value": "when"}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not (typed.get("title_en") or typed.get("title_zh")) and not {"title_en", "title_zh"} & set(self.errors):
            self.add_error("title_en", _("Write it in English or in Chinese; one is enough."))
        for name in ("title_en", "title_zh"):  # here, so that the message stands beside the right one
            if len(typed.get(name) or "") > LONGEST["title"]:
                self.add_error(name, _("Write at most %(most)d characters.") % {"most": LONGEST["title"]})
        return typed

    def pick(self, name: str, options: Choices) -> None:
        """Gives a select or a list of ticks its options."""
        self.fields[name].choices = options  # type: ignore[attr-defined]


def _shown(value: Any, field: forms.Field) -> str:
    """A value as a person reads it: labels instead of keys."""
    labels = {str(key): str(label) for key, label in _flat(getattr(field, "choices", ()))}
    values = value if isinstance(value, list | tuple | set) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values if one not in (None, ""))


def _flat(options: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in options:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


class ReasonForm(EditForm):
    """A reason for taking something back, deleting it, or putting it back."""

    why = line(_("Why?"), _("Stays in the history, with the entry."))

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        return {"version": thing.version}
