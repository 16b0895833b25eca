from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.management.commands.create_role_accounts import append_privately
from common import czech
from common.loading import load_files
from portal.data import FILES
from portal.demo import mark
from portal.demo.build import build


class Command(BaseCommand):
    help = "Make up a year and a half of history for training; only in an empty demo database."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Ukázková data vznikají jen v ukázce: spusťte make demo, nebo nastavte DEMO=true."
            )
        made = mark.made_on()
        if made:
            day = czech.date(timezone.localdate(made))
            self.stdout.write(f"Ukázková data jsou ze dne {day}; nová připraví make demo-reset.")
            return
        if mark.holds_work():
            raise CommandError(
                "Databáze už obsahuje účty nebo záznamy lidí, ukázková data se do ní nepřidají. "
                "Smažte ji (make demo-reset), nebo zvolte prázdnou."
            )
        self.make()

    def make(self):
        """Make the history up and tell the passwords once."""
        self.stdout.write("Připravuji ukázková data …")
        list(load_files(FILES))
        now = timezone.now()
        passwords = build(now, timezone.localdate(now))
        path = settings.VAR_DIR / "ucty-demo.txt"
        append_privately(path, passwords)
        self.stdout.write("Účty ukázky (hesla se vypisují jen teď):\n" + passwords)
        self.stdout.write(f"Hesla zůstávají v souboru {path.relative_to(settings.BASE_DIR)}.")
