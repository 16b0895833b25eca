"""The trend of the index of one municipality over editions: rules.md, section Index.

Pure: what these functions take is already read. Unknown values are None, never zero.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from common import czech

EDITIONS = 4
"""The mean of two editions is compared with the mean of the two before."""

CHANGED_FROM = Decimal("1.5")
"""From this difference of the two means, in points, the index has changed."""


class Direction(StrEnum):
    """Where the index of a municipality goes; the value is what a query string says."""

    RISES = "roste"
    FALLS = "klesa"
    STAYS = "beze-zmeny"
    UNKNOWN = "nelze-urcit"

    @property
    def sentence(self):
        """Direction and judgement, two words: „Index roste – zhoršuje se.“"""
        return czech.typography(_SENTENCES[self])


_SENTENCES = {
    Direction.RISES: "Index roste – zhoršuje se.",
    Direction.FALLS: "Index klesá – zlepšuje se.",
    Direction.STAYS: "Index se drží – beze změny.",
    Direction.UNKNOWN: "Vývoj nelze určit.",
}


@dataclass(frozen=True)
class Trend:
    """The direction, and the two pairs of years and means it was made of.

    `earlier` and `later` are pairs of years, empty where the direction is unknown.
    """

    direction: Direction
    earlier: tuple[int, ...] = ()
    later: tuple[int, ...] = ()
    before: Decimal | None = None
    now: Decimal | None = None

    @property
    def is_known(self):
        return self.direction != Direction.UNKNOWN

    @property
    def sentence(self):
        return self.direction.sentence

    @property
    def explanation(self):
        """„Průměr vydání 2022 a 2023 je 12,5, vydání 2020 a 2021 byl 9,5.“"""
        if not self.is_known:
            return ""
        now, before = (czech.decimal(mean, 1) for mean in (self.now, self.before))
        later, earlier = (" a ".join(map(str, years)) for years in (self.later, self.earlier))
        return czech.typography(f"Průměr vydání {later} je {now}, vydání {earlier} byl {before}.")


NOT_KNOWN = Trend(Direction.UNKNOWN)


def trend(values):
    """Return the Trend of pairs of a year and a value of the index (None: unknown), in any order.

    The four newest editions with a value count: a year without one is skipped, never filled in.
    Unknown where there are fewer, or where the newest edition itself has no value: what came
    before says nothing of now.
    """
    known = sorted((year, value) for year, value in values if value is not None)
    newest = max((year for year, _ in values), default=None)
    if len(known) < EDITIONS or known[-1][0] != newest:
        return NOT_KNOWN
    last = known[-EDITIONS:]
    earlier, later = last[:2], last[2:]
    before, now = _mean(earlier), _mean(later)
    return Trend(_direction(now - before), _years(earlier), _years(later), before=before, now=now)


def _direction(difference):
    if abs(difference) < CHANGED_FROM:
        return Direction.STAYS
    return Direction.RISES if difference > 0 else Direction.FALLS


def _mean(pairs):
    return Decimal(sum(value for _, value in pairs)) / len(pairs)


def _years(pairs):
    return tuple(year for year, _ in pairs)
