"""Rules of the index of social exclusion: bands, counts by band and the sentences made of them.

The index (0–30 points) is published by Agentura pro sociální začleňování and imported, never
computed. What these functions take is already read; nothing here asks the database or the clock.
"""

import re
from dataclasses import dataclass
from functools import cached_property
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
    def css(self):
        return f"b{min(self.step, STEPS)}"

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
    found = [band_of(value, bands) for value in values]
    return [found.count(band) for band in bands]


def median_text(values):
    """Return the median of the known values as „3“ or „5,5“; „–“ where none is known."""
    known = [value for value in values if value is not None]
    if not known:
        return "–"
    middle = median(known)
    return czech.decimal(middle, 0 if middle == int(middle) else 1)


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


def published_years(rows, *, but=None):
    """Return the PublishedYear of each year among BandCount rows but the year `but`, newest first.

    `but` is the year shown from entries: totals stand in only where there are none.
    """
    years = {}
    for row in rows:
        if row.year != but:
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
    """How many municipalities a band has now and had in the published years (None: unknown)."""

    band: Band
    number: int
    published: tuple


@dataclass(frozen=True)
class OrpTally:
    """The municipalities of one ORP: how many, in which bands, the median of their index."""

    orp: object
    number: int
    counts: tuple
    median: str
    slug: str


@dataclass(frozen=True)
class Overview:
    """The index over a region: counted municipalities, and military areas apart."""

    bands: tuple
    municipalities: tuple
    military_areas: tuple
    published: tuple = ()

    @cached_property
    def values(self):
        return [row.index_value for row in self.municipalities if row.index_value is not None]

    @cached_property
    def counts(self):
        return tuple(band_counts(self.values, self.bands))

    @property
    def known(self):
        return len(self.values)

    @property
    def unknown(self):
        return len(self.municipalities) - self.known

    @property
    def borrowed(self):
        return sum(row.is_borrowed for row in self.municipalities)

    @property
    def median(self):
        return median_text(self.values)

    @property
    def population_day(self):
        """The day the population refers to, or the days, the oldest first; „“ for none."""
        days = {row.population_date for row in self.municipalities if row.population_date}
        return ", ".join(czech.date(day) for day in sorted(days))

    @cached_property
    def tallies(self):
        """A BandTally for each band, the highest first."""
        pairs = zip(self.bands, self.counts, strict=True)
        return [
            BandTally(band, number, tuple(year.numbers.get(band.lower) for year in self.published))
            for band, number in reversed(list(pairs))
        ]

    @cached_property
    def orps(self):
        """An OrpTally for each ORP, in Czech order."""
        rows = {}
        for municipality in self.municipalities:
            rows.setdefault(municipality.orp, []).append(municipality.index_value)
        return [
            OrpTally(
                orp,
                len(values),
                tuple(zip(self.bands, band_counts(values, self.bands), strict=True)),
                median_text(values),
                orp_slug(orp),
            )
            for orp, values in sorted(rows.items(), key=lambda row: (row[0].sort_key, row[0].code))
        ]


def overview(municipalities, bands, published=()):
    """Return the Overview of a region from its municipalities with `index_value`, `is_borrowed`."""
    rows = tuple(municipalities)
    return Overview(
        bands=tuple(bands),
        municipalities=tuple(row for row in rows if row.is_counted),
        military_areas=tuple(row for row in rows if not row.is_counted),
        published=tuple(published),
    )


def orp_slug(orp):
    """Return the value of an ORP in a query string: „marianske-lazne“."""
    return slugify(orp.search_key)


@dataclass(frozen=True)
class Finding:
    """What the index says of a region: the part to stand out and the rest of the text."""

    headline: str
    rest: str = ""

    def __str__(self):
        return f"{self.headline}{self.rest}"


def finding(overview):
    """Return the Finding: how many municipalities are in the highest band and the one below it,
    which ORP has the most of the highest, how many are unknown."""
    if not overview.known or not overview.bands:
        return Finding("Hodnoty indexu zatím nejsou načteny.")
    *_, highest = overview.bands
    number = overview.counts[-1]
    rest = [_second(overview), _leading_orp(overview, number), _unknown(overview)]
    return Finding(
        czech.typography(_headline(highest, number, overview.known)),
        czech.typography("".join(rest)),
    )


def _headline(band, number, total):
    """„26 obcí ze 133 má vysokou hodnotu indexu (12 a více bodů)“."""
    of_all = f"{czech.z_ze(total)} {czech.integer(total)}"
    if band.adjective is None:
        are = czech.plural(number, "je", "jsou", "je")
        what = f"v pásmu „{band.name}“ ({band.threshold})"
        return f"{_municipalities(number)} {of_all} {are} {what}"
    what = f"{band.adjective} hodnotu indexu ({band.threshold})"
    if number == 0:
        return f"Žádná obec {of_all} nemá {what}"
    return f"{_municipalities(number)} {of_all} {_have(number)} {what}"


def _second(overview):
    """„, dalších 9 zvýšenou (8–11 bodů).“, or the end of the sentence where there is nothing."""
    if len(overview.bands) < 2 or not overview.counts[-2]:
        return "."
    band, number = overview.bands[-2], overview.counts[-2]
    if band.adjective is None or overview.bands[-1].adjective is None:
        return f", {_municipalities(number)} v pásmu „{band.name}“ ({band.threshold})."
    if not overview.counts[-1]:
        what = f"{band.adjective} ({band.threshold})"
        return f", {_municipalities(number)} {_have(number)} {what}."
    more = czech.plural(number, "další", "další", "dalších")
    return f", {more} {number} {band.adjective} ({band.threshold})."


def _leading_orp(overview, number):
    """„ Z 26 obcí s vysokou hodnotou jich nejvíc, 11, leží v ORP Sokolov, které má 30 obcí.“

    Nothing where several ORP share the most, or one municipality would be all of it.
    """
    ranked = sorted(overview.orps, key=lambda row: row.counts[-1][1], reverse=True)
    if len(ranked) < 2:
        return ""
    first, second = (row.counts[-1][1] for row in ranked[:2])
    adjective = overview.bands[-1].adjective
    if first < 2 or first == second or adjective is None:
        return ""
    word = czech.plural(number, "obce", "obcí", "obcí")
    those = f"{czech.z_ze(number).capitalize()} {number} {word} s {adjective} hodnotou"
    orp = f"ORP {ranked[0].orp.name}, které má {_municipalities(ranked[0].number)}"
    return f" {those} jich nejvíc, {first}, leží v {orp}."


def _unknown(overview):
    if not overview.unknown:
        return ""
    word = czech.plural(overview.unknown, "obce", "obcí", "obcí")
    return f" U {overview.unknown} {word} hodnota není známa."


def _municipalities(number):
    return czech.count(number, "obec", "obce", "obcí")


def _have(number):
    return czech.plural(number, "má", "mají", "má")
