"""Rules of the index of social exclusion: its bands, and counts and medians of its values.

The index (0–30 points) is published by Agentura pro sociální začleňování and imported, never
computed. What these functions take is already read; nothing here asks the database or the clock.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from django.utils.text import slugify

from common import czech

HIGHEST = 30
"""The greatest value the index can have, in points."""

SMALL_POPULATION = 500
"""Below this many inhabitants a few cases change the index a lot."""

STEPS = 4
"""How many shades bands have; a band above the fourth takes the darkest one."""


@dataclass(frozen=True)
class Band:
    """A band of the index as it stands among the others: the values `lower` to `upper`.

    `step` is its place from the lowest one, which is 1.
    """

    lower: int
    upper: int
    name: str
    sentence: str
    step: int

    @property
    def word(self):
        """The name inside a sentence: „vysoký“."""
        return self.name[:1].lower() + self.name[1:]

    @property
    def shade(self):
        return min(self.step, STEPS)

    @property
    def css(self):
        return f"b{self.shade}"

    @property
    def slug(self):
        """The value of the band in a query string: „vysoky“."""
        return slugify(czech.search_key(self.name))

    @property
    def range(self):
        """The values of the band: „8–11“."""
        if self.lower == self.upper:
            return str(self.lower)
        return czech.typography(f"{self.lower}–{self.upper}")

    @property
    def threshold(self):
        """The values in words: „12 a více bodů“ for the highest band, else „8–11 bodů“."""
        if self.lower < self.upper == HIGHEST:
            return czech.NBSP.join([str(self.lower), "a", "více", "bodů"])
        word = czech.plural(self.upper, "bod", "body", "bodů")
        return f"{self.range}{czech.NBSP}{word}"

    @property
    def adjective(self):
        """The name in the accusative, as in „má vysokou hodnotu“; None where it is no adjective."""
        words = self.word.split()
        if not words or any(not re.search("[ýí]$|^(a|nebo)$", word) for word in words):
            return None
        return " ".join(re.sub("ý$", "ou", word) for word in words)


def in_order(index_bands):
    """Return a Band for each IndexBand, the lowest first: each ends where the next one starts."""
    rows = sorted(index_bands, key=lambda row: row.lower)
    bounds = [row.lower for row in rows] + [HIGHEST + 1]
    return [
        Band(lower, following - 1, row.name, row.sentence, step)
        for step, (row, (lower, following)) in enumerate(
            zip(rows, pairwise(bounds), strict=True), start=1
        )
    ]


def band_of(value, bands):
    """Return the band with the greatest lower bound not above `value` (points).

    None for an unknown value and for one below every band: unknown is never zero.
    """
    if value is None:
        return None
    below = [band for band in bands if band.lower <= value]
    return max(below, key=lambda band: band.lower, default=None)


def band_counts(values, bands):
    """Return how many of the values lie in each band, in the order of `bands`.

    Unknown values are left out. The caller leaves out military areas.
    """
    found = Counter()
    for value, number in Counter(values).items():
        found[band_of(value, bands)] += number
    return [found[band] for band in bands]


def median_of(values):
    """Return the median of the known values, None where none is known.

    The caller leaves out military areas.
    """
    known = [value for value in values if value is not None]
    return median(known) if known else None


def points_text(value):
    """Return a value or a median as „3“ or „5,5“; „–“ where it is unknown."""
    if value is None:
        return "–"
    return czech.decimal(value, 0 if value == int(value) else 1)
