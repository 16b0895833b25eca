"""Deadlines: milestones that are new, moved, done, dropped or open again; planned days that moved.

Both states are compared: a day moved there and back is no news, one moved twice is told once.
"""

from common import czech
from common.news import Group
from measures.changes.subject import item_of
from measures.models import MilestoneState
from measures.slippage import days_moved
from measures.wording import with_resolution

PLANNED = (("start_date", "Plánovaný začátek"), ("end_date", "Plánovaný konec"))


def milestone_items(old, new, since, until):
    """Yield an item for each milestone whose promise changed, the earliest due first."""
    known = {version.milestone_id: version for version in old.milestones}
    for version in sorted(new.milestones, key=lambda v: (v.due_date, v.milestone_id)):
        before = known.get(version.milestone_id)
        if before is None:
            said = [_new(version), *_closed(version, until)]
        else:
            said = _moved(before, version, since, until)
        if said:
            yield item_of(new.measure, Group.DEADLINE, " ".join(said), version.recorded_at)
        if before and before.title != version.title:
            sentence = f"Milník „{before.title}“ se teď jmenuje „{version.title}“."
            yield item_of(new.measure, Group.WORDING, sentence, version.recorded_at)


def plan_items(old, new):
    """Yield an item for each planned day that moved since the earlier point; the first plan of a
    measure moves nothing."""
    if old.plan is None or new.plan is None:
        return
    for name, label in PLANNED:
        was, now = getattr(old.plan, name), getattr(new.plan, name)
        if was != now:
            sentence = _planned(label, was, now)
            resolution = new.plan.resolution
            sentence = f"{with_resolution(sentence, resolution)}."
            yield item_of(new.measure, Group.DEADLINE, sentence, new.plan.recorded_at)


def _planned(label, was, now):
    if was is None:
        return f"{label} je nově {czech.date(now)}"
    if now is None:
        return f"{label} už není uveden, dřív to byl {czech.date(was)}"
    return f"{label} {_days(was, now)}"


def _new(version):
    return f"Nový milník „{version.title}“, termín {czech.date(version.due_date)}."


def _moved(before, version, since, until):
    """Return what became of a milestone that was known before, in sentences."""
    said, name = [], f"Milník „{version.title}“"
    if before.due_date != version.due_date:
        moved = f"{name}: termín {_days(before.due_date, version.due_date)}"
        said.append(f"{with_resolution(moved, version.resolution)}.")
    was_open, is_open = before.is_open(since.on), version.is_open(until.on)
    if was_open and not is_open:
        said += _closed(version, until)
    elif is_open and not was_open:
        said.append(f"{name} je znovu otevřený, termín {czech.date(version.due_date)}.")
    elif not is_open and _end(before) != _end(version):
        said += _closed(version, until)
    elif is_open and before.expected_date != version.expected_date:
        said += _expected(name, before, version)
    return said


def _expected(name, before, version):
    """Yield what is newly expected of an open milestone."""
    due = czech.date(version.due_date)
    if version.expected_date:
        yield f"{name} s termínem {due} se čeká {czech.date(version.expected_date)}."
    elif before.due_date == version.due_date:
        yield f"{name} se znovu čeká v termínu {due}."


def _closed(version, until):
    """Yield how a milestone ended, if it has."""
    if version.is_open(until.on):
        return
    is_done = version.state == MilestoneState.DONE
    how = "byl splněn" if is_done else "byl zrušen"
    yield f"Milník „{version.title}“ {how} {czech.date(version.closed_on)}."


def _end(version):
    return version.state, version.closed_on


def _days(was, now):
    moved = days_moved((now - was).days)
    return f"{czech.date(was)} → {czech.date(now)} ({moved})"
