from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.methodology import DATA, GROUPS, METHODS, siblings
from portal.models import ErrorReport
from portal.pages import pages_of


@require_safe
def methodology_list(request):
    """The pages of methodology, one for each rule."""
    context = {"groups": GROUPS, "data": DATA}
    return render(request, "portal/methodology/methodology_list.html", context)


@require_safe
def methodology_detail(request, slug):
    """One rule: what it says, an example, what it does not say and where it shows."""
    method = METHODS.get(slug)
    if method is None:
        raise Http404
    return _show(request, method, method.facts())


@require_safe
def data_corrections(request):
    """What was mended because a reader said so: our sentences, the newest first."""
    mended = list(ErrorReport.objects.corrected())
    pages = pages_of([error.page for error in mended])
    facts = {"mended": [(error, pages[error.page]) for error in mended]}
    return _show(request, METHODS["opravy-dat"], facts)


def _show(request, method, facts):
    context = {
        "method": method,
        "siblings": siblings(method),
        "trail": [("Metodika a data", reverse("portal:methodology_list")), (method.title, "")],
        **facts,
    }
    return render(request, method.template, context)
