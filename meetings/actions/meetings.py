"""Which meetings there are: the head adds them, and may change or delete those still open."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from common.history import recording
from meetings.models import Meeting

CLOSED = "Podklad už je zmrazen: zasedání nejde změnit ani smazat."


def add_meeting(*, by, body, meeting_date):
    """Add a meeting of a body and return it; ValidationError where the day is taken."""
    _check(by)
    with recording(by=by):
        meeting = Meeting(body=body, meeting_date=meeting_date)
        meeting.full_clean()
        meeting.save()
    return meeting


def change_meeting(*, meeting, by, body, meeting_date):
    """Say that an open meeting without resolutions is another body's or on another day."""
    with _opened(meeting, by) as locked:
        if locked.resolutions.exists():
            raise ValidationError("Zasedání má zapsaná usnesení, změnit nejde.")
        locked.body, locked.meeting_date = body, meeting_date
        locked.full_clean()
        locked.save()
    return locked


def delete_meeting(*, meeting, by):
    """Delete an open meeting; one that has resolutions stays."""
    with _opened(meeting, by) as locked:
        try:
            # A savepoint: a refusal by the database would end the whole act.
            with transaction.atomic():
                locked.delete()
        except ProtectedError:
            message = "Zasedání má zapsaná usnesení, smazat nejde."
            raise ValidationError(message) from None


@contextmanager
def _opened(meeting, by):
    """Lock a meeting that was not frozen and record what is done with it."""
    _check(by)
    with recording(by=by):
        locked = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
        if locked is None:
            raise ValidationError("Zasedání už v\u00a0portálu není.")
        if locked.snapshots.exists():
            raise ValidationError(CLOSED)
        yield locked


def _check(by):
    if not by.has_perm("meetings.keep_meetings"):
        raise PermissionDenied
