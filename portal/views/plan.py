from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from measures.moment import moment_of
from portal.coverage_page import needs_of
from portal.outline import numbered
from portal.plan_page import (
    goal_page,
    goal_tree,
    priorities_of,
    priority_link,
    priority_page,
    with_code,
)
from portal.results import readings_of_strategy, results_of_priority
from portal.strategy_about import StrategyAbout, strategies_with_counts
from portal.views.strategy import before_first
from projects.calls import calls_of_priority


@require_safe
def priority_detail(request, slug, code):
    """One priority: how far its measures are by goal and why, and what it builds on."""
    priorities = priorities_of(slug)
    priority = with_code(priorities, code)
    if priority is None:
        raise Http404
    strategy, moment = priority.strategy, moment_of(request)
    title = f"Priorita {numbered(priority)}"
    trail = _trail(strategy, moment, (title, ""))
    if moment.is_before_first:
        return before_first(request, moment, trail)
    page = priority_page(priority, priorities, moment.on)
    context = {"page_title": title, "trail": trail, "moment": moment, "strategy": strategy}
    context |= {"priority": priority, "page": page, "data_age": page.counts.data_age}
    context["results"] = results_of_priority(priority, moment.known)
    context["calls"] = [] if moment.is_past else calls_of_priority(priority, moment.on)
    context["needs"] = needs_of(priority, moment.on, page.facts)
    return render(request, "portal/priority_detail.html", context)


@require_safe
def goal_detail(request, slug, code):
    """One goal: its wording, its priority and how its measures stand."""
    tree = goal_tree(slug)
    goal = tree and with_code(tree.goals, code)
    if not goal:
        raise Http404
    strategy, moment = goal.strategy, moment_of(request)
    above = priority_link(goal.priority, strategy)
    trail = _trail(strategy, moment, (above.label, above.url), (f"Cíl {goal.code}", ""))
    if moment.is_before_first:
        return before_first(request, moment, trail)
    page = goal_page(goal, tree, moment.on)
    context = {"page_title": f"Cíl {numbered(goal)}", "trail": trail, "moment": moment}
    context |= {"strategy": strategy, "goal": goal, "page": page, "data_age": page.counts.data_age}
    return render(request, "portal/goal_detail.html", context)


@require_safe
def strategy_about(request, slug):
    """What a strategy is about, in its own words: situation, principle, bodies, documents."""
    strategy = get_object_or_404(strategies_with_counts(), slug=slug)
    moment = moment_of(request)
    trail = _trail(strategy, moment, ("O strategii", ""))
    if moment.is_before_first:
        return before_first(request, moment, trail)
    context = {"trail": trail, "moment": moment, "strategy": strategy}
    context["about"] = StrategyAbout(strategy)
    context["readings"] = readings_of_strategy(strategy, moment.known)
    return render(request, "portal/strategy_about.html", context)


def _trail(strategy, moment, *steps):
    """The way from the list of strategies through one of them; its links stay on the day."""
    way = [
        ("Strategie", reverse("portal:strategy_list")),
        (strategy.short_name, strategy.get_absolute_url()),
        *steps,
    ]
    return [(label, moment.keep(url) if url else "") for label, url in way]
