"""Municipalities similar to one: rules.md, section Index.

Nearest in the logarithm of the population and in the published shares of components. Each of
these parts is standardised, that is divided by its standard deviation over all municipalities it
is published of, so that unlike parts weigh alike. The distance of two municipalities is the root
of the mean of the squared differences over the parts both of them have: what is masked or borrowed
on either side is left out of their pair. Only public numbers come in, so none of the others can
be had back from a distance. Pure: everything is already read.
"""

from dataclasses import dataclass
from math import log, sqrt
from statistics import pstdev

from municipalities.components import is_public

CHOSEN = 5
"""So many similar municipalities are shown."""

FEWEST_PARTS = 3
"""Two municipalities are compared from so many parts: the population and two shares."""

POPULATION = "population"


@dataclass(frozen=True)
class Part:
    """One part of a distance: what both have, and the difference in standard deviations.

    `key` is a component or POPULATION; the numbers are a share in % or a number of inhabitants.
    """

    key: str
    own: object
    other: object
    difference: float

    @property
    def is_population(self):
        return self.key == POPULATION


@dataclass(frozen=True)
class Similar:
    """A municipality near another one, by its code; `parts` stand in the order of components, the
    population first."""

    code: str
    distance: float
    parts: tuple[Part, ...]

    @property
    def largest(self):
        """The parts by how much the two differ in them, the most first."""
        return sorted(self.parts, key=lambda part: abs(part.difference), reverse=True)


def features(populations, values):
    """Return what municipalities can be compared by: a dictionary by code of dictionaries of
    numbers by key; unknown, masked and borrowed ones are left out.

    `populations` maps codes to inhabitants (None: unknown); `values` are pairs of a code and a
    ComponentValue, or what has its `component`, `state`, `count` and `share`.
    """
    found = {code: {POPULATION: number} if number else {} for code, number in populations.items()}
    for code, value in values:
        if code in found and is_public(value) and value.share is not None:
            found[code][value.component] = value.share
    return found


def similar(code, found):
    """Return the Similar municipalities to the one with a code, the nearest first, at most
    CHOSEN; the lower code decides between equal distances. None where its population is unknown.
    """
    own = found.get(code, {})
    if POPULATION not in own:
        return []
    spreads = _spreads(found)
    compared = (
        _compared(other, own, theirs, spreads)
        for other, theirs in found.items()
        if other != code and POPULATION in theirs
    )
    near = [one for one in compared if one]
    return sorted(near, key=lambda one: (one.distance, one.code))[:CHOSEN]


def _spreads(found):
    """The standard deviation of each part; one in which nobody differs says nothing."""
    columns = {}
    for numbers in found.values():
        for key, number in numbers.items():
            columns.setdefault(key, []).append(_scale(key, number))
    spreads = {key: pstdev(column) for key, column in columns.items()}
    return {key: spread for key, spread in spreads.items() if spread > 0}


def _scale(key, number):
    return log(number) if key == POPULATION else float(number)


def _compared(code, own, theirs, spreads):
    parts = tuple(
        Part(key, number, theirs[key], (_scale(key, theirs[key]) - _scale(key, number)) / spread)
        for key, number, spread in ((key, own[key], spreads[key]) for key in own if key in spreads)
        if key in theirs
    )
    if len(parts) < FEWEST_PARTS:
        return None
    distance = sqrt(sum(part.difference**2 for part in parts) / len(parts))
    return Similar(code, distance, parts)
