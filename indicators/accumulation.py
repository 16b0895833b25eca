"""How several values of an indicator make one: the newest holds, or they add up.

What is uncertain enters nothing, and the result says so. Shares are added as their numerators and
denominators and divided once, never averaged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import TextChoices

from indicators.models import Accumulation


class LeftOut(TextChoices):
    """Why a value did not enter the result."""

    UNCERTAIN = "uncertain", "nejistá hodnota"
    UNDATED = "undated", "období neznáme"
    BEFORE = "before", "období začalo před výchozím dnem"
    OVERLAPS = "overlaps", "období se kryje s jiným"
    NO_SHARE = "no_share", "podíl bez čitatele a jmenovatele"


@dataclass(frozen=True)
class Total:
    """The value that counts and the day it refers to, both None where there is none.

    `used` are the observations it was made of, `left_out` pairs of one and the reason.
    """

    amount: Fraction | None = None
    day: date | None = None
    used: Sequence = ()
    left_out: Sequence = ()


def accumulated(task, observations, on, known):
    """Return the Total of one territory's observations on a day, as known before a moment."""
    rows = valid(observations, known)
    doubtful = [(row, _doubt(row)) for row in rows if _doubt(row)]
    dated = [row for row in rows if not _doubt(row) and row.period_end <= on]
    if task.base_date is not None:
        dated = [row for row in dated if row.period_end >= task.base_date]
    if task.accumulation == Accumulation.SUM:
        return _sum(task, dated, doubtful)
    if not dated:
        return Total(left_out=doubtful)
    newest = max(dated, key=lambda row: (row.period_end, row.period_start))
    later = [pair for pair in doubtful if _is_newer(pair[0], newest)]
    return Total(exact(newest), newest.period_end, (newest,), later)


def valid(observations, known):
    """Return those recorded before a moment and not corrected by then, in the order given."""
    recorded = [row for row in observations if row.recorded_at < known]
    corrected = {row.corrects_id for row in recorded if row.corrects_id is not None}
    return [row for row in recorded if row.pk not in corrected]


def exact(observation):
    """Return the value as a fraction: of a share the percentage it makes."""
    if observation.value is not None:
        return Fraction(observation.value)
    return _share([observation])


def added(observations):
    """Return what some observations make together: shares are divided once; None for none."""
    shares = [row for row in observations if row.value is None]
    if shares:
        return _share(shares)
    return sum((Fraction(row.value) for row in observations), Fraction(0)) if observations else None


def _sum(task, dated, doubtful):
    """Add up what came since the base; each stretch of time once, the longer period first."""
    has_shares = any(row.value is None for row in dated)
    used, left_out = [], list(doubtful)
    # A period that began before the base day would bring in what the base holds already.
    for row in sorted(dated, key=lambda row: (row.period_start - row.period_end, row.period_end)):
        reason = _unfit(row, task, used, has_shares)
        if reason:
            left_out.append((row, reason))
        else:
            used.append(row)
    used.sort(key=lambda row: row.period_end)
    if not used:
        return Total(left_out=left_out)
    base = Fraction(task.base or 0) if not has_shares else 0
    return Total(base + added(used), used[-1].period_end, tuple(used), left_out)


def _unfit(row, task, used, has_shares):
    if task.base_date is not None and row.period_start < task.base_date:
        return LeftOut.BEFORE
    if has_shares and row.value is not None:
        return LeftOut.NO_SHARE
    if any(_overlap(row, other) for other in used):
        return LeftOut.OVERLAPS
    return None


def _overlap(one, other):
    return one.period_start <= other.period_end and other.period_start <= one.period_end


def _doubt(row):
    if row.is_uncertain:
        return LeftOut.UNCERTAIN
    return LeftOut.UNDATED if row.period_end is None else None


def _is_newer(row, newest):
    return row.period_end is None or row.period_end >= newest.period_end


def _share(rows):
    numerator = sum(Fraction(row.numerator) for row in rows)
    return 100 * numerator / sum(Fraction(row.denominator) for row in rows)
