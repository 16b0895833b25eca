"""Random histories of a measure and the days and moments to ask about.

All days are drawn from a handful of days and their neighbours, so that „on that day“, „the day
before“ and „the same moment“ come up all the time. A history is thrown with dice made of bytes:
that is quick, even and still shrinks, for a zero throws the first and simplest side.
"""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from measures import models as measures
from tests.factories import PRAGUE, MilestoneFactory
from tests.measures.naive_replay import Happened, Planned, Promised, Reported

# Ends, starts and due days of cycles, days when the clocks change, and the year before them.
CALENDAR = [
    *(date(2026, 10, 15), date(2026, 10, 7), date(2026, 10, 1), date(2026, 9, 30)),
    *(date(2026, 10, 22), date(2026, 10, 8), date(2026, 10, 25), date(2026, 11, 20)),
    *(date(2026, 6, 30), date(2026, 7, 15), date(2026, 3, 29), date(2025, 12, 31)),
    *(date(2025, 10, 25), date(2026, 12, 31), date(2027, 1, 18), date(2026, 10, 16)),
]
TIMES = [time(12), time(0), time(23, 30)]
# Ended and suspended measures are decided at once: running ones come up more often.
PHASES = [
    *("running", "running", "running", "running", "running", "preparing", "preparing"),
    *("not_started", "not_started", "suspended", "suspended", "completed", "cancelled", ""),
]
HEALTH = [*["on_track"] * 9, "", "minor", "serious"]
MEASURES = 3
QUESTIONS = 4


class Dice:
    """Throws made of bytes; when they run out, every throw is the first side."""

    def __init__(self, data):
        self.data = iter(data)

    def pick(self, *sides):
        return sides[next(self.data, 0) % len(sides)]

    def day(self, pool):
        """A day of the pool, the one before or after it, or the day a year before."""
        return self.pick(*pool) + timedelta(days=self.pick(0, 0, 0, 0, 0, 1, -1, -365))

    def maybe_day(self, pool):
        return self.day(pool) if self.pick(False, True) else None

    def moment(self, day):
        return datetime.combine(day, self.pick(*TIMES), tzinfo=PRAGUE)


def histories():
    """Draw (months of a cycle, [events of a measure, …], [(on, known or None), …])."""
    return st.binary(min_size=400, max_size=400).map(lambda data: _history(Dice(data)))


def _history(dice):
    months = dice.pick(3, 3, 3, 1, 6, 12)
    pool = sorted(dice.pick(*CALENDAR) for _ in range(5))
    events = [_events(dice, pool, months) for _ in range(MEASURES)]
    recorded = [event.at for measure in events for event in measure]
    # Asked about is the end, mostly as known then: most of it has happened by then.
    questions = [
        (dice.day(pool[3:]), dice.pick(None, None, _just_after(dice, recorded)))
        for _ in range(QUESTIONS)
    ]
    return months, events, questions


def _just_after(dice, moments):
    """One of the moments, or the next that can be told from it."""
    return (moments and dice.pick(*moments) + timedelta(microseconds=dice.pick(0, 1))) or None


def _events(dice, pool, months):
    events = [_plan(dice, pool) for _ in range(dice.pick(0, 1, 1, 2))]
    for milestone in range(dice.pick(0, 0, 1, 1, 2)):
        for _ in range(dice.pick(1, 1, 2, 3)):
            events.append(_version(dice, pool, milestone))
    for _ in range(dice.pick(1, 1, 2, 3, 0)):
        events.append(_report(dice, pool, months))
        while dice.pick(False, False, False, True):
            events.append(_corrected_report(dice, pool, months, events[-1], len(events) - 1))
    for _ in range(dice.pick(1, 2, 0)):
        events.append(_output(dice, pool))
        while dice.pick(False, False, True):
            events.append(_corrected_output(dice, pool, events[-1], len(events) - 1))
    return events


def _plan(dice, pool):
    start, end = dice.maybe_day(pool), dice.maybe_day(pool)
    if start and end:
        start, end = min(start, end), max(start, end)
    kind = dice.pick("deliverable", "continuous", "continuous", "unknown")
    return Planned(dice.moment(dice.day(pool)), start, end, kind)


