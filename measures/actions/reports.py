"""Reports: published by their author, or submitted where a strategy asks for an approval."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from measures import checks
from measures.actions.attachments import publish_attachments
from measures.actions.drafts import write
from measures.actions.locks import has_ended, lock
from measures.actions.meanwhile import check_known, check_not_sent, check_writable, own_draft
from measures.actions.milestones import finish
from measures.actions.outputs import record_output
from measures.models import DraftState, Report, ReportDraft, ReportSource
from measures.models.report import ReportContent
from measures.status import with_report
from measures.typed_output import read_output

CONTENT = [field.name for field in ReportContent._meta.get_fields() if field.name != "measure"]
"""The names of the fields a draft and a report have in common."""

UNSEEN = "K opatření máte rozepsaný koncept. Nejdřív ho dokončete, nebo zahoďte."
NEEDS_APPROVAL = "Hlášení této strategie schvaluje vedoucí: odevzdejte ho ke schválení."


def send_report(*, measure, by, content, **how):
    """Publish a report or, where the strategy asks for it, submit it for an approval.

    Takes what `publish_report` takes and returns the Report, or the submitted ReportDraft.
    """
    if measure.strategy.needs_approval:
        return submit_report(measure=measure, by=by, content=content, **how)
    return publish_report(measure=measure, by=by, content=content, **how)


@transaction.atomic
def publish_report(*, measure, by, content, known=None, submission=None, **how):
    """Publish a report, mark the `finished` milestones as done today and drop the draft.

    `content` are the fields of ReportContent and, for a correction, `corrects`; `output` the texts
    of an output that happened; `submission` names the form: the same one again raises AlreadySent.
    With `known`, raises Changed unless that is what the database holds. Returns the Report.
    """
    facts, draft = _begin(measure, by, content, known, submission)
    if facts.measure.strategy.needs_approval:
        raise ValidationError(NEEDS_APPROVAL)
    report = make_report(facts, by, content, submission=submission, **how)
    if draft and draft.corrects_id == report.corrects_id:
        publish_attachments(report, draft)
        draft.delete()
    return report


@transaction.atomic
def submit_report(
    *, measure, by, content, known=None, submission=None, finished=(), output=None, **how
):
    """Submit a report for an approval: all that publishing would check must hold. Returns the
    draft, which its author cannot edit until it is taken back, returned or published."""
    facts, draft = _begin(measure, by, content, known, submission)
    corrects = content.get("corrects")
    check_writable(draft, corrects)
    if draft and known is None and not corrects:
        raise ValidationError(UNSEEN)
    said = _submitted(output=output, submission=submission, **how)
    report = Report(measure=facts.measure, author=by, source=said["source"], **content)
    check_whole(facts, report, finished, output)
    draft = draft or ReportDraft(measure=measure, author=by, version=0)
    return write(draft, {**content, **said}, finished)


def _submitted(
    *, output, submission, writing_seconds=None, source=ReportSource.STAFF, source_text=""
):
    now = timezone.now()
    return {
        "output": output or {},
        "typed": {},
        "submission": submission,
        "state": DraftState.SUBMITTED,
        "submitted_at": now,
        "opened_at": now - timedelta(seconds=writing_seconds or 0),
        "source": source,
        "source_text": source_text,
    }


def _begin(measure, by, content, known, submission):
    facts = lock(measure, by, "measures.report_on")
    corrects = content.get("corrects")
    if corrects and not by.has_perm("measures.correct_report", corrects):
        raise PermissionDenied
    draft = own_draft(measure, by)
    check_not_sent(submission, draft)
    check_known(known, draft, facts)
    return facts, draft


def check_whole(facts, report, finished, output):
    """See under the lock of the measure that a report may be published, with its ticks and its
    output. Returns the open milestones by key and the fields of the output, or None."""
    today = timezone.localdate()
    open_milestones = {m.milestone_id: m for m in facts.open_milestones(today)}
    checks.check_report(report, today=today, last=facts.report)
    checks.check_milestones_finished(report, open_milestones, finished)
    return open_milestones, read_output(output or {}, today)


def make_report(facts, author, content, *, finished=(), output=None, done_on=None, **how):
    """Write under the lock of the measure a report with its ticks and its output; all of them
    carry one moment, so that the line of time shows one act."""
    report = Report(measure=facts.measure, author=author, **content, **how)
    open_milestones, happened = check_whole(facts, report, finished, output)
    report.save()
    ends = has_ended(with_report(facts, report))
    for pk in set(finished):
        finish(
            open_milestones[pk],
            done_on or timezone.localdate(),
            by=author,
            has_ended=ends,
            moment=report.published_at,
        )
    if happened:
        record_output(
            measure=facts.measure, by=author, moment=report.published_at, organiser=None, **happened
        )
    return report
