"""The line of an indicator's values in time: ready coordinates for an inline SVG.

Time runs evenly, so years without a value leave a gap as wide as they are. A line joins two values
only where the period of one follows right after the other's: what lies between is not known. With
a target a value stands at the end of its period, the day it is judged for, and a dashed line leads
from the base to the target; interim targets make steps of it, as the rule of progress reads them.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from common import czech
from common.units import amount, places_of
from indicators import wording

WIDTH, HEIGHT = 344, 176
LEFT, RIGHT, TOP, BOTTOM = 46, 338, 12, 140
TICK = LEFT - 6
PERIODS = BOTTOM + 20
HALF_LETTER = 4
INSET = 30
HEADROOM = Decimal("1.25")
LABELLED = 6
"""With more values than this only the first and the last one carry their number."""

APART = 52
"""Numbers closer than this would run into each other: the newer one is written."""


@dataclass(frozen=True)
class Point:
    """One value: where it stands, what it says, and whether that is written beside it."""

    x: int
    y: int
    number: str
    period: str
    is_labelled: bool
    is_hollow: bool

    @property
    def label_y(self):
        return self.y - 11


@dataclass(frozen=True)
class Goal:
    """The target: its mark, what it says, and the ends of the lines that lead to it."""

    x: int
    y: int
    number: str
    period: str
    lines: list
    is_below: bool

    @property
    def mark(self):
        """The corners of its diamond."""
        x, y, half = self.x, self.y, 6
        return f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"

    @property
    def label_y(self):
        """The number stands where the line does not come from."""
        return self.y + 20 if self.is_below else self.y - 11


@dataclass(frozen=True)
class Chart:
    """The values of an indicator in one territory, oldest first; `lines` join some of them."""

    points: list
    lines: list
    goal: Goal | None
    lowest: str
    highest: str
    description: str
    caption: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    tick_x: int = TICK
    tick_top: int = TOP + HALF_LETTER
    tick_bottom: int = BOTTOM + HALF_LETTER
    period_y: int = PERIODS


@dataclass(frozen=True)
class _Axes:
    """From days and numbers to coordinates."""

    first: float
    last: float
    bottom: Decimal
    top: Decimal

    def x(self, day):
        share = (day - self.first) / ((self.last - self.first) or 1)
        return round(LEFT + INSET + share * (RIGHT - LEFT - 2 * INSET))

    def y(self, number):
        return _y(number, self.bottom, self.top)


def chart(indicator, observations, task=None):
    """Return the Chart of observations with a period, in the order of time; None below two, or
    without one beside a target.

    `task` is the Task of the indicator (indicators.progress) where its target is to be shown. The
    vertical axis starts at zero, or lower if a value does; what is uncertain or only an estimate
    is drawn hollow.
    """
    dated = [row for row in observations if row.period_start is not None]
    goal = task and task.base is not None and task.goal
    if len(dated) < (1 if goal else 2):
        return None
    way = [(task.base_date, task.base), *sorted(task.targets)] if goal else []
    day = _end if goal else _middle
    axes = _axes([(day(row), row.amount) for row in dated] + [(d.toordinal(), n) for d, n in way])
    goal_x = axes.x(way[-1][0].toordinal()) if way else None
    shown = _labelled([axes.x(day(row)) for row in dated], goal_x)
    points = [
        _point(row, indicator, axes, day, number in shown) for number, row in enumerate(dated)
    ]
    lines = [
        ends
        for (one, other), ends in zip(pairwise(dated), pairwise(points), strict=True)
        if one.period_end + timedelta(days=1) == other.period_start
    ]
    return Chart(
        points=points,
        lines=lines,
        goal=_goal(indicator, way, axes) if goal else None,
        lowest=czech.decimal(axes.bottom, places_of(axes.bottom)),
        highest=czech.decimal(axes.top, places_of(axes.top)),
        description=_description(indicator, dated, way),
        caption=_caption(points, lines, indicator, way),
    )


def _axes(places):
    days, numbers = zip(*places, strict=True)
    top = _round_top(max(numbers) * HEADROOM)
    return _Axes(min(days), max(days), min(Decimal(0), *numbers), top)


def _labelled(places, goal):
    """Return the order numbers of the values that carry their number, the newest first of all."""
    last = len(places) - 1
    wanted = range(last, -1, -1) if len(places) <= LABELLED else (last, 0)
    shown, taken = [], [] if goal is None else [goal]
    for number in wanted:
        if number == last or all(abs(places[number] - x) >= APART for x in taken):
            shown.append(number)
            taken.append(places[number])
    return shown


def _point(row, indicator, axes, day, is_labelled):
    return Point(
        x=axes.x(day(row)),
        y=axes.y(row.amount),
        number=amount(row.amount, indicator.unit, indicator.decimals),
        period=wording.short_period(row),
        is_labelled=is_labelled,
        is_hollow=row.is_uncertain or bool(wording.qualifier_meaning(row)),
    )


def _goal(indicator, way, axes):
    """The way from the base to the target: straight, or with interim targets in steps."""
    corners = [(axes.x(day.toordinal()), axes.y(number)) for day, number in way]
    if len(corners) > 2:
        level = [corners[0]]
        for x, y in corners[1:]:
            level += [(x, level[-1][1]), (x, y)]
        corners = level
    day, number = way[-1]
    return Goal(
        *corners[-1],
        number=amount(number, indicator.unit, indicator.decimals),
        period=f"cíl {day.year}",
        lines=[(*one, *other) for one, other in pairwise(corners) if one != other],
        is_below=number < way[0][1] and corners[-1][1] < BOTTOM - 24,
    )


def _y(number, bottom, top):
    return round(BOTTOM - (number - bottom) / (top - bottom) * (BOTTOM - TOP))


def _end(row):
    return row.period_end.toordinal()


def _middle(row):
    return (row.period_start.toordinal() + row.period_end.toordinal()) / 2


def _round_top(highest):
    """The end of the axis: the number rounded up to its first digit; 1 for none above zero."""
    if highest <= 0:
        return Decimal(1)
    unit = Decimal(1).scaleb(highest.adjusted())
    return (highest / unit).to_integral_value(ROUND_CEILING) * unit


def _description(indicator, dated, way):
    values = "; ".join(
        f"{wording.period_text(row)}: {wording.value_text(row, indicator)}" for row in dated
    )
    target = f" {_target_text(indicator, way)}" if way else ""
    return czech.typography(f"{indicator.name}. {values}.{target}")


def _target_text(indicator, way):
    (base_day, base), *_, (day, number) = way
    first, last = (amount(one, indicator.unit, indicator.decimals) for one in (base, number))
    return f"Od {first} ({czech.date(base_day)}) k cíli {last} do {czech.date(day)}."


def _caption(points, lines, indicator, way):
    parts = []
    if way:
        parts.append(f"Přerušovaná čára: {_lowered(_target_text(indicator, way))}")
    if len(lines) < len(points) - 1:
        parts.append("Kde mezi hodnotami není čára, nevíme, co leželo mezi nimi.")
    if any(point.is_hollow for point in points):
        parts.append("Prázdný kroužek: hodnota není přesná.")
    return czech.typography(" ".join(parts))


def _lowered(sentence):
    return sentence[:1].lower() + sentence[1:]
