"""What of a project's needs by area may be shown, and what they come to: rules.md, Masking.

The rule is one function, `hidden`. A count of 1 to 4 is shown to nobody but the staff, and neither
is anything it could be had back from: each total it is a part of; where a total itself is such a
count, its parts; a solved count that leaves 1 to 4 needs unsolved; shares, once a solved count is
withheld. What is withheld can then always be moved by one with everything shown staying as it is,
so no subtraction leads to it.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from common import czech
from common.units import places_of
from projects.models import NeedArea, NeedDuration

SMALL = range(1, 5)
ALL_AREAS, ANY_LENGTH = NeedArea.ALL, NeedDuration.ALL


class Shown(Enum):
    """What stands where a number would; the value is what is said instead of it."""

    KNOWN = ""
    SMALL = "méně než 5"
    WITHHELD = "neuvádí se"
    UNKNOWN = "neznámé"


@dataclass(frozen=True)
class Number:
    """A number or, in its place, why it is not there."""

    value: int | None
    shown: Shown

    @property
    def is_known(self):
        return self.shown == Shown.KNOWN

    @property
    def instead(self):
        return self.shown.value

    @property
    def text(self):
        """The number as it is read, „2 758“, or what is said instead of it."""
        if not self.is_known:
            return self.instead
        return czech.decimal(self.value, places_of(self.value))


@dataclass(frozen=True)
class Line:
    """One area and length of cooperation as a reader gets it; `words` and the note are empty
    where they could give away what is withheld."""

    area: NeedArea
    duration: NeedDuration
    identified: Number
    solved: Number
    share: Number
    words: str
    note: str
    source: str
    is_uncertain: bool

    @property
    def is_total(self):
        return self.area == ALL_AREAS

    @property
    def name(self):
        return self.area.label

    @property
    def length(self):
        return self.duration.label


@dataclass(frozen=True)
class Period:
    """The lines of one period, in the order of areas and lengths; without days it has words."""

    start: date | None
    end: date | None
    text: str
    lines: tuple[Line, ...]

    @property
    def by_area(self):
        """The certain lines whatever the length of cooperation."""
        return [one for one in self.lines if one.duration == ANY_LENGTH and not one.is_uncertain]

    @property
    def by_length(self):
        return [one for one in self.lines if one.duration != ANY_LENGTH and not one.is_uncertain]

    @property
    def uncertain(self):
        return [one for one in self.lines if one.is_uncertain]


@dataclass(frozen=True)
class Sum:
    """A sum over areas: how many it has in it, and which areas are left out of it and why."""

    value: int
    number: int
    left_out: tuple[tuple[str, str], ...]


def periods(results, *, is_public):
    """Return the Periods of valid NeedResults of one project, the newest first, those without days
    last; the staff get every number (`is_public` false)."""
    groups = {}
    for row in results:
        groups.setdefault((row.period_start, row.period_end), []).append(row)
    known = sorted((key for key in groups if key[0]), reverse=True)
    order = [*known, *(key for key in groups if not key[0])]
    return [_period(key, groups[key], is_public) for key in order]


def hidden(identified, solved, shares=None):
    """Return the keys of counts and shares that must not be shown: those of identified needs, of
    solved ones, of shares.

    The first three are dicts by pairs of area and duration. A share (percent of all solved needs)
    counts as the number it comes to wherever that can be worked out.
    """
    shares = shares or {}
    solved = _as_counts(solved, shares)
    held = {"identified": _small(identified), "solved": _small(solved)}
    held["solved"] |= {
        key
        for key, number in solved.items()
        if identified.get(key, 0) not in SMALL and identified.get(key, 0) - number in SMALL
    }
    before = None
    while before != held:
        before = {name: set(keys) for name, keys in held.items()}
        for name, counts in (("identified", identified), ("solved", solved)):
            held[name] |= _around(held[name], counts)
        _equal(held, identified, solved)
    return held["identified"], held["solved"], set(shares) if held["solved"] else set()


def total(lines, figure):
    """Return the Sum of a figure („identified“, „solved“) over the areas of lines: only of what is
    known, certain and not withheld."""
    counted, left_out = [], []
    for line in lines:
        if line.area == ALL_AREAS or line.duration != ANY_LENGTH:
            continue
        number = getattr(line, figure)
        if line.is_uncertain:
            left_out.append((line.name, "nejisté"))
        elif number.is_known:
            counted.append(number.value)
        else:
            left_out.append((line.name, number.instead))
    return Sum(sum(counted), len(counted), tuple(left_out))


# Masking


def _small(counts):
    return {key for key, number in counts.items() if number in SMALL}


def _around(held, counts):
    """Return what must be withheld with what already is: its totals; and all parts of a total none
    of whose parts is."""
    more = {one for key in held for one in _totals(key) if one in counts}
    for key in held | more:
        for parts in _breakdowns(key, counts):
            if parts and not (held | more).intersection(parts):
                more.update(parts)
    return more


def _totals(key):
    area, duration = key
    return [(area, ANY_LENGTH), (ALL_AREAS, duration), (ALL_AREAS, ANY_LENGTH)]


def _breakdowns(key, counts):
    """Return the parts a total is made of, by areas and by lengths; none of what is no total."""
    area, duration = key
    if area == ALL_AREAS:
        yield [one for one in counts if one[0] != ALL_AREAS and one[1] == duration]
    if duration == ANY_LENGTH:
        yield [one for one in counts if one[0] == area and one[1] != ANY_LENGTH]


def _equal(held, identified, solved):
    """No more can be solved than was identified: where both are the same, one would tell the
    other's bound."""
    for key, number in identified.items():
        if solved.get(key) == number and number:
            either = key in held["identified"] or key in held["solved"]
            if either:
                held["identified"].add(key)
                held["solved"].add(key)


