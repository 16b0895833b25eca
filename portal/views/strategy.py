from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from measures.moment import moment_of
from portal.outline import outline
from portal.overview import overviews
from portal.selection import Selection
from portal.strategy_page import chips, strategy_page
from portal.tables import MeasureTable
from strategy.models import Strategy
from strategy.validity import gauge


@require_safe
def strategy_list(request):
    """The strategies with what they hold and how it stood on a day."""
    moment = moment_of(request)
    if moment.is_before_first:
        return before_first(request, moment, [("Strategie", "")])
    context = {"moment": moment, "overviews": overviews(moment.on, moment.query)}
    return render(request, "portal/strategy_list.html", context)


@require_safe
def strategy_detail(request, slug):
    """All measures of a strategy by priority and goal, or as a table; narrowed by filters."""
    strategy, moment = get_object_or_404(Strategy, slug=slug), moment_of(request)
    trail = [("Strategie", moment.keep(reverse("portal:strategy_list"))), (strategy.short_name, "")]
    if moment.is_before_first:
        return before_first(request, moment, trail)
    chosen = Selection(request.GET, outline(strategy), moment)
    page = strategy_page(chosen)
    context = {"strategy": strategy, "moment": moment, "chosen": chosen, "page": page}
    context["time"] = gauge(strategy.valid_from, strategy.valid_to, moment.on)
    context |= {"trail": trail, "chips": chips(page.counted, chosen.status, chosen.query)}
    if chosen.is_table:
        context["table"] = MeasureTable(page.rows, strategy=strategy, moment=moment)
        RequestConfig(request, paginate=False).configure(context["table"])
    return render(request, "portal/strategy_detail.html", context | {"data_age": page.data_age})


def before_first(request, moment, trail):
    """The page of a day before the portal's first record; it has nothing to show."""
    return render(request, "portal/before_first.html", {"moment": moment, "trail": trail})
