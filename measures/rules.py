"""Who may do what with measures; the table of roles stands in docs/roles.md."""

import rules

from accounts.roles import is_admin, is_head, is_unit
from measures.models import DraftState


@rules.predicate
def answers_for(user, plan):
    """The person owns or deputises the measure of this plan, or nobody owns it."""
    return plan is None or plan.owner_id is None or user.pk in (plan.owner_id, plan.deputy_id)


@rules.predicate
def is_author(user, record):
    return record is not None and record.author_id == user.pk


@rules.predicate
def is_submitted(user, draft):
    return draft is not None and draft.state == DraftState.SUBMITTED


edits_wording = is_head | is_admin

rules.add_perm("measures", is_unit | is_admin)
rules.add_perm("measures.open_desk", is_unit)
rules.add_perm("measures.report_on", is_head | (is_unit & answers_for))
rules.add_perm("measures.correct_report", is_head | (is_unit & is_author))
rules.add_perm("measures.see_draft", is_unit & is_author | is_head & is_submitted)
rules.add_perm("measures.redact", is_head)
# Whom it is asked about without a draft is asked as a role: who may approve at all.
rules.add_perm("measures.approve_report", is_head & ~is_author)
rules.add_perm("measures.keep_milestones", is_head | (is_unit & answers_for))
rules.add_perm("measures.keep_outputs", is_head | (is_unit & answers_for))
rules.add_perm("measures.set_territory", is_head | (is_unit & answers_for))
rules.add_perm("measures.move_due", is_head)
rules.add_perm("measures.ask_partner", is_head | (is_unit & answers_for))
rules.add_perm("measures.change_plan", is_head)
rules.add_perm("measures.see_quality", is_head)

for _act in ("view", "add", "change", "delete"):
    for _name in ("measure", "activity"):
        rules.add_perm(f"measures.{_act}_{_name}", edits_wording)
for _name in ("milestone", "milestoneversion", "planversion", "report", "output"):
    rules.add_perm(f"measures.view_{_name}", is_unit)
for _name in ("milestone", "milestoneversion", "report", "output"):
    rules.add_perm(f"measures.add_{_name}", is_unit)
rules.add_perm("measures.add_planversion", is_head)
