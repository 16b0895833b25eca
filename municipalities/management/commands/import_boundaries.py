import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from common import czech
from common.models import ImportRun, ImportState
from municipalities.boundary_import.reading import LARGEST, METRES, read
from municipalities.boundary_import.saving import Places, is_stored, store
from municipalities.models import Boundary
from municipalities.refusals import KEPT, Refused, read_bytes, told

KIND = "boundaries"
LONGEST = 300
"""Signs of the source and of the terms."""

MISSING = (
    "Chybí knihovny pro geometrii (shapely, pyproj), které potřebuje jen tento příkaz. Nainstaluje"
    " je make geo, spuštěné v kořeni projektu."
)
PROJECTIONS = {METRES: "Křovákovo zobrazení (EPSG:5514)"}


class Command(BaseCommand):
    """Import boundaries of municipalities from a GeoJSON: check, say what would change, store."""

    help = "Načte hranice obcí ze souboru GeoJSON (WGS 84 nebo EPSG:5514); vše, nebo nic."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="soubor GeoJSON")
        parser.add_argument("--source", required=True, help="zdroj, jak se ukáže u mapy")
        parser.add_argument("--terms", default="", help="podmínky užití, ukážou se u mapy")
        parser.add_argument("--yes", action="store_true", help="neptat se a načíst")

    def handle(self, *, file, source, terms, yes, **options):
        geometry = _geometry()
        source, terms = _words("--source", source), _words("--terms", terms)
        if not source:
            raise CommandError("Uveďte zdroj hranic, třeba --source 'ČÚZK, RÚIAN'.")
        run = ImportRun(kind=KIND, file_name=file.name[-200:], size=0, started_at=timezone.now())
        try:
            found, places = self.checked(run, file), Places()
            if is_stored(found):
                self.end(run, ImportState.UNCHANGED, "Beze změny: soubor už je načtený.")
                return
            drawn = self.drawn(geometry, found, places)
        except Refused as error:
            run.problems = error.problems[:KEPT]
            self.end(run, ImportState.REFUSED)
            raise CommandError(told(error.problems)) from error
        self.preview(run, found, drawn)
        if not (yes or self.is_agreed()):
            self.end(run, ImportState.ABANDONED, "Nic se nenačetlo.")
            return
        with transaction.atomic():
            store(drawn, places, found=found, source=source, terms=terms)
            self.end(run, ImportState.DONE, "Hranice jsou načtené.")

    def checked(self, run, file):
        """Return the File that was read; raises Refused where it is none."""
        content = read_bytes(file, LARGEST)
        run.size, run.sha256 = len(content), hashlib.sha256(content).hexdigest()
        return read(file.name, content)

    def drawn(self, geometry, found, places):
        """Return what is to be stored; raises Refused with everything that is wrong."""
        problems = [*found.problems, *places.problems(found)]
        if not problems:
            points = places.points(shape.code for shape in found.shapes)
            drawn, problems = geometry.draw(found.shapes, found.crs, points)
        if problems:
            raise Refused(problems)
        return drawn

    def preview(self, run, found, drawn):
        """Say what the file holds and what would become of it."""
        codes = [one.code for one in drawn]
        replaced = Boundary.objects.filter(municipality__code__in=codes).count()
        size = sum(len(one.path) for one in drawn)
        run.counts = {"new": len(drawn) - replaced, "replaced": replaced, "bytes": size}
        self.stdout.write(f"Soubor {found.name}: {PROJECTIONS.get(found.crs, 'WGS 84')}")
        self.stdout.write(f"Hranice: nové {run.counts['new']}, nahrazené {replaced}")
        self.stdout.write(f"V mapě zaberou {czech.file_size(size)}.")

    def is_agreed(self):
        """Ask on the terminal; no answer at all means no."""
        self.stdout.write("Načíst? [a/N] ", ending="")
        self.stdout.flush()
        try:
            return input().strip().lower() in ("a", "ano")
        except EOFError:
            return False

    def end(self, run, state, said=""):
        """Log how the run ended, and say it."""
        run.state, run.finished_at = state, timezone.now()
        run.save()
        if said:
            self.stdout.write(said)


def _geometry():
    try:
        from municipalities.boundary_import import geometry
    except ImportError as error:
        raise CommandError(MISSING) from error
    return geometry


def _words(name, text):
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise CommandError(f"{name} má nejvýš {LONGEST} znaků.")
    return text
