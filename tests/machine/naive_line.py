"""The line of time of a measure told a second time: day by day, record by record."""

from datetime import datetime, time, timedelta

from tests.factories import PRAGUE
from tests.machine import naive_words as words
from tests.machine import story
from tests.machine.naive_counts import local_day
from tests.machine.naive_words import cs
from tests.measures.naive_replay import (
    Happened,
    Placed,
    Planned,
    Promised,
    Reported,
    Worded,
    last_report,
    picture,
    replay_status,
    without_removed,
)

ATOM, DAY = timedelta(microseconds=1), timedelta(days=1)
UNIT = "Implementační jednotka"
HEADINGS = {"zpožděno": "odvozeno z termínu", "neaktuální": "odvozeno ze stáří hlášení"}


def line(events, on):
    """Return the events of a line of time as known at the end of a day, the newest first: each is
    (day, heading, text, changes, details)."""
    known = midnight(on + DAY)
    told = [*_recorded(events, known)]
    first_day = min((local_day(at) for _, at, *_ in told), default=None)
    told += [*_derived(events, first_day, on)] if told else []
    told += [*_edited(events, known)]
    told.sort(key=lambda one: one[:2], reverse=True)
    return [(day, *rest) for day, _, *rest in told]


def midnight(day):
    return datetime.combine(day, time(0), tzinfo=PRAGUE)


# What was recorded


def _recorded(events, known):
    read, acts = without_removed(events), {}
    for kind in (Reported, Planned, Happened, Promised):
        for place, event in enumerate(read):
            if isinstance(event, kind) and event.at < known:
                acts.setdefault(event.at, []).append((place, event))
    for at, records in acts.items():
        day = local_day(at)
        before, after = replay_status(events, day, at), replay_status(events, day, at + ATOM)
        told = list(_act(read, records, day, known))
        if told and before.word != after.word:
            label = "stav při zápisu" if told[0][0] != day else "stav"
            told[0][4].insert(0, changed(label, before.word, after.word))
        yield from told


def _act(read, records, day, known):
    """Yield what one act recorded; milestones ticked in a report stand in its event."""
    first = records[0][1]
    ticked = []
    for place, event in records:
        if isinstance(event, Promised) and isinstance(first, Reported):
            ticked += _of_milestone(read, place, event, f" milníku „{event.title}“")
    for place, event in records:
        if isinstance(event, Reported):
            told = _report(read, place, event, day, known)
            told[4].extend(ticked)
            yield told
        elif isinstance(event, Planned):
            told = _plan(read, event, day)
            if told[3] or told[4]:
                yield told
        elif isinstance(event, Happened):
            yield _output(read, place, event, known)
        elif not isinstance(first, Reported):
            yield _milestone(read, place, event, day)


def _report(read, place, event, day, known):
    seen, later = picture(read, event.at), picture(read, event.at + ATOM)
    before, after = last_report(seen.reports, day), last_report(later.reports, day)
    changes = []
    if after == event:
        for label, names, old, new in (
            ("fáze", words.PHASES, before and before.phase, event.phase),
            ("jak to jde", words.HEALTH, before and before.health, event.health),
        ):
            if (old or "") != new:
                changes.append(changed(label, names[old] if before else "", names[new]))
    details = [("Co brání", event.obstacle), ("Rozhodnutí rady", event.decision)]
    details.append(("Důvod", "Není potřeba." if event.phase == "cancelled" else ""))
    details += _corrections(read, place, event, known, "hlášení", "novým hlášením")
    who = (later.plan and later.plan.department) or UNIT
    about = f" ke dni {cs(event.as_of)}" if event.as_of != day else ""
    heading, shown = f"hlášení{about}, {who}", day
    if event.source == "document":
        heading, shown = f"z dokumentu, do portálu zapsáno {cs(day)}", event.as_of
    text = f"{words.REPORTS[event.kind]} {event.note}".strip()
    return [shown, event.at, heading, text, changes, labelled(details)]


def _corrections(read, place, event, known, kind, new):
    if event.corrects is not None:
        yield "Opravuje", f"{kind} ze dne {cs(local_day(read[event.corrects].at))}"
    for other in read:
        if getattr(other, "corrects", None) == place and other.at < known:
            yield "Opraveno", f"{new} ze dne {cs(local_day(other.at))}"


def _plan(read, event, day):
    before = picture(read, event.at).plan
    changes = [
        dated(label, getattr(before, name, None), getattr(event, name))
        for label, name in (("začátek", "start"), ("konec", "end"))
        if getattr(before, name, None) != getattr(event, name)
    ]
    if before and before.kind != event.kind:
        changes.append(changed("druh", words.PLANS[before.kind], words.PLANS[event.kind]))
    old, new = (before.department if before else ""), event.department
    if old != new:
        changes.append(changed("odpovídá", old or "neuvedeno", new or "neuvedeno"))
    heading = "změna plánu" if before else "plán"
    return [day, event.at, heading, event.reason, changes, []]


