"""Reports and the drafts they are made from."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from measures import checks
from measures.actions.attachments import publish_attachments
from measures.actions.locks import has_ended, lock
from measures.actions.milestones import finish
from measures.models import Milestone, Report, ReportDraft
from measures.models.report import ReportContent
from measures.status import with_report

CONTENT = [field.name for field in ReportContent._meta.get_fields() if field.name != "measure"]
"""The names of the fields a draft and a report have in common."""


@transaction.atomic
def save_draft(*, measure, by, content, finished=()):
    """Keep what `by` has written so far about a measure and return the draft."""
    lock(measure, by, "measures.report_on")
    draft, created = ReportDraft.objects.get_or_create(measure=measure, author=by, defaults=content)
    if not created:
        for name, value in content.items():
            setattr(draft, name, value)
        draft.version += 1
        draft.save()
    draft.finished_milestones.set(Milestone.objects.filter(measure=measure, pk__in=finished))
    return draft


@transaction.atomic
def publish_report(*, measure, by, content, finished=()):
    """Publish a report, mark the `finished` milestones as done today and drop the draft.

    `content` are the fields of ReportContent and, for a correction, `corrects`. Returns the
    Report.
    """
    facts = lock(measure, by, "measures.report_on")
    today = timezone.localdate()
    report = Report(measure=facts.measure, author=by, **content)
    if report.corrects and not by.has_perm("measures.correct_report", report.corrects):
        raise PermissionDenied
    open_milestones = {m.milestone_id: m for m in facts.open_milestones(today)}
    checks.check_report(report, today=today, last=facts.report)
    checks.check_milestones_finished(report, open_milestones, finished)
    report.save()
    ends = has_ended(with_report(facts, report))
    for pk in set(finished):
        # One act, one moment: the line of time shows the ticks with their report.
        finish(open_milestones[pk], today, by=by, has_ended=ends, moment=report.published_at)
    drafts = ReportDraft.objects.filter(measure=measure, author=by, corrects=report.corrects)
    publish_attachments(report, drafts.first())
    drafts.delete()
    return report
