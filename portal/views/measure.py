from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.models import PlanVersion
from portal.measure_page import Standing, trail, with_neighbours
from portal.moment import moment_of
from portal.results import results_of_measure

MAY = {
    "may_report": "measures.report_on",
    "may_keep_milestones": "measures.keep_milestones",
    "may_keep_outputs": "measures.keep_outputs",
    "may_change_plan": "measures.change_plan",
}
"""What a template asks of the reader, and the permission that answers."""


@require_safe
def measure_detail(request, slug, code):
    """One measure on a day: how it stands and why, what is promised, who does it, what happened."""
    measure, previous, following = with_neighbours(slug, code)
    moment = moment_of(request)
    goals = list(measure.goals.select_related("priority").order_by("code_key", "pk"))
    context = {"moment": moment, "trail": trail(measure, goals, moment)}
    if moment.is_before_first:
        return render(request, "portal/before_first.html", context)
    context |= {"measure": measure, "goals": goals, **_text(measure)}
    context |= {"previous": previous, "next": following}
    context["results"] = results_of_measure(measure, moment.known)
    if measure.strategy.is_monitored:
        context |= _standing(request, measure, moment)
    return render(request, "portal/measure_detail.html", context)


def _text(measure):
    """What the strategy itself says of a measure; it is that of today whatever the day."""
    return {
        "activities": measure.activities.order_by("order"),
        "partners": measure.partners.order_by("sort_key", "pk"),
        "municipalities": measure.municipalities.order_by("sort_key", "code"),
    }


def _standing(request, measure, moment):
    """How a monitored measure stood on the day of the Moment."""
    standing = Standing(measure, moment.on)
    context = {"standing": standing, "plan": standing.facts.plan, "data_age": standing.data_age}
    return context | _permissions(request, standing, moment)


def _permissions(request, standing, moment):
    """What the reader may do with the measure, nothing on a past day; nobody's session is opened
    to find out."""
    if moment.is_past or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {**dict.fromkeys(MAY, False), "correctable": ()}
    # An empty plan instead of none: with nothing to decide about, Django's own permissions would
    # be read too.
    plan = standing.facts.plan or PlanVersion()
    may, history = request.user.has_perm, standing.history
    return {
        **{name: may(permission, plan) for name, permission in MAY.items()},
        "correctable": {
            report.pk
            for report in history.reports
            if may("measures.correct_report", report) and not history.corrected_by(report)
        },
    }