def _as_counts(solved, shares):
    """Return the solved counts with those that only a share says, once the whole is known."""
    whole = solved.get((ALL_AREAS, ANY_LENGTH))
    if whole is None:
        both = [key for key in shares if solved.get(key) and shares[key]]
        whole = solved[both[0]] * 100 / shares[both[0]] if both else None
    if whole is None:
        return dict(solved)
    return {key: round(whole * share / 100) for key, share in shares.items()} | solved


# Lines


def _period(key, rows, is_public):
    rows = sorted(rows, key=_place)
    masked = _masked(rows) if is_public else (set(), set(), set())
    broken = {one for row in rows for one in _totals(_key(row)) if one != _key(row)}
    text = next((row.period_text for row in rows if row.period_text), "")
    return Period(*key, text, tuple(_line(row, masked, broken) for row in rows))


def _masked(rows):
    columns = []
    for name in ("identified", "solved", "solved_share"):
        known = {_key(row): getattr(row, name) for row in rows}
        columns.append({key: value for key, value in known.items() if value is not None})
    return hidden(*columns)


def _line(row, masked, broken):
    key = _key(row)
    values = (row.identified, row.solved, row.solved_share)
    numbers = [
        _number(value, key in held, key in broken)
        for value, held in zip(values, masked, strict=True)
    ]
    is_whole = all(key not in held for held in masked)
    return Line(
        area=NeedArea(row.area),
        duration=NeedDuration(row.duration),
        identified=numbers[0],
        solved=numbers[1],
        share=_unlabelled(numbers[2]),
        words=row.words if numbers[2].is_known else "",
        note=row.note if is_whole else "",
        source=row.source,
        is_uncertain=row.is_uncertain,
    )


def _number(value, is_held, is_total):
    if value is None:
        return Number(None, Shown.UNKNOWN)
    if not is_held:
        return Number(value, Shown.KNOWN)
    # That a total is below 5 would tell of its parts: each of them is 1 at least.
    is_small = value in SMALL and not is_total
    return Number(None, Shown.SMALL if is_small else Shown.WITHHELD)


def _unlabelled(share):
    """A share that is not shown does not say how large it is."""
    return Number(None, Shown.WITHHELD) if share.shown == Shown.SMALL else share


def _key(row):
    return row.area, row.duration


def _place(row):
    return NeedArea.values.index(row.area), NeedDuration.values.index(row.duration)
