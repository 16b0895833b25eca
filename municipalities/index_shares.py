"""National and regional shares of the components, worked out of the counts of an official file."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import quantiles

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
    found = {
        (region, component): Share(round(count / base * 100, 4))
        for (region, component), (count, base) in file.sums.items()
        if region in whole
    }
    if is_whole_nation(file, whole):
        for component, own in file.own_shares.items():
            if len(own) < 2:
                # Nobody has a number, or one alone: no share of a nation.
                continue
            parts = [sums for (_, name), sums in file.sums.items() if name == component]
            count, base = map(sum, zip(*parts, strict=True))
            high = round(quantiles(own, n=10)[8], 4)
            found[None, component] = Share(round(count / base * 100, 4), high)
    return found
