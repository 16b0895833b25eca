from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.methodology import DATA, GROUPS, METHODS, siblings


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
    context = {
        "method": method,
        "siblings": siblings(method),
        "trail": [("Metodika a data", reverse("portal:methodology_list")), (method.title, "")],
        **method.facts(),
    }
    return render(request, method.template, context)
