from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common import czech
from measures.actions import OVERTAKEN, report_once, unchanged
from measures.actions.locks import has_ended
from measures.cycles import offered
from measures.desk import offered_no_change, own_drafts, queue
from measures.models import DraftState, Report
from measures.sentences import rule_sentence
from measures.status import status, with_report
from measures.tickets import new_ticket, ticket_from
from measures.views.page import desk_page, facts_for
from measures.wording import report_details

STRANGE_TICKET = "Stránka byla otevřená příliš dlouho nebo jinde. Potvrďte prosím znovu."
NO_REPORT_OF_STAFF = (
    "„Beze změny“ navazuje na hlášení jednotky za poslední dva cykly a to chybí. "
    "Napište, co se stalo."
)


@desk_page
def no_change(request, pk):
    """Show what „beze změny“ would say of a measure and ask once; only a POST says it."""
    today = timezone.localdate()
    found = facts_for(request, "measures.report_on", pk=pk)
    refused = None
    if request.method == "POST":
        following = _following(request.user, found.measure, today)
        refused = _confirm(request, found, today)
        if refused is None:
            return redirect(reverse("measures:desk") + following)
        found = facts_for(request, "measures.report_on", pk=pk)
    reason = _why_not(request.user, found, today)
    if reason:
        messages.info(request, czech.typography(reason))
        return redirect("measures:report_form", pk)
    return _page(request, found, today, refused)


def _confirm(request, found, today):
    """Report that nothing changed and return None, or return the ValidationError why not."""
    ticket = ticket_from(request.POST.get("listek"), found.measure, request.user)
    if ticket is None or found.report is None:
        return ValidationError(STRANGE_TICKET)
    content = unchanged(found, today) if found.report else {}
    try:
        made = report_once(measure=found.measure, by=request.user, ticket=ticket, content=content)
    except ValidationError as error:
        return error
    say_sent(request, found.measure, made)
    return None


def say_sent(request, measure, made):
    """Say what became of a report that was sent."""
    messages.success(request, czech.typography(sent_sentence(measure, made)))


def sent_sentence(measure, made):
    """Return what became of a report about a measure, as report_once() returned it."""
    if made is None:
        return f"Hlášení k opatření {measure.code} už bylo odeslané, podruhé se nezapsalo."
    if isinstance(made, Report):
        return f"Hlášení k opatření {measure.code} je zveřejněné."
    return f"Hlášení k opatření {measure.code} čeká na schválení."


def _following(user, measure, today):
    """Return the anchor of what comes next in the queue, empty at its end."""
    waiting = [task.measure.pk for task in queue(user, today)]
    after = waiting[waiting.index(measure.pk) + 1 :] if measure.pk in waiting else []
    return f"#o{after[0]}" if after else ""


def _why_not(user, found, today):
    """Return why „beze změny“ cannot be said now, empty where it can."""
    draft = own_drafts(user).get(found.measure.pk)
    if draft and draft.state == DraftState.SUBMITTED:
        return "Vaše hlášení k opatření už čeká na schválení."
    if draft:
        return "K opatření máte rozepsané hlášení. Dopište ho; „beze změny“ by ho zahodilo."
    if has_ended(found):
        return "Opatření je ukončené, „beze změny“ se o něm nehlásí."
    if not offered_no_change(found, today):
        return NO_REPORT_OF_STAFF
    return ""


def _page(request, found, today, refused):
    measure = found.measure
    report = Report(measure=measure, **unchanged(found, today))
    after = with_report(found, report)
    derived = status(after, today)
    context = {
        "measure": measure,
        "report": report,
        "held": report_details(report),
        "last": found.report,
        "cycle": offered(today, measure.strategy.cycle_months),
        "status": status(found, today),
        "will_be": derived,
        "fact": rule_sentence(derived, after).fact,
        "ticket": new_ticket(found, request.user).sealed(),
        "refused": refused,
        "is_overtaken": getattr(refused, "code", "") == OVERTAKEN,
        "trail": [
            ("Práce", reverse("measures:desk")),
            (str(measure), measure.get_absolute_url()),
            ("Beze změny", ""),
        ],
    }
    code = 200 if refused is None else 409 if context["is_overtaken"] else 422
    return render(request, "measures/no_change.html", context, status=code)
