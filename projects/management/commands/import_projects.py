import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common import czech
from common.imports import ImportRefused, read_file
from projects import imports

PIECE = 1_000_000


class Command(BaseCommand):
    help = "Načte soubor projektů (CSV, XLSX): zkontroluje, ukáže změny a zeptá se."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="soubor ve sloupcích, které portál vydává")
        parser.add_argument("--yes", action="store_true", help="neptat se a načíst")

    def handle(self, *args, file, yes, **options):
        found = self._open(file)
        try:
            self._import(found, is_agreed=yes)
        except ImportRefused as refusal:
            imports.refuse(found, refusal, by=None)
            raise CommandError(_told(refusal)) from None

    def _import(self, found, *, is_agreed):
        self._say("Kontroluji soubor a porovnávám ho s databází …")
        changes = imports.check(found)
        for line in imports.summary(changes.counts()):
            self.stdout.write(line)
        if changes.is_empty:
            imports.preview(found, changes, by=None)
            self.stdout.write("Všechno už je načtené, nic se nezměnilo.")
        elif is_agreed or self._is_agreed():
            self._say("Zapisuji …")
            run = imports.import_projects(file=found, changes=changes, by=None)
            self.stdout.write(f"Hotovo: {run.get_state_display()}.")
        else:
            imports.abandon(found, changes, by=None)
            self.stdout.write("Nic se nenačetlo.")

    def _open(self, path):
        try:
            with path.open("rb") as opened:
                return read_file(path.name, iter(lambda: opened.read(PIECE), b""))
        except OSError as error:
            raise CommandError(f"Soubor {path} nelze přečíst: {error.strerror}.") from None

    def _say(self, text):
        self.stderr.write(text)

    def _is_agreed(self):
        self.stderr.write("Načíst? [ano/ne]", ending=" ")
        return sys.stdin.readline().strip().lower() in ("a", "ano")


def _told(refusal):
    more = refusal.total - len(refusal.problems)
    tail = [f"… a ještě {czech.count(more, 'chyba', 'chyby', 'chyb')}."] if more else []
    return "\n".join(["Nic se nenačetlo.", *refusal.problems, *tail])
