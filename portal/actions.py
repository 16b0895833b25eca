"""What is done with errors readers report, with its letters."""

from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.history import recording
from common.throttle import allow
from portal.error_letters import send_answer, tell_heads
from portal.models import ErrorReport

BY_VISITOR = 5
HOUR = 60 * 60
DAY = 24 * HOUR
SENDING = 40
"""Seconds for which a second press of the button sends no second letter."""


class TooMany(Exception):
    """The visitor has reported as much as one may in an hour."""


@transaction.atomic
def report_error(*, page, text, email, visitor):
    """Keep what a reader says is wrong and tell the heads; `visitor` tells readers apart.

    The same again within a day, a button pressed twice, is the same report. Raises TooMany.
    """
    now = timezone.now()
    # First the form, then the visitor: of two at once the second waits here for the first.
    if not allow(f"chyba:{_digest(page, text, email)}", limit=1, seconds=DAY, now=now):
        return
    if not allow(f"chyby:od:{visitor}", limit=BY_VISITOR, seconds=HOUR, now=now):
        raise TooMany
    error = ErrorReport(page=page, text=text, email=email, reported_at=now)
    error.full_clean()
    with recording(by=None):
        error.save()
    transaction.on_commit(tell_heads, robust=True)


def _digest(*parts):
    text = "\x00".join(parts)
    return salted_hmac("portal.errors", text, algorithm="sha256").hexdigest()[:40]


@transaction.atomic
def answer_error(*, error, by, answer):
    """Keep the answer to a report and send it after the commit; that it went stands at the report
    once the mail server has taken it: `answered_at`."""
    locked = _locked(error, by)
    if not locked.is_answerable:
        raise ValidationError("Odpověď už odešla, nebo není kam ji poslat.")
    key = f"chyba:odpoved:{locked.pk}"
    if not allow(key, limit=1, seconds=SENDING, now=timezone.now()):
        raise ValidationError("Odpověď se právě odesílá. Počkejte minutu a načtěte stránku znovu.")
    locked.answer = answer
    with recording(by=by):
        locked.save()
    transaction.on_commit(partial(_send, locked, by), robust=True)
    return locked


def _send(error, by):
    if send_answer(error):
        with recording(by=by):
            error.mark_answered(timezone.now())


@transaction.atomic
def close_error(*, error, by, correction):
    """Close a report, or change the public sentence of a closed one."""
    locked = _locked(error, by)
    with recording(by=by):
        locked.close(by=by, correction=correction, moment=timezone.now())


@transaction.atomic
def reopen_error(*, error, by):
    """Take a closed report up again."""
    locked = _locked(error, by)
    if locked.is_open:
        raise ValidationError("Tato chyba na vyřízení teprve čeká.")
    with recording(by=by):
        locked.reopen()


def _locked(error, by):
    if not by.has_perm("portal.keep_errors"):
        raise PermissionDenied
    return ErrorReport.objects.select_for_update().get(pk=error.pk)
