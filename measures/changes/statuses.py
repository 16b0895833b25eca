"""Worse and better: how the status of a measure moved, by the order of the roll-up."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from common import czech
from common.news import Group
from measures.changes.subject import item_of
from measures.cycles import shifted
from measures.sentences import rule_sentence
from measures.status import RANK, Cause, StatusKey, status


def status_item(old, new, since, until):
    """Return the item of a measure whose status moved, None if it kept its place in the order."""
    before, after = status(old, since.on), status(new, until.on)
    was, now = _place(before), _place(after)
    if was == now:
        return None
    group = Group.WORSE if now < was else Group.BETTER
    moment = _moment(old, new, after, since, until)
    sentence = rule_sentence(after, new).fact
    return item_of(new.measure, group, sentence, moment, before=before, after=after)


def _place(one):
    """Return the place in the order, worst first; serious trouble is worse than minor one."""
    return RANK[one.key], one.cause != Cause.SERIOUS_TROUBLE


def _moment(old, new, after, since, until):
    """Return when the status that holds now began, as near as the facts of both points tell.

    What time alone brought about began at the midnight of its day, the rest with the newest record.
    """
    records = _new_records(old, new)
    newest = max(records, default=None)
    turned = _turning_day(new, after, until)
    if turned is None or not since.on < turned <= until.on:
        return newest or _midnight(until.on)
    cause = _recorded(after, new)
    if cause in records:
        turned = max(turned, timezone.localdate(cause, czech.PRAGUE))
        return cause if timezone.localdate(cause, czech.PRAGUE) == turned else _midnight(turned)
    return _midnight(turned)


def _turning_day(new, after, until):
    """Return the day on which time alone brings the status about, None where none does."""
    if after.key == StatusKey.LATE:
        return after.day + timedelta(days=1)
    if after.key == StatusKey.STALE:
        return shifted(new.latest_cycle, 3 * new.measure.strategy.cycle_months)
    return None


def _recorded(after, new):
    """Return when the promise that is late was recorded."""
    if after.cause == Cause.MILESTONE_LATE:
        return after.milestone.recorded_at
    if after.cause in (Cause.START_LATE, Cause.END_LATE):
        return new.plan.recorded_at
    return new.report.published_at if new.report else None


def _new_records(old, new):
    """Return the moments of the records that are known at the later point only."""
    moments = {version.recorded_at for version in set(new.milestones) - set(old.milestones)}
    if new.plan != old.plan and new.plan:
        moments.add(new.plan.recorded_at)
    if new.report != old.report and new.report:
        moments.add(new.report.published_at)
    return moments


def _midnight(day):
    return datetime.combine(day, time.min, tzinfo=czech.PRAGUE)
