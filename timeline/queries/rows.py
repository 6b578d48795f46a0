"""Types of rows that queries annotate: the models, with what `loading` reads beside each row.

Only the type checker sees the classes; at run time a row is its model.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from timeline.models import Campaign, Disagreement, Figure, Milestone, Statement, Update

if TYPE_CHECKING:

    class CampaignRow(Campaign):
        figure_firsts: int
        figure_reports: int
        changed_at: datetime | None
        milestone_count: int  # in the list of campaigns only
        update_count: int

        class Meta:
            abstract = True

    class MilestoneRow(Milestone):
        workstream_pks: list[int]
        topic_pks: list[int]
        document_pks: list[int]
        figure_count: int

        class Meta:
            abstract = True

    class UpdateRow(Update):
        department_pks: list[int]
        workstream_pks: list[int]
        topic_pks: list[int]
        unlinkable: bool

        class Meta:
            abstract = True

    class StatementRow(Statement):
        also_documents: list[int]
        derived_pks: list[int]
        is_superseded: bool

        class Meta:
            abstract = True

    class DisagreementRow(Disagreement):
        milestone_pks: list[int]
        has_statements: bool
        has_figures: bool

        class Meta:
            abstract = True

    class FigureRow(Figure):
        dispute_uids: list[str]

        class Meta:
            abstract = True

else:
    CampaignRow, MilestoneRow, UpdateRow = Campaign, Milestone, Update
    StatementRow, DisagreementRow, FigureRow = Statement, Disagreement, Figure
