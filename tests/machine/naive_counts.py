"""What pages count and gather, told a second time from rules.md: by plain loops over events."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from tests.factories import PRAGUE
from tests.machine import story
from tests.machine.naive_words import out_of
from tests.measures.naive_replay import (
    Placed,
    Planned,
    Promised,
    Reported,
    finished_cycles,
    is_open,
    last_report,
    open_ones,
    picture,
    without_removed,
    year_before,
)

ENDED = ("completed", "cancelled")


def local_day(moment):
    return moment.astimezone(PRAGUE).date()


# Roll-up


def rolled_up(answers):
    """Return how many measures have each status, and the words „vykázáno k z n“."""
    counts = Counter(answer.stav for answer in answers)
    n = sum(number for stav, number in counts.items() if stav not in ("splněno", "zrušeno"))
    k = n - counts["neaktuální"] - counts["bez hlášení"]
    return dict(counts), f"vykázáno {out_of(k, n)}" if n else ""


def rates(all_events, on, known):
    """Return how many reports of the last finished cycle were expected, came and came in time."""
    first, last = finished_cycles(on, 3)[-1]
    expected = reported = on_time = 0
    for events in all_events:
        seen = picture(events, known)
        report = last_report(seen.reports, on)
        if report and report.phase in ENDED:
            continue
        start = (seen.plan and seen.plan.start) or story.LOADED
        if first < start:
            continue
        expected += 1
        days = [
            local_day(event.at)
            for event in events
            if isinstance(event, Reported)
            and event.at < known
            and event.as_of <= on
            and event.cycle == first
        ]
        reported += bool(days)
        on_time += any(day <= last + timedelta(days=15) for day in days)
    return expected, reported, on_time


# One measure


def deadline(events, answer, on, known):
    """Return the day that comes next or is overdue, and what happens on it."""
    seen = picture(events, known)
    if answer.stav in ("splněno", "zrušeno"):
        return None, ""
    if answer.stav == "zpožděno":
        return answer.day, "termín"
    if answer.stav == "pozastaveno":
        return last_report(seen.reports, on).review, "znovu posoudit"
    if answer.about[0] == "start ahead":
        return seen.plan.start, "začátek"
    milestones = open_ones(seen, on)
    if milestones:
        return milestones[0].due, "termín"
    if seen.plan and seen.plan.end:
        return seen.plan.end, "plánovaný konec"
    return None, ""


def decision(events, on, known):
    """Return what the council is asked to decide: what the last report asks, empty if nothing or if
    a later report withdrew it."""
    report = last_report(picture(events, known).reports, on)
    return report.decision if report else ""


def due_days(events, known):
    """Return the due days each milestone has had, by its number, the first promise first."""
    series = {}
    for event in events:
        if isinstance(event, Promised) and event.at < known:
            had = series.setdefault(event.milestone, [])
            if not had or had[-1] != event.due:
                had.append(event.due)
    return series


def end_days(events, known):
    """Return the planned ends as they followed; one that nobody knew for a while moves nothing."""
    had = []
    for event in events:
        is_known = isinstance(event, Planned) and event.at < known
        if is_known and event.end and had[-1:] != [event.end]:
            had.append(event.end)
    return had


def kept_milestones(events, on, known):
    """Return the milestones not dropped by a day: pairs of number and version."""
    versions = {}
    for event in without_removed(events):
        if isinstance(event, Promised) and event.at < known:
            versions[event.milestone] = event
    return {
        number: version
        for number, version in versions.items()
        if is_open(version, on) or version.state == "done"
    }


def outputs(events, on, known):
    """Return the valid outputs up to a day, the newest first, and those of the last 12 months."""
    found = [(one.day, place, one) for place, one in picture(events, known).happened]
    happened = [one for day, _, one in sorted(found, reverse=True) if day <= on]
    return happened, [one for one in happened if one.day > year_before(on)]


# Coverage


def territory(events, known):
    """Return the territory and places known; before the first of them, what is known today."""
    places = [event for event in events if isinstance(event, Placed)]
    before = [event for event in places if event.at < known]
    return before[-1] if before else places[-1]


def needs(priority):
    """Return the need of each municipality for a priority."""
    share, high = (Decimal(one) for one in story.NATION[priority])
    found = {}
    for name, own in story.SHARES[priority].items():
        if own is None:
            found[name] = "potřeba neznámá"
        elif Decimal(own) >= high:
            found[name] = "vysoká"
        else:
            found[name] = "nad průměrem" if Decimal(own) > share else "pod průměrem"
    return found


def covers(all_events, priority, on, known):
    """Return what is done in each municipality for a priority, and by whom."""
    here = {name: set() for name in story.PLACES}
    is_undetermined = is_region = False
    for code, goals in story.MEASURES.items():
        if priority not in [story.GOALS[goal] for goal in goals]:
            continue
        report = last_report(picture(all_events[code], known).reports, on)
        if report and report.phase in ENDED:
            continue
        where = territory(all_events[code], known)
        places, is_active = _at_work(all_events[code], where, on, known)
        for name in places:
            here[name].add(code)
        is_undetermined |= where.territory == "undetermined"
        is_region |= where.territory == "region" and is_active
    for slug, kind, named, start, end, code in story.PROJECTS:
        if priority in [story.GOALS[goal] for goal in story.MEASURES[code]] and start <= on <= end:
            is_region |= kind == "region"
            for name in named:
                here[name].add(slug)
    rest = "území neurčeno" if is_undetermined else "jen celokrajsky" if is_region else "nic"
    return {name: ("v obci" if done else rest, done) for name, done in here.items()}


def _at_work(events, where, on, known):
    """Return where a measure was at work in the last 12 months, and whether it was at all."""
    _, recent = outputs(events, on, known)
    places = {name for one in recent for name in one.places}
    done = [
        version
        for _, version in picture(events, known).milestones_by_place
        if version.state == "done" and year_before(on) < version.closed_on <= on
    ]
    if done or any(not one.places for one in recent):
        places |= set(where.places)
    return places, bool(done or recent)
