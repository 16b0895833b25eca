from collections import Counter
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from common import redaction_log
from common.redaction import DIFFERENT, MISSING, PRESENT, REPEATED, logged_nowhere, repeat

WORDS = {
    REPEATED: "odstraněno znovu",
    PRESENT: "už bylo odstraněno",
    MISSING: "záznam v databázi není",
    DIFFERENT: "v záznamu je jiný text, zůstal",
}


class Command(BaseCommand):
    help = "Remove again what was redacted after the backup this database was restored from."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=settings.REDACTION_LOG)
        parser.add_argument("--by", metavar="E-MAIL", help="who stands in for unknown people")

    def handle(self, *args, file, by, **options):
        person = self.person(by)
        lines = self.lines(file)
        counts = Counter(self.repeat(number, line, person) for number, line in lines)
        for key, words in WORDS.items():
            self.stdout.write(f"{words}: {counts[key]}")
        if file == settings.REDACTION_LOG:
            self.complete([line for _, line in lines if line])
        if counts[None] or counts[DIFFERENT]:
            raise CommandError("Některé řádky se zopakovat nedaly, vypsané jsou výš.")

    def person(self, name):
        if not name:
            return None
        user = get_user_model()
        try:
            return user._default_manager.get_by_natural_key(name)
        except user.DoesNotExist:
            raise CommandError(f"Účet {name} v databázi není.") from None

    def lines(self, file):
        try:
            return list(redaction_log.read(file))
        except FileNotFoundError:
            if file != settings.REDACTION_LOG:
                raise CommandError(f"Soubor {file} neexistuje.") from None
            return []

    def repeat(self, number, line, by):
        """Repeat one line and return what became of it, None where it could not be done."""
        if line is None:
            self.stderr.write(f"Řádek {number} nedává smysl.")
            return None
        if by is None and not self.knows(line["made_by"]):
            self.stderr.write(f"Řádek {number}: účet {line['made_by']} chybí, uveďte --by.")
            return None
        found = repeat(line, by=by)
        if found == DIFFERENT:
            record = f"{line['record_table']} {line['record_id']}"
            self.stderr.write(f"Řádek {number}: {record} má jiný text, nic se neodstranilo.")
        return found

    def knows(self, name):
        user = get_user_model()
        return user._default_manager.filter(**{user.USERNAME_FIELD: name}).exists()

    def complete(self, lines):
        """Write into our own log what the database knows and the log does not."""
        added = logged_nowhere(lines)
        for redaction in added:
            redaction_log.append(redaction)
        self.stdout.write(f"do záznamu doplněno: {len(added)}")
