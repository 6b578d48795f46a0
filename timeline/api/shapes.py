"""Every shape that an answer may have: the roots from which the schema's components are collected."""

from timeline.api import fields
from timeline.api.nouns import NOUNS
from timeline.api.problems import Problem
from timeline.values.view import TimelineView

SHAPES = (
    *(noun.shape for noun in NOUNS.values()),
    fields.Campaign,
    fields.CampaignSummary,
    fields.PlotlyFigure,
    Problem,
    fields.Root,
    TimelineView,
)
