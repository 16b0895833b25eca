"""Who may do what with strategies; the table of roles stands in docs/roles.md."""

import rules

from accounts.roles import is_admin, is_head

edits_wording = is_head | is_admin

rules.add_perm("strategy", edits_wording)
for _name in (
    "strategy",
    "priority",
    "goal",
    "organisation",
    "strategytext",
    "relateddocument",
    "correction",
    "governingbody",
    "instrument",
):
    for _act in ("view", "add", "change", "delete"):
        rules.add_perm(f"strategy.{_act}_{_name}", edits_wording)
