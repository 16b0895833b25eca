"""What was typed into a report form is not lost when the sign-in behind it ended.

A form that arrives without a sign-in, or with a mark of an earlier one, is put aside in the
session, and shown again after sign-in to the person it belongs to, and to nobody else. Only a form
we signed, sent from our own pages, is put aside: nobody fills the database from outside.
"""

from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.csrf import csrf_failure as plain_csrf_failure

from measures import tokens
from measures.views.posted import read_form

KEY = "parked_reports"
MOST_PARKED = 5

SIGNED_OUT = (
    "Přihlášení mezitím vypršelo. Co jste napsali, je zpátky ve formuláři, "
    "ale zatím to není uložené ani zveřejněné."
)
SIGNED_ANEW = (
    "Mezitím jste se přihlásili znovu v jiném okně. Co jste napsali, je zpátky ve formuláři, "
    "ale zatím to není uložené ani zveřejněné."
)
TWO_WORDINGS = (
    "Tady je vaše znění, které se rozešlo s jiným. Zatím není uložené: "
    "až ho uložíte, ukážeme obě znění vedle sebe."
)
WITHOUT_FILES = " Soubory přiložte znovu."


def park(request, token, values, sentence):
    """Put what was typed aside in the session, with the sentence to show beside it."""
    if request.FILES:
        sentence += WITHOUT_FILES
    parked = request.session.get(KEY, {})
    parked.pop(_key(token), None)
    parked[_key(token)] = {"token": token.signed, "values": values, "sentence": sentence}
    request.session[KEY] = dict(list(parked.items())[-MOST_PARKED:])


def parked_for(request, draft):
    """Return what the author of a draft had put aside for it, else None."""
    found = request.session.get(KEY, {}).get(_draft_key(draft))
    if found is None:
        return None
    try:
        token = tokens.read_for(found["token"], draft)
    except tokens.Refused:
        return None
    return {**found, "token": token}


def unpark(request, draft, token=None):
    """Forget what was put aside: it has been written by the form of `token`, which leaves what
    another window put aside, or it is thrown away."""
    parked = request.session.get(KEY, {})
    found = parked.get(_draft_key(draft))
    if found is None:
        return
    if token is None or tokens.read(found["token"]).submission == token.submission:
        del parked[_draft_key(draft)]
        request.session[KEY] = parked


def keeps_typed(view):
    """Keep what is posted to a report form by somebody who is no longer signed in."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method != "POST" or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.htmx:
            context = {"sign_in": _sign_in(request.path)}
            return render(request, "measures/_partials/save_signed_out.html", context, status=401)
        token, values = read_form(request.POST)
        if token and is_from_our_page(request):
            park(request, token, values, SIGNED_OUT)
        return redirect_to_login(request.path)

    return guarded


def csrf_failure(request, reason=""):
    """Answer a form whose mark is of an earlier sign-in: signing in in another window changes it.

    A report form of ours is put aside and shown again; anything else is refused as ever.
    """
    token, values = read_form(request.POST)
    is_own = token and request.user.pk in (None, token.author)
    if not is_own or not is_from_our_page(request):
        return plain_csrf_failure(request, reason=reason)
    if request.htmx:
        return _told_while_saving(request)
    address = _address(token)
    if request.user.is_authenticated:
        park(request, token, values, SIGNED_ANEW)
        return redirect(address)
    park(request, token, values, SIGNED_OUT)
    return redirect_to_login(address)


def is_from_our_page(request):
    """Say whether the browser tells that a page of ours sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _told_while_saving(request):
    if not request.user.is_authenticated:
        context = {"sign_in": _sign_in(request.path)}
        return render(request, "measures/_partials/save_signed_out.html", context, status=401)
    context = {"csrf": get_token(request)}
    return render(request, "measures/_partials/save_again.html", context, status=409)


def _sign_in(path):
    return f"{reverse('account_login')}?{urlencode({'next': path})}"


def _address(token):
    if token.corrects:
        return reverse("measures:report_correct", args=[token.corrects])
    return reverse("measures:report_form", args=[token.measure])


def _key(token):
    return f"{token.author}-{token.measure}-{token.corrects or 0}"


def _draft_key(draft):
    return f"{draft.author_id}-{draft.measure_id}-{draft.corrects_id or 0}"
