from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.method_facts import easy_words


@require_safe
def about(request):
    """What the portal is, whom it serves and what it is not."""
    return render(request, "portal/about/about.html")


@require_safe
def accessibility(request):
    """The accessibility statement by act 99/2019 Sb."""
    return render(request, "portal/about/accessibility.html")


@require_safe
def easy_reading(request):
    """The portal and the strategy in very simple Czech."""
    return render(request, "portal/about/easy_reading.html", easy_words())
