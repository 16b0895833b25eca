"""National and regional shares of the components, worked out of the counts of an official file."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import quantiles

from municipalities.models import Component

REGIONS = 14
NATION_FROM = 6_200
"""A file with every region and no fewer municipalities than this is the whole nation."""
WHOLE_FROM = 0.95
"""Municipalities come and go, but a file with fewer of those a region has is a part of it."""


@dataclass(frozen=True)
class Share:
    """The share of a component in a territory, in %, and the nation's 90th percentile."""

    share: float
    percentile_90: float | None = None


def whole_regions(file, known):
    """Return the codes of regions the file holds whole; `known` are the codes of municipalities
    the portal has by the code of their region. A region without any is new, and taken as whole."""
    here = defaultdict(set)
    for row in file.rows.values():
        here[row.region].add(row.code)
    return {
        region
        for region, codes in here.items()
        if len(codes & known.get(region, codes)) >= WHOLE_FROM * len(known.get(region, codes))
    }


def is_whole_nation(file, whole):
    """Say whether a file is the whole nation, given the regions it holds whole."""
    regions = file.places.regions
    return len(regions) >= REGIONS and len(file.rows) >= NATION_FROM and set(regions) == whole


def shares(file, whole):
    """Return the Share of each (region code, component); the region is None for the nation.

    Only of whole territories: Σ counts / Σ bases, of the municipalities with a number of their
    own, masked ones too. The percentile is that of the shares of municipalities, unrounded.
    """
    found = {}
    is_nation = is_whole_nation(file, whole)
    rows = [row for row in file.rows.values() if row.region in whole]
    for place, component in enumerate(Component):
        sums, own = defaultdict(lambda: [0.0, 0.0]), []
        for row in rows:
            count, base = row.exact[place]
            if base:
                own.append(count / base * 100)
                for key in (row.region, None):
                    sums[key][0] += count
                    sums[key][1] += base
        if not is_nation:
            sums.pop(None, None)
        for region, (count, base) in sums.items():
            percentile = round(quantiles(own, n=10)[8], 4) if region is None else None
            found[region, component.value] = Share(round(count / base * 100, 4), percentile)
    return found
