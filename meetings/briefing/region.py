"""The index of the region: its newest edition, its bands over the years, and what they hide."""

from common import czech
from meetings.content import BandSaid, PlaceSaid, RegionSaid
from municipalities.overview import published_years
from municipalities.querysets import editions, for_list, published_counts, read_overview, tallies
from municipalities.sentences import finding
from municipalities.years import years


def newest_edition(region, on):
    """Return the newest edition of the index there can have been by a day, or None."""
    return editions(region).filter(year__lte=on.year).first()


def region_said(region, edition):
    """Return the RegionSaid of a region in an edition, None without one. Four queries."""
    if edition is None:
        return None
    whole = read_overview(for_list(region, edition))
    published = published_years(published_counts(region).filter(region=region))
    known = years(tallies(region).filter(edition__year__lte=edition.year), whole.bands, published)
    over_years = [one for one in reversed(known.all) if one.year <= edition.year]
    return RegionSaid(
        year=edition.year,
        source=edition.source.rstrip("."),
        sentence=czech.plain(str(finding(whole))),
        years=tuple(one.year for one in over_years),
        bands=tuple(_band(band, over_years) for band in whole.bands),
        places=tuple(_place(row) for row in (*whole.municipalities, *whole.military_areas)),
        notes=tuple(czech.plain(note) for note in _notes(whole, over_years)),
    )


def _band(band, over_years):
    return BandSaid(
        lower=band.lower,
        points=czech.plain(band.range),
        name=band.name,
        numbers=tuple(one.numbers.get(band.lower) for one in over_years),
    )


def _place(row):
    return PlaceSaid(
        code=row.code,
        name=row.name,
        orp=row.orp.name,
        value=row.index_value if row.is_counted else None,
        is_borrowed=row.is_borrowed,
        is_counted=row.is_counted,
        hex_q=row.hex_q,
        hex_r=row.hex_r,
    )


def _notes(whole, over_years):
    """Yield what the numbers do not say."""
    yield "Sčítají se obce, ne obyvatelé."
    for row in whole.military_areas:
        yield f"{row.name}: vojenský újezd, nezapočítává se."
    if whole.unknown:
        yield f"U {_places(whole.unknown)} hodnota není známa."
    if whole.borrowed:
        borrowed = f"{_places(whole.borrowed)} {czech.z_ze(whole.number)} {whole.number}"
        yield f"U {borrowed} je složka vzdělávání převzata od obce se školou nejblíž."
    for one in over_years:
        if not one.is_counted:
            note = f" {one.note}" if one.note else ""
            yield f"Rok {one.year}: zveřejněné součty, {one.source}.{note}"
    if len(over_years) > 1:
        yield "Z rozdílu dvou let se trend neurčuje."


def _places(number):
    return czech.count(number, "obce", "obcí", "obcí")
