"""What a strategy holds, read once for its page: priorities, goals, places, and its measures."""

from dataclasses import dataclass

from django.db.models import F

from measures.models import Measure
from measures.rows import plain_rows, rows_of
from municipalities.models import Municipality
from strategy.models import Goal, Priority, Strategy


@dataclass(frozen=True)
class Outline:
    """Priorities and goals in their order, the goals of each measure by its primary key, the
    municipalities some measure names."""

    strategy: Strategy
    priorities: list[Priority]
    goals: list[Goal]
    goals_of: dict[int, tuple[Goal, ...]]
    places: list[Municipality]

    def rows(self, on, is_chosen):
        """Return the Rows of all measures as known at the end of `on`; `measure.is_chosen` is the
        value of an expression. Five queries for a monitored strategy, one for another."""
        measures = Measure.objects.filter(strategy=self.strategy).annotate(is_chosen=is_chosen)
        make = rows_of if self.strategy.is_monitored else plain_rows
        return make(measures.in_plan_order(), on, self.goals_of)


def outline(strategy):
    """Return the Outline of a strategy; three queries."""
    linked = Goal.objects.filter(strategy=strategy).annotate(measure_pk=F("measures"))
    goals, goals_of = {}, {}
    for goal in linked.order_by("code_key", "pk"):
        # A goal comes once for each of its measures.
        if goal.measure_pk is not None:
            goals_of.setdefault(goal.measure_pk, []).append(goals.get(goal.pk, goal))
        goals.setdefault(goal.pk, goal)
    places = Municipality.objects.filter(measures__strategy=strategy).distinct()
    return Outline(
        strategy,
        list(Priority.objects.filter(strategy=strategy).order_by("code_key", "pk")),
        list(goals.values()),
        {pk: tuple(of_measure) for pk, of_measure in goals_of.items()},
        list(places.only("code", "name", "sort_key").order_by("sort_key", "code")),
    )


def numbered(item):
    """Return the short name with the code where it is printed: „1.A Dostupné bydlení“.

    Priorities of some strategies have codes of ours, which are no numbers and are not shown.
    """
    return f"{item.code} {item.short_name}" if item.code[:1].isdecimal() else item.short_name
