"""Who may do what with indicators: the unit and its head keep them, values are only added."""

import rules

from accounts.roles import is_admin, is_unit

rules.add_perm("indicators", is_unit | is_admin)
for _name in ("indicator", "target", "observation"):
    rules.add_perm(f"indicators.view_{_name}", is_unit | is_admin)
    rules.add_perm(f"indicators.add_{_name}", is_unit)
for _name in ("indicator", "target"):
    rules.add_perm(f"indicators.change_{_name}", is_unit)
rules.add_perm("indicators.delete_target", is_unit)
