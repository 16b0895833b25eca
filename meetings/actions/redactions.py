"""Removing personal data from resolutions."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from common import redaction
from meetings.actions.locks import lock_meetings
from meetings.redactions import removables_of


@transaction.atomic
def redact_resolution(*, resolution, by, texts, reference):
    """Remove the text of a resolution for good, wherever it stands; returns the Redactions."""
    if not by.has_perm("meetings.redact_resolution"):
        raise PermissionDenied
    lock_meetings(resolution.meeting)
    resolution.refresh_from_db()
    found = [one for one in removables_of(resolution) if one.field in texts]
    if not found:
        raise ValidationError({"texts": "Tento text už byl odstraněn."})
    return [
        redaction.redact(place, [field], by=by, reference=reference)
        for place, field in found[0].places
    ]
