"""Who may do what with meetings; the table of roles stands in docs/roles.md."""

import rules

from accounts.roles import is_admin, is_councillor, is_head, is_unit

rules.add_perm("meetings", is_unit | is_admin)
rules.add_perm("meetings.see_open", is_unit | is_councillor)
rules.add_perm("meetings.see_checklist", is_unit)
rules.add_perm("meetings.keep_meetings", is_head)
rules.add_perm("meetings.freeze", is_head)
rules.add_perm("meetings.record_resolution", is_head)
rules.add_perm("meetings.redact_resolution", is_head)

for _act in ("view", "add", "change", "delete"):
    rules.add_perm(f"meetings.{_act}_body", is_head | is_admin)
    rules.add_perm(f"meetings.{_act}_meeting", is_head)
for _name in ("snapshot", "snapshotfile", "resolution"):
    rules.add_perm(f"meetings.view_{_name}", is_unit)
