from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.error_addresses import forget_addresses, kept_too_long


class Command(BaseCommand):
    help = "Erase the e-mail addresses of readers whose reports of errors were closed a year ago."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args, dry_run, **options):
        found = kept_too_long(timezone.localdate())
        number = found.count() if dry_run else forget_addresses(found)
        self.stdout.write(f"adresy čtenářů u chyb vyřízených před rokem: {number}")
