from django.core.management.base import BaseCommand, CommandError

from common.loading import LoadingError, load_files
from portal.data import FILES


class Command(BaseCommand):
    """Load our data files: each once, and never over what people changed or deleted."""

    help = "Načte datové soubory portálu; co lidé změnili nebo smazali, nechá být."

    def handle(self, *args, **options):
        try:
            for path, tally in load_files(FILES):
                self.stdout.write(f"{path.name}: {_outcome(tally)}")
        except LoadingError as error:
            raise CommandError(str(error)) from error


def _outcome(tally):
    if tally is None:
        return "beze změny"
    counts = [f"nové {tally.created}", f"upravené {tally.updated}", f"ponechané {tally.kept}"]
    return ", ".join(counts)
