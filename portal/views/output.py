from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from measures.filters import OutputFilter
from measures.models import Measure, Output
from measures.moment import moment_of
from measures.outputs import for_list, kinds, participants
from measures.tables import OutputTable
from portal.views.strategy import before_first
from strategy.models import Strategy

ON_ONE_PAGE = 50


@require_safe
def output_list(request, slug):
    """What happened under the measures of a strategy, as known on a day."""
    strategy, moment = get_object_or_404(Strategy, slug=slug), moment_of(request)
    way = [("Strategie", reverse("portal:strategy_list"))]
    way += [(strategy.short_name, strategy.get_absolute_url()), ("Výstupy", "")]
    trail = [(label, moment.keep(url) if url else "") for label, url in way]
    if moment.is_before_first:
        return before_first(request, moment, trail)
    context = {"strategy": strategy, "moment": moment, "trail": trail}
    if strategy.is_monitored:
        context |= _chosen(request, strategy, moment)
    return render(request, "portal/output_list.html", context)


def _chosen(request, strategy, moment):
    """The filter, the table and the sums of the outputs known on the day of the Moment."""
    outputs = Output.objects.valid(moment.known).filter(
        measure__strategy=strategy, happened_on__lte=moment.on
    )
    measures = Measure.objects.filter(strategy=strategy).in_plan_order()
    chosen = OutputFilter(request.GET, queryset=for_list(outputs), measures=measures)
    rows = list(chosen.qs)
    table = OutputTable(rows, keep=moment.keep)
    RequestConfig(request, paginate={"per_page": ON_ONE_PAGE}).configure(table)
    table.read_places()
    context = {"filter": chosen, "table": table, "number": len(rows), "kinds": kinds(rows)}
    context["day"] = moment.on.isoformat() if moment.is_past else ""
    return context | {"participants": participants(rows)}
