"""What personal data can be removed from: texts of the records of a measure, wherever the same
text stands word for word.

A milestone repeats its title in each version and a correction most of what it corrects: removing
a text from one record only would leave it to be read beside it.
"""

from dataclasses import dataclass

from django.urls import reverse

from common import czech, redaction
from common.models import REMOVED
from measures.models import Attachment, MilestoneVersion, Output, PlanVersion, Report

KINDS = {
    "hlaseni": Report,
    "milnik": MilestoneVersion,
    "plan": PlanVersion,
    "vystup": Output,
    "priloha": Attachment,
}
"""The records by the word in the address of the page that removes their texts."""

_MOMENTS = {Report: "published_at", Attachment: "uploaded_at"}


@dataclass(frozen=True)
class Removable:
    """A text of a record and every (record, field) of the measure in which it stands."""

    field: str
    label: str
    text: str
    places: tuple

    @property
    def others(self):
        """The other places in words: „verze milníku z 3. 10. 2026 (název)“."""
        found = [
            f"{words_of(record)} ({record._meta.get_field(field).verbose_name})"
            if isinstance(record, tuple(KINDS.values()))
            else str(record)
            for record, field in self.places[1:]
        ]
        return list(dict.fromkeys(found))


def address_of(record):
    """Return the address of the page that removes texts of a record, empty if it has none."""
    if not record.pk or not texts_of(record):
        return ""
    kind = next(kind for kind, model in KINDS.items() if isinstance(record, model))
    return reverse("measures:redaction", args=[kind, record.pk])


def texts_of(record):
    """Return the names of the fields whose texts are there and were not removed."""
    return [name for name in record.redactable if getattr(record, name) not in ("", REMOVED)]


def measure_of(record):
    """Return the measure a record belongs to."""
    is_milestone = isinstance(record, MilestoneVersion)
    return record.milestone.measure if is_milestone else record.measure


def removables(record):
    """Return what can be removed from a record, each with all places where it stands."""
    found = []
    for name in texts_of(record):
        places = ((record, name), *_twins(record, name))
        label = str(record._meta.get_field(name).verbose_name)
        label = "soubor i\u00a0s\u00a0názvem" if isinstance(record, Attachment) else label
        found.append(Removable(name, label, getattr(record, name), places))
    return found


def words_of(record):
    """Return a record in words: „hlášení z 3. 10. 2026“."""
    moment = getattr(record, _MOMENTS.get(type(record), "recorded_at"))
    return f"{record._meta.verbose_name} z\u00a0{czech.date(moment)}"


def _twins(record, field):
    """Yield the other places in the measure where a text stands; of a file, the same bytes."""
    measure = measure_of(record)
    if isinstance(record, Attachment):
        same = measure.attachments.filter(sha256=record.sha256).exclude(name=REMOVED)
        yield from ((other, field) for other in same.exclude(pk=record.pk).order_by("pk"))
        return
    text = getattr(record, field)
    for model in KINDS.values():
        if model is Attachment:
            continue
        path = "milestone__measure" if model is MilestoneVersion else "measure"
        for other in model.objects.filter(**{path: measure}).order_by("pk"):
            for name in other.redactable:
                if getattr(other, name) == text and (other, name) != (record, field):
                    yield other, name
    yield from redaction.copies(measure, text)
