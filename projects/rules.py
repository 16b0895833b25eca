"""Who may do what with projects: the unit and its head add and edit them, nobody deletes one."""

import rules

from accounts.roles import is_admin, is_unit

PARTS = (
    *("projectmeasure", "projectactivity", "budgetpart", "timelineevent"),
    *("outcome", "obstacle", "externalfact"),
)

rules.add_perm("projects", is_unit | is_admin)
for _name in ("project", "call", *PARTS):
    rules.add_perm(f"projects.view_{_name}", is_unit | is_admin)
    rules.add_perm(f"projects.add_{_name}", is_unit)
    rules.add_perm(f"projects.change_{_name}", is_unit)
for _name in PARTS:
    # A line of a project's page; taking one away is editing the project.
    rules.add_perm(f"projects.delete_{_name}", is_unit)

rules.add_perm("projects.view_needresult", is_unit | is_admin)
rules.add_perm("projects.add_needresult", is_unit)
rules.add_perm("projects.import_projects", is_unit)
