"""What changed between two moments: statuses by their rank, and the due days of milestones."""

from itertools import groupby

from common import czech
from measures.models import Measure
from measures.status import RANK, facts, status
from meetings.content import ChangeSaid, Words

WORSE, BETTER, DATES = "zhorsilo-se", "zlepsilo-se", "terminy"
FORMS = {
    WORSE: ("zhoršení", "zhoršení", "zhoršení"),
    BETTER: ("zlepšení", "zlepšení", "zlepšení"),
    DATES: ("změna termínu", "změny termínů", "změn termínů"),
    "data": ("změna dat", "změny dat", "změn dat"),
    "zneni": ("změna znění", "změny znění", "změn znění"),
}
"""The groups in their order, and how many of each are counted in words."""


def changes(plan, since):
    """Return the changes since the last meeting by their groups; none where there was no meeting
    before, or nothing is monitored. Five queries."""
    if since is None or not plan.strategy.is_monitored:
        return ()
    measures = Measure.objects.filter(strategy=plan.strategy)
    before = {one.measure.pk: one for one in facts(measures, since.on, since.known)}
    pairs = [(one, before[one.measure.pk]) for one in plan.measures]
    found = [change for pair in pairs for change in _changes(*pair, plan.on, since.on)]
    order = list(FORMS)
    return tuple(sorted(found, key=lambda change: order.index(change.group)))


def summary(found):
    """Return „2 zhoršení, 1 zlepšení, 3 změny termínů“ for changes in the order of their groups;
    empty for none."""
    groups = [(name, len(list(own))) for name, own in groupby(found, lambda one: one.group)]
    return czech.plain(", ".join(czech.count(number, *FORMS[name]) for name, number in groups))


def _changes(now, before, on, on_before):
    new, old = now.status, status(before, on_before)
    if RANK[new.key] != RANK[old.key]:
        group = WORSE if RANK[new.key] < RANK[old.key] else BETTER
        yield _said(now, group, FORMS[group][0], f"{old.word} → {new.word}", on)
    days = {version.milestone_id: version.due_date for version in before.milestones}
    for version in now.facts.open_milestones(on):
        old_day, day = days.get(version.milestone_id), version.due_date
        if old_day is None:
            yield _said(now, DATES, "nový termín", f"{_day(day)}: {version.title}", on)
        elif old_day != day:
            text = f"{_day(old_day)} → {_day(day)}: {version.title}"
            yield _said(now, DATES, "posunutý termín", text, on)


def _day(day):
    return czech.plain(czech.date(day))


def _said(now, group, word, text, day):
    measure = now.measure
    return ChangeSaid(
        group=group,
        word=word,
        code=measure.code,
        name=measure.short_name,
        url=measure.get_absolute_url(),
        text=Words(text),
        day=day,
    )
