from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from municipalities.comparison import MOST, add, choose, compare


@require_safe
def comparison(request):
    """Up to five municipalities of `?o=` side by side; `?pridat=` adds one by its name or code."""
    choice = choose(request.GET.get("o", ""))
    addition = add(choice, request.GET.get("pridat", ""))
    if addition.place:
        return redirect(choice.with_also(addition.place))
    context = {
        "trail": [("Obce", reverse("municipalities:municipality_list")), ("Srovnání", "")],
        "choice": choice,
        "addition": addition,
        "choices": [(place, choice.with_also(place)) for place in addition.choices],
        "found": compare(choice),
        "most": MOST,
    }
    return render(request, "municipalities/comparison.html", context)
