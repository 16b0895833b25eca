"""Every change of what is promised and reported: all or nothing, under a lock on the measure.

Each action raises PermissionDenied for those who may not, and ValidationError with Czech
sentences by field for what may not be; then nothing has changed.
"""

from measures.actions.milestones import add_milestone, drop_milestone, finish_milestone
from measures.actions.no_change import OVERTAKEN, UNFINISHED, report_once, unchanged
from measures.actions.plans import change_plan, set_goals
from measures.actions.reports import CONTENT, publish_report, save_draft

__all__ = [
    "CONTENT",
    "OVERTAKEN",
    "UNFINISHED",
    "add_milestone",
    "change_plan",
    "drop_milestone",
    "finish_milestone",
    "publish_report",
    "report_once",
    "save_draft",
    "set_goals",
    "unchanged",
]
