"""Handing letters to the mail server and keeping what came of it.

What was sent is written down only after the server has accepted the letter, one person at a time:
a run that is killed leaves nobody out and the next one sends nobody the same again.
"""

import fcntl
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from common.mail import Courier, LetterRefused, ServerDown
from measures.letters import reminder_letter
from measures.models import RefusedMail, Reminder
from measures.reminders import remindings

logger = logging.getLogger(__name__)


class AlreadyRunning(Exception):
    """Another process is just sending the reminders."""


@dataclass
class Outcome:
    """What came of a run: how many people got their letter, whose address was refused, how many
    wait for the next run and why the server stopped it, if it did."""

    sent: int = 0
    refused: int = 0
    left: int = 0
    fault: str = ""


def send_reminders(on):
    """Send everybody who is to be reminded on a day one letter and return the Outcome."""
    with _alone(), Courier() as courier:
        waiting = remindings(on)
        outcome = Outcome(left=len(waiting))
        for reminding in waiting:
            try:
                courier.send(reminder_letter(reminding))
            except LetterRefused as refusal:
                note_refused(reminding.person.email, refusal, reminding.person)
                outcome.refused += 1
            except ServerDown as fault:
                outcome.fault = str(fault)
                break
            else:
                _mark_sent(reminding)
                outcome.sent += 1
            outcome.left -= 1
    return outcome


@transaction.atomic
def _mark_sent(reminding):
    Reminder.objects.bulk_create(
        Reminder(
            person=reminding.person,
            measure=matter.measure,
            subject=matter.subject,
            stage_date=matter.stage,
        )
        for matter in reminding.matters
    )
    note_accepted(reminding.person.email, reminding.person)


def deliver(letter, person=None):
    """Send one letter and say whether the server accepted it; why not stands in the log, a refused
    address on the quality page. Raises nothing: what was done before the letter stays done."""
    (address,) = letter.to
    try:
        with Courier() as courier:
            courier.send(letter)
    except LetterRefused as refusal:
        note_refused(address, refusal, person)
        return False
    except ServerDown as fault:
        logger.error("Poštovní server nepřevzal zprávu: %s", fault)
        return False
    note_accepted(address, person)
    return True


def note_refused(address, refusal, person=None):
    """Keep that the mail server would not take a letter to an address."""
    RefusedMail.objects.update_or_create(
        address=address.lower(),
        defaults={
            "person": person,
            "reason": str(refusal)[:400],
            "refused_at": timezone.now(),
        },
    )


def note_accepted(address, person=None):
    """Forget that an address, or an earlier one of the person, was once refused."""
    theirs = Q(person=person) if person else Q()
    RefusedMail.objects.filter(Q(address=address.lower()) | theirs).delete()


def lock_path():
    """Return the file whose lock a run holds: one for each database, so that a trial beside the
    real portal stops nobody."""
    name = sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    return settings.VAR_DIR / f"pripominky-{name}.lock"


@contextmanager
def _alone():
    """Let one process on this machine send for this database; the lock dies with the process."""
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock_path().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning from error
        yield