def _milestone(read, place, event, day):
    is_new = _before(read, place, event) is None
    title = f"Nový milník „{event.title}“." if is_new else f"Milník „{event.title}“."
    heading = "milník" if is_new else "změna milníku"
    text = f"{title} {event.reason}".strip()
    return [day, event.at, heading, text, [*_of_milestone(read, place, event)], []]


def _before(read, place, event):
    """Return the version of a milestone before another; the list stands in the order of time."""
    earlier = [e for e in read[:place] if isinstance(e, Promised)]
    mine = [version for version in earlier if version.milestone == event.milestone]
    return mine[-1] if mine else None


def _of_milestone(read, place, event, named=""):
    before = _before(read, place, event)
    if before and before.title != event.title:
        yield changed("název", before.title, event.title)
    if before is None or before.due != event.due:
        yield dated(f"termín{named}", before and before.due, event.due)
    if (before and before.expected) != event.expected:
        old = (before and before.expected) or event.due
        yield dated(f"očekávaný termín{named}", old, event.expected)
    if before and (before.state, before.closed_on) != (event.state, event.closed_on):
        label = f"milník „{event.title}“" if named else "milník"
        yield changed(label, _state(before), _state(event))


def _state(version):
    day = f" {cs(version.closed_on)}" if version.closed_on else ""
    return f"{words.STATES[version.state]}{day}"


def _output(read, place, event, known):
    people = [] if event.people is None else [_people(event.people)]
    text = f"{', '.join([event.title, *event.places, *people])}."
    if event.withdrawn:
        text = f"Výstup „{event.title}“ se nekonal, zápis se ruší."
    changes = []
    if event.corrects is not None and not event.withdrawn:
        old = read[event.corrects]
        for label, was, now in (
            ("druh", words.KIND[old.kind], words.KIND[event.kind]),
            ("název", old.title, event.title),
            ("počet účastníků", _number(old.people), _number(event.people)),
            ("obce", ", ".join(old.places), ", ".join(event.places)),
        ):
            if was != now:
                changes.append(changed(label, was or "neuvedeno", now or "neuvedeno"))
        if old.day != event.day:
            changes.append(dated("den", old.day, event.day))
    details = _corrections(read, place, event, known, "zápis", "novým zápisem")
    heading = f"výstup, {words.KIND[event.kind]}"
    return [event.day, event.at, heading, text, changes, labelled(details)]


def _people(n):
    return words.counted(n, "účastník", "účastníci", "účastníků")


def _number(n):
    return "" if n is None else str(n)


# What moved by itself, and what was edited


def _derived(events, first_day, on):
    """Yield the days on which the status is another than the day before, from the same records."""
    day = first_day + DAY
    while day <= on:
        known = midnight(day)
        old, new = replay_status(events, day - DAY, known), replay_status(events, day, known)
        if old.word != new.word:
            report = last_report(picture(events, known).reports, day)
            heading = HEADINGS.get(new.stav, "odvozeno")
            change = changed("stav", old.word, new.word)
            yield [day, known, heading, words.fact(new, report), [change], []]
        day += DAY


def _edited(events, known):
    """Yield the edits of wording and territory: at its loading nothing was named."""
    name, activity, where = None, None, Placed(None, "undetermined")
    by_moment = {}
    for event in events:
        changes = []
        if isinstance(event, Worded):
            if name not in (None, event.name):
                changes.append(changed("název", name, event.name))
            if activity not in (None, event.activity):
                changes.append(changed("aktivita", activity, event.activity))
            name, activity = event.name, event.activity
        if isinstance(event, Placed):
            changes += _moved_to(where, event)
            where = event
        if changes and event.at < known:
            by_moment.setdefault(event.at, []).extend(changes)
    for at, changes in by_moment.items():
        yield [local_day(at), at, "úprava opatření", "", changes, []]


def _moved_to(old, new):
    if old.territory != new.territory:
        yield changed("území", words.TERRITORIES[old.territory], words.TERRITORIES[new.territory])
    for label, ones, others in (
        ("obce, přidáno", new.places, old.places),
        ("obce, odebráno", old.places, new.places),
    ):
        names = ", ".join(name for name in story.PLACES if name in ones and name not in others)
        if names:
            yield changed(label, *(("", names) if "přidáno" in label else (names, "")))


# Words


def changed(label, old, new):
    return " ".join(filter(None, [label, old, "→" if old and new else "", new]))


def dated(label, old, new):
    if old and new:
        return changed(label, cs(old), f"{cs(new)} ({words.moved((new - old).days)})")
    return changed(label, cs(old) if old else "", cs(new) if new else "neuvedeno")


def labelled(details):
    return [f"{label}: {text}" for label, text in details if text]
