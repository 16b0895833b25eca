"""The index of a territory over the years: counted from the entries of each edition, and as
published for the years that have no entries."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from municipalities.index import Band, band_counts, band_of, median_of, points_text
from municipalities.shades import SHADES


class Segment(NamedTuple):
    """The part of a bar that stands for one band."""

    css: str
    fill: str
    x: int
    width: int


@dataclass(frozen=True)
class Year:
    """The counts of one year by the lower bound of their band, and the values they come from.

    A year without entries has published totals and no `values` (None); a band it does not have is
    unknown, not empty.
    """

    year: int
    source: str
    bands: tuple[Band, ...]
    numbers: dict[int, int]
    values: tuple[int, ...] | None = None
    note: str = ""

    @property
    def is_counted(self):
        return self.values is not None

    @property
    def is_whole(self):
        """Whether the number of each band is known."""
        return all(number is not None for _, number in self.counts)

    @property
    def total(self):
        return sum(self.numbers.values())

    @property
    def counts(self):
        """Pairs of a band and its number, the lowest first; None where it is unknown."""
        return [(band, self.numbers.get(band.lower)) for band in self.bands]

    @property
    def segments(self):
        """The bar of the year, one unit wide for each municipality."""
        x = 0
        for band, number in self.counts:
            if number:
                yield Segment(band.css, SHADES[band.shade].fill, x, number)
                x += number

    @property
    def known(self):
        return len(self.values or ())

    @cached_property
    def median(self):
        return median_of(self.values or ())

    @property
    def median_text(self):
        """The median; „–“ where only totals are known."""
        return points_text(self.median)

    @cached_property
    def band_by_value(self):
        """The band of each value, as dot strips ask for it."""
        return {value: band_of(value, self.bands) for value in set(self.values or ())}


@dataclass(frozen=True)
class Years:
    """The years of a territory, the newest first."""

    all: tuple[Year, ...]

    @property
    def largest(self):
        """How many municipalities fill the whole bar."""
        return max((one.total for one in self.all), default=0)

    @property
    def counted(self):
        return [one for one in self.all if one.is_counted]

    def median(self, year):
        """Return the median of a year, None where it has none."""
        return next((one.median for one in self.all if one.year == year), None)


def years(tallies, bands, published=(), *, orp=None):
    """Return the Years of a region, or of its ORP with a code.

    `tallies` say year, source, code of an ORP, value and how many of its municipalities had it;
    `published` are PublishedYear, which stand in only for years without entries.
    """
    bands = tuple(bands)
    values, sources = defaultdict(list), {}
    for year, source, code, value, number in tallies:
        if orp in (None, code):
            values[year] += number * [value]
            sources[year] = source.rstrip(".")
    found = [_counted(year, sources[year], values[year], bands) for year in values]
    found += [
        Year(one.year, one.source, bands, one.numbers, note=one.note)
        for one in published
        if one.year not in values
    ]
    return Years(tuple(sorted(found, key=lambda one: one.year, reverse=True)))


def _counted(year, source, values, bands):
    numbers = zip((band.lower for band in bands), band_counts(values, bands), strict=True)
    return Year(year, source, bands, dict(numbers), tuple(values))
