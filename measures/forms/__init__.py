from measures.forms.milestone import MilestoneDropForm, MilestoneFinishForm, MilestoneForm
from measures.forms.report import ReportForm
from measures.forms.round import RoundForm

__all__ = ["MilestoneDropForm", "MilestoneFinishForm", "MilestoneForm", "ReportForm", "RoundForm"]
