"""Redaction: the texts of an append-only record that hold personal data are removed for good.

What may be removed and by whom is said above this app; here is how. A Redaction, itself
append-only, keeps the fingerprints and opens the guard for exactly those fields.
"""

import hashlib
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import transaction

from common import redaction_log
from common.append_only import guarded_models
from common.models import REMOVED, Redaction

_lookers = []

MISSING, DIFFERENT, PRESENT, REPEATED = "missing", "different", "present", "repeated"
"""What became of a line of the log: there is no such record, the record says something else than
what was removed, nothing was left to do, the texts were removed again."""


@transaction.atomic
def redact(record, fields, *, by, reference):
    """Remove texts of an append-only record for good and return the Redaction that says so.

    `reference` is that of the data protection officer. Raises ValidationError and changes nothing
    where a field is unknown, empty or was removed before. What the record keeps outside the
    database goes after the commit.
    """
    current = _locked(type(record), record.pk)
    if current is None:
        raise ValidationError("Záznam v databázi není.")
    fields = list(dict.fromkeys(fields))
    _check_fields(current, fields)
    redaction = Redaction(
        record_table=record._meta.db_table,
        record_id=record.pk,
        fields=fields,
        digests={name: fingerprint(getattr(current, name)) for name in fields},
        reference=reference.strip(),
        made_by=by,
    )
    _check_reference(redaction)
    _remove(current, fields, redaction)
    # A fault of the disk must not stop what follows, nor look as if nothing had been removed.
    transaction.on_commit(lambda: redaction_log.append(redaction), robust=True)
    return redaction


def look_also(function):
    """Ask a function of an upper app, too, where else a text stands: it takes the record the text
    belongs to and the text, and yields (record, field) of append-only records. Asked twice for
    the same function, it is the same."""
    if function not in _lookers:
        _lookers.append(function)


def copies(owner, text):
    """Yield (record, field) for each further place of a text that upper apps know of."""
    for look in _lookers:
        yield from look(owner, text)


def fingerprint(text):
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _locked(model, pk):
    return model._base_manager.select_for_update().filter(pk=pk).first()


def _check_fields(record, fields):
    if not fields:
        raise ValidationError({"fields": "Vyberte, co se má odstranit."})
    for name in fields:
        if name not in record.redactable:
            raise ValidationError({"fields": "Toto z\u00a0záznamu odstranit nejde."})
        text = getattr(record, name)
        if text == REMOVED:
            raise ValidationError({"fields": "Tento text už byl odstraněn."})
        if not text:
            raise ValidationError({"fields": "Prázdné pole odstranit nejde."})


def _check_reference(redaction):
    if not redaction.reference:
        message = "Uveďte značku pověřence pro ochranu osobních údajů."
        raise ValidationError({"reference": message})
    try:
        redaction.full_clean(exclude=["made_by"])
    except ValidationError as error:
        raise ValidationError({"reference": error.messages}) from None


def _remove(record, fields, redaction):
    redaction.save()
    rows = type(record)._base_manager.filter(pk=record.pk)
    rows.update(**dict.fromkeys(fields, REMOVED))
    # Documents that were made of it, published or not, are kept too.
    transaction.on_commit(caches["pdf"].clear, robust=True)
    transaction.on_commit(record.after_redaction, robust=True)


# After a restore


@transaction.atomic
def repeat(line, *, by=None):
    """Do again what a line of the log says, if the database lacks it, and return what became of it.

    Another record may meanwhile bear the same number, so nothing goes but the text whose
    fingerprint the line holds. `by` stands in for a person the database does not know. What the
    record keeps outside the database goes again in any case: it may come from an older backup.
    """
    models = {model._meta.db_table: model for model in guarded_models()}
    model = models.get(line["record_table"])
    record = _locked(model, line["record_id"]) if model else None
    if record is None or not set(line["fields"]) <= set(record.redactable):
        return MISSING
    left = [name for name in line["fields"] if getattr(record, name) != REMOVED]
    if not left:
        transaction.on_commit(record.after_redaction, robust=True)
        return PRESENT
    if any(fingerprint(getattr(record, name)) != line["digests"][name] for name in left):
        return DIFFERENT
    _remove(record, left, _redaction_of(line, by))
    return REPEATED


def _redaction_of(line, by):
    users = get_user_model()._default_manager
    key = {get_user_model().USERNAME_FIELD: line["made_by"]}
    return Redaction(
        **{name: line[name] for name in redaction_log.FIELDS},
        made_at=datetime.fromisoformat(line["made_at"]),
        made_by=users.filter(**key).first() or by,
    )


def logged_nowhere(lines):
    """Return the Redactions of the database that are not among the lines of a log."""
    known = {(line["record_table"], line["record_id"], line["made_at"]) for line in lines}
    redactions = Redaction.objects.select_related("made_by").order_by("pk")
    return [
        redaction
        for redaction in redactions
        if (redaction.record_table, redaction.record_id, redaction.made_at.isoformat()) not in known
    ]
