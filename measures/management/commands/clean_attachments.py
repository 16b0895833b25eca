from datetime import timedelta

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from measures import leftovers

DAYS = 7


class Command(BaseCommand):
    help = f"Erase the bytes of files that have belonged to nothing for {DAYS} days."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args, dry_run, **options):
        before = timezone.now() - timedelta(days=DAYS)
        found = {
            "přílohy, které k ničemu nepatří": leftovers.orphans(before),
            "soubory odstraněné kvůli osobním údajům": leftovers.redacted(),
            "soubory, o kterých databáze neví": leftovers.unknown(before),
        }
        for words, names in found.items():
            for name in [] if dry_run else names:
                default_storage.delete(name)
            self.stdout.write(f"{words}: {len(names)}")
