"""Milestones: promised, done, dropped."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from measures import checks
from measures.actions.locks import has_ended, lock
from measures.models import Milestone, MilestoneState, MilestoneVersion


@transaction.atomic
def add_milestone(*, measure, by, title, due_date, repeat_months=None, repeat_until=None):
    """Promise a milestone of a measure by a day and return its first version."""
    facts = lock(measure, by, "measures.keep_milestones")
    if has_ended(facts):
        raise ValidationError("Opatření je ukončené, milník k němu přidat nelze.")
    checks.check_due_date(due_date, facts.plan)
    checks.check_repeat(due_date, repeat_months, repeat_until)
    return _save_version(
        MilestoneVersion(
            milestone=Milestone.objects.create(measure=measure),
            title=title,
            due_date=due_date,
            repeat_months=repeat_months,
            repeat_until=repeat_until,
            author=by,
        )
    )


@transaction.atomic
def finish_milestone(*, milestone, by, done_on, evidence=""):
    """Record that an open milestone was done on a day, today or before; a repeating one opens
    the next, unless the measure has ended. Returns the new version."""
    facts, current = _open_version(milestone, by)
    if done_on is None:
        raise ValidationError({"done_on": "Uveďte den, kdy byl milník hotov."})
    if done_on > timezone.localdate():
        raise ValidationError({"done_on": "Den splnění nemůže být v budoucnosti."})
    return finish(current, done_on, by=by, has_ended=has_ended(facts), evidence=evidence)


@transaction.atomic
def drop_milestone(*, milestone, by, reason, resolution=""):
    """Drop an open milestone from today on, with a reason; a series ends with it. Returns the
    new version."""
    _, current = _open_version(milestone, by)
    if not reason.strip():
        raise ValidationError({"reason": "Napište, proč se milník ruší."})
    today = timezone.localdate()
    return _close(
        current, MilestoneState.DROPPED, today, by=by, reason=reason, resolution=resolution
    )


def _open_version(milestone, by):
    facts = lock(milestone.measure, by, "measures.keep_milestones")
    for version in facts.open_milestones(timezone.localdate()):
        if version.milestone_id == milestone.pk:
            return facts, version
    raise ValidationError("Milník už je uzavřený.")


def finish(current, done_on, *, by, has_ended, evidence="", moment=None):
    """Record under the lock of the measure that an open version was done on a day."""
    moment = moment or timezone.now()
    version = _close(
        current, MilestoneState.DONE, done_on, by=by, evidence=evidence, recorded_at=moment
    )
    following = version.following()
    if following and not has_ended:
        following.milestone = Milestone.objects.create(
            measure=current.milestone.measure, follows=current.milestone
        )
        following.author = by
        following.recorded_at = moment
        _save_version(following)
    return version


def _close(current, state, on, *, by, **why):
    version = MilestoneVersion(
        milestone=current.milestone,
        title=current.title,
        due_date=current.due_date,
        expected_date=current.expected_date,
        state=state,
        closed_on=on,
        repeat_months=current.repeat_months,
        repeat_until=current.repeat_until,
        author=by,
        **why,
    )
    return _save_version(version)


def _save_version(version):
    # A closed version repeats an open one that was checked; asking the database about each of its
    # constraints would cost a report fifteen queries a tick. The constraints hold all the same.
    asks = version.state == MilestoneState.OPEN
    version.full_clean(exclude=["milestone", "author"], validate_constraints=asks)
    version.save()
    return version
