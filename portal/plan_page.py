"""What stands on the pages of a priority and of a goal: their measures, counts and neighbours."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.http import urlencode

from common import czech
from measures.models import Measure
from measures.rollup import Rollup, StatusCount, rollup
from measures.rows import Row, newest_report, plain_rows, rows_of
from measures.status import Facts
from portal.outline import numbered
from portal.strategy_page import in_words, reported, reports_age
from strategy.models import Goal, Priority, Strategy


@dataclass(frozen=True)
class Link:
    """A way to another page of the plan."""

    label: str
    url: str


@dataclass(frozen=True)
class Neighbours:
    """The page before and the page after, None at the ends."""

    previous: Link | None
    following: Link | None


@dataclass(frozen=True)
class Line:
    """A measure under one goal; `others` are the further goals it leads to."""

    row: Row
    others: tuple[Goal, ...]

    @property
    def also(self):
        """„vede i k cíli 5“, „vede i k cílům 5, 6, 7“; empty for a measure of one goal."""
        if not self.others:
            return ""
        word = "cíli" if len(self.others) == 1 else "cílům"
        codes = ", ".join(goal.code for goal in self.others)
        return czech.typography(f"vede i k {word} {codes}")

    @property
    def sub(self):
        """What stands under the name: the last known status, the deadline with its milestone, the
        age of the last word, the further goals; empty where nothing is known."""
        row = self.row
        day = f"{row.deadline_word} {czech.date(row.deadline)}" if row.deadline else ""
        milestone = row.status.milestone if row.status else None
        if milestone and milestone.due_date == row.deadline:
            day = f"{day}: {milestone.title}"
        last = row.status.last_known if row.status else None
        was = f"naposledy {last.word}" if last else ""
        age = f"hlášeno {row.age}" if row.age else ""
        return czech.typography(" · ".join(filter(None, [was, day, age, self.also])))


@dataclass(frozen=True)
class GoalLines:
    """A goal with its measures."""

    goal: Goal
    lines: tuple[Line, ...]
    url: str


@dataclass(frozen=True)
class CountLink:
    """A count by status whose `query` leads to those measures on the strategy's page."""

    count: StatusCount
    narrowing: tuple[str, str]

    @property
    def css(self):
        return self.count.css

    @property
    def icon(self):
        return self.count.icon

    @property
    def word(self):
        return self.count.word

    @property
    def number(self):
        return self.count.number

    @property
    def query(self):
        return f"{self.count.query}&{urlencode([self.narrowing])}"


@dataclass(frozen=True)
class Counts:
    """The measures of a part of the plan by status, each of them once.

    `narrowing` is the parameter of the strategy's page that chooses the part: („cil“, „1.A“).
    """

    label: str
    total: int
    rollup: Rollup
    narrowing: tuple[str, str]
    last_report: date | None

    @property
    def bar_label(self):
        return f"{self.label}: {in_words(self.rollup)}"

    @property
    def reported(self):
        return reported(self.rollup)

    @property
    def data_age(self):
        """How old the reports are that the page rests on, for the footer."""
        return reports_age(self.last_report) if self.rollup.counts else ""

    @property
    def links(self):
        return [CountLink(count, self.narrowing) for count in self.rollup.counts]


@dataclass(frozen=True)
class PriorityPage:
    """One priority on a day; `tier` is empty where the strategy has none; `facts` are those of its
    measures, once each."""

    priority: Priority
    goals: tuple[GoalLines, ...]
    counts: Counts
    neighbours: Neighbours
    builds_on: tuple[Link, ...]
    base_of: tuple[Link, ...]
    tier: str
    cross_cutting: int
    facts: tuple[Facts, ...]

    @property
    def is_tier_known(self):
        return bool(self.priority.tier)


@dataclass(frozen=True)
class GoalPage:
    """One goal on a day, with the way to its priority."""

    goal: Goal
    lines: tuple[Line, ...]
    counts: Counts
    neighbours: Neighbours
    priority: Link


@dataclass(frozen=True)
class GoalTree:
    """The goals of a strategy in its order and the goals of each measure by its primary key."""

    strategy: Strategy
    goals: tuple[Goal, ...]
    goals_of: dict[int, tuple[Goal, ...]]

    def rows(self, goals, on):
        """Return the Rows of the measures under some of the goals, each once, in plan order.
        Three queries for a monitored strategy, one for another."""
        chosen = set(goals)
        pks = [pk for pk, own in self.goals_of.items() if chosen.intersection(own)]
        measures = Measure.objects.filter(pk__in=pks).in_plan_order()
        make = rows_of if self.strategy.is_monitored else plain_rows
        return make(measures, on, self.goals_of)


