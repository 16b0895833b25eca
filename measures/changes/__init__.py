"""What changed of measures between two points in time: worse, better, deadlines, data, wording.

The rule compares what was known at one Point with what was known at the other, so what moved there
and back is no news, and what moved twice is told once, from the first state to the last. It reads
no clock. `changes()` takes a queryset of measures, its order is the order of what it returns.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from common import czech
from common.news import Group, Item
from measures.changes.deadlines import milestone_items, plan_items
from measures.changes.outputs import output_items
from measures.changes.reports import correction_items, reports_between
from measures.changes.statuses import place_of, status_item
from measures.changes.subject import exists_at
from measures.changes.texts import department_items, wording_items
from measures.status import Facts, end_of, facts_at

__all__ = ["Changes", "Point", "changes", "exists_at"]


@dataclass(frozen=True)
class Point:
    """A point in time: the day asked about and the moment up to which records count."""

    on: date
    known: datetime

    @classmethod
    def end_of(cls, day):
        """Return the Point at the end of a day in Prague."""
        return cls(day, end_of(day))


@dataclass(frozen=True)
class Changes:
    """The news of measures, and how many reports on how many of them came between."""

    items: tuple[Item, ...] = ()
    report_count: int = 0
    reported_count: int = 0
    after: tuple[Facts, ...] = ()

    @cached_property
    def reports(self):
        """How many reports came: „Přišla 4 hlášení ke 3 opatřením.“; empty if none."""
        return reports_sentence(self.report_count, self.reported_count)


def changes(measures, since, until):
    """Return the Changes of a queryset of measures from one Point to another. Eight queries at
    most, however many measures; five and one where nothing was recorded."""
    before, after = facts_at(measures, (since.on, since.known), (until.on, until.known))
    pairs = list(zip(before, after, strict=True))
    rows = [pair[1].measure for pair in pairs]
    monitored = [pair for pair in pairs if pair[1].measure.strategy.is_monitored]
    found = []
    for old, new in monitored:
        found += _items_of_one(old, new, since, until)
    by_pk = {measure.pk: measure for measure in rows}
    heard = [pair[1].measure.pk for pair in monitored]
    reports = reports_between(heard, since, until)
    found += correction_items(reports, by_pk)
    found += output_items(heard, by_pk, since, until)
    found += wording_items(by_pk, since, until)
    return Changes(
        tuple(in_order(found, rows)),
        len(reports),
        len({report.measure_id for report in reports}),
        tuple(after),
    )


def in_order(items, measures):
    """Return items group by group: what got worse by the worst status, the rest by the plan."""
    place = {measure.get_absolute_url(): number for number, measure in enumerate(measures)}
    groups = {group: number for number, group in enumerate(Group)}

    def key(item):
        rank = place_of(item.after) if item.group is Group.WORSE else ()
        return groups[item.group], rank, place[item.url]

    return sorted(items, key=key)


def reports_sentence(reports, measures):
    """Return „Přišla 4 hlášení ke 3 opatřením.“, empty for none."""
    if not reports:
        return ""
    verb = czech.plural(reports, "Přišlo", "Přišla", "Přišlo")
    to = "ke" if measures in (2, 3, 4) else "k"
    word = czech.plural(measures, "opatření", "opatřením", "opatřením")
    return czech.typography(
        f"{verb} {czech.count(reports, 'hlášení', 'hlášení', 'hlášení')} {to} {measures} {word}."
    )


def _items_of_one(old, new, since, until):
    if exists_at(new.measure, since):
        item = status_item(old, new, since, until)
        if item:
            yield item
        yield from plan_items(old, new)
        yield from department_items(old, new)
    yield from milestone_items(old, new, since, until)
