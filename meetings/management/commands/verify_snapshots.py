from django.core.management.base import BaseCommand, CommandError

from common import czech
from meetings.models import Snapshot
from meetings.verification import verify


class Command(BaseCommand):
    help = "Prove that every frozen briefing and its documents are what was frozen."

    def handle(self, *args, **options):
        snapshots = Snapshot.objects.select_related("meeting__body", "corrects")
        # One at a time: a snapshot with its documents is large.
        keys = list(Snapshot.objects.order_by("pk").values_list("pk", flat=True))
        numbers = [self.tell(snapshots.get(pk=pk)) for pk in keys]
        failed = sum(1 for faults in numbers if faults)
        if failed:
            raise CommandError(f"Neprošlo snímků: {failed} z {len(numbers)}.")
        self.stdout.write(f"V pořádku, ověřeno snímků: {len(numbers)}.")

    def tell(self, snapshot):
        """Write what was found about a snapshot and return the number of faults."""
        findings = verify(snapshot)
        for finding in findings:
            out = self.stderr if finding.is_fault else self.stdout
            out.write(f"{plain(str(snapshot))}: {plain(finding.text)}")
        return sum(finding.is_fault for finding in findings)


def plain(text):
    """A text for a terminal, without the no-break spaces of typography."""
    return text.replace(czech.NBSP, " ")
