"""The tables of a briefing: what their columns are called, and the rows, plain values.

The CSV and the workbook have the same columns; a day is a date, a number is a number, None is
not known.
"""

from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings

from municipalities.index import band_of


class Column(NamedTuple):
    """A column: its name for programs, its heading for people, its width in signs."""

    key: str
    heading: str
    width: int = 14


MEASURES = (
    Column("kod", "Kód", 7),
    Column("nazev", "Opatření", 60),
    Column("kratky_nazev", "Krátký název", 34),
    Column("priorita", "Priorita", 22),
    Column("cile", "Cíle", 9),
    Column("stav", "Stav", 22),
    Column("zpozdeni", "O kolik", 11),
    Column("naposledy", "Poslední známý stav", 22),
    Column("den", "Den", 12),
    Column("co_ten_den", "Co ten den je", 22),
    Column("milnik", "Milník", 40),
    Column("hlaseni_ke_dni", "Hlášení ke dni", 14),
    Column("aktualnost", "Aktuálnost", 16),
    Column("utvar", "Útvar", 30),
    Column("poznamka", "Poznámka", 60),
    Column("adresa", "Adresa", 44),
)
PLACES = (
    Column("kod", "Kód obce", 10),
    Column("nazev", "Obec", 28),
    Column("orp", "ORP", 18),
    Column("index", "Index", 8),
    Column("pasmo", "Pásmo", 20),
    Column("skolstvi_prevzato", "Složka vzdělávání", 20),
    Column("zapocitava_se", "Započítává se", 14),
)


def measures(briefing):
    """Return a row for each measure, in the order of the plan."""
    places = _places_in_plan(briefing)
    return [_measure(one, *places[one.code]) for one in briefing.measures]


def _places_in_plan(briefing):
    """Return the names of priorities and the codes of goals by the code of a measure."""
    found = {}
    for priority in briefing.priorities:
        for goal in priority.goals:
            for one in goal.measures:
                names, codes = found.setdefault(one.code, ([], []))
                codes.append(goal.code)
                if priority.short_name not in names:
                    names.append(priority.short_name)
    for part in briefing.apart:
        for one in part.measures:
            found.setdefault(one.code, ([part.title], []))
    return found


def _measure(one, names, goals):
    status = one.status
    return (
        one.code,
        one.name,
        one.short_name,
        ", ".join(names),
        ", ".join(goals),
        status.word if status else None,
        (status.extra or None) if status else None,
        (status.last_known or None) if status else None,
        one.due,
        one.due_word or None,
        one.due_what or None,
        one.as_of,
        one.freshness or None,
        one.department or None,
        one.note or None,
        address(one.url),
    )


def places(briefing):
    """Return a row for each municipality of the region; without an index there is none."""
    region = briefing.region
    return [_place(one, region.bands) for one in region.places] if region else []


def _place(one, bands):
    band = band_of(one.value, bands)
    return (
        one.code,
        one.name,
        one.orp,
        one.value,
        band.name if band else None,
        "převzata" if one.is_borrowed else None,
        "ano" if one.is_counted else "ne",
    )


def address(url):
    """Return an address that works outside the portal."""
    return urljoin(settings.PORTAL_URL, url)
