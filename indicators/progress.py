"""How far an indicator has come on its way to its target, and whether that is fast enough.

One pure rule, `progress`: it reads no clock and no database. A = the share of the way that is
behind, E = the share of time (or of interim targets) that is behind, P = A / E. All are exact
fractions, so a value that lies right on a limit is never moved over it by rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import TextChoices

from indicators.accumulation import Total, accumulated
from indicators.models import Accumulation, Direction

EARLY = Fraction(10, 100)
ON_TRACK = Fraction(95, 100)
BEHIND = Fraction(60, 100)


class Judgement(TextChoices):
    """What the rule comes to, in words; never stored, always derived."""

    UNKNOWN = "nelze-hodnotit", "nelze hodnotit"
    KEPT = "udrzuje-se", "udržuje se"
    NOT_KEPT = "neudrzuje-se", "neudržuje se"
    MET = "splneno", "splněno"
    NOT_MET = "nesplneno", "nesplněno"
    MISSING = "chybi-hodnota", "chybí hodnota"
    WORSE = "zhorseni", "zhoršení"
    TOO_EARLY = "prilis-brzy", "příliš brzy"
    ON_TRACK = "plni-se", "plní se"
    BEHIND = "mirne-zaostava", "mírně zaostává"
    FAR_BEHIND = "vyrazne-zaostava", "výrazně zaostává"


@dataclass(frozen=True)
class Task:
    """What an indicator should come to: its base and its dated targets, `(day, value)` each.

    The last target is the one that is judged, those before it are interim.
    """

    base: object = None
    base_date: date | None = None
    targets: Sequence = ()
    direction: str = Direction.UNKNOWN
    tolerance: object = None
    accumulation: str = Accumulation.LATEST

    @property
    def goal(self):
        """The last target as (day, value); None if there is none."""
        return max(self.targets, default=None)

    @property
    def interim(self):
        return sorted(self.targets)[:-1]


@dataclass(frozen=True)
class Progress:
    """The judgement with all it was made of; what could not be worked out is None."""

    judgement: Judgement
    task: Task
    total: Total
    covered: Fraction | None = None
    elapsed: Fraction | None = None
    pace: Fraction | None = None

    @property
    def is_stepped(self):
        return bool(self.task.interim)


def task_of(indicator):
    """Return the Task of an indicator whose targets were read with it."""
    return Task(
        base=indicator.base_value,
        base_date=indicator.base_date,
        targets=tuple((row.due_date, row.value) for row in indicator.targets.all()),
        direction=indicator.direction,
        tolerance=indicator.tolerance,
        accumulation=indicator.accumulation,
    )


def progress(task, observations, on, known):
    """Return the Progress of a Task on a day, from the observations of one territory that were
    recorded before the moment `known`; others may be among them, they do not count.

    First match: no base, target or value · target = base or an indicator to be maintained · a
    value dated at or after the target day · the target day is past without one · A ≥ 1 · A < 0 ·
    E < 0.10 · P ≥ 0.95 · P ≥ 0.60 · the rest.
    """
    total = accumulated(task, observations, on, known)
    if task.base is None or task.goal is None or total.amount is None:
        return Progress(Judgement.UNKNOWN, task, total)
    if task.goal[1] == task.base or task.direction == Direction.MAINTAIN:
        kept = Judgement.KEPT if _is_kept(task, total.amount) else Judgement.NOT_KEPT
        return Progress(kept, task, total)
    covered, elapsed = _covered(task, total.amount), _elapsed(task, total.day)
    judgement = _dated(task, total.day, on, covered) or _on_the_way(covered, elapsed)
    pace = covered / elapsed if elapsed else None
    return Progress(judgement, task, total, covered, elapsed, pace)


def _dated(task, day, on, covered):
    """What the target day itself decides; None while it lies ahead."""
    due = task.goal[0]
    if day >= due:
        return Judgement.MET if covered >= 1 else Judgement.NOT_MET
    return Judgement.MISSING if due < on else None


def _on_the_way(covered, elapsed):
    if covered >= 1:
        return Judgement.MET
    if covered < 0:
        return Judgement.WORSE
    if elapsed < EARLY:
        return Judgement.TOO_EARLY
    pace = covered / elapsed
    if pace >= ON_TRACK:
        return Judgement.ON_TRACK
    return Judgement.BEHIND if pace >= BEHIND else Judgement.FAR_BEHIND


def _is_kept(task, amount):
    """Whether a value lies where it should stay, the tolerance included.

    What should grow or fall and has its base for a target may well do better than that.
    """
    tolerance = Fraction(task.tolerance or 0)
    ends = sorted((Fraction(task.base), Fraction(task.goal[1])))
    is_high_enough = amount >= ends[0] - tolerance
    is_low_enough = amount <= ends[1] + tolerance
    if task.direction == Direction.UP:
        return is_high_enough
    if task.direction == Direction.DOWN:
        return is_low_enough
    return is_high_enough and is_low_enough


def _covered(task, amount):
    base = Fraction(task.base)
    return (amount - base) / (Fraction(task.goal[1]) - base)


def _elapsed(task, day):
    """The share of time from base to target on a day, from 0 to 1.

    With interim targets the share of the way that the last one due by then asks for: before the
    first of them is due nothing is asked for yet. A later one never asks for less.
    """
    due = task.goal[0]
    if day >= due:
        return Fraction(1)
    if task.interim:
        asked = [_covered(task, Fraction(value)) for due, value in task.interim if due <= day]
        return min(max([Fraction(0), *asked]), Fraction(1))
    gone, whole = (day - task.base_date).days, (due - task.base_date).days
    return Fraction(max(gone, 0), whole)
