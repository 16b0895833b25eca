from measures.forms.approval import ReturnForm
from measures.forms.milestone import MilestoneDropForm, MilestoneFinishForm, MilestoneForm
from measures.forms.report import ReportForm

__all__ = ["MilestoneDropForm", "MilestoneFinishForm", "MilestoneForm", "ReportForm", "ReturnForm"]
