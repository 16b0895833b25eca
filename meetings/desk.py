"""What the desk says of a meeting: when it can be frozen, and what was."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import czech
from meetings.actions.freeze import DAYS_BEFORE, opens_on
from meetings.models import Meeting, Snapshot


@dataclass(frozen=True)
class Countdown:
    """How far a meeting is, in words, and whether it is near enough to be frozen."""

    text: str
    opening: str
    is_open: bool


@dataclass(frozen=True)
class SnapshotRow:
    """A snapshot with the addresses of its documents; `is_redacted` where some were made anew."""

    snapshot: Snapshot
    heading: str
    files: tuple
    is_redacted: bool


def countdown(meeting: Meeting, on: date):
    """Return the Countdown to a meeting on a day."""
    days = (meeting.meeting_date - on).days
    opens = opens_on(meeting)
    opening = f"Zmrazit půjde od {czech.date(opens)}, {DAYS_BEFORE} dní před zasedáním."
    return Countdown(_days(days), "" if on >= opens else opening, on >= opens)


def _days(days):
    if days == 0:
        return "Zasedá se dnes."
    if days > 0:
        return f"Zasedá se za {czech.count(days, 'den', 'dny', 'dní')}."
    return f"Zasedalo se před {czech.count(-days, 'dnem', 'dny', 'dny')}."


def snapshot_rows(meeting):
    """Return the SnapshotRows of a meeting, the newest first; two queries."""
    return [_row(meeting, one) for one in Snapshot.objects.of_meeting(meeting)]


def _row(meeting, snapshot):
    files = sorted(snapshot.files.all(), key=lambda file: file.pk)
    return SnapshotRow(
        snapshot,
        snapshot.words[:1].upper() + snapshot.words[1:],
        tuple((file, _address(meeting, snapshot, file)) for file in files),
        any(file.is_removed for file in files),
    )


def _address(meeting, snapshot, file):
    return reverse("meetings:correction_file", args=[meeting.slug, snapshot.number, file.name])
