"""The page a link in an e-mail opens for a partner organisation: no account, no session."""

from functools import wraps

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from common.throttle import allow, visitor
from measures import actions
from measures.forms import AnswerForm
from measures.models import PartnerRequest
from measures.partners import ANSWER_WORDS, BUSY, closed, digest_of, standing
from measures.views.page import posted

TRIES = 60
WINDOW = 10 * 60


def linked_page(view):
    """Keep a page that is opened by a secret in its address out of caches, search engines, logs
    and the headers sent elsewhere.

    Without a referrer browsers send no origin either, so Django's token would be refused; it is
    not needed, for nobody can forge a form whose address they do not know.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Django would write the address of an answer that is not 200 into the log.
        response._has_been_logged = True
        return response

    return require_http_methods(["GET", "HEAD", "POST"])(csrf_exempt(never_cache(guarded)))


@linked_page
def answer(request, link):
    """Show the question with a short form; POST keeps the answer, once."""
    now = timezone.now()
    if not allow(f"dotaz:odkaz:{visitor(request)}", limit=TRIES, seconds=WINDOW, now=now):
        return _closed(request, BUSY)
    asked = _asked(link)
    found = standing(asked, now) if asked else None
    if not (found and found.is_open):
        return _closed(request, closed(found and found.key))
    form = AnswerForm(posted(request))
    if form.is_valid():
        return _keep(request, link, form.cleaned_data)
    context = {"form": form, "asked": asked, "measure": asked.measure}
    status = 422 if form.errors else 200
    return render(request, "measures/partner_answer.html", context, status=status)


def _asked(link):
    digest = digest_of(link)
    requests = PartnerRequest.objects.select_related("measure__strategy", "organisation")
    return requests.filter(digest=digest).first() if digest else None


def _keep(request, link, answer):
    try:
        actions.answer_request(link=link, answer=answer)
    except actions.LinkClosed as refusal:
        return _closed(request, closed(refusal.key))
    return redirect("partner:thanks")


def _closed(request, said):
    """Say why the link opens nothing; what was typed meanwhile is given back to be copied."""
    typed = [(label, request.POST.get(name, "")) for name, label in ANSWER_WORDS.items()]
    texts = [(label, text) for label, text in typed if text and label != "Co se stalo"]
    context = {"said": said, "typed": texts}
    return render(request, "measures/partner_closed.html", context, status=said.status)


@require_safe
@linked_page
def thanks(request):
    """Say that the answer has come."""
    return render(request, "measures/partner_thanks.html")
