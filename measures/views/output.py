from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django_tables2 import RequestConfig

from measures import actions
from measures.actions.outputs import SAID
from measures.filters import DeskOutputFilter
from measures.forms import OutputForm
from measures.models import Output, OutputKind
from measures.outputs import for_list, kinds, participants
from measures.responsibility import monitored
from measures.status import end_of
from measures.tables import DeskOutputTable
from measures.views.page import carry_out, desk_page, facts_for, posted, show

ON_ONE_PAGE = 50


@desk_page
def output_create(request, pk):
    """Record an output of a measure; with „uložit a zapsat další“ many in a row."""
    found = facts_for(request, "measures.keep_outputs", pk=pk)
    kind = request.GET.get("druh")
    initial = {"kind": kind} if kind in OutputKind.values else {}
    form = OutputForm(posted(request), measure=found.measure, initial=initial)
    if form.is_valid() and carry_out(
        request,
        form,
        actions.add_output,
        f"Výstup „{form.cleaned_data['title']}“ je zapsaný.",
        measure=found.measure,
        **form.cleaned_data,
    ):
        if request.POST.get("akce") == "dalsi":
            return redirect(f"{request.path}?{urlencode({'druh': form.cleaned_data['kind']})}")
        return redirect(found.measure)
    return show(request, "output_form", "Nový výstup", form, found, output=None)


@desk_page
def output_correct(request, pk):
    """Correct what was written of an output: a new record that names the old."""
    found, output = _output(request, pk)
    places = [place.municipality for place in output.places.select_related("municipality")]
    initial = {name: getattr(output, name) for name in SAID} | {"municipalities": places}
    form = OutputForm(posted(request), measure=found.measure, initial=initial)
    if form.is_valid() and carry_out(
        request,
        form,
        actions.correct_output,
        f"Výstup „{form.cleaned_data['title']}“ je opravený.",
        output=output,
        **form.cleaned_data,
    ):
        return redirect(found.measure)
    return show(request, "output_form", "Oprava výstupu", form, found, output=output)


@desk_page
def output_withdraw(request, pk):
    """Ask and record that an output never happened."""
    found, output = _output(request, pk)
    form = forms.Form(posted(request))
    if form.is_valid() and carry_out(
        request,
        form,
        actions.withdraw_output,
        f"Zápis výstupu „{output.title}“ je zrušený.",
        output=output,
    ):
        return redirect(found.measure)
    return show(request, "output_withdraw", "Zrušit zápis výstupu", form, found, output=output)


def _output(request, pk):
    """Return the Facts of the measure of an output and the output; 404 and 403 otherwise."""
    found = facts_for(request, "measures.keep_outputs", outputs__pk=pk)
    return found, Output.objects.select_related("measure").get(pk=pk)


@desk_page
def output_list(request):
    """All outputs of the monitored strategies, with what the person may do with each."""
    found = monitored(timezone.localdate())
    outputs = Output.objects.valid(end_of(timezone.localdate()))
    outputs = outputs.filter(measure__strategy__is_monitored=True)
    chosen = DeskOutputFilter(
        request.GET, queryset=for_list(outputs), measures=[one.measure for one in found]
    )
    rows = list(chosen.qs)
    may = request.user.has_perm
    kept = {one.measure.pk for one in found if may("measures.keep_outputs", one.plan)}
    table = DeskOutputTable(rows, kept=kept)
    RequestConfig(request, paginate={"per_page": ON_ONE_PAGE}).configure(table)
    table.read_places()
    context = {"filter": chosen, "table": table, "number": len(rows), "day": ""}
    context |= {"kinds": kinds(rows), "participants": participants(rows)}
    return render(request, "measures/output_list.html", context)
