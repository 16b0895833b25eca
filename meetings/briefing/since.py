"""The meeting before, and the moment whose state this one is compared with."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from measures.status import end_of
from meetings.models import Meeting, Snapshot


@dataclass(frozen=True)
class Since:
    """What the body last saw: the state of the day `on` as known before `known`."""

    meeting: Meeting
    on: date
    known: datetime


def since_last(meeting, on, known):
    """Return the Since of the body's meeting before this one, None for its first. Two queries.

    A meeting that has not come yet counts only when its briefing is frozen: what is not settled
    is nothing to compare with.
    """
    held = Q(meeting_date__lt=on) | Q(snapshots__frozen_at__lt=known)
    previous = Meeting.objects.before(meeting).filter(held).distinct().first()
    if previous is None:
        return None
    previous.body = meeting.body
    snapshot = _snapshot(previous, known)
    if snapshot:
        return Since(previous, snapshot.on_date, snapshot.frozen_at)
    day = min(previous.meeting_date, on)
    return Since(previous, day, min(end_of(previous.meeting_date), known))


def _snapshot(meeting, known):
    """Return the snapshot the meeting had before it: the newest of its day or before, else the
    first one. A correction of a later day was not there."""
    frozen = Snapshot.objects.filter(meeting=meeting, frozen_at__lt=known)
    found = list(frozen.only("on_date", "frozen_at", "number").order_by("number"))
    in_time = [one for one in found if one.frozen_at < end_of(meeting.meeting_date)]
    return (in_time or found[:1] or [None])[-1]
