from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.methodology import GROUPS, METHODS, siblings


@require_safe
def methodology_list(request):
    """The pages of methodology, one for each rule."""
    return render(request, "portal/methodology/methodology_list.html", {"groups": GROUPS})


@require_safe
def methodology_detail(request, slug):
    """One rule: what it says, an example, what it does not say and where it shows."""
    method = METHODS.get(slug)
    if method is None:
        raise Http404
    context = {
        "method": method,
        "siblings": siblings(method),
        "trail": [("Metodika", reverse("portal:methodology_list")), (method.title, "")],
        **method.facts(),
    }
    return render(request, method.template, context)
