"""The figures of a municipality one by one, as its data export gives them.

What may not be shown is never here: a withheld component has a state and no number, and nothing
that could be worked back to it.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from municipalities.components import is_masked, is_public, territory_share
from municipalities.models import Component
from municipalities.models.index import ValueState

KNOWN = "známé"
MASKED = "méně než 5"
BORROWED = "převzato"
UNKNOWN = "neznámé"

OFFICE = "Český statistický úřad"


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, of which territory and when, the value and its unit, its state and
    where it comes from. A value of None is unknown or withheld, and `state` says which."""

    section: str
    name: str
    territory: str
    period: str
    value: int | Decimal | str | None
    unit: str = ""
    state: str = KNOWN
    source: str = ""


def figures(profile):
    """Yield a Figure for everything the Profile of a municipality says in numbers."""
    yield _population(profile.municipality)
    yield from _index(profile)
    yield from _components(profile)
    yield from _around(profile)


def _population(municipality):
    day, number = municipality.population_date, municipality.population
    return Figure(
        "obec",
        "počet obyvatel",
        municipality.name,
        day.isoformat() if day else "",
        number,
        "obyvatel",
        UNKNOWN if number is None else KNOWN,
        "" if number is None else OFFICE,
    )


def _index(profile):
    """The value of each edition, the newest band, and the medians it is compared with."""
    name = profile.municipality.name
    for one in profile.history:
        state = UNKNOWN if one.value is None else KNOWN
        source = profile.source(one.year)
        yield Figure("index", "index", name, str(one.year), one.value, "bod", state, source)
        band = one.band.word if one.band else None
        yield Figure("index", "pásmo", name, str(one.year), band, "", state, source)
    if profile.edition:
        for territory, median in (
            (f"ORP {profile.municipality.orp.name}", profile.orp.median),
            (profile.municipality.region.name, profile.region.median),
        ):
            yield _indexed(profile, "medián indexu", territory, median)


def _indexed(profile, name, territory, value):
    year = profile.edition.year
    state = UNKNOWN if value is None else KNOWN
    return Figure("index", name, territory, str(year), value, "bod", state, profile.source(year))


def _components(profile):
    """What was counted of each component in the newest edition and the one before, and the shares
    of the region and the nation."""
    for year in profile.years[-2:]:
        own = {value.component: value for value in profile.own_values(year)}
        for component in Component:
            yield from _component(profile, year, component, own.get(component))
    yield from _shares(profile)


def _component(profile, year, component, value):
    """Count, base and share of a component that may be shown; of another one only its state."""
    state = _state(value)
    people = "žáků" if component == Component.EARLY_LEAVERS else "osob"
    numbers = [("podíl", "%", None)]
    if state == KNOWN:
        numbers = [
            ("počet", people, value.count),
            ("základ", people, value.base),
            ("podíl", "%", value.share),
        ]
    for name, unit, number in numbers:
        yield Figure(
            f"složka: {component.label}",
            name,
            profile.municipality.name,
            str(year),
            number,
            unit,
            UNKNOWN if state == KNOWN and number is None else state,
            profile.source(year),
        )


def _state(value):
    if value is None or value.state == ValueState.UNKNOWN:
        return UNKNOWN
    if is_masked(value):
        return MASKED
    if value.state == ValueState.BORROWED:
        return BORROWED
    return KNOWN if is_public(value) else UNKNOWN


def _shares(profile):
    if not profile.edition:
        return
    year = profile.edition.year
    for row in profile.shares.get(year, ()):
        where = profile.municipality.region.name if row.region_id else "Česko"
        for name, share in (("podíl", row.share), ("90. percentil obcí", row.percentile_90)):
            if share is not None:
                yield Figure(
                    f"složka: {Component(row.component).label}",
                    name,
                    where,
                    str(year),
                    territory_share(share),
                    "%",
                    source=profile.source(year),
                )


def _around(profile):
    """The index of neighbours, of the other municipalities of the ORP and of similar ones."""
    if not profile.edition:
        return
    kinds = [
        ("sousední obce", [row for row, _ in profile.neighbours if row.is_counted]),
        ("obce ORP", [row for row, _ in profile.others]),
        ("podobné obce", [one.row for one in profile.similar]),
    ]
    for section, rows in kinds:
        for row in rows:
            found = _indexed(profile, "index", f"{row.name} ({row.code})", row.index_value)
            yield replace(found, section=section)
    for one in profile.similar:
        yield Figure(
            "podobné obce",
            "vzdálenost",
            f"{one.row.name} ({one.row.code})",
            str(profile.edition.year),
            one.distance_number,
            "směrodatná odchylka",
            KNOWN,
            "výpočet portálu",
        )
