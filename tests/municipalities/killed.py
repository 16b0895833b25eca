"""An import in a process of its own, killed in the middle of its transaction."""

import os
import signal
import subprocess
import sys
import textwrap

from django.conf import settings
from django.db import connection

BEGINNING = """
    import sys, time
    import django
    django.setup()
    from django.core.management import call_command

    def wait(*args):
        print("midway", flush=True)
        time.sleep(60)
"""


def kill_midway(program, *arguments):
    """Run a program that calls `wait` in the middle, and kill it there.

    It works on the database of the test: one of `transaction=True`.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": _database_url(),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(BEGINNING + program), *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        assert process.stdout.readline() == b"midway\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL


def _database_url():
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
