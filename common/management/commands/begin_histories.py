from django.core.management.base import BaseCommand

from common.history import begin_histories


class Command(BaseCommand):
    help = "Write the first row of history of every record that has none; quick when all have."

    def handle(self, *args, **options):
        if number := begin_histories():
            self.stdout.write(f"Historie začíná u těchto záznamů: {number}")
