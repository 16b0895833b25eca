from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django_tables2 import RequestConfig

from common import czech
from common.forms import refuse
from measures import actions
from measures.actions.plans import KEPT
from measures.forms import AssignForm, PlanForm
from measures.models import PlanVersion
from measures.responsibility import ResponsibilityRow, monitored
from measures.tables import AssignTable
from measures.views.page import carry_out, desk_page, facts_for, posted, show


@desk_page
def plan_edit(request, pk):
    """Change when a measure is planned, of which kind it is and who answers for it."""
    found = facts_for(request, "measures.change_plan", pk=pk)
    measure, plan = found.measure, found.plan or PlanVersion()
    initial = {name: getattr(plan, name) for name in KEPT}
    form = PlanForm(posted(request), measure=measure, plan=plan, initial=initial)
    if form.is_valid() and carry_out(
        request,
        form,
        actions.change_plan,
        f"Plán opatření {measure.code} je uložený.",
        measure=measure,
        **form.cleaned_data,
    ):
        return redirect(measure)
    return show(request, "plan_form", "Plán", form, found, seen=plan.pk or 0)


@desk_page
@permission_required("measures.change_plan", raise_exception=True)
def responsibility(request):
    """Who answers for which measure; many are changed at once, all of them or none."""
    found = monitored(timezone.localdate())
    form = AssignForm(posted(request), measures=[one.measure for one in found])
    refused = {}
    if form.is_valid():
        refused = _assign(request, form)
        if not form.errors:
            return redirect(request.get_full_path())
    without_owner = request.GET.get("bez") == "1"
    rows = [_row(one, request, form, refused) for one in found]
    table = AssignTable([row for row in rows if not (without_owner and row.has_owner)])
    RequestConfig(request, paginate=False).configure(table)
    context = {"form": form, "table": table, "without_owner": without_owner}
    context |= {"unowned": sum(not row.has_owner for row in rows), "number": len(rows)}
    status = 422 if form.errors else 200
    return render(request, "measures/responsibility.html", context, status=status)


def _assign(request, form):
    """Carry the change out; return the sentences of what was refused by measure."""
    measures = form.chosen()
    try:
        plans = actions.assign_plans(measures=measures, by=request.user, **form.changes())
    except ValidationError as error:
        refuse(form, error)
        return {one.code: one.messages for one in error.error_list}
    messages.success(request, czech.typography(_done(len(plans), len(measures))))
    return {}


def _done(changed, chosen):
    if not changed:
        return "Nic se nezměnilo: vybraná opatření to tak už měla."
    rest = f", {chosen - changed} to tak už mělo" if chosen > changed else ""
    return f"Změněno u {changed} opatření{rest}."


def _row(found, request, form, refused):
    key = str(found.measure.pk)
    ticked = key in request.POST.getlist("opatreni") or request.GET.get("vybrat") == "vse"
    is_done = form.is_bound and not form.errors
    return ResponsibilityRow(
        found.measure, found.plan, ticked and not is_done, refused.get(key, [])
    )
