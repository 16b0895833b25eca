from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.search import Query
from portal.search import search as find
from portal.search_sources import SOURCES, misspelled


@require_safe
def search(request):
    """Everything that answers `?q=` in one list, the best first."""
    query = Query.of(request.GET.get("q", ""))
    context = {"query": query, "results": find(query, SOURCES, misspelled)}
    return render(request, "portal/search.html", context)
