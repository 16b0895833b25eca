"""Milestones: promised, expected, moved, done, dropped, reopened; each act is a new version.

`seen` is the primary key of the version a person had before their eyes: where somebody has
changed the milestone since, the act is refused and says so. None asks for no such check.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from common import czech
from measures import checks
from measures.actions.locks import has_ended, lock
from measures.models import Milestone, MilestoneState, MilestoneVersion

KEPT = (
    "title",
    "due_date",
    "expected_date",
    "state",
    "closed_on",
    "evidence",
    "repeat_months",
    "repeat_until",
)
"""What a new version takes over from the one before it unless it says otherwise."""


@transaction.atomic
def add_milestone(*, measure, by, title, due_date, repeat_months=None, repeat_until=None):
    """Promise a milestone of a measure by a day and return its first version."""
    facts = lock(measure, by, "measures.keep_milestones")
    if has_ended(facts):
        raise ValidationError("Opatření je ukončené, milník k němu přidat nelze.")
    checks.check_due_date(due_date, facts.plan)
    checks.check_repeat(due_date, repeat_months, repeat_until)
    checks.check_new_milestone(title, due_date, facts.open_milestones(timezone.localdate()))
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
def expect_milestone(*, milestone, by, expected_date=None, reason="", seen=None):
    """Record the day an open milestone is now expected on, None when it is the due day again."""
    _, current = _open_version(milestone, by, seen=seen)
    if expected_date == current.expected_date:
        raise ValidationError({"expected_date": "Očekávaný den je stejný jako dosud."})
    if expected_date and expected_date < timezone.localdate():
        raise ValidationError(
            {"expected_date": "Tento den už byl. Hotový milník zapište jako hotový."}
        )
    return _restate(current, by=by, expected_date=expected_date, reason=reason)


@transaction.atomic
def move_milestone(*, milestone, by, due_date, reason="", resolution="", seen=None):
    """Move the due day of an open milestone, with a reason or a resolution; a repeating one keeps
    its interval and its end."""
    facts, current = _open_version(milestone, by, "measures.move_due", seen=seen)
    checks.check_due_date(due_date, facts.plan)
    checks.check_move(current, due_date, reason, resolution)
    return _restate(current, by=by, due_date=due_date, reason=reason, resolution=resolution)


@transaction.atomic
def rename_milestone(*, milestone, by, title, reason, seen=None):
    """Mend the wording of an open milestone, with a reason."""
    _, current = _open_version(milestone, by, seen=seen)
    if title.strip() == current.title:
        raise ValidationError({"title": "Název je stejný jako dosud."})
    if not reason.strip():
        raise ValidationError({"reason": "Napište, proč se název mění."})
    return _restate(current, by=by, title=title.strip(), reason=reason)


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
    return _restate(
        current,
        by=by,
        state=MilestoneState.DROPPED,
        closed_on=timezone.localdate(),
        reason=reason,
        resolution=resolution,
    )


@transaction.atomic
def reopen_milestone(*, milestone, by, reason, seen=None):
    """Open a done or dropped milestone again, with a reason. Its evidence stays with the version
    that said it was done. Returns the new version."""
    facts, current = _current_version(milestone, by)
    if current.is_open(timezone.localdate()):
        raise ValidationError("Milník je otevřený.")
    _check_seen(current, seen)
    if has_ended(facts):
        raise ValidationError("Opatření je ukončené, milník v něm znovu otevřít nelze.")
    following = _following(current, facts)
    if following:
        day = czech.date(following.due_date)
        raise ValidationError(
            f"Splněním se už otevřel další milník řady s termínem {day}. "
            "Znovu otevřít lze jen poslední milník řady."
        )
    if not reason.strip():
        raise ValidationError({"reason": "Napište, proč se milník znovu otevírá."})
    state = MilestoneState.OPEN
    return _restate(current, by=by, state=state, closed_on=None, evidence="", reason=reason)


def finish(current, done_on, *, by, has_ended, evidence="", moment=None):
    """Record under the lock of the measure that an open version was done on a day."""
    moment = moment or timezone.now()
    version = _restate(
        current,
        by=by,
        state=MilestoneState.DONE,
        closed_on=done_on,
        evidence=evidence,
        recorded_at=moment,
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


def _open_version(milestone, by, permission="measures.keep_milestones", *, seen=None):
    facts, current = _current_version(milestone, by, permission)
    if not current.is_open(timezone.localdate()):
        raise ValidationError("Milník už je uzavřený.")
    _check_seen(current, seen)
    return facts, current


def _current_version(milestone, by, permission="measures.keep_milestones"):
    """Lock the measure and return its facts with the version of the milestone that holds."""
    facts = lock(milestone.measure, by, permission)
    return facts, next(v for v in facts.milestones if v.milestone_id == milestone.pk)


def _check_seen(current, seen):
    if seen is not None and seen != current.pk:
        raise ValidationError(
            "Milník mezitím někdo změnil. Podívejte se, jak je na tom teď, a odešlete znovu."
        )


def _following(current, facts):
    """Return the version of the next milestone of the series, if finishing has opened one."""
    for version in facts.milestones:
        if version.milestone.follows_id == current.milestone_id:
            return version
    return None


def _restate(current, *, by, **changes):
    kept = {name: getattr(current, name) for name in KEPT}
    values = {**kept, **changes}
    return _save_version(MilestoneVersion(milestone=current.milestone, author=by, **values))


def _save_version(version):
    # A closed version repeats an open one that was checked; asking the database about each of its
    # constraints would cost a report fifteen queries a tick. The constraints hold all the same.
    asks = version.state == MilestoneState.OPEN
    version.full_clean(exclude=["milestone", "author"], validate_constraints=asks)
    version.save()
    return version
