"""Bringing rows into the database: what is new is made, what differs is mended, nothing is taken away.

A row that says nothing new writes nothing. Texts in several languages and lists of words are added to, so that what
an editor added beside them stays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from timeline.editorial.record import Record, as_row
from timeline.models import Campaign, Change

Row = TypeVar("Row", bound=models.Model)
Key = TypeVar("Key")
Values = dict[str, Any]


@dataclass
class Merge:
    """One load at work: what it made and mended so far, all noted in `record`."""

    record: Record
    campaign: Campaign | None = None
    made: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    births: dict[models.Model, Change] = field(default_factory=dict)
    changed: set[models.Model] = field(default_factory=set)

    def rows(
        self, model: type[Row], wanted: Mapping[Key, Values], held: Mapping[Key, Row], *, shared: bool = False
    ) -> dict[Key, Row]:
        """The row of each key, wanted or held. A `shared` row may be shown by other campaigns too."""
        new = {key: model(**values) for key, values in wanted.items() if key not in held}
        model.everything.bulk_create(new.values())  # type: ignore[attr-defined]
        for row in new.values():
            self._note("create", row, None, shared)
            self.births[row] = self.record.changes[-1]
            self.made[_noun(row)] += 1
        for key, values in wanted.items():
            if key in held:
                self._mend(held[key], values, shared)
        return dict(held) | new

    def links(self, owners: Mapping[Row, Iterable[models.Model]], name: str) -> None:
        """Adds what each owner's many-to-many field lacks; links that are already there stay."""
        if not owners:
            return
        relation = next(iter(owners))._meta.get_field(name)
        through, own, far = (
            relation.remote_field.through,  # type: ignore[union-attr]
            relation.m2m_column_name(),  # type: ignore[union-attr]
            relation.m2m_reverse_name(),  # type: ignore[union-attr]
        )
        held = set(through._default_manager.filter(**{f"{own}__in": [one.pk for one in owners]}).values_list(own, far))
        new = [
            (owner, target)
            for owner, targets in owners.items()
            for target in targets
            if (owner.pk, target.pk) not in held
        ]
        through._default_manager.bulk_create([through(**{own: owner.pk, far: target.pk}) for owner, target in new])
        for owner in dict.fromkeys(owner for owner, _ in new):
            added = [_label(target) for one, target in new if one == owner]
            self._note_links(owner, name, added)

    def _mend(self, row: models.Model, values: Values, shared: bool) -> None:
        said = {name: _together(row, name, value) for name, value in values.items()}
        differs = [name for name, value in said.items() if _held(row, name) != value]
        if not differs:
            return
        before = as_row(row)
        for name in differs:
            setattr(row, _column(row, name), said[name])
        if hasattr(row, "version"):
            row.version += 1
        row.save()
        self._note("edit", row, before, shared)
        self.mended[_noun(row)] += 1
        self.changed.add(row)

    def _note(self, action: str, row: models.Model, before: Values | None, shared: bool) -> None:
        here = row if isinstance(row, Campaign) else self.campaign
        self.record.note(action, row, before=before, campaign=None if shared else here)
        if here:
            self.record.touch(here)
        if shared and before is not None:  # whoever shows it; rare enough to raise them all
            for campaign in Campaign.everything.only("slug"):
                self.record.touch(campaign)

    def _note_links(self, owner: models.Model, name: str, added: list[str]) -> None:
        if owner in self.births:
            self.births[owner].after = {**(self.births[owner].after or {}), name: added}
            return
        self.record.note("link", owner, before={name: []}, after={name: added}, campaign=self.campaign)
        self.mended[_noun(owner)] += 1


def _held(row: models.Model, name: str) -> Any:
    """The column as it is; of a link its key, so that nothing is fetched for a comparison."""
    return getattr(row, _column(row, name))


def _column(row: models.Model, name: str) -> str:
    return str(row._meta.get_field(name).attname)  # type: ignore[union-attr]


def _together(row: models.Model, name: str, said: Any) -> Any:
    """A text in several languages keeps the languages that are not said; words of a language are added."""
    if isinstance(said, models.Model):
        return said.pk
    held = _held(row, name)
    if not isinstance(held, dict) or not isinstance(said, dict):
        return said
    joined = dict(held)
    for language, words in said.items():
        before = held.get(language)
        if isinstance(words, list) and isinstance(before, list):
            joined[language] = [*before, *(word for word in words if word not in before)]
        else:
            joined[language] = words
    return joined


def _noun(row: models.Model) -> str:
    return str(row._meta.verbose_name)


def _label(row: models.Model) -> str:
    return str(getattr(row, "uid", None) or row)
