"""Questions to partner organisations, and what becomes of their answers."""

from functools import partial
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from common.throttle import allow
from measures.actions.locks import has_ended, lock
from measures.mailing import deliver
from measures.models import DraftState, Measure, PartnerRequest, ReportDraft
from measures.partner_drafts import draft_with
from measures.partners import (
    VALID,
    answered_letter,
    digest_of,
    new_link,
    question_letter,
    standing,
)
from measures.status import end_of, facts

DAY = 24 * 60 * 60
TO_ADDRESS = 3
BY_PERSON = 30


class LinkClosed(Exception):
    """The link takes no answer; `key` says how its question stands, None for a link unknown."""

    def __init__(self, key):
        super().__init__(key)
        self.key = key


@transaction.atomic
def ask_partner(*, measure, by, organisation, email, question):
    """Ask an organisation about a measure by e-mail and return the PartnerRequest.

    The letter goes out after the commit. Whether it did stands at the request: `sent_at`.
    """
    found = lock(measure, by, "measures.ask_partner")
    if has_ended(found):
        raise ValidationError("Opatření je ukončené, ptát se na ně už není třeba.")
    now = timezone.now()
    _check_limits(by, email, now)
    link, digest = new_link()
    request = PartnerRequest(
        measure=found.measure,
        organisation=organisation,
        email=email.lower(),
        question=question,
        asked_by=by,
        asked_at=now,
        expires_at=now + VALID,
        digest=digest,
    )
    request.full_clean(exclude=["measure", "organisation", "asked_by"])
    request.save()
    transaction.on_commit(partial(_send, request, link), robust=True)
    return request


def _check_limits(by, email, now):
    """Always the person first: who locks in one order never waits in a circle."""
    if not allow(f"dotaz:od:{by.pk}", limit=BY_PERSON, seconds=DAY, now=now):
        raise ValidationError(
            f"Dnes už jste odeslali {BY_PERSON} dotazů, víc jich za den poslat nejde. "
            "Pokračujte zítra."
        )
    if not allow(f"dotaz:na:{_digest(email)}", limit=TO_ADDRESS, seconds=DAY, now=now):
        raise ValidationError(
            {"email": f"Na tuto adresu už dnes odešly {TO_ADDRESS} dotazy. Pokračujte zítra."}
        )


def _digest(email):
    return sha256(email.lower().encode()).hexdigest()


def _send(request, link):
    if deliver(question_letter(request, reverse("partner:answer", args=[link]))):
        request.mark_sent(timezone.now())


@transaction.atomic
def withdraw_request(*, question, by):
    """Make the link of a question dead; one already answered stays as it is."""
    locked = _locked(question, by)
    if locked.answered_at:
        raise ValidationError("Odpověď už přišla, vzít dotaz zpět nejde.")
    locked.withdraw(timezone.now())
    return locked


@transaction.atomic
def answer_request(*, link, answer):
    """Keep the answer that came over a link, once, and put it into a draft of who reports on the
    measure. Raises LinkClosed when the link takes no answer."""
    request = PartnerRequest.objects.filter(digest=digest_of(link) or "").first()
    if request is None:
        raise LinkClosed(None)
    Measure.objects.select_for_update().get(pk=request.measure_id)
    # Whoever waited for the lock reads again what the one before wrote.
    request = PartnerRequest.objects.select_related(
        "measure__strategy", "organisation", "asked_by"
    ).get(pk=request.pk)
    now = timezone.now()
    found = standing(request, now)
    if not found.is_open:
        raise LinkClosed(found.key)
    request.keep_answer(answer, now)
    person = _reporter(request)
    is_drafted = _put_into_draft(request, person, now)
    name, pk = (
        ("report_form", request.measure_id) if is_drafted else ("partner_request", request.pk)
    )
    letter = answered_letter(request, person, is_drafted, reverse(f"measures:{name}", args=[pk]))
    # The answer is kept, whatever becomes of the letter.
    transaction.on_commit(partial(deliver, letter, person), robust=True)
    return request


@transaction.atomic
def take_answer(*, question, by):
    """Put an answer that waits into the draft of `by` and return the draft."""
    locked = _locked(question, by)
    now = timezone.now()
    if not standing(locked, now).may_be_taken:
        raise ValidationError("Odpověď už někdo převzal, nebo ještě nepřišla.")
    if not _put_into_draft(locked, by, now):
        raise ValidationError(
            "Vaše hlášení k opatření je odevzdané nebo opravné. Převezměte odpověď, až bude "
            "zveřejněné nebo vrácené."
        )
    return ReportDraft.objects.get(measure=locked.measure, author=by)


def _locked(question, by):
    lock(question.measure, by, "measures.ask_partner")
    locked = PartnerRequest.objects.select_related("measure__strategy", "organisation")
    return locked.get(pk=question.pk)


def _reporter(request):
    """Return who is to hear of an answer: the owner, else the deputy, else who asked."""
    day = timezone.localdate()
    plan = facts(Measure.objects.filter(pk=request.measure_id), day, end_of(day))[0].plan
    named = [plan.owner, plan.deputy] if plan else []
    return next((p for p in named if p and p.is_active), request.asked_by)


def _put_into_draft(request, person, now):
    """Put an answer into the draft of a person and say whether that could be done; a draft that
    was submitted or corrects a report is not touched."""
    kept = ReportDraft.objects.select_for_update().filter(measure=request.measure, author=person)
    draft = kept.first()
    if draft and (draft.state == DraftState.SUBMITTED or draft.corrects_id):
        return False
    draft_with(request, draft, person, timezone.localdate(now)).save()
    request.mark_drafted(now)
    return True
