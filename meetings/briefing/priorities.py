"""What is said of the parts of the plan: priorities with their goals, and what stands apart."""

from django.urls import reverse

from meetings.briefing.measures import measure_said, rollup_said
from meetings.briefing.outputs import outputs_said
from meetings.content import ApartSaid, GoalSaid, PrioritySaid

APART = ((True, "Průřezová opatření"), (False, "Opatření bez cíle"))


def priorities_said(plan, outputs, components, indicators):
    """Return the PrioritySaid of each priority.

    `components` are ComponentSaid by their keys, `indicators` IndicatorSaid by the primary key of
    a priority.
    """
    return tuple(
        _priority(priority, plan, outputs, components, indicators) for priority in plan.priorities
    )


def _priority(priority, plan, outputs, components, indicators):
    own = plan.under(priority)
    slug = plan.strategy.slug
    goals = [goal for goal in plan.goals if goal.priority_id == priority.pk]
    return PrioritySaid(
        code=priority.code,
        name=priority.name,
        short_name=priority.short_name,
        motto=priority.motto,
        url=reverse("portal:priority_detail", args=[slug, priority.code]),
        rollup=rollup_said(own),
        component=components.get(priority.index_component),
        indicators=tuple(indicators.get(priority.pk, ())),
        outputs=outputs_said(outputs, own),
        goals=tuple(_goal(goal, own, plan) for goal in goals),
    )


def _goal(goal, own, plan):
    return GoalSaid(
        code=goal.code,
        name=goal.name,
        short_name=goal.short_name,
        url=reverse("portal:goal_detail", args=[plan.strategy.slug, goal.code]),
        measures=tuple(measure_said(one, plan.on) for one in own if goal in one.goals),
    )


def apart_said(plan, outputs):
    """Return the measures without a goal: first the cross-cutting, then others, if any."""
    without = [one for one in plan.measures if not one.goals]
    parts = [
        (title, [one for one in without if one.measure.is_cross_cutting == is_cross_cutting])
        for is_cross_cutting, title in APART
    ]
    return tuple(_apart(title, own, plan, outputs) for title, own in parts if own)


def _apart(title, own, plan, outputs):
    return ApartSaid(
        title=title,
        rollup=rollup_said(own),
        measures=tuple(measure_said(one, plan.on) for one in own),
        outputs=outputs_said(outputs, own),
    )
