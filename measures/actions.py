"""Every change of what is promised and reported: all or nothing, under a lock on the measure.

Each action raises PermissionDenied for those who may not, and ValidationError with Czech
sentences by field for what may not be; then nothing has changed.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from measures import checks
from measures.models import (
    Measure,
    Milestone,
    MilestoneState,
    MilestoneVersion,
    PlanVersion,
    Report,
    ReportDraft,
)
from measures.models.report import ENDED, ReportContent
from measures.status import facts as facts_of
from measures.status import with_report

CONTENT = [field.name for field in ReportContent._meta.get_fields() if field.name != "measure"]
"""The names of the fields a draft and a report have in common."""


@transaction.atomic
def save_draft(*, measure, by, content, finished=()):
    """Keep what `by` has written so far about a measure and return the draft."""
    _lock(measure, by, "measures.report_on")
    draft, created = ReportDraft.objects.get_or_create(measure=measure, author=by, defaults=content)
    if not created:
        for name, value in content.items():
            setattr(draft, name, value)
        draft.version += 1
        draft.save()
    draft.finished_milestones.set(Milestone.objects.filter(measure=measure, pk__in=finished))
    return draft


@transaction.atomic
def publish_report(*, measure, by, content, finished=()):
    """Publish a report, mark the `finished` milestones as done today and drop the draft.

    `content` are the fields of ReportContent and, for a correction, `corrects`. Returns the
    Report.
    """
    facts = _lock(measure, by, "measures.report_on")
    today = timezone.localdate()
    report = Report(measure=facts.measure, author=by, **content)
    if report.corrects and not by.has_perm("measures.correct_report", report.corrects):
        raise PermissionDenied
    open_milestones = {m.milestone_id: m for m in facts.open_milestones(today)}
    checks.check_report(report, today=today, last=facts.report)
    checks.check_milestones_finished(report, open_milestones, finished)
    report.save()
    has_ended = _has_ended(with_report(facts, report))
    for pk in set(finished):
        # One act, one moment: the line of time shows the ticks with their report.
        _finish(open_milestones[pk], today, by=by, has_ended=has_ended, moment=report.published_at)
    ReportDraft.objects.filter(measure=measure, author=by, corrects=report.corrects).delete()
    return report


@transaction.atomic
def add_milestone(*, measure, by, title, due_date, repeat_months=None, repeat_until=None):
    """Promise a milestone of a measure by a day and return its first version."""
    facts = _lock(measure, by, "measures.keep_milestones")
    if _has_ended(facts):
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
    return _finish(current, done_on, by=by, has_ended=_has_ended(facts), evidence=evidence)


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


@transaction.atomic
def change_plan(*, measure, by, **changes):
    """Record a new version of a measure's plan; what is not in `changes` stays as it is."""
    facts = _lock(measure, by, "measures.change_plan")
    kept = ["start_date", "end_date", "kind", "owner", "deputy", "department"]
    values = {name: getattr(facts.plan, name) for name in kept} if facts.plan else {}
    plan = PlanVersion(measure=measure, author=by, **{**values, **changes})
    checks.check_plan(plan, facts.open_milestones(timezone.localdate()))
    plan.save()
    return plan


@transaction.atomic
def set_goals(*, measure, by, goals):
    """Say which goals of its strategy a measure leads to."""
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if not by.has_perm("measures.change_measure", locked):
        raise PermissionDenied
    checks.check_goals(locked, goals)
    locked.goals.set(goals)


def _lock(measure, by, permission):
    """Lock the measure, so that its facts stay as they are read, and see that `by` may act."""
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    found = facts_of(Measure.objects.filter(pk=locked.pk), timezone.localdate())[0]
    if not found.measure.strategy.is_monitored:
        raise ValidationError("Plnění této strategie se na portálu nesleduje.")
    if not by.has_perm(permission, found.plan):
        raise PermissionDenied
    return found


def _has_ended(facts):
    return facts.report is not None and facts.report.phase in ENDED


def _open_version(milestone, by):
    facts = _lock(milestone.measure, by, "measures.keep_milestones")
    for version in facts.open_milestones(timezone.localdate()):
        if version.milestone_id == milestone.pk:
            return facts, version
    raise ValidationError("Milník už je uzavřený.")


def _finish(current, done_on, *, by, has_ended, evidence="", moment=None):
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
    version.full_clean(exclude=["milestone", "author"])
    version.save()
    return version
