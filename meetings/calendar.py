"""Meetings as days of a calendar: those whose briefing everybody may read."""

from common import czech
from common.icalendar import Event
from common.mail import absolute, plain
from common.tags import host
from measures.status import end_of
from meetings.models import Snapshot


def meetings(strategy, on):
    """Return an Event for each meeting over a strategy whose briefing was frozen by the end of a
    day, the earliest first. One query."""
    found = Snapshot.objects.filter(
        meeting__body__strategy=strategy, frozen_at__lt=end_of(on)
    ).select_related("meeting__body")
    newest = {one.meeting_id: one for one in found.defer("content").order_by("number")}
    return sorted(map(_event, newest.values()), key=lambda event: (event.day, event.uid))


def _event(snapshot):
    meeting = snapshot.meeting
    day = czech.plain(czech.date(snapshot.on_date))
    return Event(
        uid=f"zasedani-{meeting.pk}@{host()}",
        day=meeting.meeting_date,
        summary=plain(f"Zasedání: {meeting.body.name}"),
        stamp=snapshot.frozen_at,
        sequence=snapshot.number,
        description=plain(f"Podklad se stavem k {day} je zmrazený a veřejný."),
        url=absolute(meeting.get_absolute_url()),
    )
