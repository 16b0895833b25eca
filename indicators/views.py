from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.chart import chart
from indicators.models import Indicator, Observation
from indicators.readings import grouped, reading, readings, summary
from indicators.values import value_rows
from indicators.wording import definition, qualifier_meaning


@require_safe
def indicator_list(request):
    """All indicators by region and group, each with its newest value."""
    rows = readings(Indicator.objects.for_list(), timezone.now())
    return render(request, "indicators/indicator_list.html", {"regions": grouped(rows)})


@require_safe
def indicator_detail(request, slug):
    """One indicator: its newest value, definition sheet, all values with their corrections."""
    indicator = get_object_or_404(Indicator.objects.for_page(), slug=slug)
    recorded = list(Observation.objects.recorded(timezone.now()).for_page(indicator))
    rows = value_rows(indicator, recorded)
    newest = reading(indicator, [row.observation for row in rows if not row.is_corrected])
    context = {
        "indicator": indicator,
        "reading": newest,
        "summary": summary(newest),
        "meaning": newest.latest and qualifier_meaning(newest.latest),
        **definition(indicator, newest.latest),
        "chart": chart(indicator, newest.series),
        "rows": rows[::-1],
    }
    return render(request, "indicators/indicator_detail.html", context)
