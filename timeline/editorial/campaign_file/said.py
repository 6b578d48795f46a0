"""The statements of a campaign file: the plain ones at once, then the choice, then those computed from it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from timeline.editorial.campaign_file import columns
from timeline.editorial.campaign_file.merge import Merge, Values
from timeline.editorial.campaign_file.shape import Data
from timeline.editorial.campaign_file.validate import Problem, WrongFile
from timeline.editorial.campaign_file.walk import Subject, anchor_subject, is_computed, levels, statements
from timeline.editorial.statements import DATES, StatementError, choose, derive, make_statement
from timeline.models import Citation, Statement
from timeline.values import durations, edtf

Rows = dict[str, Statement]
Cited = Callable[[Data | None], Citation | None]


def load_statements(merge: Merge, data: Data, subjects: Mapping[Subject, models.Model], cited: Cited) -> Rows:
    """Every statement of the file by uid. Raises WrongFile where one belongs to something else, or dates cannot be."""
    listed = {found["uid"]: (place, subject, found) for place, subject, found in statements(data)}
    rows = {str(row.uid): row for row in Statement.everything.filter(uid__in=listed)}
    _check_owners(listed, subjects, rows)
    work = _Statements(merge, data, subjects, cited, listed, rows)
    work.run()
    return work.rows


def _check_owners(listed: Any, subjects: Mapping[Subject, models.Model], rows: Rows) -> None:
    problems = [
        Problem(f"{place}/uid", f"The statement “{uid}” is already about something else in this database.")
        for uid, (place, subject, found) in listed.items()
        if uid in rows
        and (getattr(rows[uid], f"{subject[0]}_id"), rows[uid].property) != (subjects[subject].pk, found["property"])
    ]
    replaced = {found["supersedes"]: uid for uid, (_, _, found) in listed.items() if "supersedes" in found}
    for row in Statement.everything.filter(supersedes__uid__in=replaced).select_related("supersedes"):
        uid = replaced[str(row.supersedes.uid)] if row.supersedes else ""
        if str(row.uid) != uid:
            reason = f"The statement {row.uid} in this database replaces that one already; replace it instead."
            problems.append(Problem(f"{listed[uid][0]}/supersedes", reason))
    if problems:
        raise WrongFile(sorted(problems))


class _Statements:
    def __init__(
        self, merge: Merge, data: Data, subjects: Mapping[Subject, models.Model], cited: Cited, listed: Any, rows: Rows
    ) -> None:
        self.merge, self.data, self.subjects, self.cited = merge, data, subjects, cited
        self.listed, self.rows = listed, rows

    def run(self) -> None:
        late = self._late()
        links = {
            uid: [found["supersedes"]] if "supersedes" in found else []
            for uid, (_, _, found) in self.listed.items()
            if uid not in late
        }
        for layer in levels(links):
            wanted = {uid: self._values(uid) for uid in layer}
            self.rows |= self.merge.rows(Statement, wanted, {uid: self.rows[uid] for uid in layer if uid in self.rows})
        self.merge.links(
            {self.rows[uid]: self._also(found) for uid, (_, _, found) in self.listed.items() if uid not in late},
            "also_cited",
        )
        for subject in self._stirred(links):
            self._choose(subject)
        for uid in (uid for layer in levels(self._waits(late)) for uid in layer):
            self._compute(uid)

    def _late(self) -> set[str]:
        """Computed statements, and those that replace one."""
        late = {uid for uid, (_, _, found) in self.listed.items() if is_computed(found)}
        while more := {uid for uid, (_, _, found) in self.listed.items() if found.get("supersedes") in late} - late:
            late |= more
        return late

    def _waits(self, late: set[str]) -> dict[str, list[str]]:
        found = {uid: self.listed[uid][2] for uid in late}
        return {
            uid: [*item.get("derived_from", ()), *([item["supersedes"]] if "supersedes" in item else [])]
            for uid, item in found.items()
        }

    def _values(self, uid: str) -> Values:
        _, subject, found = self.listed[uid]
        values = columns.statement(found, self.cited(found.get("citation")))
        values |= {"uid": uuid.UUID(uid), subject[0]: self.subjects[subject]}
        if "supersedes" in found:
            values["supersedes"] = self.rows[found["supersedes"]]
        return values | (self._hangs(found) if is_computed(found) else _plain(found))

    def _hangs(self, found: Data) -> Values:
        if "anchor" not in found:
            return {}
        subject = anchor_subject(found["anchor"], self.data)
        return {"anchor_property": found["anchor"]["property"], f"anchor_{subject[0]}": self.subjects[subject]}

    def _also(self, found: Data) -> list[Citation]:
        return [cited for one in found.get("also_cited", ()) if (cited := self.cited(one))]

    def _stirred(self, uids: Any) -> list[Subject]:
        """What the plain statements that were made or mended are about."""
        merge = self.merge
        return list(
            dict.fromkeys(
                self.listed[uid][1] for uid in uids if self.rows[uid] in merge.births or self.rows[uid] in merge.changed
            )
        )

    def _choose(self, subject: Subject) -> None:
        try:
            choose(self.subjects[subject], self.merge.record)
        except StatementError as error:
            place = next(place for place, of, _ in self.listed.values() if of == subject)
            raise WrongFile([Problem(place.rpartition("/")[0], str(error))]) from error

    def _compute(self, uid: str) -> None:
        place, subject, found = self.listed[uid]
        try:
            if uid in self.rows:
                new = self._mend(uid, found)
            else:
                self.rows[uid] = self._make(uid, subject, found)
                self.merge.made["statement"] += 1
                new = True
        except StatementError as error:
            raise WrongFile([Problem(place, str(error))]) from error
        if new:
            self._choose(subject)

    def _make(self, uid: str, subject: Subject, found: Data) -> Statement:
        values = self._values(uid)
        anchor = next(
            (values[name] for name in values if name.startswith("anchor_") and name != "anchor_property"), None
        )
        made = make_statement(
            self.merge.record,
            subject=self.subjects[subject],
            uid=uuid.UUID(uid),
            anchor=anchor,
            derived_from=[self.rows[one] for one in found.get("derived_from", ())],
            also_cited=self._also(found),
            **{name: value for name, value in values.items() if name in _KEYWORDS},
        )
        if values.get("state", "published") != made.state:
            self.merge.rows(Statement, {uid: values}, {uid: made})
        return made

    def _mend(self, uid: str, found: Data) -> bool:
        self.rows[uid].refresh_from_db()  # the choices above may have moved it already
        row = self.merge.rows(Statement, {uid: self._values(uid)}, {uid: self.rows[uid]})[uid]
        self.merge.links({row: [self.rows[one] for one in found.get("derived_from", ())]}, "derived_from")
        self.merge.links({row: self._also(found)}, "also_cited")
        if is_computed(found):
            derive(row, self.merge.record)
        return row in self.merge.changed


_KEYWORDS = {"property", "value", "aspect", "basis", "rank", "known_on", "as_said", "note", "citation", "reason"}
_KEYWORDS |= {"supersedes", "offset", "anchor_property"}


def _plain(found: Data) -> Values:
    value = found.get("value", "")
    if found["property"] in DATES:
        span = edtf.parse(value)
        return {"value": span.text, "earliest": span.earliest, "latest": span.latest}
    return {"value": durations.parse_duration(value).text if found["property"] == "duration" and value else value}
