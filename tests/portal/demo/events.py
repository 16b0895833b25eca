"""The rows of the made-up history as events of the naive replay."""

from measures.models import MilestoneVersion, Output, PlanVersion, Report
from tests.measures.naive_replay import Happened, Planned, Promised, Reported


def events_of(measure):
    """Return everything recorded of a measure in the order it was written down."""
    rows = [
        *Report.objects.filter(measure=measure),
        *PlanVersion.objects.filter(measure=measure),
        *MilestoneVersion.objects.filter(milestone__measure=measure),
        *Output.objects.filter(measure=measure),
    ]
    rows.sort(key=lambda row: (moment(row), row.pk))
    places = {(type(row), row.pk): place for place, row in enumerate(rows)}
    return [_event(row, places) for row in rows]


def moment(row):
    return row.published_at if isinstance(row, Report) else row.recorded_at


def _event(row, places):
    if isinstance(row, PlanVersion):
        return Planned(row.recorded_at, row.start_date, row.end_date, row.kind)
    if isinstance(row, MilestoneVersion):
        return Promised(
            row.recorded_at,
            row.milestone_id,
            row.due_date,
            row.expected_date,
            row.state,
            row.closed_on,
        )
    corrects = places[type(row), row.corrects_id] if row.corrects_id else None
    if isinstance(row, Output):
        return Happened(row.recorded_at, row.happened_on, row.is_withdrawn, corrects)
    return Reported(
        row.published_at,
        row.cycle_start,
        row.as_of_date,
        row.phase,
        row.health,
        row.review_date,
        corrects,
    )
