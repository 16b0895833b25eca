"""Charts of the index: the ruler, the dot strip and the bars of components.

They hold whole numbers and words only; the templates of components/ draw them. The axis of the
index runs from 0 to 30 points everywhere. Each value is a box `unit` wide, its middle is the
value, so a median between two whole values falls on the line between their boxes.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from common import czech
from municipalities.index import HIGHEST, points_text
from municipalities.shades import SHADES

EDGE = 4
"""Left and right of the axis, so that lines are not cut off."""


@dataclass(frozen=True)
class Size:
    """How large a chart is drawn: the wide one for screens and print, the narrow one for phones.

    `unit` is the width of a value, `strip` the height of the bands; up to `columns` dots stand
    side by side, `pitch` apart. `letter` is the width reserved for a letter of the labels.
    """

    css: str
    unit: int
    strip: int
    font: int
    letter: int
    pitch: int
    radius: int
    columns: int

    @property
    def width(self):
        return 2 * EDGE + self.unit * (HIGHEST + 1)

    @property
    def zone_font(self):
        """The labels of bands have less room than those beside marks."""
        return self.font if self.css == "wide" else 11

    @property
    def inset(self):
        """From the left edge of a band to its label."""
        return 8 if self.css == "wide" else 2

    def left(self, value):
        """Return where the box of a value begins."""
        return EDGE + self.unit * value

    def middle(self, value):
        """Return the middle of a value; of a median it may be half way between two."""
        return EDGE + round(self.unit * (value + 0.5))


WIDE = Size("wide", unit=40, strip=34, font=16, letter=9, pitch=8, radius=3, columns=4)
NARROW = Size("narrow", unit=12, strip=28, font=13, letter=7, pitch=6, radius=2, columns=2)
WIDE_DOTS = Size("wide", unit=40, strip=28, font=16, letter=9, pitch=14, radius=6, columns=2)
NARROW_DOTS = Size("narrow", unit=12, strip=22, font=13, letter=7, pitch=6, radius=2, columns=2)
# Hundreds of municipalities share a value.
WIDE_REGION = Size("wide", unit=40, strip=28, font=16, letter=9, pitch=6, radius=2, columns=6)
NARROW_REGION = Size("narrow", unit=12, strip=22, font=13, letter=7, pitch=3, radius=1, columns=4)
CELL_DOTS = Size("cell", unit=12, strip=8, font=0, letter=0, pitch=6, radius=2, columns=2)


class Zone(NamedTuple):
    """A band on the axis; `label` is empty where it would not fit."""

    css: str
    fill: str
    on: str
    x: int
    width: int
    label: str


class Text(NamedTuple):
    text: str
    x: int
    anchor: str


class Mark(NamedTuple):
    """A median: its place on the axis, the line its label stands on, the label."""

    x: int
    y: int
    label: Text


class Dots(NamedTuple):
    """The dots of one colour as one path."""

    css: str
    fill: str
    path: str


@dataclass(frozen=True)
class Ruler:
    """The value of one municipality among the others of its ORP (dots) and the medians."""

    size: Size
    title: str
    zones: tuple[Zone, ...]
    own: Text
    own_x: int
    dots: str
    marks: tuple[Mark, ...]

    TOP = 44
    """Where the bands begin; the own value stands above them."""

    @property
    def bottom(self):
        return self.TOP + self.size.strip

    @property
    def height(self):
        return max((mark.y for mark in self.marks), default=self.bottom) + 12

    @property
    def text_y(self):
        return self.TOP + self.size.strip // 2 + 5


def ruler(size, *, name, value, others, bands, medians):
    """Return the Ruler of a municipality with a known value.

    `others` are the known values of the other municipalities of its ORP, `medians` pairs of what
    they are medians of („ORP Kraslice“) and their value; unknown ones (None) are left out.
    """
    marks = [(of, median) for of, median in medians if median is not None]
    bottom = Ruler.TOP + size.strip
    dots, depth = _stacked(others, size)
    below = bottom + 8 + depth
    heard = ", ".join(f"medián {of} {points_text(median)}" for of, median in marks)
    return Ruler(
        size=size,
        title=", ".join(filter(None, [f"Stupnice 0 až 30: {name} {value}", heard])),
        zones=tuple(_zones(bands, size)),
        own=_centred(f"{name} {value}", size.middle(value), size, letter=size.letter + 3),
        own_x=size.middle(value),
        dots="".join(_dot(x, bottom + 8 + y, size.radius) for x, y in dots),
        marks=tuple(_marks(marks, below, size)),
    )


@dataclass(frozen=True)
class DotStrip:
    """The values of a territory: a dot for each municipality over its value, and the median."""

    size: Size
    title: str
    zones: tuple[Zone, ...]
    dots: tuple[Dots, ...]
    marks: tuple[Mark, ...]
    top: int

    @property
    def bottom(self):
        return self.top + self.size.strip

    @property
    def height(self):
        return max((mark.y for mark in self.marks), default=self.bottom) + 12

    @property
    def text_y(self):
        return self.top + self.size.strip // 2 + 5


def dot_strip(size, overview, *, name, medians=()):
    """Return the DotStrip of an Overview; `medians` as for the ruler."""
    marks = [(of, median) for of, median in medians if median is not None]
    dots, depth = _stacked(overview.values, size)
    top = depth + 4
    found = {}
    for (x, y), value in zip(dots, sorted(overview.values), strict=True):
        band = overview.band_by_value[value]
        found.setdefault(band, []).append(_dot(x, top - 4 - y, size.radius))
    below = top + size.strip + 8 if size.font else top + size.strip // 2 - 8
    return DotStrip(
        size=size,
        title=_heard(name, overview.values),
        zones=tuple(_zones(overview.bands, size)),
        dots=tuple(_dots(band, paths) for band, paths in found.items()),
        marks=tuple(_marks(marks, below, size)),
        top=top,
    )


def _heard(name, values):
    """„ORP Aš, počty obcí podle hodnoty: 1 bod 2, …“ for those who do not see the dots."""
    counts = sorted(Counter(values).items())
    read = ", ".join(f"{value} ({number}×)" for value, number in counts)
    return f"{name}, hodnoty obcí: {read}" if read else f"{name}, hodnoty nejsou známy"


def _stacked(values, size):
    """Return places of dots by ascending value, y from 0 away from the axis, and their depth."""
    places = []
    deepest = 0
    for value, number in sorted(Counter(values).items()):
        for n in range(number):
            row, column = divmod(n, size.columns)
            in_row = min(size.columns, number - row * size.columns)
            x = size.middle(value) + (2 * column - in_row + 1) * size.pitch // 2
            places.append((x, size.radius + row * size.pitch))
            deepest = max(deepest, (row + 1) * size.pitch)
    return places, deepest


def _dot(x, y, radius):
    r = radius
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


def _dots(band, paths):
    fill = SHADES[band.shade].fill if band else "none"
    return Dots(band.css if band else "", fill, "".join(paths))


def _zones(bands, size):
    for band in bands:
        width = size.unit * (band.upper - band.lower + 1)
        span = str(band.lower) if band.lower == band.upper else f"{band.lower}–{band.upper}"
        labels = [f"{band.word} {span}", span, ""] if size.css == "wide" else [span, ""]
        label = next(text for text in labels if len(text) * size.letter <= width)
        shade = SHADES[band.shade]
        yield Zone(band.css, shade.fill, shade.on, size.left(band.lower), width, label)


def _marks(medians, top, size):
    """Stand the labels one under another, the greatest value highest: the line that leads to a
    lower label then passes no other one."""
    ordered = sorted(medians, key=lambda pair: pair[1], reverse=True)
    for n, (of, median) in enumerate(ordered):
        x = size.middle(float(median))
        text = f"medián {of} {points_text(median)}" if size.font else ""
        yield Mark(x, top + 8 + n * (size.font + 8), _beside(text, x, size))


def _beside(text, x, size, gap=11):
    """Stand a text right of a mark, or left of it where it would not fit."""
    if x + gap + len(text) * size.letter > size.width:
        return Text(text, x - gap, "end")
    return Text(text, x + gap, "start")


def _centred(text, x, size, letter):
    """Stand a text over a place of the axis and within the picture."""
    half = len(text) * letter // 2
    if x < half:
        return Text(text, EDGE, "start")
    if x + half > size.width:
        return Text(text, size.width - EDGE, "end")
    return Text(text, x, "middle")


# Components

TIMES = 80
"""The width of one national share on the axis of components."""

LONGEST = 4
"""A bar ends at this multiple of the national share; a longer one is cut and says its number."""


WITHHELD = {
    "masked": "méně než 5, neuvádí se",
    "borrowed": "převzato odjinud",
    "unknown": "nelze srovnat",
}
"""What stands in place of a bar."""


class Bar(NamedTuple):
    """One component on the axis of multiples of the national share.

    `state` is „known“, „masked“, „borrowed“ or „unknown“. Only a known one has a length: that of
    a bar can be measured, so it is as much an output as a number.
    """

    state: str
    title: str
    length: int = 0
    is_cut: bool = False
    times: str = ""
    region_x: int | None = None

    @property
    def is_known(self):
        return self.state == "known"

    @property
    def is_borrowed(self):
        return self.state == "borrowed"

    @property
    def words(self):
        return WITHHELD.get(self.state, "")


def component_bar(line):
    """Return the Bar of a ComponentLine; what is withheld there is not known here either."""
    if line.times is None:
        state = "masked" if line.is_masked else "borrowed" if line.is_borrowed else "unknown"
        return Bar(state, f"{line.name}: {WITHHELD[state]}")
    region = line.region_times
    heard = f"{line.name}: {_times(line.times)}násobek podílu v Česku"
    return Bar(
        state="known",
        title=heard if region is None else f"{heard}, kraj {_times(region)}násobek",
        length=max(round(min(line.times, Decimal(LONGEST)) * TIMES), 2),
        is_cut=line.times > LONGEST,
        times=f"{_times(line.times)}×",
        region_x=None if region is None else round(min(region, Decimal(LONGEST)) * TIMES),
    )


def _times(number):
    return czech.decimal(number, 1)
