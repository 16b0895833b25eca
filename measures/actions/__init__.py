"""Every change of what is promised and reported: all or nothing, under a lock on the measure.

Each action raises PermissionDenied for those who may not, and ValidationError with Czech
sentences by field for what may not be; then nothing has changed.
"""

from measures.actions.approval import approve_report, return_report, withdraw_report
from measures.actions.drafts import discard_draft, save_draft
from measures.actions.meanwhile import AlreadySent, Changed, Known
from measures.actions.milestones import add_milestone, drop_milestone, finish_milestone
from measures.actions.plans import change_plan, set_goals
from measures.actions.reports import CONTENT, publish_report, send_report, submit_report

__all__ = [
    "CONTENT",
    "AlreadySent",
    "Changed",
    "Known",
    "add_milestone",
    "approve_report",
    "change_plan",
    "discard_draft",
    "drop_milestone",
    "finish_milestone",
    "publish_report",
    "return_report",
    "save_draft",
    "send_report",
    "set_goals",
    "submit_report",
    "withdraw_report",
]
