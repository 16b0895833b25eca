"""The roles of the portal, kept as groups, and the predicates the other apps build on."""

import rules

UNIT = "unit"
HEAD = "head"
COUNCILLOR = "councillor"
ADMIN = "admin"
NAMES = {
    UNIT: "implementační jednotka",
    HEAD: "vedoucí",
    COUNCILLOR: "radní",
    ADMIN: "správce",
}


def create_groups(using, **kwargs):
    """Make the groups of the roles; they come with every migrate, never from data migrations."""
    from django.contrib.auth.models import Group

    for name in NAMES:
        Group.objects.using(using).get_or_create(name=name)


@rules.predicate
def is_unit(user):
    """A member of the implementation unit; the head is one too."""
    return user.is_authenticated and user.has_any_role(UNIT, HEAD)


@rules.predicate
def is_head(user):
    return user.is_authenticated and user.has_any_role(HEAD)


@rules.predicate
def is_councillor(user):
    return user.is_authenticated and user.has_any_role(COUNCILLOR)


@rules.predicate
def is_admin(user):
    return user.is_authenticated and user.has_any_role(ADMIN)


rules.add_perm("accounts", is_admin)
for _act in ("view", "add", "change"):
    rules.add_perm(f"accounts.{_act}_user", is_admin)
rules.add_perm("accounts.view_lockout", is_admin)
