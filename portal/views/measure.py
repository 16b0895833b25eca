from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.measure_page import Standing, trail, with_neighbours
from portal.moment import moment_of
from portal.results import results_of_measure


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
        return dict.fromkeys(("may_report", "may_keep_milestones", "may_redact"), False) | {
            "correctable": ()
        }
    may, plan, history = request.user.has_perm, standing.facts.plan, standing.history
    return {
        "may_report": may("measures.report_on", plan),
        "may_keep_milestones": may("measures.keep_milestones", plan),
        "may_redact": may("measures.redact", standing.facts.measure),
        "correctable": {
            report.pk
            for report in history.reports
            if may("measures.correct_report", report) and not history.corrected_by(report)
        },
    }
