from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from rules import has_perm

from common import czech
from common.forms import refuse
from measures import quarter
from measures.actions import OVERTAKEN, report_once
from measures.cycles import offered
from measures.desk import in_scope, own_drafts
from measures.forms import RoundForm
from measures.tickets import ticket_from
from measures.views.desk import scope_of, scopes
from measures.views.no_change import say_sent, sent_sentence
from measures.views.page import desk_page, facts_for

STRANGE_TICKET = "Řádek byl otevřený příliš dlouho nebo jinde. Zkontrolujte ho a uložte znovu."
SIGNED_OUT = 401
"""What a script is told in place of the page of the sign-in, which it would put into the row."""


@desk_page
@require_safe
def round_list(request):
    """List all measures of the person, each in a row that is saved by itself."""
    return _page(request, quarter.rows(request.user, timezone.localdate()))


def round_row(request, pk):
    """Save one row; the others stay as they are."""
    if request.htmx and not request.user.is_authenticated:
        return HttpResponse(status=SIGNED_OUT)
    return _round_row(request, pk)


@desk_page
def _round_row(request, pk):
    today = timezone.localdate()
    back = f"{reverse('measures:round')}?{request.GET.urlencode()}#o{pk}"
    found = facts_for(request, "measures.report_on", pk=pk)
    if request.method != "POST":
        return redirect(back)
    form = RoundForm(request.POST, facts=found, today=today)
    sent, code = _send(request, form)
    # Read again: the form may have changed it, or somebody in the meantime.
    found = facts_for(request, "measures.report_on", pk=pk)
    draft = own_drafts(request.user).get(pk)
    row = quarter.row(found, draft, request.user, today, form=None if sent else form)
    if request.htmx:
        return _row(request, row, sent, code)
    if sent:
        return redirect(back)
    others = quarter.rows(request.user, today)
    return _page(request, [row if row.anchor == o.anchor else o for o in others], code)


def _send(request, form):
    """Report what the row says; return the sentence of what was done, or None and the code of
    the answer that shows the row again."""
    measure = form.facts.measure
    ticket = ticket_from(request.POST.get("listek"), measure, request.user)
    if ticket is None:
        form.add_error(None, STRANGE_TICKET)
    if not form.is_valid():
        form.refuse_incomplete()
        return None, 422
    try:
        made = report_once(
            measure=measure,
            by=request.user,
            ticket=ticket,
            content=form.content(),
            finished=form.cleaned_data["finished"],
        )
    except ValidationError as error:
        refuse(form, error)
        return None, 409 if getattr(error, "code", "") == OVERTAKEN else 422
    if not request.htmx:
        say_sent(request, measure, made)
    return sent_sentence(measure, made), 200


def _page(request, rows, code=200):
    scope = scope_of(request)
    shown = in_scope(rows, scope)
    today = timezone.localdate()
    months = {row.measure.strategy.cycle_months for row in shown}
    context = {
        "rows": shown,
        "done": _done(shown),
        "cycle": offered(today, months.pop()) if len(months) == 1 else None,
        "scopes": scopes(rows, scope),
        "sees_quality": has_perm("measures.see_quality", request.user),
        "query": request.GET.urlencode(),
        "trail": [("Práce", reverse("measures:desk")), ("Čtvrtletní kolo", "")],
    }
    return render(request, "measures/round.html", context, status=code)


def _row(request, row, sent, code):
    """The one row, and above the rows what was done and how many are left."""
    context = {"row": row, "query": request.GET.urlencode(), "is_alone": True, "sent": ""}
    if sent:
        shown = in_scope(quarter.rows(request.user, timezone.localdate()), scope_of(request))
        context |= {"sent": czech.typography(sent), "done": _done(shown)}
    return render(request, "measures/round_row.html", context, status=code)


def _done(rows):
    number = sum(row.is_done for row in rows)
    return f"Hotovo {czech.k_of_n(number, len(rows))}."
