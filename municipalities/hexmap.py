"""The map of a region as hexagons: one municipality each, its index or the share of a component as
a number inside.

What the picture is made of is joined into a few strings, because a page holds hundreds of
hexagons. The geometry depends on the cells alone and is remembered for them.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import czech
from municipalities.hexgrid import HALF, QUARTER, Cell, Point, centre, hexagon, outline
from municipalities.hexlabels import LETTER, Label, place_labels
from municipalities.index import band_of
from municipalities.models.index import ValueState
from municipalities.rows import IndexRow
from municipalities.shades import MUTED, PAPER, SHADES
from municipalities.shares import number, percent

RIM = (24, 14)
"""Half the width and a quarter of the height of the line inside a hexagon."""

CORE = (16, 9)
"""The same of the plain middle of a hatched hexagon, which keeps its number legible."""

EMPTY = (23, 13)
"""The same of a hexagon without data."""

BASELINE = 7
"""From the middle of a line of numbers down to its baseline."""

MARGIN = 6

NO_DATA = "nodata"
NOT_CHOSEN = "off"
LENT = "lent"
"""Hatched all over and without a number: the share itself is borrowed."""

NO_SHARE = {
    ValueState.MASKED: "méně než 5 případů, podíl se neuvádí",
    ValueState.BORROWED: "podíl převzat odjinud, číslo zveřejněno není",
}
AREA = "vojenský újezd, nezapočítává se"

LINK = (
    '<a href="{}" class="{}" data-q="{}" data-r="{}" tabindex="{}"><title>{}</title><path d="{}"/>'
)
NUMBER = '<text x="{}" y="{}" fill="{}">{}</text>'


class Paint(NamedTuple):
    """How the value of a municipality is shown: the class and the step of its colour, the number
    inside, its words, and whether it is hatched."""

    look: str
    shade: int | None
    number: str
    words: str
    is_hatched: bool = False


class Hexagon(NamedTuple):
    """One municipality in the map; `look` is the class of its colour, „off“, „lent“ or „nodata“."""

    row: IndexRow
    cell: Cell
    paint: Paint
    look: str
    title: str

    @property
    def number_fill(self):
        return SHADES[self.paint.shade].on if self.look == self.paint.look else MUTED


class Layer(NamedTuple):
    """Hexagons that look alike: their fill, and the paths of all, of the hatched, their cores."""

    look: str
    fill: str
    everything: str
    hatched: str
    cores: str


@dataclass(frozen=True)
class Layout:
    """What depends on the cells alone: the size of the picture, borders and names of its parts."""

    view_box: str
    borders: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class HexMap:
    """A map ready to be drawn by components/hex_map.html."""

    number: int
    layout: Layout
    layers: tuple[Layer, ...]
    rims: str
    empty: str
    links: SafeString
    what: str
    shades = SHADES

    @property
    def label(self):
        places = czech.count(self.number, "území", "území", "území")
        return f"Mapa z šestiúhelníků: {places}, v každém jeho {self.what}. Totéž je v tabulce."


def hex_map(overview, chosen=None, *, aside=", mimo výběr", scale=None):
    """Return the HexMap of an Overview, or None where no municipality has a cell.

    `chosen` are the codes of municipalities drawn in the colour of their band (None: all); the
    others keep number and link, and `aside` is said of them. With a `scale` the shares of its
    component are shown in place of the index. What is unknown, masked or not counted has dots and
    no number.
    """
    rows = (*overview.municipalities, *overview.military_areas)
    chosen = None if chosen is None else frozenset(chosen)
    return _drawn(rows, scale or overview.bands, chosen, aside)


@lru_cache(maxsize=32)
def _drawn(rows, bands, chosen, aside):
    """Return the HexMap of rows by bands, or by a Scale; it depends on nothing but its
    arguments."""
    rows = sorted((row for row in rows if row.hex_q is not None), key=_reading_order)
    if not rows:
        return None
    found = painted(rows, bands, chosen, aside)
    known = [one.cell for one in found if one.look != NO_DATA]
    return HexMap(
        number=len(found),
        layout=layout(tuple((one.row.orp.name, one.cell) for one in found)),
        layers=tuple(_layers(found)),
        rims="".join(hexagon(cell, *RIM) for cell in known),
        empty="".join(hexagon(one.cell, *EMPTY) for one in found if one.look == NO_DATA),
        # The first one is the map's only tab stop; the script moves it.
        links=SafeString("".join(_link(one, -1 if n else 0) for n, one in enumerate(found))),
        what=what(bands),
    )


def painted(rows, bands, chosen, aside):
    """Return a Hexagon for each of the rows, whatever picture it will stand in."""
    names = Counter(row.name for row in rows)
    paint = _by_index if isinstance(bands, tuple) else _by_share
    return [
        _hexagon(row, paint(row, bands), names[row.name] > 1, _aside(row, chosen, aside))
        for row in rows
    ]


def what(bands):
    """Return what a number in the map says: the index, or the share of a Scale."""
    return "index" if isinstance(bands, tuple) else f"podíl v procentech, {bands.name}"


def _reading_order(row):
    """From the north to the south, in a row from the west to the east."""
    return -row.hex_r, row.hex_q


def _aside(row, chosen, aside):
    """What is said of a municipality that is not chosen; None for one that is."""
    return None if chosen is None or row.code in chosen else aside


def _by_index(row, bands):
    """Return the Paint of a municipality by its index."""
    band = band_of(row.index_value, bands)
    if band is None:
        return Paint(NO_DATA, None, "", "hodnota neznámá")
    borrowed = ", složka vzdělávání převzata" if row.is_borrowed else ""
    words = f"{row.index_value}, {band.word}{borrowed}"
    return Paint(band.css, band.shade, str(row.index_value), words, row.is_borrowed)


def _by_share(row, scale):
    """Return the Paint of a municipality by the share of a component; a withheld one has neither
    colour nor number."""
    found = scale.class_of(row.share)
    if found is None:
        is_lent = row.share_state == ValueState.BORROWED
        words = NO_SHARE.get(row.share_state, "podíl neznámý")
        return Paint(LENT if is_lent else NO_DATA, None, "", words, is_lent)
    words = f"{percent(row.share)}, {found.word}"
    return Paint(found.css, found.shade, number(row.share), words)


def _hexagon(row, paint, is_namesake, aside):
    name = f"{row.name} (ORP {row.orp.name})" if is_namesake else row.name
    cell = Cell(row.hex_q, row.hex_r)
    if not row.is_counted:
        paint, aside = Paint(NO_DATA, None, "", AREA), None
    if paint.look == NO_DATA:
        return Hexagon(row, cell, paint, NO_DATA, f"{name}: {paint.words}")
    look = paint.look if aside is None else NOT_CHOSEN
    return Hexagon(row, cell, paint, look, f"{name}: {paint.words}{aside or ''}")


def _layers(found):
    """Return a Layer for each look among the hexagons that have a value."""
    looks = {}
    for one in found:
        if one.look != NO_DATA:
            looks.setdefault(one.look, []).append(one)
    for look, alike in sorted(looks.items()):
        hatched = [one.cell for one in alike if one.paint.is_hatched and look != NOT_CHOSEN]
        cores = [] if look == LENT else hatched  # there is no number to be kept legible
        yield Layer(
            look=look,
            fill=PAPER if look in (NOT_CHOSEN, LENT) else SHADES[alike[0].paint.shade].fill,
            everything="".join(hexagon(one.cell) for one in alike),
            hatched="".join(map(hexagon, hatched)),
            cores="".join(hexagon(cell, *CORE) for cell in cores),
        )


def _link(one, tab):
    """Return the link of a hexagon."""
    x, y = centre(one.cell)
    link = format_html(LINK, one.row.url, one.look, *one.cell, tab, one.title, hexagon(one.cell))
    if not one.paint.number:
        return format_html("{}</a>", link)
    text = format_html(NUMBER, x, y + BASELINE, one.number_fill, one.paint.number)
    return format_html("{}{}</a>", link, text)


@lru_cache(maxsize=16)
def layout(places):
    """Return the Layout of pairs of the name of a part (an ORP) and a cell."""
    parts = {}
    for name, cell in places:
        parts.setdefault(name, []).append(cell)
    labels = tuple(place_labels(list(parts.items())))
    return Layout(
        view_box=_view_box([centre(cell) for _, cell in places], labels),
        borders="".join(outline(cells) for cells in parts.values()),
        labels=labels,
    )


def _view_box(centres, labels):
    """Return the box around all hexagons and names, with a margin."""
    spans = {"start": (0, 1), "middle": (-0.5, 0.5), "end": (-1, 0)}
    lines = [(label, LETTER * len(label.name)) for label in labels]
    xs = [Point(x - HALF, x + HALF) for x, _ in centres]
    xs += [
        Point(*(round(label.x + part * width) for part in spans[label.anchor]))
        for label, width in lines
    ]
    ys = [Point(y - 2 * QUARTER, y + 2 * QUARTER) for _, y in centres]
    ys += [Point(label.y - QUARTER, label.y + QUARTER) for label in labels]
    left, top = (min(near for near, _ in span) - MARGIN for span in (xs, ys))
    width = max(far for _, far in xs) + MARGIN - left
    height = max(far for _, far in ys) + MARGIN - top
    return f"{left} {top} {width} {height}"
