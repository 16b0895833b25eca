"""Outputs: what happened, corrected and withdrawn by new records that name the old ones."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from measures import checks
from measures.actions.locks import lock
from measures.models import Output, OutputMunicipality

SAID = ("kind", "title", "happened_on", "organiser", "participants", "link")
"""What an output says besides its municipalities."""


@transaction.atomic
def add_output(
    *,
    measure,
    by,
    kind,
    title,
    happened_on,
    organiser=None,
    participants=None,
    link="",
    municipalities=(),
    moment=None,
):
    """Record an output of a measure and return it."""
    facts = lock(measure, by, "measures.keep_outputs")
    values = (kind, title, happened_on, organiser, participants, link)
    said = dict(zip(SAID, values, strict=True))
    return record_output(
        measure=facts.measure, by=by, municipalities=municipalities, moment=moment, **said
    )


@transaction.atomic
def correct_output(*, output, by, municipalities=(), **said):
    """Record what an output should have said, as a new record that names the old; `said` are all
    of SAID. Returns the new one."""
    facts, old = _newest(output, by)
    return record_output(
        measure=facts.measure, by=by, municipalities=municipalities, corrects=old, **said
    )


@transaction.atomic
def withdraw_output(*, output, by):
    """Record that what was written down never happened. Returns the new record."""
    facts, old = _newest(output, by)
    said = {name: getattr(old, name) for name in SAID}
    withdrawn = Output(measure=facts.measure, author=by, corrects=old, is_withdrawn=True, **said)
    withdrawn.save()
    return withdrawn


def record_output(*, measure, by, municipalities=(), corrects=None, moment=None, **said):
    """Record an output under the lock of its measure, for acts that hold it; `said` are values of
    SAID, `moment` is that of the whole act. Returns the output."""
    output = Output(
        measure=measure,
        author=by,
        corrects=corrects,
        recorded_at=moment or timezone.now(),
        **{**said, "title": said["title"].strip()},
    )
    places = list({place.pk: place for place in municipalities}.values())
    checks.check_output(output, places, timezone.localdate())
    _check_new(output, places)
    output.save()
    for place in places:
        OutputMunicipality.objects.create(output=output, municipality=place)
    return output


def _newest(output, by):
    """Lock the measure of an output and see that nobody has corrected or withdrawn it."""
    facts = lock(output.measure, by, "measures.keep_outputs")
    if output.is_withdrawn or Output.objects.filter(corrects=output, is_withdrawn=True).exists():
        raise ValidationError("Zápis výstupu je zrušený. Pokud se konal, zapište ho znovu.")
    if Output.objects.filter(corrects=output).exists():
        raise ValidationError("Výstup už někdo opravil. Opravit lze jen jeho poslední zápis.")
    return facts, output


def _check_new(output, places):
    """Refuse what is written already: a form sent twice, or a correction that corrects nothing."""
    said = {name: getattr(output, name) for name in SAID}
    same = Output.objects.valid(timezone.now()).filter(measure=output.measure, **said)
    keys = {place.pk for place in places}
    for known in same.prefetch_related("places"):
        if {place.municipality_id for place in known.places.all()} != keys:
            continue
        if output.corrects_id == known.pk:
            raise ValidationError("Na zápisu se nic nezměnilo, není co uložit.")
        raise ValidationError("Přesně takový výstup už u opatření zapsaný je.")
