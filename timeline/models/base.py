"""What the nouns share: fields that check what they hold, and constraints by name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q

from timeline.values import addresses, edtf
from timeline.values.terms import LANGUAGES


class EdtfField(models.CharField):
    """An EDTF text in canonical form; the empty text means unknown."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {"max_length": 64, "blank": True, "default": ""}
        super().__init__(**(options | kwargs))

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key == "db_index"}

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or hasattr(value, "resolve_expression") else edtf.parse(str(value)).text


class AddressKeyField(models.TextField):
    """The `addresses.key` of the row's `url`, for comparing; written with the row, never by hand."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {"blank": True, "default": "", "editable": False}
        super().__init__(**(options | kwargs))

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        # Not left to the writers: one that forgot it would show an address that must not be linked.
        value = addresses.key(model_instance.url)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, value)
        return value


def check_localized(value: object) -> None:
    """Raises ValidationError unless `value` is {language: text} with known languages and no empty text."""
    if not isinstance(value, dict):
        raise ValidationError("A text in several languages is an object such as {'en': 'Notice'}.")
    for language, text in value.items():
        if language not in LANGUAGES:
            raise ValidationError(f"Unknown language {language!r}; known are {', '.join(LANGUAGES)}.")
        if not isinstance(text, str) or not text.strip():
            raise ValidationError(f"The text for {language!r} is empty; leave the language out instead.")


class LocalizedField(models.JSONField):
    """{language tag: text}, BCP 47 tags of `LANGUAGES`; an absent language means not recorded."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {"default": dict, "blank": True}
        super().__init__(**(options | kwargs))
        self.validators = [*self.validators, check_localized]


def one_of(field: str, terms: tuple[str, ...], name: str) -> CheckConstraint:
    """A constraint that holds `field` to a closed vocabulary."""
    return CheckConstraint(condition=Q(**{f"{field}__in": terms}), name=name)


def in_order(earliest: str, latest: str, name: str) -> CheckConstraint:
    """A constraint that a span does not end before it starts; either end may be unknown."""
    condition = Q(**{f"{earliest}__isnull": True}) | Q(**{f"{latest}__isnull": True})
    return CheckConstraint(condition=condition | Q(**{f"{earliest}__lte": models.F(latest)}), name=name)


def filled(field: str, name: str) -> CheckConstraint:
    """A constraint that a localized text holds at least one language."""
    return CheckConstraint(condition=~Q(**{field: {}}), name=name)
