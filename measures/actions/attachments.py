"""Attachments: put to a draft or a milestone, taken away again, published with the report.

The bytes are written before the rows that name them and erased if these fail, so the actions that
store files are not to be called inside another transaction.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from measures.actions.locks import lock
from measures.actions.milestones import finish_milestone
from measures.files import stored
from measures.models import (
    Attachment,
    DraftState,
    MilestoneAttachment,
    ReportAttachment,
    ReportDraft,
)

MAX_FILES = 10
"""How many files a draft, or the evidence of a milestone, may have."""


def attach_to_draft(*, draft, by, files):
    """Keep CheckedFiles with a draft of one's own and return their Attachments."""
    with stored(files) as names, transaction.atomic():
        draft = _own_draft(draft, by)
        _check_number(draft.attachments.count() + len(files))
        attachments = _rows(draft.measure, by, files, names)
        draft.attachments.add(*attachments)
    return attachments


@transaction.atomic
def remove_from_draft(*, draft, by, attachment_id):
    """Take a file away from a draft of one's own; one that is not there is no matter."""
    own = _own_draft(draft, by)
    own.attachments.remove(*own.attachments.filter(pk=attachment_id))


def publish_attachments(report, draft):
    """Make the files of a draft those of the report it became; runs within its publishing."""
    if draft is not None:
        ReportAttachment.objects.bulk_create(
            ReportAttachment(report=report, attachment=attachment)
            for attachment in draft.attachments.order_by("pk")
        )


def finish_with_files(*, milestone, by, files, **finishing):
    """Record a milestone as done, with the files that prove it, and return the new version."""
    with stored(files) as names, transaction.atomic():
        version = finish_milestone(milestone=milestone, by=by, **finishing)
        attach_to_milestone(version=version, by=by, files=files, names=names)
    return version


def attach_to_milestone(*, version, by, files, names):
    """Make rows of the `stored` files of a version of a milestone, within its transaction."""
    _check_number(len(files))
    MilestoneAttachment.objects.bulk_create(
        MilestoneAttachment(version=version, attachment=attachment)
        for attachment in _rows(version.milestone.measure, by, files, names)
    )


def _own_draft(draft, by):
    lock(draft.measure, by, "measures.report_on")
    draft = ReportDraft.objects.select_related("measure").filter(pk=draft.pk).first()
    if draft is None:
        raise ValidationError("Koncept už není. Otevřete hlášení znovu.")
    if draft.author_id != by.pk:
        raise PermissionDenied
    if draft.state == DraftState.SUBMITTED:
        raise ValidationError({"files": "Hlášení čeká na schválení, jeho přílohy měnit nejde."})
    return draft


def _check_number(number):
    if number > MAX_FILES:
        raise ValidationError({"files": f"Příloh může být nejvýš {MAX_FILES}."})


def _rows(measure, by, files, names):
    """Make the rows one by one: on SQLite rows made at once do not know their keys."""
    return [
        Attachment.objects.create(
            measure=measure,
            name=file.name,
            kind=file.kind,
            size=len(file.content),
            sha256=file.sha256,
            stored_name=name,
            author=by,
        )
        for file, name in zip(files, names, strict=True)
    ]
