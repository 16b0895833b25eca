import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.demo import mark
from portal.health import database_faults


class Command(BaseCommand):
    help = "Bring the database, the data and the static files up to date; quick when they are."

    def handle(self, *args, **options):
        settings.VAR_DIR.mkdir(mode=0o700, exist_ok=True)
        refusal = mark.refusal()
        if refusal:
            raise CommandError(refusal)
        if database_faults():
            self.stdout.write("Připravuji databázi …")
            call_command("migrate", interactive=False, verbosity=0)
        # Before anything is loaded: what is changed then is compared with what was there.
        call_command("begin_histories", stdout=self.stdout)
        call_command("load_data", stdout=self.stdout)
        if settings.DEMO:
            call_command("make_demo", stdout=self.stdout)
        elif settings.EMBEDDED:
            call_command("create_role_accounts", stdout=self.stdout)
        self.collect_static()

    def collect_static(self):
        """Collect and compress the static files, unless the stamp says that none has changed."""
        stamp = settings.VAR_DIR / "static.stamp"
        fingerprint = static_fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint and settings.STATIC_ROOT.exists():
            return
        self.stdout.write("Sbírám statické soubory …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint)


def static_fingerprint():
    """Return a digest of the name, size and time of every static file that may be collected."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(
                f"{path}|{storage.size(path)}|{storage.get_modified_time(path)}\n".encode()
            )
    return digest.hexdigest()
