from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common import czech
from common.mail import plain
from measures.letters import reminder_body, reminder_subject
from measures.mailing import AlreadyRunning, send_reminders
from measures.reminders import remindings


class Command(BaseCommand):
    """Remind people of what is due; meant to run once a day, harmless when it runs again."""

    help = "Pošle připomínky hlášení a milníků, každému jednu zprávu. Spouští se denně."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Jen vypíše, co by komu odešlo; nepošle nic."
        )
        parser.add_argument(
            "--on", metavar="DEN", help="Za který den, třeba 2026-10-15; jinak za dnešek."
        )

    def handle(self, *args, on=None, dry_run=False, **options):
        day = self._day(on)
        if dry_run:
            return self._show(day)
        try:
            outcome = send_reminders(day)
        except AlreadyRunning:
            raise CommandError("Připomínky právě odesílá jiný běh, tento nic neposlal.") from None
        said = f"Odesláno {outcome.sent}, odmítnuto {outcome.refused}, zbývá {outcome.left}."
        if outcome.fault:
            raise CommandError(
                f"Poštovní server nefunguje: {outcome.fault}\n{said} "
                "Co neodešlo, pošle příští běh; spusťte příkaz znovu, až server poběží."
            )
        self.stdout.write(said)

    def _day(self, text):
        if text is None:
            return timezone.localdate()
        try:
            return czech.parse_date(text)
        except ValueError as error:
            raise CommandError(plain(str(error))) from error

    def _show(self, day):
        found = remindings(day)
        for reminding in found:
            self.stdout.write(f"=== {reminding.person.email}")
            self.stdout.write(plain(reminder_subject(reminding.matters)) + "\n\n")
            self.stdout.write(plain(reminder_body(reminding)))
        self.stdout.write(f"Odešlo by zpráv: {len(found)}. Nic se neposlalo ani nezapsalo.")
