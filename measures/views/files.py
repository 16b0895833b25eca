"""Attachments: kept with a draft from the report form, handed out to those who may read them."""

import logging

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.forms import refuse
from measures import actions
from measures.files import CONTENT_TYPES
from measures.models import Attachment, ReportDraft

logger = logging.getLogger(__name__)


def attached(measure, user):
    """Return the files of a person's draft about a measure."""
    drafts = ReportDraft.objects.filter(measure=measure, author=user)
    return Attachment.objects.filter(drafts__in=drafts).order_by("pk")


def keep_files(request, form):
    """Put the chosen files that are good to the person's draft, which was kept before, and take
    away the one whose button was pressed; show at the form why that cannot be."""
    draft = ReportDraft.objects.filter(measure=form.facts.measure, author=request.user).first()
    files, removed = form.fields["files"].good, request.POST.get("odebrat", "")
    try:
        if removed.isdecimal() and draft:
            actions.remove_from_draft(draft=draft, by=request.user, attachment_id=int(removed))
        if files and draft:
            actions.attach_to_draft(draft=draft, by=request.user, files=files)
    except ValidationError as error:
        refuse(form, error)


@require_safe
@never_cache
def attachment_download(request, pk, name):
    """Hand a file out as a download; the name in the address is only for the reader.

    Nothing may keep a copy: one that is removed because of personal data is to be gone at once.
    """
    attachment = get_object_or_404(Attachment, pk=pk)
    if not (attachment.is_public() or _may_see_draft(request.user, attachment)):
        raise Http404
    if attachment.is_erased:
        return _gone(request, attachment)
    try:
        file = default_storage.open(attachment.stored_name)
    except FileNotFoundError:
        logger.error("The bytes of attachment %s are missing.", attachment.pk)
        return _gone(request, attachment)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=attachment.name,
        content_type=CONTENT_TYPES[attachment.kind],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _may_see_draft(user, attachment):
    return any(user.has_perm("measures.see_draft", draft) for draft in attachment.drafts.all())


def _gone(request, attachment):
    context = {"attachment": attachment}
    return render(request, "measures/attachment_gone.html", context, status=410)
