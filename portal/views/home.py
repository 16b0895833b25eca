from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.listing import next_rows
from meetings.readers import sees_open
from portal.changes.home import latest
from portal.overview import (
    newest_index_year,
    newest_report_age,
    overviews,
    population_date,
)


@require_safe
def home(request):
    """Where to go: search, three doors, how the monitored strategies stand, what is new."""
    on = timezone.localdate()
    news = latest(on)
    known = overviews(on, known=news.found.of_measures.after)
    monitored = [one for one in known if one.strategy.is_monitored]
    context = {
        "on": on,
        "overviews": monitored,
        "meetings": next_rows(sees_open(request), on),
        "latest": news,
        "index_year": newest_index_year(),
        "population_date": population_date(),
        "data_age": newest_report_age(monitored),
    }
    return render(request, "portal/home.html", context)
