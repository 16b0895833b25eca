"""Questions to partner organisations, as the unit sees them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from common.czech import typography
from common.forms import refuse
from measures import actions
from measures.forms import QuestionForm
from measures.models import PartnerRequest
from measures.partners import answer_rows, standing
from measures.views.page import carry_out, desk_page, facts_for, posted, show

UNSENT = (
    "E-mail se nepodařilo odeslat, dotaz nejspíš nikdo nedostal. Zkontrolujte adresu a zeptejte "
    "se znovu."
)


@desk_page
def partner_ask(request, pk):
    """Ask an organisation about a measure; below stand the questions asked so far."""
    found = facts_for(request, "measures.ask_partner", pk=pk)
    form = QuestionForm(posted(request), measure=found.measure)
    if form.is_valid() and _ask(request, form, found.measure):
        return redirect(request.path)
    asked = found.measure.partner_requests.select_related("organisation", "asked_by")
    now = timezone.now()
    rows = [(one, standing(one, now)) for one in asked.order_by("-asked_at", "-pk")]
    return show(request, "partner_ask", "Dotaz partnerovi", form, found, asked=rows)


def _ask(request, form, measure):
    try:
        asked = actions.ask_partner(measure=measure, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        refuse(form, error)
        return False
    if asked.sent_at:
        done = f"Dotaz odešel na {asked.email}. O odpovědi přijde e-mail tomu, kdo opatření hlásí."
        messages.success(request, typography(done))
    else:
        messages.error(request, typography(UNSENT))
    return True


@desk_page
def partner_request(request, pk):
    """Show a question with its answer; POST takes an answer that waits into one's own draft."""
    found, asked = _request(request, pk)
    form = Form(posted(request))
    if form.is_valid() and carry_out(
        request,
        form,
        actions.take_answer,
        "Odpověď je ve vašem konceptu.",
        question=asked,
    ):
        return redirect("measures:report_form", asked.measure_id)
    return _show(request, "partner_request", "Odpověď partnera", form, found, asked)


@desk_page
def partner_withdraw(request, pk):
    """Ask and then make the link of a question dead."""
    found, asked = _request(request, pk)
    form = Form(posted(request))
    if form.is_valid() and carry_out(
        request, form, actions.withdraw_request, "Dotaz je vzatý zpět.", question=asked
    ):
        return redirect("measures:partner_ask", asked.measure_id)
    return _show(request, "partner_withdraw", "Vzít dotaz zpět", form, found, asked)


def _request(request, pk):
    requests = PartnerRequest.objects.select_related("organisation", "asked_by")
    asked = get_object_or_404(requests, pk=pk)
    return facts_for(request, "measures.ask_partner", pk=asked.measure_id), asked


def _show(request, name, label, form, found, asked):
    context = {
        "asked": asked,
        "standing": standing(asked, timezone.now()),
        "answer": answer_rows(asked),
    }
    return show(request, name, label, form, found, **context)
