from django.shortcuts import render
from django.utils import timezone

from measures.desk import sections
from measures.models import PlanVersion
from measures.views.page import desk_page


@desk_page
def desk(request):
    """List the measures the person may report on, the most pressing ones first."""
    today = timezone.localdate()
    found = sections(request.user, today)
    tasks = [task for section in found for task in section.tasks]
    cycles = {task.freshness.cycle for task in tasks}
    context = {
        "sections": found,
        "number": len(tasks),
        "cycle": next(iter(cycles)) if len(cycles) == 1 else None,
        "today": today,
        # Of a plan, though an empty one: else Django's own permissions would be read too.
        "may_assign": request.user.has_perm("measures.change_plan", PlanVersion()),
    }
    return render(request, "measures/desk.html", context)
