"""Measures as rows of a page: status, next deadline and the age of the last word, ready to show."""

from dataclasses import dataclass
from datetime import date

from common import czech
from measures.freshness import Freshness, freshness
from measures.models import Measure
from measures.status import Cause, Facts, Status, StatusKey, facts, status
from strategy.models import Goal

ENDED = (StatusKey.COMPLETED, StatusKey.CANCELLED)

SHORT_WORDS = {
    StatusKey.UNDATED.label: "bez termínů",
    StatusKey.CONTINUOUS.label: "průběžně",
}
"""Words of statuses that would break the line of a tile."""


@dataclass(frozen=True)
class Row:
    """One measure; status, freshness and facts are None where its strategy is not monitored.

    `deadline` is the day that comes next (or is overdue), `deadline_word` what happens on it;
    `facts` are those of the day `on`.
    """

    measure: Measure
    goals: tuple[Goal, ...]
    status: Status | None
    freshness: Freshness | None
    deadline: date | None
    deadline_word: str
    on: date
    facts: Facts | None = None

    @property
    def plan(self):
        return self.facts.plan if self.facts else None

    @property
    def department(self):
        """The department that answers for the measure, None where the plan names none."""
        return self.plan.department if self.plan else None

    @property
    def goal_codes(self):
        """The codes of the goals: „cíl 1.A“, „cíle 2, 3“; empty for a cross-cutting measure."""
        codes = ", ".join(goal.code for goal in self.goals)
        return f"{'cíl' if len(self.goals) == 1 else 'cíle'} {codes}" if codes else ""

    @property
    def was(self):
        """The last known status of a stale measure in the words of a tile: „naposledy ohroženo“."""
        last = self.status.last_known if self.status else None
        if last is None:
            return ""
        return czech.typography(f"naposledy {SHORT_WORDS.get(last.word, last.word)}")

    @property
    def short_deadline(self):
        """The deadline without its year if that is the current one: „17. 10.“."""
        if self.deadline is None:
            return ""
        day = czech.date(self.deadline)
        is_this_year = self.deadline.year == self.on.year
        return day.rpartition(czech.NBSP)[0] if is_this_year else day

    @property
    def short_age(self):
        """How old the last word is: „36 d“, empty without a report."""
        days = self.freshness.days if self.freshness else None
        return "" if days is None else f"{czech.integer(days)}{czech.NBSP}d"

    @property
    def age(self):
        """How long ago the last word was: „před 36 dny“, empty without a report."""
        days = self.freshness.days if self.freshness else None
        return "" if days is None else czech.days_ago(days)


def rows_of(measures, on, goals):
    """Return the Rows of a queryset of monitored measures, in its order, as known at the end of
    `on`. Three queries; goals by the primary key of a measure come from the caller."""
    return [
        row_of(found, (goals or {}).get(found.measure.pk, ()), on) for found in facts(measures, on)
    ]


def plain_rows(measures, on, goals):
    """Return the Rows of measures that are not monitored. One query."""
    return [
        Row(measure, goals.get(measure.pk, ()), None, None, None, "", on)
        for measure in measures.select_related("strategy")
    ]


def newest_report(rows):
    """Return the as-of day of the newest of the last reports, None where there is none."""
    days = [row.freshness.as_of for row in rows if row.freshness and row.freshness.as_of]
    return max(days, default=None)


def row_of(found, goals, on):
    """Return the Row of the Facts of one measure."""
    derived = status(found, on)
    day, word = _deadline(found, derived, on)
    return Row(found.measure, goals, derived, freshness(found, on), day, word, on, found)


def _deadline(found, derived, on):
    """Return the day that matters next with its word, or None and an empty word."""
    if derived is None or derived.key in ENDED:
        return None, ""
    if derived.is_late:
        return derived.day, "termín"
    if derived.key == StatusKey.SUSPENDED:
        return derived.day, "znovu posoudit"
    if derived.cause == Cause.START_AHEAD:
        return derived.day, "začátek"
    milestones = found.open_milestones(on)
    if milestones:
        return milestones[0].due_date, "termín"
    end = found.plan.end_date if found.plan else None
    return (end, "plánovaný konec") if end else (None, "")
