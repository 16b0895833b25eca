"""Who works with the made-up data: an account of each role, members of the unit, their absences."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.management.commands.create_role_accounts import ACCOUNTS
from accounts.models import Absence, User
from accounts.roles import HEAD, UNIT

ROLES = {"unit": "jana", "head": "vera", "councillor": "radek", "admin": "standa"}
"""The key under which the stories know the account of each role."""

MEMBERS = {
    "lenka": (UNIT, "lenka@portal.test", "Lenka Vzorová"),
    "petr": (UNIT, "petr@portal.test", "Petr Příkladný"),
    "hana": (UNIT, "hana@portal.test", "Hana Zkušební"),
    "tomas": (UNIT, "tomas@portal.test", "Tomáš Cvičný"),
    "marie": (UNIT, "marie@portal.test", "Marie Nanečistá"),
    "karla": (HEAD, "karla@portal.test", "Karla Modelová (zástupkyně vedoucí)"),
}

ABSENCES = (("lenka", -95, -82), ("marie", -3, 4), ("petr", 20, 31))
"""Who is away, from and to which day told from today."""


def make(stage):
    """Make the accounts; the lines of addresses and passwords stay on the stage."""
    for role, (email, name) in ACCOUNTS.items():
        _account(stage, ROLES[role], role, email, name)
    for key, (role, email, name) in MEMBERS.items():
        _account(stage, key, role, email, name)
    for key, start, end in ABSENCES:
        Absence.objects.create(
            user=stage.people[key],
            start_date=stage.calendar.today + timedelta(days=start),
            end_date=stage.calendar.today + timedelta(days=end),
        )


def _account(stage, key, role, email, name):
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(email, password, name=name)
    user.groups.add(Group.objects.get(name=role))
    address = {"user": user, "verified": True, "primary": True}
    EmailAddress.objects.get_or_create(email=email, defaults=address)
    stage.people[key] = user
    stage.passwords += f"  {email:<24}{password}\n"
