"""Who may see the whole history; the table of roles stands in docs/roles.md."""

import rules

from accounts.roles import is_admin, is_head, is_unit

rules.add_perm("portal.view_history", is_unit | is_admin)
rules.add_perm("portal.view_people_history", is_head | is_admin)
rules.add_perm("portal.keep_errors", is_unit)
