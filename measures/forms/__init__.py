from measures.forms.milestone import MilestoneDropForm, MilestoneFinishForm, MilestoneForm
from measures.forms.partner import AnswerForm, QuestionForm
from measures.forms.report import ReportForm

__all__ = [
    "AnswerForm",
    "MilestoneDropForm",
    "MilestoneFinishForm",
    "MilestoneForm",
    "QuestionForm",
    "ReportForm",
]
