"""The index of one municipality over editions: its trend in words and its chart.

Whole numbers and words only; components/development.html draws them. The axis runs from 0 to 30
points, years stand as far apart as they are: an edition that does not exist leaves a gap, and so
does one without a value. Published totals of bands are no values of a municipality.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from common import czech
from municipalities.charts import Text
from municipalities.index import HIGHEST, Band
from municipalities.shades import SHADES
from municipalities.trend import EDITIONS, Trend, trend

TOP = 4
"""Above the axis, so that lines are not cut off."""


@dataclass(frozen=True)
class EditionValue:
    """The index of a municipality in one edition; None is an unknown value, never zero."""

    year: int
    value: int | None
    band: Band | None


def trend_text(history):
    """Say where the index goes and what that was made of, or that it cannot be told: „Index roste
    – zhoršuje se. Průměr vydání 2022 a 2023 je 12,5, vydání 2020 a 2021 byl 9,5.“

    `history` are EditionValues, the oldest first.
    """
    found = trend({one.year: one.value for one in history})
    if found == Trend.UNKNOWN:
        return czech.typography(
            f"Vývoj nelze určit: v některém z posledních {EDITIONS} vydání hodnota obce není."
        )
    *before, third, fourth = history[-EDITIONS:]
    now, then = _mean(third, fourth), _mean(*before)
    means = f"Průměr vydání {third.year} a {fourth.year} je {now}"
    earlier = f"vydání {' a '.join(str(one.year) for one in before)} byl {then}"
    return czech.typography(f"{found.sentence}. {means}, {earlier}.")


def _mean(one, other):
    return czech.decimal((one.value + other.value) / 2, 1)


@dataclass(frozen=True)
class Frame:
    """How large the chart is drawn. `unit` is the height of one point of the index, `left` the room
    for the names of bands, `pad` that beside the first and the last year."""

    css: str
    width: int
    unit: int
    left: int
    pad: int
    font: int
    tag_width: int

    @property
    def bottom(self):
        return TOP + self.unit * (HIGHEST + 1)

    @property
    def height(self):
        return self.bottom + 2 * self.font + 14

    @property
    def year_y(self):
        return self.bottom + self.font + 6

    @property
    def note_y(self):
        return self.year_y + self.font + 2

    def middle(self, value):
        """Return the height of a value: the middle of its box."""
        return TOP + self.unit * (HIGHEST - value) + self.unit // 2


WIDE = Frame("wide", width=760, unit=9, left=164, pad=44, font=14, tag_width=34)
NARROW = Frame("narrow", width=344, unit=9, left=62, pad=22, font=12, tag_width=28)


class Strip(NamedTuple):
    """A band behind the line; `label` is empty where it would not fit."""

    css: str
    fill: str
    on: str
    y: int
    height: int
    text_y: int
    label: str


class Tag(NamedTuple):
    """A known value: its number in a small box on the line."""

    x: int
    y: int
    left: int
    top: int
    text: str


class Year(NamedTuple):
    """A year under the axis, and why it has no value."""

    year: Text
    note: str


@dataclass(frozen=True)
class Development:
    frame: Frame
    title: str
    strips: tuple[Strip, ...]
    line: str
    tags: tuple[Tag, ...]
    years: tuple[Year, ...]

    TAG_HEIGHT = 20


def development(frame, *, name, values, bands):
    """Return the Development of a municipality from its EditionValues, at least two of them."""
    by_year = {one.year: one.value for one in values}
    first, last = min(by_year), max(by_year)
    step = (frame.width - frame.left - 2 * frame.pad) / max(last - first, 1)
    places = {
        year: round(frame.left + frame.pad + step * (year - first))
        for year in range(first, last + 1)
    }
    known = {year: value for year, value in by_year.items() if value is not None}
    return Development(
        frame=frame,
        title=_heard(name, by_year),
        strips=tuple(_strips(bands, frame)),
        line=_line(known, places, frame),
        tags=tuple(_tag(places[year], value, frame) for year, value in sorted(known.items())),
        years=tuple(_year(year, x, by_year, frame) for year, x in places.items()),
    )


def _heard(name, by_year):
    """„Index obce Cheb podle vydání: 2021 4, 2023 14“ for those who do not see the line."""
    read = ", ".join(
        f"{year} {'hodnota neznámá' if value is None else value}"
        for year, value in sorted(by_year.items())
    )
    return f"{name}, index podle vydání na stupnici 0 až 30: {read}"


def _strips(bands, frame):
    for band in bands:
        shade = SHADES[band.shade]
        y = TOP + frame.unit * (HIGHEST - band.upper)
        height = frame.unit * (band.upper - band.lower + 1)
        span = str(band.lower) if band.lower == band.upper else f"{band.lower}–{band.upper}"
        label = f"{band.word} {span}" if frame.css == "wide" else span
        fits = height > frame.font and len(label) * frame.font * 0.55 < frame.left
        label = label if fits else span if height > frame.font else ""
        text_y = y + height // 2 + frame.font // 2 - 1
        yield Strip(band.css, shade.fill, shade.on, y, height, text_y, label)


def _line(known, places, frame):
    """Return the path through the values of years that follow each other."""
    path = []
    for year, following in pairwise(sorted(known)):
        if following == year + 1:
            start, end = (f"{places[one]} {frame.middle(known[one])}" for one in (year, following))
            path.append(f"M{start}L{end}")
    return "".join(path)


def _tag(x, value, frame):
    y = frame.middle(value)
    top = min(max(y - Development.TAG_HEIGHT // 2, 1), frame.bottom - Development.TAG_HEIGHT)
    return Tag(x, top + 15, x - frame.tag_width // 2, top, str(value))


def _year(year, x, by_year, frame):
    note = "" if by_year.get(year) is not None else "neznámá" if year in by_year else "bez vydání"
    if frame.css == "narrow" and note:
        note = "–"
    return Year(Text(str(year), x, "middle"), note)