def _version(dice, pool, milestone):
    state = dice.pick("open", "open", "done", "dropped")
    return Promised(
        at=dice.moment(dice.day(pool)),
        milestone=milestone,
        due=dice.day(pool),
        expected=dice.pick(None, None, None, dice.day(pool)),
        state=state,
        closed_on=None if state == "open" else dice.day(pool),
    )


def _report(dice, pool, months):
    """A report about the cycle of its as-of day or one before, published that day or later."""
    as_of = dice.day(pool)
    back = dice.pick(0, 0, 0, 0, 1, 1, 2, 3) * months
    month = as_of.year * 12 + (as_of.month - 1) // months * months - back
    phase = dice.pick(*PHASES)
    return Reported(
        at=dice.moment(as_of + timedelta(days=dice.pick(0, 0, 0, 1, 10, 40))),
        cycle=date(month // 12, month % 12 + 1, 1),
        as_of=as_of,
        phase=phase,
        health=dice.pick(*HEALTH),
        review=dice.maybe_day(pool) if phase == "suspended" else None,
        corrects=None,
    )


def _corrected_report(dice, pool, months, old, place):
    """A correction keeps the cycle and the as-of day and comes no sooner than what it corrects."""
    new = _report(dice, pool, months)
    at = max(new.at, old.at)
    return new._replace(at=at, cycle=old.cycle, as_of=old.as_of, corrects=place)


def _output(dice, pool):
    day = dice.day(pool)
    return Happened(dice.moment(dice.pick(day, dice.day(pool))), day, False, None)


def _corrected_output(dice, pool, old, place):
    new = _output(dice, pool)
    withdrawn = dice.pick(False, True)
    return new._replace(at=max(new.at, old.at), withdrawn=withdrawn, corrects=place)


def write(events, measure, author):
    """Write a history into the database, in its order."""
    rows, milestones = [], {}
    for event in events:
        if isinstance(event, Promised) and event.milestone not in milestones:
            milestones[event.milestone] = MilestoneFactory(measure=measure)
        row = _row(event, rows, milestones)
        if not isinstance(event, Promised):
            row.measure = measure
        if isinstance(event, Reported) and row.source == "staff":
            row.author = author
        row.save()
        rows.append(row)


def _row(event, rows, milestones):
    if isinstance(event, Planned):
        return plan_row(event)
    if isinstance(event, Promised):
        return milestone_row(event, milestones[event.milestone])
    corrected = None if event.corrects is None else rows[event.corrects]
    return (output_row if isinstance(event, Happened) else report_row)(event, corrected)


def plan_row(event, department=None):
    return measures.PlanVersion(
        start_date=event.start,
        end_date=event.end,
        kind=event.kind,
        department=department,
        reason=event.reason,
        recorded_at=event.at,
    )


def milestone_row(event, milestone):
    return measures.MilestoneVersion(
        milestone=milestone,
        title=event.title,
        due_date=event.due,
        expected_date=event.expected,
        state=event.state,
        closed_on=event.closed_on,
        reason=event.reason,
        recorded_at=event.at,
    )


def output_row(event, corrected):
    return measures.Output(
        kind=event.kind,
        title=event.title,
        happened_on=event.day,
        participants=event.people,
        is_withdrawn=event.withdrawn,
        corrects=corrected,
        recorded_at=event.at,
    )


def report_row(event, corrected):
    # Staff always say the phase and when a suspended measure is looked at again.
    incomplete = event.phase == "" or (event.phase == "suspended" and event.review is None)
    return measures.Report(
        cycle_start=event.cycle,
        as_of_date=event.as_of,
        kind=event.kind,
        phase=event.phase,
        health=event.health,
        review_date=event.review,
        note=event.note,
        obstacle=event.obstacle,
        needs_decision=bool(event.decision),
        decision=event.decision,
        reason="Není potřeba." if event.phase == "cancelled" else "",
        source="document" if incomplete else event.source,
        published_at=event.at,
        corrects=corrected,
    )
