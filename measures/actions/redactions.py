"""Removing personal data from what was published."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from common import redaction
from measures.models import Measure
from measures.redactions import measure_of, removables


@transaction.atomic
def redact_record(*, record, by, texts, reference):
    """Remove texts of a record, named by their fields, for good and wherever they stand in its
    measure; returns the Redactions."""
    if not by.has_perm("measures.redact"):
        raise PermissionDenied
    Measure.objects.select_for_update().get(pk=measure_of(record).pk)
    record.refresh_from_db()
    chosen = [text for text in removables(record) if text.field in texts]
    if not chosen or len(chosen) != len(set(texts)):
        message = "Vyberte, co se má odstranit. Co už odstraněno bylo, vybrat nejde."
        raise ValidationError({"texts": message})
    by_record = {}
    for text in chosen:
        for place, field in text.places:
            by_record.setdefault(place, []).append(field)
    return [
        redaction.redact(place, names, by=by, reference=reference)
        for place, names in by_record.items()
    ]
