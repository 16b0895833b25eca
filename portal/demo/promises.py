"""Plans and milestones of the stories."""

from datetime import timedelta

from measures.models import Milestone, MilestoneState, MilestoneVersion, PlanVersion
from portal.demo.stories import STORIES
from portal.demo.story import Series

AFTER = timedelta(minutes=2)
"""The head plans a measure right after it was first reported on: a plan whose start is past with
no report would make it late for a while."""


def make(stage):
    """Write the plans and the milestones down, each version with its own moment."""
    for story in STORIES:
        _plans(stage, story)
        for promise in story.milestones:
            (_series if isinstance(promise, Series) else _milestone)(stage, story.code, promise)


def _plans(stage, story):
    """Nothing is written of a measure nobody answers for: that is what was loaded."""
    if not story.owner:
        return
    calendar, people = stage.calendar, stage.people
    values = {
        "kind": story.kind,
        "owner": people[story.owner],
        "deputy": people[story.deputy] if story.deputy else None,
        "department": stage.organisations[story.department] if story.department else None,
        "start_date": calendar.day(story.start),
        "end_date": calendar.day(story.end),
    }
    _plan(stage, story, story.planned or story.reports[0].at, values, "")
    for replan in story.replans:
        if replan.end:
            values["end_date"] = calendar.day(replan.end)
        for name in ("owner", "deputy"):
            if getattr(replan, name):
                values[name] = people[getattr(replan, name)]
        resolution = replan.has_resolution and stage.resolution(calendar.day(replan.at), story.code)
        _plan(stage, story, replan.at, values, replan.reason, resolution or "")


def _plan(stage, story, at, values, reason, resolution=""):
    plan = PlanVersion.objects.create(
        measure=stage.measures[story.code],
        recorded_at=stage.calendar.moment(at, story.code) + AFTER,
        author=stage.head,
        reason=reason,
        resolution=resolution,
        **values,
    )
    stage.plans.setdefault(story.code, []).append(plan)


def _milestone(stage, code, promise):
    calendar = stage.calendar
    state = {"title": promise.title, "due_date": calendar.day(promise.due)}
    milestone = _begin(stage, code, promise, state)
    for act in promise.acts:
        day = calendar.day(act.at)
        said = {"reason": act.reason, "evidence": act.evidence}
        if act.due:
            state["due_date"] = calendar.day(act.due)
        if act.expected:
            state["expected_date"] = calendar.day(act.expected)
        if act.is_done or act.is_dropped:
            state["state"] = MilestoneState.DONE if act.is_done else MilestoneState.DROPPED
            state["closed_on"] = day
        if act.has_resolution:
            said["resolution"] = stage.resolution(day, promise.title)
        own = "" if act.is_done else promise.title
        author = stage.head if act.due else None
        _version(stage, code, milestone, day, state | said, own, author)


def _series(stage, code, series):
    """Finish all that were due; the last one stays open."""
    calendar = stage.calendar
    state = {
        "title": series.title,
        "due_date": calendar.day(series.first_due),
        "repeat_months": series.months,
        "repeat_until": calendar.day(series.until),
    }
    milestone = _begin(stage, code, series, state)
    while True:
        day = calendar.workday(state["due_date"] + timedelta(days=series.done_after))
        if day >= calendar.today:
            return
        closed = {"state": MilestoneState.DONE, "closed_on": day, "evidence": series.evidence}
        version = _version(stage, code, milestone, day, state | closed)
        following = version.following()
        milestone = Milestone.objects.create(measure=stage.measures[code], follows=milestone)
        state["due_date"] = following.due_date
        _version(stage, code, milestone, day, state | {"reason": following.reason})


def _begin(stage, code, promise, state):
    milestone = Milestone.objects.create(measure=stage.measures[code])
    stage.milestones[code, promise.title] = milestone
    _version(stage, code, milestone, stage.calendar.day(promise.made), state, promise.title)
    return milestone


def _version(stage, code, milestone, day, values, act="", author=None):
    """Write a version down: without an act of its own at the moment of the day's report, because
    one report ticks its milestones at its own moment."""
    moment = stage.calendar.at(day, code, act)
    author = author or stage.owner(code, moment)
    return MilestoneVersion.objects.create(
        milestone=milestone, recorded_at=moment, author=author, **values
    )
