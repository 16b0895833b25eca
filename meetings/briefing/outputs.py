"""Outputs a meeting is told of: what happened since the one before, or in the last 12 months."""

from django.db.models import Prefetch, Q

from measures.cycles import shifted
from measures.models import Output, OutputMunicipality
from measures.outputs import places_of
from meetings.content import OutputSaid, Words


def read_outputs(plan, since):
    """Return the outputs of all measures, the newest first. Two queries.

    One that happened before the last meeting and was recorded after it is new to the body too,
    unless it is older than a year.
    """
    found = Output.objects.valid(plan.known).filter(
        _recent(plan.on, since), measure__strategy=plan.strategy, happened_on__lte=plan.on
    )
    places = OutputMunicipality.objects.select_related("municipality")
    rows = found.prefetch_related(Prefetch("places", places))
    return list(rows.order_by("-happened_on", "-pk"))


def _recent(on, since):
    year_ago = Q(happened_on__gt=shifted(on, -12))
    if since is None:
        return year_ago
    news = Q(recorded_at__gte=since.known, corrects=None) & year_ago
    return Q(happened_on__gt=since.on) | news


def outputs_said(outputs, known):
    """Return the OutputSaid of those outputs that are of the Known measures."""
    codes = {one.measure.pk: one.measure.code for one in known}
    return tuple(_said(row, codes[row.measure_id]) for row in outputs if row.measure_id in codes)


def _said(row, code):
    return OutputSaid(
        day=row.happened_on,
        kind=row.get_kind_display(),
        title=Words(row.title),
        places=tuple(place.name for place in places_of(row)),
        participants=row.participants,
        code=code,
    )
