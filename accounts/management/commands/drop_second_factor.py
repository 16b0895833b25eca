from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import drop_second_factor


class Command(BaseCommand):
    help = "Take the second factor from a person who has lost it; they set up a new one."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        person = get_user_model().objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(f"Účet {email} tu není.")
        if not drop_second_factor(person):
            raise CommandError(f"Účet {email} druhý faktor nemá.")
        self.stdout.write(f"Druhý faktor účtu {email} je zrušen; jeho majitel si nastaví nový.")
