from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django_tables2 import RequestConfig

from common import czech
from common.forms import refuse
from measures import actions
from measures.forms import TerritoryForm
from measures.models import Measure
from measures.status import facts
from measures.tables import TerritoryTable
from measures.territories import territory_rows
from measures.views.page import desk_page, posted


@desk_page
def territory(request):
    """Where measures work; many are set at once, all of them or none."""
    found = _monitored()
    may = request.user.has_perm
    own = [one.measure for one in found if may("measures.set_territory", one.plan)]
    form = TerritoryForm(posted(request), measures=own)
    losses = ()
    if form.is_valid():
        losses = _set(request, form)
        if not losses and not form.errors:
            return redirect(request.get_full_path())
    trail = [("Práce", reverse("measures:desk")), ("Kde opatření působí", "")]
    if losses:
        asking = _confirming(form, losses) | {"trail": trail}
        return render(request, "measures/territory_confirm.html", asking)
    context = _listed(request, found) | {"form": form, "trail": trail}
    status = 422 if form.errors else 200
    return render(request, "measures/territory.html", context, status=status)


def _monitored():
    """The Facts of all monitored measures with their municipalities. Six queries."""
    measures = Measure.objects.monitored().select_related("strategy__region")
    measures = measures.order_by("strategy__slug", "code_key", "pk")
    return facts(measures.prefetch_related("municipalities"), timezone.localdate())


def _set(request, form):
    """Carry the change out; return what would be lost where that was not agreed with."""
    chosen = form.chosen()
    try:
        changed = actions.set_territories(measures=chosen, by=request.user, **form.changes())
    except actions.WouldClear as refused:
        return refused.losses
    except ValidationError as error:
        refuse(form, error)
        return ()
    messages.success(request, czech.typography(_done(len(changed), len(chosen))))
    return ()


def _done(changed, chosen):
    if not changed:
        return "Nic se nezměnilo: vybraná opatření to tak už měla."
    rest = f", {chosen - changed} to tak už mělo" if chosen > changed else ""
    return f"Území je nastavené u {changed} opatření{rest}."


def _confirming(form, losses):
    """What the page that asks shows, with all that was typed to be sent once more."""
    names = ("opatreni", "territory", "municipalities", "orps", "mode")
    sent = [(name, value) for name in names for value in form.data.getlist(name)]
    agreed = [f"{measure.pk}-{place.pk}" for measure, places in losses for place in places]
    return {"losses": losses, "sent": sent + [("souhlas", pair) for pair in agreed]}


def _listed(request, found):
    undetermined = request.GET.get("neurcene") == "1"
    rows = territory_rows(found, request.user, _ticked(request))
    table = TerritoryTable([one for one in rows if one.is_undetermined or not undetermined])
    RequestConfig(request, paginate=False).configure(table)
    number = sum(one.is_undetermined for one in rows)
    return {"table": table, "undetermined": undetermined, "number": number, "total": len(rows)}


def _ticked(request):
    """Return the function that says whether a measure is ticked: as posted, all, or the one the
    person came from."""
    if request.GET.get("vybrat") == "vse" and request.method != "POST":
        return lambda measure: True
    named = (request.POST if request.method == "POST" else request.GET).getlist("opatreni")
    return lambda measure: str(measure.pk) in named
