"""Approval of reports where a strategy asks for it: by a head who is not their author."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from measures.actions.attachments import publish_attachments
from measures.actions.locks import lock
from measures.actions.meanwhile import Changed, check_known
from measures.actions.reports import CONTENT, make_report
from measures.models import DraftState, ReportDraft

SETTLED = "Hlášení už na schválení nečeká: někdo o něm rozhodl nebo ho autor vzal zpět."


@transaction.atomic
def approve_report(*, draft, by, known):
    """Publish a submitted draft: `by` becomes its approver, its author stays. All checks run
    again. Raises Changed when the draft or the last report is not what `by` has seen (`known`).
    Returns the Report."""
    facts, draft = _submitted(draft, by, "measures.approve_report")
    check_known(known, draft, facts)
    content = {name: getattr(draft, name) for name in CONTENT}
    if draft.corrects_id:
        content["corrects"] = draft.corrects
    report = make_report(
        facts,
        draft.author,
        content,
        approver=by,
        finished=list(draft.finished_milestones.values_list("pk", flat=True)),
        output=draft.output,
        # The author ticked it that day; how long the approval took delays nothing.
        done_on=timezone.localdate(draft.submitted_at),
        submission=draft.submission,
        writing_seconds=int((draft.submitted_at - draft.opened_at).total_seconds()),
        source=draft.source,
        source_text=draft.source_text,
    )
    publish_attachments(report, draft)
    draft.delete()
    return report


@transaction.atomic
def return_report(*, draft, by, comment, version):
    """Return a submitted draft to its author with a comment, and write to them."""
    _, draft = _submitted(draft, by, "measures.approve_report")
    if draft.version != version:
        raise Changed
    if not comment.strip():
        raise ValidationError({"comment": "Napište, co má autor doplnit nebo změnit."})
    draft.state, draft.comment, draft.returned_by = DraftState.RETURNED, comment.strip(), by
    draft.version += 1
    draft.save()
    transaction.on_commit(lambda: _tell_author(draft), robust=True)
    return draft


@transaction.atomic
def withdraw_report(*, draft, by):
    """Take one's own submitted draft back, to write on."""
    _, draft = _submitted(draft, by, "measures.report_on")
    if draft.author_id != by.pk:
        raise PermissionDenied
    draft.state, draft.submitted_at = DraftState.WRITING, None
    draft.version += 1
    draft.save()
    return draft


def _submitted(draft, by, permission):
    """Lock the measure and return its facts and the draft as it is now, still submitted."""
    facts = lock(draft.measure, by, "measures.report_on")
    found = ReportDraft.objects.select_related("measure__strategy", "author", "corrects")
    current = found.filter(pk=draft.pk).first()
    if current is None or current.state != DraftState.SUBMITTED:
        raise ValidationError(SETTLED)
    if permission == "measures.approve_report" and not by.has_perm(permission, current):
        raise PermissionDenied
    return facts, current


def _tell_author(draft):
    context = {"measure": draft.measure, "comment": draft.comment}
    send_mail(
        f"Vrácené hlášení k opatření {draft.measure.code}",
        render_to_string("measures/email/report_returned.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [draft.author.email],
    )
