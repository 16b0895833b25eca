"""The plan of a strategy and what is known of its measures: read once, for all parts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from measures.models import Activity, Measure
from measures.rows import Row, plain_rows, row_of
from measures.status import Facts, facts
from strategy.models import Goal, Priority, Strategy


@dataclass(frozen=True)
class Known:
    """A measure as known at the moment asked about; `facts` is None where its strategy is not
    monitored."""

    row: Row
    facts: Facts | None
    activities: tuple[str, ...] = ()

    @property
    def measure(self):
        return self.row.measure

    @property
    def goals(self):
        return self.row.goals

    @property
    def report(self):
        return self.facts.report if self.facts else None

    @property
    def status(self):
        return self.row.status


@dataclass(frozen=True)
class Plan:
    """Priorities and goals in their order, and all measures of the strategy in theirs."""

    strategy: Strategy
    on: date
    known: datetime
    priorities: tuple[Priority, ...]
    goals: tuple[Goal, ...]
    measures: tuple[Known, ...]

    def under(self, priority):
        """Return the measures under a priority, each once."""
        return [one for one in self.measures if _is_under(one, priority)]

    def by_pk(self):
        return {one.measure.pk: one for one in self.measures}


def _is_under(one, priority):
    return any(goal.priority_id == priority.pk for goal in one.goals)


def read_plan(strategy, on, known):
    """Return the Plan of a strategy: eight queries where it is monitored, else four."""
    goals, goals_of = _goals(strategy)
    activities = _activities(strategy)
    found = [
        Known(row, one, tuple(activities[row.measure.pk]))
        for row, one in _rows(strategy, on, known, goals_of)
    ]
    priorities = Priority.objects.filter(strategy=strategy).order_by("code_key", "pk")
    return Plan(strategy, on, known, tuple(priorities), goals, tuple(found))


def _rows(strategy, on, known, goals_of):
    measures = Measure.objects.filter(strategy=strategy).in_plan_order()
    if not strategy.is_monitored:
        return [(row, None) for row in plain_rows(measures, on, goals_of)]
    found = facts(measures, on, known)
    return [(row_of(one, goals_of.get(one.measure.pk, ()), on), one) for one in found]


def _goals(strategy):
    """Return the goals of a strategy and those of each measure by its primary key."""
    linked = Goal.objects.filter(strategy=strategy).annotate(measure_pk=F("measures"))
    goals, goals_of = {}, defaultdict(list)
    for row in linked.order_by("code_key", "pk"):
        goal = goals.setdefault(row.pk, row)
        if row.measure_pk is not None:
            goals_of[row.measure_pk].append(goal)
    return tuple(goals.values()), {pk: tuple(own) for pk, own in goals_of.items()}


def _activities(strategy):
    texts = defaultdict(list)
    rows = Activity.objects.filter(measure__strategy=strategy).order_by("order", "pk")
    for measure_pk, text in rows.values_list("measure_id", "text"):
        texts[measure_pk].append(text)
    return texts
