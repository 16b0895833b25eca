import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from accounts.roles import ADMIN, COUNCILLOR, HEAD, UNIT
from common.history import recording

ACCOUNTS = {
    UNIT: ("jednotka@portal.test", "Jana Ukázková (jednotka)"),
    HEAD: ("vedouci@portal.test", "Věra Ukázková (vedoucí)"),
    COUNCILLOR: ("radni@portal.test", "Radek Ukázkový (radní)"),
    ADMIN: ("spravce@portal.test", "Standa Ukázkový (správce)"),
}


class Command(BaseCommand):
    help = "Make one account per role with a random password; embedded mode only."

    def handle(self, *args, **options):
        if not settings.EMBEDDED:
            raise CommandError("Účty k vyzkoušení vznikají jen ve vestavěném režimu.")
        made = create_missing_accounts()
        if made:
            path = settings.VAR_DIR / "ucty.txt"
            append_privately(path, made)
            self.stdout.write("Účty k vyzkoušení (hesla se vypisují jen teď):\n" + made)
            self.stdout.write(f"Hesla zůstávají v souboru {path.relative_to(settings.BASE_DIR)}.")


@recording(by=None, reason="účet k vyzkoušení")
def create_missing_accounts():
    """Make the accounts that do not exist; return a line of e-mail and password for each made."""
    people = get_user_model().objects
    lines = ""
    for role, (email, name) in ACCOUNTS.items():
        if people.filter(email__iexact=email).exists():
            continue
        password = secrets.token_urlsafe(12)
        user = people.create_user(email, password, name=name)
        user.groups.add(Group.objects.get(name=role))
        lines += f"  {email:<24}{password}\n"
    return lines


def append_privately(path, text):
    """Add `text` to the file at `path`, which only its owner may read."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(text)
