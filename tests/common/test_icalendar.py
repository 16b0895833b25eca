"""Calendars by RFC 5545; expected lines are written by hand from its sections."""

from datetime import date

import pytest

from common.icalendar import Event, calendar, folded, text
from tests.factories import moment


def unfolded(body):
    return body.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Cheb, Aš; Ostrov", r"Cheb\, Aš\; Ostrov"),
        ("a\\b", r"a\\b"),
        ("první\r\ndruhý\ntřetí\rčtvrtý", r"první\ndruhý\ntřetí\nčtvrtý"),
        ("zvonek\x07 a\x00 konec\x7f", "zvonek a konec"),
        ("„uvozovky“: 50 %", "„uvozovky“: 50 %"),
    ],
)
def test_signs_with_a_meaning_are_escaped(written, value):
    assert text(written) == value


def test_line_of_seventy_five_octets_stays_whole():
    assert folded("a" * 75) == b"a" * 75
    assert folded("a" * 76) == b"a" * 75 + b"\r\n a"


def test_no_letter_is_cut_in_two():
    """74 a's and a letter of two octets make 76: it goes to the next line, which begins with a
    space and so has 74 octets left, that is 37 such letters."""
    assert folded("a" * 74 + "ř") == b"a" * 74 + b"\r\n " + "ř".encode()
    first, second, third = folded("ž" * 80).split(b"\r\n")
    assert first == ("ž" * 37).encode()
    assert second == b" " + ("ž" * 37).encode()
    assert third == b" " + ("ž" * 6).encode()


def test_event_fills_its_day():
    event = Event(
        uid="milnik-1@portal.example.cz",
        day=date(2026, 12, 31),
        summary="1.2 Fond: smlouvy, dodatky",
        stamp=moment("2026-09-12 10:00"),
        sequence=2,
        description="Milník",
        url="https://portal.example.cz/strategie/kk/opatreni/1.2/",
    )
    lines = unfolded(calendar("Termíny", [event]))
    start = lines.index("BEGIN:VEVENT")
    assert lines[start:] == [
        "BEGIN:VEVENT",
        "UID:milnik-1@portal.example.cz",
        "DTSTAMP:20260912T080000Z",
        "LAST-MODIFIED:20260912T080000Z",
        "SEQUENCE:2",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        r"SUMMARY:1.2 Fond: smlouvy\, dodatky",
        "DESCRIPTION:Milník",
        "URL:https://portal.example.cz/strategie/kk/opatreni/1.2/",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//portal//terminy//CS"]


def test_calendar_without_days_still_holds_a_component():
    body = calendar("Termíny", [])
    assert b"BEGIN:VTIMEZONE\r\n" in body
    assert b"VEVENT" not in body
    assert b"\n" not in body.replace(b"\r\n", b"")
