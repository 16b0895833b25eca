from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.models import Measure
from portal.measure_page import Standing


@require_safe
def measure_detail(request, slug, code):
    """One measure: how it stands and why, what is promised, who does it, what has happened."""
    measure = get_object_or_404(
        Measure.objects.select_related("strategy"), strategy__slug=slug, code=code
    )
    context = {
        "measure": measure,
        "goals": measure.goals.select_related("priority").order_by("code_key", "pk"),
        "activities": measure.activities.order_by("order"),
        "partners": measure.partners.order_by("sort_key", "pk"),
        "municipalities": measure.municipalities.order_by("sort_key", "code"),
    }
    if measure.strategy.is_monitored:
        standing = Standing(measure, timezone.localdate())
        plan = standing.facts.plan
        context |= {"standing": standing, "plan": plan, **_permissions(request, standing)}
    return render(request, "portal/measure_detail.html", context)


def _permissions(request, standing):
    """What the reader may do with the measure; nobody's session is opened to find out."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {"may_report": False, "may_keep_milestones": False, "correctable": ()}
    may, plan, history = request.user.has_perm, standing.facts.plan, standing.history
    return {
        "may_report": may("measures.report_on", plan),
        "may_keep_milestones": may("measures.keep_milestones", plan),
        "correctable": {
            report.pk
            for report in history.reports
            if may("measures.correct_report", report) and not history.corrected_by(report)
        },
    }
