from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.desk import offered_no_change
from measures.models import PlanVersion
from measures.moment import moment_of
from measures.wording_history import wording_history
from meetings.about import resolutions_about
from meetings.resolved import resolution_events
from portal.measure_page import Standing, trail, with_neighbours
from portal.measure_text import text_of
from portal.results import results_of_measure
from projects.calls import calls_of_measure

MAY = {
    "may_report": "measures.report_on",
    "may_keep_milestones": "measures.keep_milestones",
    "may_keep_outputs": "measures.keep_outputs",
    "may_change_plan": "measures.change_plan",
    "may_redact": "measures.redact",
    "may_set_territory": "measures.set_territory",
}
"""What a template asks of the reader, and the permission that answers."""


@require_safe
def measure_detail(request, slug, code):
    """One measure on a day: how it stands and why, what is promised, who does it, what happened."""
    measure, previous, following = with_neighbours(slug, code)
    moment = moment_of(request)
    wording = wording_history(measure, moment.known)
    text = text_of(measure, moment, wording)
    context = {"moment": moment, "trail": trail(measure, text.goals, moment)}
    if moment.is_before_first:
        return render(request, "portal/before_first.html", context)
    context |= {**vars(text), "previous": previous, "next": following}
    context["may_see_history"] = _is_signed_in(request, moment) and request.user.has_perm(
        "portal.view_history"
    )
    context["results"] = results_of_measure(measure, moment.known)
    # What could be applied for on a past day helps nobody.
    context["calls"] = [] if moment.is_past else calls_of_measure(measure, moment.on)
    if measure.strategy.is_monitored:
        context |= _standing(request, measure, moment, wording)
    else:
        about = resolutions_about(measure, moment.on, moment.known)
        context["resolved"] = resolution_events(about)
    return render(request, "portal/measure_detail.html", context)


def _standing(request, measure, moment, wording):
    """How a monitored measure stood on the day of the Moment."""
    standing = Standing(measure, moment.on, wording.changes)
    context = {"standing": standing, "plan": standing.facts.plan, "data_age": standing.data_age}
    return context | _permissions(request, standing, moment)


def _is_signed_in(request, moment):
    """Whether the reader may have more than everybody: not on a past day."""
    return not moment.is_past and settings.SESSION_COOKIE_NAME in request.COOKIES


def _permissions(request, standing, moment):
    """What the reader may do with the measure, nothing on a past day; nobody's session is opened
    to find out."""
    if not _is_signed_in(request, moment):
        return {**dict.fromkeys((*MAY, "may_say_no_change"), False), "correctable": ()}
    # An empty plan instead of none: with nothing to decide about, Django's own permissions would
    # be read too.
    plan = standing.facts.plan or PlanVersion()
    may, history = request.user.has_perm, standing.history
    rights = {name: may(permission, plan) for name, permission in MAY.items()}
    offers_no_change = rights["may_report"] and offered_no_change(standing.facts, moment.on)
    return {
        **rights,
        "may_say_no_change": offers_no_change,
        "correctable": {
            report.pk
            for report in history.reports
            if may("measures.correct_report", report) and not history.corrected_by(report)
        },
    }
