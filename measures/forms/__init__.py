from measures.forms.milestone import MilestoneDropForm, MilestoneFinishForm, MilestoneForm
from measures.forms.redaction import RedactionForm
from measures.forms.report import ReportForm

__all__ = [
    "MilestoneDropForm",
    "MilestoneFinishForm",
    "MilestoneForm",
    "RedactionForm",
    "ReportForm",
]
