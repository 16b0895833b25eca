from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from portal.filters import StrategyFilter
from portal.overview import overviews
from portal.strategy_page import chips, strategy_page
from portal.tables import MeasureTable
from strategy.models import Strategy


@require_safe
def strategy_list(request):
    """The strategies with what they hold and how it stands."""
    context = {"overviews": overviews(timezone.localdate())}
    return render(request, "portal/strategy_list.html", context)


@require_safe
def strategy_detail(request, slug):
    """All measures of a strategy by priority and goal, or as a table; narrowed by status."""
    strategy = get_object_or_404(Strategy, slug=slug)
    chosen = StrategyFilter(request.GET, strategy=strategy)
    page = strategy_page(strategy, timezone.localdate(), chosen.status)
    context = {
        "strategy": strategy,
        "chosen": chosen,
        "page": page,
        "chips": chips(page.rollup, chosen.status, chosen.query),
    }
    if chosen.is_table:
        context["table"] = MeasureTable(page.rows, strategy=strategy)
        RequestConfig(request, paginate=False).configure(context["table"])
    return render(request, "portal/strategy_detail.html", context)
