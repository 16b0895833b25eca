"""The days of a strategy for a calendar: its milestones and the meetings over it.

`SOURCES` are functions of a strategy and a day that return events of `common.icalendar`; whatever
else has a day is added there.
"""

from collections import Counter

from common.icalendar import Event
from common.mail import absolute, plain
from common.tags import host
from measures.models import Measure, MilestoneState, MilestoneVersion
from measures.status import StatusKey, facts, status
from meetings.calendar import meetings


def milestones(strategy, on):
    """Return an Event for each milestone of a monitored strategy as known at the end of a day,
    the earliest first. Six queries."""
    if not strategy.is_monitored:
        return []
    known = facts(Measure.objects.filter(strategy=strategy).in_plan_order(), on)
    owners = [one.measure.pk for one in known]
    versions = MilestoneVersion.objects.filter(milestone__measure__in=owners)
    counts = Counter(versions.values_list("milestone_id", flat=True))
    found = [
        _event(one, version, counts[version.milestone_id], status(one, on))
        for one in known
        for version in one.milestones
    ]
    return sorted(found, key=lambda event: (event.day, event.uid))


SOURCES = (milestones, meetings)


def events(strategy, on):
    """Return all Events of a strategy, those of each source in its own order."""
    return [event for source in SOURCES for event in source(strategy, on)]


def _event(known, version, count, derived):
    measure = known.measure
    is_ended = derived.key == StatusKey.CANCELLED and version.state == MilestoneState.OPEN
    stamp = max(version.recorded_at, known.report.published_at) if is_ended else version.recorded_at
    done = "Hotovo: " if version.state == MilestoneState.DONE else ""
    return Event(
        uid=f"milnik-{version.milestone_id}@{host()}",
        day=version.due_date,
        summary=plain(f"{done}{measure.code} {measure.short_name}: {version.title}"),
        stamp=stamp,
        sequence=count - 1 + is_ended,
        description=plain(f"Milník opatření {measure.code} {measure.name}"),
        url=absolute(measure.get_absolute_url()),
        is_cancelled=is_ended or version.state == MilestoneState.DROPPED,
    )
