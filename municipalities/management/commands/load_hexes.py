import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from common import czech
from common.models import ImportRun, ImportState
from municipalities.boundary_import.saving import Places
from municipalities.hexjson import LARGEST, check, lay_out, read
from municipalities.refusals import KEPT, Refused, read_bytes, told

KIND = "hexes"


class Command(BaseCommand):
    """Load the layout of the map of hexagons from a HexJSON."""

    help = "Načte rozložení šestiúhelníkové mapy ze souboru HexJSON; vše, nebo nic."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="soubor HexJSON (odd-r nebo even-r)")

    def handle(self, *, file, **options):
        run = ImportRun(kind=KIND, file_name=file.name[-200:], size=0, started_at=timezone.now())
        try:
            content = read_bytes(file, LARGEST)
            run.size, run.sha256 = len(content), hashlib.sha256(content).hexdigest()
            cells = read(content)
            problems = check(cells, Places().by_code)
            if problems:
                raise Refused(problems)
        except Refused as error:
            run.problems = error.problems[:KEPT]
            _end(run, ImportState.REFUSED)
            raise CommandError(told(error.problems)) from error
        with transaction.atomic():
            moved = lay_out(cells, by=None, name=file.name)
            run.counts = {"municipalities": len(cells), "moved": moved}
            _end(run, ImportState.DONE if moved else ImportState.UNCHANGED)
        self.stdout.write(_said(moved))


def _end(run, state):
    run.state, run.finished_at = state, timezone.now()
    run.save()


def _said(moved):
    if not moved:
        return "Beze změny: rozložení už je načtené."
    places = czech.count(moved, "území", "území", "území")
    return f"Rozložení je načtené, místo změnilo {places}."
