from measures.forms.approval import ReturnForm
from measures.forms.milestone import (
    MilestoneDropForm,
    MilestoneExpectForm,
    MilestoneFinishForm,
    MilestoneForm,
    MilestoneMoveForm,
    MilestoneRenameForm,
    MilestoneReopenForm,
)
from measures.forms.output import OutputForm
from measures.forms.partner import AnswerForm, QuestionForm
from measures.forms.plan import AssignForm, PlanForm
from measures.forms.redaction import RedactionForm
from measures.forms.report import ReportForm
from measures.forms.round import RoundForm
from measures.forms.territory import TerritoryForm

__all__ = [
    "AnswerForm",
    "AssignForm",
    "MilestoneDropForm",
    "MilestoneExpectForm",
    "MilestoneFinishForm",
    "MilestoneForm",
    "MilestoneMoveForm",
    "MilestoneRenameForm",
    "MilestoneReopenForm",
    "OutputForm",
    "PlanForm",
    "QuestionForm",
    "RedactionForm",
    "ReportForm",
    "ReturnForm",
    "RoundForm",
    "TerritoryForm",
]
