"""Drafts of reports: kept while somebody writes, thrown away by their author."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from measures.actions.locks import lock
from measures.actions.meanwhile import Changed, check_not_sent, check_writable, own_draft
from measures.models import DraftState, Measure, Milestone, ReportDraft


@transaction.atomic
def save_draft(
    *,
    measure,
    by,
    content,
    finished=(),
    output=None,
    typed=None,
    submission=None,
    version=None,
):
    """Keep what `by` has written so far about a measure and return the draft.

    `output` and `typed` are texts as they were typed: an output, and what could not be understood.
    With `version`, that of the draft the caller knows (0 = none), raises Changed when it is not
    the present one; raises AlreadySent when the form `submission` has already been sent.
    """
    lock(measure, by, "measures.report_on")
    draft = own_draft(measure, by)
    check_not_sent(submission, draft)
    check_writable(draft, content.get("corrects"))
    if version is not None and version != (draft.version if draft else 0):
        raise Changed
    said = {**content, "output": output or {}, "typed": typed or {}, "submission": submission}
    return write(draft or ReportDraft(measure=measure, author=by, version=0), said, finished)


def write(draft, said, finished):
    """Write under the lock of the measure what a draft says and which milestones it ticks."""
    for name, value in said.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    ticked = Milestone.objects.filter(measure=draft.measure_id, pk__in=finished)
    draft.finished_milestones.set(ticked if finished else [])
    return draft


@transaction.atomic
def discard_draft(*, draft, by):
    """Throw one's own draft away; one waiting for an approval is taken back first."""
    Measure.objects.select_for_update().get(pk=draft.measure_id)
    draft = ReportDraft.objects.get(pk=draft.pk)
    if draft.author_id != by.pk:
        raise PermissionDenied
    if draft.state == DraftState.SUBMITTED:
        check_writable(draft, draft.corrects)
    draft.delete()
