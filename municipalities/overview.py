"""The index over a territory: how many municipalities are in each band, in all and by ORP."""

from dataclasses import dataclass
from functools import cached_property

from common import czech
from municipalities.index import band_counts, band_of, median_of, points_text


@dataclass(frozen=True)
class PublishedYear:
    """The published totals of one year by band, for years we have no entries of."""

    year: int
    source: str
    note: str
    numbers: dict

    @property
    def total(self):
        return sum(self.numbers.values())


def published_years(rows):
    """Return the PublishedYear of each year among BandCount rows, newest first."""
    years = {}
    for row in rows:
        years.setdefault(row.year, []).append(row)
    return [
        PublishedYear(
            year,
            found[0].source.rstrip("."),
            found[0].note,
            {row.band.lower: row.count for row in found},
        )
        for year, found in sorted(years.items(), reverse=True)
    ]


@dataclass(frozen=True)
class BandTally:
    """How many municipalities a band has."""

    band: object
    number: int

    @property
    def words(self):
        return czech.count(self.number, "obec", "obce", "obcí")


@dataclass(frozen=True)
class Overview:
    """The index over a territory: counted municipalities, and military areas apart."""

    bands: tuple
    municipalities: tuple
    military_areas: tuple

    @cached_property
    def values(self):
        return [row.index_value for row in self.municipalities if row.index_value is not None]

    @cached_property
    def counts(self):
        return tuple(band_counts(self.values, self.bands))

    @property
    def number(self):
        return len(self.municipalities)

    @property
    def known(self):
        return len(self.values)

    @property
    def unknown(self):
        return self.number - self.known

    @property
    def borrowed(self):
        return sum(row.is_borrowed for row in self.municipalities)

    @cached_property
    def median(self):
        """The median of the counted municipalities, None where no value is known."""
        return median_of(self.values)

    @property
    def median_text(self):
        return points_text(self.median)

    @property
    def population_day(self):
        """The day the population refers to, or the days, the oldest first; „“ for none."""
        days = {row.population_date for row in self.municipalities if row.population_date}
        return ", ".join(czech.date(day) for day in sorted(days))

    @cached_property
    def tallies(self):
        """A BandTally for each band, the highest first."""
        return [BandTally(band, number) for band, number in reversed(self.counts_by_band)]

    @property
    def counts_by_band(self):
        """Pairs of a band and how many municipalities it has, the lowest first."""
        return tuple(zip(self.bands, self.counts, strict=True))

    @property
    def largest(self):
        """How many municipalities the fullest band has; fills the whole bar of a legend."""
        return max(self.counts, default=0)

    @cached_property
    def orps(self):
        """An OrpTally for each ORP, in Czech order."""
        found = {}
        for row in self.municipalities:
            found.setdefault(row.orp, []).append(row)
        ordered = sorted(found.items(), key=lambda pair: (pair[0].sort_key, pair[0].code))
        return [
            OrpTally(orp, Overview(self.bands, tuple(rows), self._areas_of(orp)))
            for orp, rows in ordered
        ]

    @cached_property
    def band_by_value(self):
        """The band of each value of the index; a value below every band has None."""
        return {value: band_of(value, self.bands) for value in set(self.values)}

    def band(self, row):
        """Return the band of a municipality, None where its value is unknown."""
        return self.band_by_value.get(row.index_value)

    @property
    def banded(self):
        """Pairs of a municipality and its band, in their order."""
        return [(row, self.band(row)) for row in self.municipalities]

    def of_orp(self, code):
        """Return the Overview of the ORP with a code; an empty one where it has no municipality."""
        found = (tally.overview for tally in self.orps if tally.orp.code == code)
        return next(found, Overview(self.bands, (), ()))

    def _areas_of(self, orp):
        return tuple(row for row in self.military_areas if row.orp == orp)


@dataclass(frozen=True)
class OrpTally:
    """The municipalities of one ORP."""

    orp: object
    overview: Overview

    @property
    def number(self):
        return self.overview.number

    @property
    def counts(self):
        return self.overview.counts_by_band

    @property
    def median(self):
        return self.overview.median_text


def overview(rows, bands):
    """Return the Overview of a territory from its municipalities (IndexRow), in their order."""
    rows = tuple(rows)
    return Overview(
        bands=tuple(bands),
        municipalities=tuple(row for row in rows if row.is_counted),
        military_areas=tuple(row for row in rows if not row.is_counted),
    )
