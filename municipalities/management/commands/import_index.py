import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common import czech
from common.imports import MAX_BYTES, ImportFile, ImportRefused
from municipalities import imports, index_wording


class Command(BaseCommand):
    help = "Načte oficiální soubor indexu (XLSX): zkontroluje, ukáže změny a zeptá se."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="soubor XLSX od Agentury")
        parser.add_argument("--yes", action="store_true", help="neptat se a načíst")

    def handle(self, *args, file, yes, **options):
        found = self._open(file)
        try:
            self._say("Kontroluji soubor a porovnávám ho s databází …")
            changes = imports.check(found.content)
            for line in index_wording.summary(changes.counts()):
                self.stdout.write(line)
            if changes.is_empty:
                imports.preview(found, changes, by=None)
                return
            if not yes and not self._agreed():
                self.stdout.write("Nic se nenačetlo.")
                return
            self._say("Zapisuji …")
            run = imports.import_index(file=found, changes=changes, by=None)
        except ImportRefused as refusal:
            imports.refuse(found, refusal, by=None)
            raise CommandError(_told(refusal)) from None
        self.stdout.write(f"Hotovo: {run.get_state_display()}.")

    def _open(self, path):
        try:
            with path.open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"Soubor {path} nelze přečíst: {error.strerror}.") from None
        if len(content) > MAX_BYTES:
            raise CommandError(f"Soubor je větší než {czech.file_size(MAX_BYTES)}.")
        return ImportFile(path.name, content)

    def _say(self, text):
        self.stderr.write(text)

    def _agreed(self):
        self.stderr.write("Načíst? [ano/ne]", ending=" ")
        return sys.stdin.readline().strip().lower() in ("a", "ano")


def _told(refusal):
    more = refusal.total - len(refusal.problems)
    tail = [f"… a ještě {czech.count(more, 'chyba', 'chyby', 'chyb')}."] if more else []
    return "\n".join(["Nic se nenačetlo.", *refusal.problems, *tail])
