"""The region in the report: its map as a picture, its bands over the years."""

import re
from functools import cache
from math import ceil

from django.template.loader import render_to_string

from common import czech
from meetings.report import words
from municipalities.hexgrid import HALF, QUARTER, Cell, centre, hexagon, outline
from municipalities.index import band_of
from municipalities.shades import SHADES

RIM = (24, 14)
"""Half the width and a quarter of the height of a hexagon's line."""

PITCH = 11
"""Between two lines of the hatch, along a row."""

LETTER = 0.52
"""How wide a letter is, in parts of its size."""

NAME = 10
"""The size of the name of a seat; a long one is set smaller."""


def region_told(region):
    """Return the display object of a RegionSaid, None without one."""
    if region is None:
        return None
    bars = _bars(region)
    # The finding is the headline; what follows it in the sentence stands below.
    finding, *rest = re.split(r"(?<=\D\.) (?=[^\W\d_a-z])", region.sentence, maxsplit=1)
    return {
        "heading": finding.rstrip(".") or "Index sociálního vyloučení v kraji",
        "rest": "".join(rest),
        "year": str(region.year),
        "source": region.source,
        "svg": picture(region),
        "map_told": words.map_told(region),
        "has_borrowed": any(one.is_borrowed for one in region.places),
        "has_uncounted": any(not one.is_counted for one in region.places),
        "years": [str(year) for year in region.years],
        "bands": [_band(band, shade) for shade, band in _shaded(region)],
        "bars": [{"year": year, "numbers": numbers} for year, numbers in bars],
        "bars_told": words.bars_told(region, bars),
        "high_heading": _high_heading(region),
        "high": _high(region),
        "notes": " ".join(region.notes),
    }


def _bars(region):
    """The numbers of the years in which each band has one."""
    return [
        (str(year), [band.numbers[n] for band in region.bands])
        for n, year in enumerate(region.years)
        if all(band.numbers[n] is not None for band in region.bands)
    ]


def _shaded(region):
    return [(min(n, len(SHADES)), band) for n, band in enumerate(region.bands, 1)]


def _band(band, shade):
    return {
        "shade": shade,
        "points": band.points,
        "name": band.name,
        "numbers": ["" if one is None else czech.integer(one) for one in band.numbers],
        "difference": words.difference(band.numbers),
    }


def _high_heading(region):
    lowest = region.bands[-1].lower if region.bands else 0
    return f"Obce s hodnotou {lowest} a více, abecedně"


def _high(region):
    """The municipalities of the highest band, by the alphabet."""
    if not region.bands:
        return []
    lowest = region.bands[-1].lower
    found = [one for one in region.places if one.value is not None and one.value >= lowest]
    return [
        {"name": one.name, "value": str(one.value), "is_borrowed": one.is_borrowed}
        for one in sorted(found, key=lambda one: (czech.sort_key(one.name), one.code))
    ]


# The map


def picture(region):
    """Return the map as SVG, "" where no municipality has a cell."""
    placed = [(Cell(one.hex_q, one.hex_r), one) for one in region.places if one.hex_q is not None]
    if not placed:
        return ""
    shades = {band.lower: shade for shade, band in _shaded(region)}
    known, empty = [], []
    for cell, place in sorted(placed, key=lambda pair: (-pair[0].r, pair[0].q)):
        band = band_of(place.value, region.bands) if place.is_counted else None
        (known if band else empty).append((cell, place, band and shades[band.lower]))
    parts = {}
    for cell, place in placed:
        parts.setdefault(place.orp, []).append(cell)
    context = {
        "view_box": _view_box([centre(cell) for cell, _ in placed]),
        "layers": [_layer(shade, known) for shade in SHADES],
        "empty": "".join(hexagon(cell, *RIM) for cell, _, _ in empty),
        "dots": "".join(_dots(cell) for cell, _, _ in empty),
        "borders": "".join(outline(cells) for cells in parts.values()),
        "texts": [text for one in known for text in _texts(*one)],
    }
    return render_to_string("meetings/report_map.svg", context).strip()


def _layer(shade, known):
    """The municipalities of a shade: their hexagons, the hatch, and plain middles over it."""
    alike = [(cell, place) for cell, place, own in known if own == shade]
    hatched = [cell for cell, place in alike if place.is_borrowed]
    return {
        "fill": SHADES[shade].fill,
        "hatch": SHADES[shade].hatch,
        "faces": "".join(hexagon(cell, *RIM) for cell, _ in alike),
        "lines": "".join(_hatch(cell) for cell in hatched),
        "cores": "".join(hexagon(cell, 15, 8) for cell in hatched),
    }


def _texts(cell, place, shade):
    """The number in a hexagon, and the name of a seat of its ORP under it."""
    x, y = centre(cell)
    on = SHADES[shade].on
    lines = _lines(place.name) if place.name == place.orp else []
    value = str(place.value)
    yield {
        "x": x,
        "y": y + 7 - 5 * len(lines),
        "size": "21",
        "weight": 600,
        "on": on,
        "text": value,
    }
    for n, line in enumerate(lines):
        size = f"{min(NAME, (2 * HALF - 6) / (LETTER * len(line))):.1f}"
        below = y + 12 - 4 * (len(lines) - 1) + 9 * n
        yield {"x": x, "y": below, "size": size, "weight": 400, "on": on, "text": line}


def _lines(name):
    """A name in at most two lines."""
    parts = name.split()
    half = ceil(len(parts) / 2)
    return [" ".join(one) for one in (parts[:half], parts[half:]) if one]


def _dots(cell):
    x, y = centre(cell)
    return "".join(f"M{x + i} {y + k}h0" for i in (-12, 0, 12) for k in (-12, 0, 12))


@cache
def _hatch_lines():
    """The lines of the hatch in a hexagon around 0, 0: pairs of their ends."""
    half, quarter = RIM[0] - 1, RIM[1] - 1
    found = []
    for n in range(-4, 5):
        inside = [
            (x, n * PITCH - x)
            for x in range(-half, half + 1)
            if abs(n * PITCH - x) <= 2 * quarter - abs(x) * quarter / half
        ]
        if len(inside) > 1:
            found.append((inside[0], inside[-1]))
    return found


def _hatch(cell):
    x, y = centre(cell)
    return "".join(f"M{x + a} {y + b}L{x + c} {y + d}" for (a, b), (c, d) in _hatch_lines())


def _view_box(centres):
    xs, ys = zip(*centres, strict=True)
    left, top = min(xs) - HALF - 4, min(ys) - 2 * QUARTER - 4
    width, height = max(xs) + HALF + 4 - left, max(ys) + 2 * QUARTER + 4 - top
    return f"{left} {top} {width} {height}"
