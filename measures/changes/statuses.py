"""Worse and better: how the status of a measure moved, by the order of the roll-up."""

from dataclasses import replace
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
    was, now = place_of(before), place_of(after)
    if was == now:
        return None
    group = Group.WORSE if now < was else Group.BETTER
    moment = _moment(old, new, after, since, until)
    sentence = rule_sentence(after, new).fact
    return item_of(new.measure, group, sentence, moment, before=before, after=after)


def place_of(one):
    """Return the place in the order, worst first; serious trouble is worse than minor one.

    In counts the cancelled ones come last; as a change, giving a measure up is no improvement.
    """
    rank = -1 if one.key == StatusKey.CANCELLED else RANK[one.key]
    return rank, one.cause != Cause.SERIOUS_TROUBLE


def _moment(old, new, after, since, until):
    """Return when the status that holds now began, as near as the two points tell: with which of
    the records that are new, or at the midnight when time alone brought it about."""
    turned = _turning_day(new, after)
    moments = _new_records(old, new)
    if turned and since.on < turned <= until.on:
        moments.add(_midnight(turned))
    began = None
    for moment in sorted(moments):
        then = status(_known_at(old, new, moment), timezone.localdate(moment, czech.PRAGUE))
        began = (began or moment) if place_of(then) == place_of(after) else None
    return began or _midnight(until.on)


def _known_at(old, new, moment):
    """Return the Facts between the points: of what is new only that recorded by a moment."""
    milestones = {version.milestone_id: version for version in old.milestones}
    came = [version for version in new.milestones if version.recorded_at <= moment]
    milestones.update({version.milestone_id: version for version in came})
    facts = replace(new, milestones=tuple(milestones.values()))
    if new.plan and new.plan.recorded_at > moment:
        facts = replace(facts, plan=old.plan)
    if new.report and new.report.published_at > moment:
        facts = replace(facts, report=old.report, latest_cycle=old.latest_cycle)
    return facts


def _turning_day(new, after):
    """Return the day on which time alone brings the status about, None where none does."""
    if after.key == StatusKey.LATE:
        return after.day + timedelta(days=1)
    if after.key == StatusKey.STALE:
        return shifted(new.latest_cycle, 3 * new.measure.strategy.cycle_months)
    return None


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
