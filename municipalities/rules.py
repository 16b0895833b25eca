"""Who may do what with municipalities and the index; the table of roles stands in docs/roles.md."""

import rules

from accounts.roles import is_admin, is_head, is_unit

MODELS = (
    "region",
    "district",
    "orp",
    "municipality",
    "indexband",
    "indexedition",
    "indexentry",
    "componentvalue",
    "componentshare",
    "bandcount",
    "boundaryset",
    "boundary",
)

edits = is_head | is_admin

rules.add_perm("municipalities", is_unit | is_admin)
for _model in MODELS:
    rules.add_perm(f"municipalities.view_{_model}", is_unit | is_admin)
    for _act in ("add", "change", "delete"):
        rules.add_perm(f"municipalities.{_act}_{_model}", edits)

rules.add_perm("municipalities.import_index", edits)
