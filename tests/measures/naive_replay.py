"""The rules of the status and of freshness told a second time, as slowly and plainly as rules.md.

A history is a list of events in the order they were written down; every event says when it was
recorded (`at`). Everything is worked out again from that list by plain loops, with nothing of
`measures`: where both agree on random histories, neither has quietly left the rules.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple


class Planned(NamedTuple):
    """A version of the plan: the planned start and end may be unknown."""

    at: datetime
    start: date | None
    end: date | None
    kind: str
    department: str = ""
    reason: str = ""


class Promised(NamedTuple):
    """A version of a milestone: its whole state from then on."""

    at: datetime
    milestone: int
    due: date
    expected: date | None
    state: str
    closed_on: date | None
    title: str = "Milník"
    reason: str = "Není potřeba."


class Reported(NamedTuple):
    """A published report; `corrects` is the place in the list of the report it corrects."""

    at: datetime
    cycle: date
    as_of: date
    phase: str
    health: str
    review: date | None
    corrects: int | None
    kind: str = "progress"
    note: str = ""
    obstacle: str = ""
    decision: str = ""
    source: str = "staff"
    is_approved: bool = False


class Happened(NamedTuple):
    """An output; `corrects` is the place in the list of the output it corrects."""

    at: datetime
    day: date
    withdrawn: bool
    corrects: int | None
    kind: str = "seminar"
    title: str = "Seminář"
    places: tuple = ()
    people: int | None = None


class Placed(NamedTuple):
    """Where the measure works from then on: the kind of its territory and the places it names."""

    at: datetime
    territory: str
    places: tuple = ()


class Worded(NamedTuple):
    """How the measure and its one activity read from then on."""

    at: datetime
    name: str
    activity: str


class Redacted(NamedTuple):
    """A text of the record at a place in the list was removed; nobody reads it again, on no day."""

    at: datetime
    place: int
    field: str


class Answer(NamedTuple):
    """A status; of a late measure also the earliest overdue day, what is overdue since that day
    and for how many days; of a stale one the last known status. `said` is how it reads where that
    is not its name, `about` the milestone or the day it rests on."""

    stav: str
    day: date | None = None
    days: int = 0
    why: frozenset = frozenset()
    last_known: "Answer | None" = None
    said: str = ""
    about: tuple = ()

    @property
    def word(self):
        return self.said or self.stav


class Picture(NamedTuple):
    """What the events recorded before a moment say."""

    plan: Planned | None
    reports: list
    milestones_by_place: list
    outputs: list
    happened: list

    @property
    def milestones(self):
        return [version for _, version in self.milestones_by_place]


def picture(events, known):
    """Replay the events recorded before `known`."""
    plan, plan_place = None, None
    milestones, reports, outputs, corrected = {}, [], [], set()
    events = without_removed(events)
    for place, event in enumerate(events):
        if event.at >= known:
            continue
        if isinstance(event, Planned) and (plan is None or (event.at, place) > plan_place):
            plan, plan_place = event, (event.at, place)
        elif isinstance(event, Promised):
            old = milestones.get(event.milestone)
            if old is None or (event.at, place) > old[0]:
                milestones[event.milestone] = ((event.at, place), event)
        elif isinstance(event, Reported):
            reports.append((place, event))
            corrected.add(event.corrects)
        elif isinstance(event, Happened):
            outputs.append((place, event))
            corrected.add(event.corrects)
    valid = [(p, e) for p, e in outputs if p not in corrected and not e.withdrawn]
    return Picture(
        plan=plan,
        reports=[(place, event) for place, event in reports if place not in corrected],
        milestones_by_place=[(place, version) for (_, place), version in milestones.values()],
        outputs=[event.day for _, event in valid],
        happened=valid,
    )


REMOVED = "[odstraněno z důvodu ochrany osobních údajů]"


def without_removed(events):
    """Return the events as anybody reads them since the texts were removed."""
    read = list(events)
    for event in events:
        if isinstance(event, Redacted):
            read[event.place] = read[event.place]._replace(**{event.field: REMOVED})
    return read


def last_report(reports, on):
    """The one with the greatest (as-of day up to `on`, moment of publishing, number)."""
    best = None
    for place, report in reports:
        if report.as_of <= on:
            rank = (report.as_of, report.at, place)
            if best is None or rank > best[0]:
                best = (rank, report)
    return best[1] if best else None


def replay_status(events, on, known, months=3):
    """Return the Answer for the day `on`, as known before `known`, by rules 1–10."""
    seen = picture(events, known)
    report = last_report(seen.reports, on)
    if report is not None:
        if report.phase == "cancelled":
            return Answer("zrušeno", about=("reported", "je opatření zrušeno"))
        if report.phase == "suspended" and (report.review is None or report.review >= on):
            return Answer("pozastaveno", about=("suspended", report.review))
        if report.phase == "completed":
            return Answer("splněno", about=("reported", "je opatření dokončeno"))
    late = overdue(seen, report, on)
    if late:
        return late
    if report is None:
        if seen.plan and seen.plan.start and seen.plan.start >= on:
            return Answer("nezahájeno", about=("start ahead", seen.plan.start))
        return Answer("bez hlášení", about=("nothing",))
    if nothing_for_two_cycles(seen, on, months):
        then = report.as_of
        last_known = overdue(seen, report, then) or running(seen, report, then)
        return Answer("neaktuální", last_known=last_known, about=("old", then))
    return running(seen, report, on)


def is_open(milestone, on):
    if milestone.state == "done" and milestone.closed_on <= on:
        return False
    return not (milestone.state == "dropped" and milestone.closed_on <= on)


def overdue(seen, report, on):
    """Rule 4."""
    days = []
    for milestone in open_ones(seen, on):
        if milestone.due < on:
            days.append((milestone.due, "milestone", milestone.title))
    if report and report.phase == "suspended" and report.review and report.review < on:
        days.append((report.review, "review", ""))
    not_begun = report is None or report.phase == "not_started"
    if seen.plan and seen.plan.start and seen.plan.start < on and not_begun:
        days.append((seen.plan.start, "start", ""))
    if seen.plan and seen.plan.end and seen.plan.end < on:
        days.append((seen.plan.end, "end", ""))
    if not days:
        return None
    first = min(day for day, _, _ in days)
    since = [(reason, title) for day, reason, title in days if day == first]
    why = frozenset(reason for reason, _ in since)
    return Answer("zpožděno", first, (on - first).days, why, about=(*since[0], first))


def open_ones(seen, on):
    """Return the milestones open on a day, the earliest first, then as they were written."""
    numbered = [(m.due, place, m) for place, m in seen.milestones_by_place if is_open(m, on)]
    return [milestone for _, _, milestone in sorted(numbered)]


TROUBLE = {"minor": ("", "menší potíže"), "serious": ("vážné potíže", "vážné potíže")}


def running(seen, report, on):
    """Rules 7–10."""
    still_open = open_ones(seen, on)
    if report.health in TROUBLE:
        said, about = TROUBLE[report.health]
        return Answer("ohroženo", said=said, about=("reported", f"má opatření {about}"))
    for milestone in still_open:
        if milestone.expected and milestone.expected > milestone.due:
            return Answer("ohroženo", about=("expected", milestone))
    if report.phase == "not_started":
        return Answer("nezahájeno", about=("reported", "opatření ještě nezačalo"))
    if report.phase == "":
        return Answer("probíhá bez termínů", said="fáze neuvedena", about=("phase unknown",))
    if report.phase in ("preparing", "running"):
        answer = promised(seen, still_open, on)
        if answer and report.health == "on_track":
            return answer
        if answer:
            return Answer("probíhá bez termínů", said="průběh neuveden", about=("health unknown",))
    is_continuous = seen.plan and seen.plan.kind == "continuous"
    if report.health == "":
        return Answer("probíhá bez termínů", about=("health unknown",))
    return Answer("probíhá bez termínů", about=("undated", bool(is_continuous)))


def promised(seen, still_open, on):
    """What rule 9 asks for besides phase and health."""
    is_continuous = seen.plan and seen.plan.kind == "continuous"
    name = "plněno průběžně" if is_continuous else "podle plánu"
    ahead = [milestone for milestone in still_open if milestone.due >= on]
    if ahead:
        return Answer(name, about=("ahead", ahead[0]))
    recent = [day for day in seen.outputs if year_before(on) < day <= on]
    if is_continuous and recent:
        return Answer(name, about=("output", max(recent)))
    if not is_continuous and seen.plan and seen.plan.end and seen.plan.end >= on:
        return Answer(name, about=("end ahead", seen.plan.end))
    return None


def year_before(day):
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return date(day.year - 1, day.month, day.day)


def finished_cycles(on, months):
    """Return (first day, last day) of every cycle since 2020 that ended before `on`."""
    cycles, year, month = [], 2020, 1
    while True:
        first = date(year, month, 1)
        month += months
        if month > 12:
            year, month = year + 1, 1
        last = date(year, month, 1) - timedelta(days=1)
        if last >= on:
            return cycles
        cycles.append((first, last))


def newest_cycle(seen, on):
    """Return the first day of the newest cycle a report up to `on` names, or None."""
    cycles = [report.cycle for _, report in seen.reports if report.as_of <= on]
    return max(cycles) if cycles else None


def nothing_for_two_cycles(seen, on, months):
    first_of_two, _ = finished_cycles(on, months)[-2]
    return newest_cycle(seen, on) < first_of_two


def replay_freshness(events, on, known, months=3):
    """Return the word of freshness for the day `on`, as known before `known`."""
    seen = picture(events, known)
    newest = newest_cycle(seen, on)
    if newest is None:
        return "bez hlášení"
    first, last = finished_cycles(on, months)[-1]
    if newest >= first:
        return "aktuální"
    if nothing_for_two_cycles(seen, on, months):
        return "neaktuální"
    since_end = (on - last).days
    if since_end <= 7:
        return "čeká se"
    if since_end <= 15:
        return "blíží se termín"
    return "v toleranci" if since_end <= 22 else "po termínu"
