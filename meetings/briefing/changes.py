"""What changed since the body last met: the common rule of news, told in a briefing's words."""

from itertools import groupby

from common import czech
from common.news import Group
from measures.changes import Point
from meetings.content import ChangeSaid, Words
from meetings.news import NUMBERS, data_items, gathered


def changes(plan, since):
    """Return the changes since the last meeting by their groups; none where there was no meeting
    before. Resolutions have a section of their own. Twelve queries at most."""
    if since is None:
        return ()
    points = Point(since.on, since.known), Point(plan.on, plan.known)
    found = gathered([plan.strategy], *points, others=data_items)
    return tuple(_said(item) for item in found.items)


def summary(found):
    """Return „2 zhoršení, 1 zlepšení, 3 změny termínů“ for changes in the order of their groups;
    empty for none."""
    groups = [(name, len(list(own))) for name, own in groupby(found, lambda one: one.group)]
    counted = (czech.count(number, *NUMBERS[Group(name)]) for name, number in groups)
    return czech.plain(", ".join(counted))


def _said(item):
    return ChangeSaid(
        group=item.group.value,
        word=NUMBERS[item.group][0],
        code=item.code,
        name=item.name,
        url=item.url,
        text=Words(czech.plain(_text(item))),
        day=item.day,
    )


def _text(item):
    """The sentence of an item; of a status that moved, from which to which first."""
    if item.before is None:
        return item.sentence
    return f"{item.before.word} → {item.after.word}: {item.sentence}"
