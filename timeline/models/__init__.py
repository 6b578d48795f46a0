"""The nouns. Fields, constraints and QuerySets; verbs over several models live in `editorial`."""

from timeline.models.campaign import (
    Campaign,
    FormerSlug,
    Participation,
    Phase,
    Responsibility,
    Topic,
    Workstream,
)
from timeline.models.change import Change
from timeline.models.department import Department, DepartmentName, Succession
from timeline.models.figure import Figure, Metric
from timeline.models.milestone import Disagreement, Milestone
from timeline.models.proposal import Proposal
from timeline.models.source import Membership, Retrieval, Snapshot, Source, Story, Update
from timeline.models.statement import Citation, Document, Statement

__all__ = [
    "Campaign",
    "Change",
    "Citation",
    "Department",
    "DepartmentName",
    "Disagreement",
    "Document",
    "Figure",
    "FormerSlug",
    "Membership",
    "Metric",
    "Milestone",
    "Participation",
    "Phase",
    "Proposal",
    "Responsibility",
    "Retrieval",
    "Snapshot",
    "Source",
    "Statement",
    "Story",
    "Succession",
    "Topic",
    "Update",
    "Workstream",
]
