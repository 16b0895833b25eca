"""Calendars in the format of RFC 5545, as small as days and their texts need."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from common.czech import PRAGUE

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST = 75
"""Octets a line may have before it is folded."""

# A calendar must hold something: this stands in one without a day too.
_ZONE = f"""BEGIN:VTIMEZONE
TZID:{PRAGUE.key}
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True)
class Event:
    """Something that fills a day. `uid` is its own for ever, `stamp` the moment it was recorded
    and `sequence` how often it had changed by then."""

    uid: str
    day: date
    summary: str
    stamp: datetime
    sequence: int = 0
    description: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(name, events):
    """Return a calendar as bytes, in the order of its events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//portal//terminy//CS",
        "CALSCALE:GREGORIAN",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        *_ZONE.split("\n"),
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) + b"\r\n" for line in lines)


def _event(event):
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    yield f"LAST-MODIFIED:{_utc(event.stamp)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{text(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def text(value):
    """Return a text as a value: backslashes, semicolons, commas and ends of lines are escaped,
    other control signs, which may not stand there, are left out."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = "".join(sign for sign in value if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    for sign in "\\;,":
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")


def folded(line):
    """Return a line in pieces of at most 75 octets, each but the first after a space; no letter is
    cut in two."""
    pieces, piece, room = [], b"", LONGEST
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", LONGEST - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece])


def _utc(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
