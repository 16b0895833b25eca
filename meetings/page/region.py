"""The region on the page: its map drawn from what the briefing says, and its bands over years."""

from dataclasses import dataclass
from types import SimpleNamespace

from common import czech
from meetings.content import RegionSaid
from meetings.report import words
from municipalities.hexmap import HexMap, hex_map
from municipalities.index import HIGHEST, Band, band_of
from municipalities.models.territory import MunicipalityKind
from municipalities.rows import IndexRow, OrpRow


@dataclass(frozen=True)
class BandLine:
    """A band with how many municipalities it had in each year; `change` over all of them."""

    css: str
    points: str
    name: str
    numbers: tuple[str, ...]
    change: str


@dataclass(frozen=True)
class Place:
    """A municipality with its value in words; `css` is the class of its band, empty without one."""

    name: str
    orp: str
    url: str
    value: str
    css: str
    is_borrowed: bool


@dataclass(frozen=True)
class Region:
    """The index of the region; `map` is None where no municipality has a cell."""

    heading: str
    year: int
    source: str
    years: tuple[int, ...]
    bands: tuple[BandLine, ...]
    has_changes: bool
    map: HexMap | None
    has_borrowed: bool
    places: tuple[Place, ...]
    notes: tuple[str, ...]


def region_of(said: RegionSaid | None):
    """Return the Region of what a briefing says, None where it says nothing."""
    if said is None:
        return None
    bands = _bands(said)
    lines = tuple(_line(band, own) for band, own in zip(bands, said.bands, strict=True))
    rows = sorted(map(_row, said.places), key=lambda row: (czech.sort_key(row.name), row.code))
    # The map takes what all maps take: the rows and the bands of an overview.
    overview = SimpleNamespace(municipalities=rows, military_areas=(), bands=bands)
    return Region(
        heading=said.sentence.rstrip(".") or "Index sociálního vyloučení v kraji",
        year=said.year,
        source=said.source,
        years=said.years,
        bands=lines,
        has_changes=any(line.change for line in lines),
        map=hex_map(overview),
        has_borrowed=any(row.is_borrowed for row in rows),
        places=tuple(_place(row, bands) for row in rows),
        notes=said.notes,
    )


def _bands(said):
    lowers = [band.lower for band in said.bands]
    uppers = [*(lower - 1 for lower in lowers[1:]), HIGHEST]
    return tuple(
        Band(band.lower, upper, band.name, "", step)
        for step, (band, upper) in enumerate(zip(said.bands, uppers, strict=True), start=1)
    )


def _line(band, said):
    numbers = tuple("neznámo" if one is None else czech.integer(one) for one in said.numbers)
    return BandLine(band.css, said.points, said.name, numbers, words.difference(said.numbers))


def _place(row, bands):
    band = band_of(row.index_value, bands) if row.is_counted else None
    unknown = "neznámo" if row.is_counted else "nezapočítává se"
    value = str(row.index_value) if band else unknown
    return Place(row.name, row.orp.name, row.url, value, band.css if band else "", row.is_borrowed)


def _row(place):
    kind = MunicipalityKind.MUNICIPALITY if place.is_counted else MunicipalityKind.MILITARY_AREA
    orp = OrpRow("", place.orp, czech.sort_key(place.orp), czech.search_key(place.orp))
    return IndexRow(
        code=place.code,
        name=place.name,
        search_key=czech.search_key(place.name),
        kind=kind,
        population=None,
        population_date=None,
        index_value=place.value,
        is_borrowed=place.is_borrowed,
        hex_q=place.hex_q,
        hex_r=place.hex_r,
        boundary=None,
        orp=orp,
    )
