"""New data of measures: outputs recorded, corrected or withdrawn between two points."""

from django.db.models import Prefetch, Q

from common import czech
from common.news import Group
from measures.changes.subject import item_of, known_before
from measures.models import Output, OutputMunicipality
from measures.wording import output_changes, output_text


def output_items(measures, by_pk, since, until):
    """Yield an item for each output that is known at the later point and was not at the earlier
    one, or not so. Two queries and one more for the places, however many outputs."""
    rows = _rows(measures, since, until)
    corrected = {row.corrects_id for row in rows}
    for row in rows:
        if row.pk in corrected or row.happened_on > until.on:
            continue
        item = _item(row, known_before(row, rows), by_pk[row.measure_id])
        if item:
            yield item


def _rows(measures, since, until):
    """Return what was recorded between the points, and what happened between them although it had
    been written down before; with what they correct."""
    came = Q(recorded_at__gte=since.known) | Q(happened_on__gt=since.on)
    places = OutputMunicipality.objects.select_related("municipality")
    found = Output.objects.filter(came, measure__in=measures, recorded_at__lt=until.known)
    return list(
        found.select_related("corrects")
        .prefetch_related(Prefetch("places", places), Prefetch("corrects__places", places))
        .order_by("happened_on", "pk")
    )


def _item(row, before, measure):
    if row.is_withdrawn:
        sentence = output_text(row) if before else ""
    elif before is None:
        sentence = f"{_kind(row)} {czech.date(row.happened_on)}: {output_text(row)}"
    else:
        sentence = f"Oprava výstupu: {output_text(row)}"
    if not sentence:
        return None
    changed = tuple(output_changes(before, row)) if before else ()
    return item_of(measure, Group.DATA, sentence, row.recorded_at, changes=changed)


def _kind(output):
    kind = output.get_kind_display()
    return f"{kind[:1].upper()}{kind[1:]}"