def priorities_of(slug):
    """Return the priorities of a strategy in its order, each with the number of measures that
    belong to none (`cross_cutting`). One query."""
    crossing = Q(strategy__measures__is_cross_cutting=True)
    return list(
        Priority.objects.filter(strategy__slug=slug)
        .select_related("strategy__region")
        .annotate(cross_cutting=Count("strategy__measures", filter=crossing, distinct=True))
        .order_by("code_key", "pk")
    )


def goal_tree(slug):
    """Return the GoalTree of a strategy, None where it has no goal. One query."""
    found = (
        Goal.objects.filter(strategy__slug=slug)
        .select_related("strategy", "priority")
        .annotate(measure_pk=F("measures"))
        .order_by("code_key", "pk")
    )
    goals, goals_of = {}, {}
    for row in found:
        goal = goals.setdefault(row.pk, row)
        if row.measure_pk:
            goals_of.setdefault(row.measure_pk, []).append(goal)
    if not goals:
        return None
    strategy = next(iter(goals.values())).strategy
    links = {pk: tuple(own) for pk, own in goals_of.items()}
    return GoalTree(strategy, tuple(goals.values()), links)


def with_code(items, code):
    """Return the priority or goal with a code as printed, None where there is none."""
    return next((item for item in items if item.code == code), None)


def priority_page(priority, priorities, on):
    """Return the PriorityPage as known at the end of `on`; `priorities` are all of its strategy.
    Five queries for a monitored strategy, three for another."""
    tree = goal_tree(priority.strategy.slug)
    own = [goal for goal in tree.goals if goal.priority_id == priority.pk] if tree else []
    rows = tree.rows(own, on) if own else []
    builds_on, base_of = _tiers(priority, priorities)
    return PriorityPage(
        priority=priority,
        goals=tuple(GoalLines(goal, _lines(rows, goal), goal_url(goal)) for goal in own),
        counts=_counts(rows, priority.name, ("priorita", priority.code)),
        neighbours=_neighbours(priorities, priority, priority_link),
        builds_on=builds_on,
        base_of=base_of,
        tier=tier_word(priority) if any(one.tier for one in priorities) else "",
        cross_cutting=priority.cross_cutting,
        facts=tuple(row.facts for row in rows if row.facts),
    )


def goal_page(goal, tree, on):
    """Return the GoalPage as known at the end of `on`. Three queries for a monitored strategy, one
    for another."""
    rows = tree.rows([goal], on)
    return GoalPage(
        goal=goal,
        lines=_lines(rows, goal),
        counts=_counts(rows, f"Cíl {goal.code}", ("cil", goal.code)),
        neighbours=_neighbours(tree.goals, goal, goal_link),
        priority=priority_link(goal.priority, goal.strategy),
    )


def priority_link(priority, strategy=None):
    """Return the Link to a priority; `strategy` saves a query where it is at hand."""
    slug = (strategy or priority.strategy).slug
    url = reverse("portal:priority_detail", args=[slug, priority.code])
    return Link(czech.typography(numbered(priority)), url)


def tier_word(priority):
    """Return „stupeň A“, or that the tier is not known, in a strategy that has tiers."""
    return f"stupeň{czech.NBSP}{priority.tier}" if priority.tier else "stupeň nelze určit"


def goal_url(goal):
    return reverse("portal:goal_detail", args=[goal.strategy.slug, goal.code])


def goal_link(goal):
    return Link(czech.typography(numbered(goal)), goal_url(goal))


def _lines(rows, goal):
    return tuple(
        Line(row, tuple(other for other in row.goals if other != goal))
        for row in rows
        if goal in row.goals
    )


def _counts(rows, label, narrowing):
    found = rollup((row.measure.pk, row.status) for row in rows)
    return Counts(label, len(rows), found, narrowing, newest_report(rows))


def _neighbours(items, item, link):
    place = items.index(item)
    previous = link(items[place - 1]) if place else None
    following = link(items[place + 1]) if place + 1 < len(items) else None
    return Neighbours(previous, following)


def _tiers(priority, priorities):
    """Return the Links to what a priority builds on and to what builds on it. One query."""
    pairs = Priority.prerequisites.through.objects.filter(
        Q(from_priority=priority) | Q(to_priority=priority)
    ).values_list("from_priority_id", "to_priority_id")
    below = {to for source, to in pairs if source == priority.pk}
    above = {source for source, to in pairs if to == priority.pk}
    return tuple(
        tuple(priority_link(one) for one in priorities if one.pk in pks) for pks in (below, above)
    )
