from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.overview import newest_index_year, overviews, population_date


@require_safe
def home(request):
    """Where to go: three doors, how the monitored strategies stand, how old the data are."""
    on = timezone.localdate()
    context = {
        "on": on,
        "overviews": [one for one in overviews(on) if one.strategy.is_monitored],
        "index_year": newest_index_year(),
        "population_date": population_date(),
    }
    return render(request, "portal/home.html", context)
