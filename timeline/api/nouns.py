"""Which nouns can be listed: one line each gives the routes, the schema and the answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from timeline.api import build, fields, reads


@dataclass(frozen=True, slots=True)
class Noun:
    """`everywhere`: listed over all campaigns too, where `?campaign=` narrows it."""

    shape: type[Any]
    rows: Callable[[reads.Of], QuerySet[Any]]
    build: Callable[[Any, build.Linker], Any]
    description: str
    everywhere: bool = False
    descending: bool = False


NOUNS: dict[str, Noun] = {
    "departments": Noun(
        fields.Department,
        reads.departments,
        build.department,
        "Public bodies by slug: dated names, parent, what they came from and became.",
        everywhere=True,
    ),
    "phases": Noun(fields.Phase, reads.phases, build.phase, "Phases; waves name their parent.", everywhere=True),
    "workstreams": Noun(fields.Workstream, reads.workstreams, build.workstream, "Measures that the notice orders."),
    "topics": Noun(fields.Topic, reads.topics, build.topic, "Offences, chains and disorders that are aimed at."),
    "participations": Noun(
        fields.Participation, reads.participations, build.participation, "Who takes part, and in which role."
    ),
    "milestones": Noun(
        fields.Milestone,
        reads.milestones,
        build.milestone,
        "Events by first possible day, those without a date last; with all statements and citations.",
        everywhere=True,
    ),
    "figures": Noun(
        fields.Figure, reads.figures, build.figure, "Values as reported, each report once.", everywhere=True
    ),
    "updates": Noun(
        fields.Update,
        reads.updates,
        build.update,
        "Items from sources that were accepted, the last accepted first.",
        everywhere=True,
        descending=True,
    ),
    "disagreements": Noun(
        fields.Disagreement, reads.disagreements, build.disagreement, "Where the sources part company."
    ),
    "documents": Noun(
        fields.Document,
        reads.documents,
        build.document_row,
        "Everything that is cited; documents that must not be linked are named without an address.",
        everywhere=True,
    ),
    "sources": Noun(
        fields.Source, reads.sources, build.source, "Addresses that are watched, and how that goes.", everywhere=True
    ),
}
