"""Reminders sent to a real SMTP server: refused addresses, a dying server, a killed run."""

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from io import StringIO
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from measures.mailing import lock_path
from measures.models import RefusedMail, Reminder
from tests import factories
from tests.post_office import deliver_to, free_port, post_office

pytestmark = pytest.mark.django_db(transaction=True)

DUE = "2026-10-15"


@pytest.fixture
def office(settings, tmp_path):
    # Runs of their own process have the folder of the portal; they share it with nobody here.
    left_behind = lock_path()
    settings.VAR_DIR = tmp_path
    with post_office() as office:
        deliver_to(office, settings)
        yield office
    left_behind.unlink(missing_ok=True)


@pytest.fixture
def owners():
    """Return three people with a measure each."""
    strategy = factories.StrategyFactory()
    people = []
    for n, name in enumerate(["adam", "bara", "cyril"]):
        person = factories.UserFactory(email=f"{name}@example.cz", name=name, roles=["unit"])
        factories.plan(factories.make_measure(f"1.{n}", strategy=strategy), owner=person)
        people.append(person)
    return people


def run(*options):
    out = StringIO()
    call_command("send_reminders", *options, "--on", DUE, stdout=out)
    return out.getvalue()


def marked():
    return sorted(Reminder.objects.values_list("person__email", flat=True))


ALL = ["adam@example.cz", "bara@example.cz", "cyril@example.cz"]


def test_run_sends_one_letter_a_person_and_twice_a_day_sends_once(office, owners):
    assert run() == "Odesláno 3, odmítnuto 0, zbývá 0.\n"
    assert run() == "Odesláno 0, odmítnuto 0, zbývá 0.\n"
    assert office.recipients == ALL == marked()
    assert office.connections == 1
    found = Reminder.objects.get(person=owners[0])
    assert (found.subject, found.stage_date) == ("hlaseni:2026-07-01", date(2026, 10, 15))


def test_matters_of_a_person_come_in_one_letter(office, owners):
    second = factories.make_measure("2.1", strategy=owners[0].owned_plans.get().measure.strategy)
    factories.plan(second, owner=owners[0])
    factories.milestone(second, date(2026, 10, 20))
    run()
    assert office.recipients == ALL
    subject = office.letters[0]["Subject"].strip()
    assert subject == "Portál: 2 opatření čekají na hlášení, 1 milník má termín"
    assert marked() == sorted([*ALL, ALL[0], ALL[0]])


def test_dry_run_sends_and_writes_nothing(office, owners):
    said = run("--dry-run")
    assert "=== adam@example.cz" in said
    assert "Portál: 1 opatření čeká na hlášení" in said
    assert "Odešlo by zpráv: 3." in said
    assert (office.letters, marked()) == ([], [])


def test_refused_address_does_not_stop_the_others_and_is_kept_until_it_works(office, owners):
    office.refused[ALL[1]] = "550 5.1.1 neznama schranka"
    assert run() == "Odesláno 2, odmítnuto 1, zbývá 0.\n"
    assert office.recipients == [ALL[0], ALL[2]] == marked()
    refused = RefusedMail.objects.get()
    assert (refused.address, refused.person) == (ALL[1], owners[1])
    assert refused.reason == "550 5.1.1 neznama schranka"
    run()
    assert RefusedMail.objects.count() == 1
    office.refused.clear()
    assert run() == "Odesláno 1, odmítnuto 0, zbývá 0.\n"
    assert marked() == ALL
    assert not RefusedMail.objects.exists()


def test_new_address_of_a_person_clears_the_refused_one(office, owners):
    factories.RefusedMailFactory(address="stara@example.cz", person=owners[0])
    factories.RefusedMailFactory(address="cizi@example.cz")
    run()
    assert [mail.address for mail in RefusedMail.objects.all()] == ["cizi@example.cz"]


def test_server_that_dies_midway_leaves_the_rest_unsent(office, owners):
    def die_after_the_first(office):
        office.is_dead = len(office.letters) == 1

    office.before = die_after_the_first
    with pytest.raises(CommandError, match="Poštovní server nefunguje") as fault:
        run()
    assert fault.value.returncode == 1
    assert "Odesláno 1, odmítnuto 0, zbývá 2." in str(fault.value)
    assert office.recipients == ALL[:1] == marked()
    assert not RefusedMail.objects.exists()
    office.is_dead, office.before = False, lambda _: None
    assert run() == "Odesláno 2, odmítnuto 0, zbývá 0.\n"
    assert office.recipients == ALL == marked()


def test_server_that_is_not_there_is_told_in_czech(settings, tmp_path, office, owners):
    settings.EMAIL_PORT = free_port()
    with pytest.raises(CommandError, match="Co neodešlo, pošle příští běh"):
        run()
    assert marked() == []


def test_server_that_hangs_up_between_letters_is_called_again(office, owners):
    answers = iter(["", "hang up", "", ""])
    office.before = lambda _: next(answers)
    assert run() == "Odesláno 3, odmítnuto 0, zbývá 0.\n"
    assert office.recipients == ALL == marked()
    assert office.connections == 2


@pytest.mark.parametrize("day", ["zítra", "31. 2. 2026", "1999"])
def test_day_that_makes_no_sense_is_refused_in_czech(day):
    with pytest.raises(CommandError, match=r"Datum napište jako 15\. 12\. 2026|není"):
        call_command("send_reminders", "--on", day)


# Runs of their own process


def address_of_database():
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    password = f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else ""
    place = f"{found['HOST'] or 'localhost'}:{found['PORT'] or 5432}"
    return f"postgres://{quote(found['USER'])}{password}@{place}/{found['NAME']}"


def start(office):
    """Start the command in a process of its own, as cron does."""
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_database(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{office.port}",
        "EMBEDDED": "true",
        "SECRET_KEY": "only-for-tests-" + 40 * "x",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_reminders", "--on", DUE],
        cwd=django_settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [1, 2])
def test_killed_run_is_resumed_nobody_twice_nobody_left_out(office, owners, number):
    running = []

    def kill(office):
        if len(office.letters) == number and running:
            os.kill(running.pop().pid, signal.SIGKILL)
            return "hang up"
        return ""

    office.before = kill
    process = start(office)
    running.append(process)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert office.recipients == ALL[:number] == marked()
    said, _ = start(office).communicate(timeout=60)
    assert said == f"Odesláno {3 - number}, odmítnuto 0, zbývá 0.\n"
    assert office.recipients == ALL == marked()


def test_of_two_runs_at_once_one_sends(office, owners):
    reached, go_on = threading.Event(), threading.Event()

    def hold(office):
        reached.set()
        go_on.wait(60)
        return ""

    office.before = hold
    first = start(office)
    assert reached.wait(60)
    second = start(office)
    said, complaint = second.communicate(timeout=60)
    go_on.set()
    assert second.returncode == 1
    assert "Připomínky právě odesílá jiný běh" in complaint
    assert said == ""
    said, _ = first.communicate(timeout=60)
    assert (first.returncode, said) == (0, "Odesláno 3, odmítnuto 0, zbývá 0.\n")
    assert office.recipients == ALL == marked()


def test_run_against_a_dead_server_ends_with_an_error(office, owners):
    office.is_dead = True
    process = start(office)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Poštovní server nefunguje" in complaint
    assert marked() == []
