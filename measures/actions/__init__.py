"""Every change of what is promised and reported: all or nothing, under a lock on the measure.

Each action raises PermissionDenied for those who may not, and ValidationError with Czech
sentences by field for what may not be; then nothing has changed.
"""

from measures.actions.approval import approve_report, return_report, withdraw_report
from measures.actions.attachments import attach_to_draft, finish_with_files, remove_from_draft
from measures.actions.drafts import discard_draft, save_draft
from measures.actions.meanwhile import AlreadySent, Changed, Known
from measures.actions.milestones import (
    add_milestone,
    drop_milestone,
    expect_milestone,
    finish_milestone,
    move_milestone,
    rename_milestone,
    reopen_milestone,
)
from measures.actions.no_change import OVERTAKEN, UNFINISHED, report_once, unchanged
from measures.actions.outputs import add_output, correct_output, withdraw_output
from measures.actions.partners import (
    LinkClosed,
    answer_request,
    ask_partner,
    take_answer,
    withdraw_request,
)
from measures.actions.plans import assign_plans, change_plan, set_goals
from measures.actions.redactions import redact_record
from measures.actions.reports import CONTENT, publish_report, send_report, submit_report
from measures.actions.territories import WouldClear, set_territories

__all__ = [
    "CONTENT",
    "OVERTAKEN",
    "UNFINISHED",
    "AlreadySent",
    "Changed",
    "Known",
    "LinkClosed",
    "WouldClear",
    "add_milestone",
    "add_output",
    "answer_request",
    "approve_report",
    "ask_partner",
    "assign_plans",
    "attach_to_draft",
    "change_plan",
    "correct_output",
    "discard_draft",
    "drop_milestone",
    "expect_milestone",
    "finish_milestone",
    "finish_with_files",
    "move_milestone",
    "publish_report",
    "redact_record",
    "remove_from_draft",
    "rename_milestone",
    "reopen_milestone",
    "report_once",
    "return_report",
    "save_draft",
    "send_report",
    "set_goals",
    "set_territories",
    "submit_report",
    "take_answer",
    "unchanged",
    "withdraw_output",
    "withdraw_report",
    "withdraw_request",
]
