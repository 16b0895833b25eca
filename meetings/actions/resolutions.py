"""What a meeting resolved: recorded by the head, corrected by a further record, withdrawn.

Nothing recorded is changed: a correction is a whole new Resolution with its own subjects.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from common import czech
from measures.models import Measure, Milestone, PlanVersion, Report
from meetings.actions.locks import lock_meetings
from meetings.checks import check_resolution, check_settles
from meetings.models import (
    Resolution,
    ResolutionDecision,
    ResolutionMeasure,
    ResolutionMilestone,
    ResolutionPlan,
)

OVERTAKEN = "Zápis tohoto usnesení mezitím někdo opravil nebo zrušil. Načtěte stránku znovu."

_LINKS = (
    ("measures", ResolutionMeasure, "measure", Measure, "strategy"),
    ("milestones", ResolutionMilestone, "milestone", Milestone, "measure__strategy"),
    ("plans", ResolutionPlan, "plan", PlanVersion, "measure__strategy"),
    ("decisions", ResolutionDecision, "report", Report, "measure__strategy"),
)
"""What a resolution speaks of: the field, the row that says so, and the way to its strategy."""


@dataclass(frozen=True)
class _Subjects:
    """What a resolution speaks of, once each, under the names of the fields."""

    measures: tuple = ()
    milestones: tuple = ()
    plans: tuple = ()
    decisions: tuple = ()

    @property
    def measure_keys(self):
        """The primary keys of all measures spoken of in one way or another."""
        others = (*self.milestones, *self.plans, *self.decisions)
        return {one.pk for one in self.measures} | {one.measure_id for one in others}


@transaction.atomic
def record_resolution(
    *,
    meeting,
    by,
    number,
    text,
    adopted_on,
    link="",
    measures=(),
    milestones=(),
    plans=(),
    decisions=(),
):
    """Record what a meeting resolved and return the Resolution.

    `decisions` are reports that ask for what the resolution settles. A number stands once among
    the valid resolutions of a body; all that is spoken of belongs to the body's strategy.
    """
    subjects = _Subjects(*map(_once, (measures, milestones, plans, decisions)))
    locked = _lock(meeting, by, subjects.measure_keys)
    said = Resolution(
        meeting=locked, number=number, text=text, adopted_on=adopted_on, link=link, author=by
    )
    return _write(said, subjects)


@transaction.atomic
def correct_resolution(
    *,
    resolution,
    by,
    number,
    text,
    adopted_on,
    link="",
    measures=(),
    milestones=(),
    plans=(),
    decisions=(),
):
    """Record a resolution anew, as a whole and in place of the former record, and return it."""
    subjects = _Subjects(*map(_once, (measures, milestones, plans, decisions)))
    locked = _lock_standing(resolution, by, subjects.measure_keys)
    said = Resolution(
        meeting=locked,
        number=number,
        text=text,
        adopted_on=adopted_on,
        link=link,
        corrects=resolution,
        author=by,
    )
    return _write(said, subjects)


@transaction.atomic
def withdraw_resolution(*, resolution, by):
    """Record that a resolution was not adopted: what it settled is open again."""
    locked = _lock_standing(resolution, by, ())
    kept = {name: getattr(resolution, name) for name in ("number", "text", "adopted_on", "link")}
    return Resolution.objects.create(
        meeting=locked,
        corrects=resolution,
        is_withdrawn=True,
        recorded_at=timezone.now(),
        author=by,
        **kept,
    )


def _once(rows):
    return tuple(dict.fromkeys(rows))


def _lock(meeting, by, measure_keys):
    """Lock the meetings of the strategy, then the measures spoken of: freezing takes them in the
    same order, and two resolutions cannot settle one decision or bear one number."""
    if not by.has_perm("meetings.record_resolution"):
        raise PermissionDenied
    locked = lock_meetings(meeting)
    list(Measure.objects.select_for_update().filter(pk__in=measure_keys).order_by("pk"))
    return locked


def _lock_standing(resolution, by, measure_keys):
    """Lock the meeting of a resolution and see that nobody corrected or withdrew it."""
    former = Measure.objects.filter(resolution_links__resolution=resolution)
    keys = {*measure_keys, *former.values_list("pk", flat=True)}
    locked = _lock(resolution.meeting, by, keys)
    if not Resolution.objects.standing().filter(pk=resolution.pk).exists():
        raise ValidationError(OVERTAKEN)
    resolution.refresh_from_db()
    return locked


def _write(said, subjects):
    """Check and write a resolution with what it speaks of."""
    now = said.recorded_at = timezone.now()
    said.number = " ".join(said.number.split())
    said.text = said.text.replace("\r\n", "\n").strip()
    errors = check_resolution(said, timezone.localdate(now, czech.PRAGUE))
    for field, _, _, model, path in _LINKS:
        if wrong := _foreign(getattr(subjects, field), model, path, said.meeting.body):
            errors[field] = wrong
    if not errors:
        errors = check_settles(said, subjects.decisions, now)
    if errors:
        raise ValidationError(errors)
    said.save()
    for field, link, name, _, _ in _LINKS:
        rows = [link(resolution=said, **{name: one}) for one in getattr(subjects, field)]
        link.objects.bulk_create(rows)
    return said


def _foreign(rows, model, path, body):
    """Return what to say of rows that do not belong to the strategy of the body, empty if none."""
    keys = {row.pk for row in rows}
    known = model.objects.filter(pk__in=keys, **{path: body.strategy_id}).count()
    return "" if known == len(keys) else "Vyberte jen to, co patří ke strategii tohoto orgánu."
