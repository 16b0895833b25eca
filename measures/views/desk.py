from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from rules import has_perm

from measures.desk import Scope, approvals, asked, in_scope, in_sections, tasks
from measures.models import PlanVersion
from measures.views.page import desk_page


@desk_page
def desk(request):
    """List what is asked of the person, the most pressing first."""
    today = timezone.localdate()
    everything = tasks(request.user, today)
    scope = scope_of(request)
    shown = in_scope(everything, scope)
    sections = in_sections(shown)
    context = {
        "sections": sections,
        "asked": asked(sections),
        "nobody_owns": bool(shown) and all(task.whose == Scope.QUEUE for task in shown),
        "approvals": [(draft, _approval_url(draft)) for draft in approvals(request.user)],
        "scopes": scopes(everything, scope),
        "sees_quality": has_perm("measures.see_quality", request.user),
        "today": today,
        # Of a plan, though an empty one: else Django's own permissions would be read too.
        "may_assign": request.user.has_perm("measures.change_plan", PlanVersion()),
    }
    return render(request, "measures/desk.html", context)


def scope_of(request):
    """Return the Scope a page is asked for; the person's queue unless it names another."""
    wanted = request.GET.get("koho")
    return Scope(wanted) if wanted in Scope.values else Scope.QUEUE


def scopes(found, chosen):
    """Return (Scope, address, how many, is chosen) for each choice that differs from the one
    before; none where there is nothing to choose. `found` are Tasks or rows of the round."""
    choices, number = [], None
    for scope in Scope:
        held = len(in_scope(found, scope))
        if (held and held != number) or scope == chosen:
            address = "?" if scope == Scope.QUEUE else f"?koho={scope}"
            choices.append((scope, address, held, scope == chosen))
        number = held
    return choices if len(choices) > 1 else []


def _approval_url(draft):
    return reverse("measures:report_approval", args=[draft.pk])
