"""What a story of a measure is told with; days are told as in `days`."""

from dataclasses import dataclass

from measures.models import Health, MeasureKind, OutputKind, Phase, ReportKind
from portal.demo.days import FIRST, Round, Today, YearEnd

Day = Round | Today | YearEnd

UNIT = "Implementační jednotka Karlovarského kraje"
SOCIAL = "Odbor sociálních věcí Karlovarského kraje"
SCHOOLS = "Odbor školství, mládeže a tělovýchovy Karlovarského kraje"

REGION = "celý kraj"


@dataclass(frozen=True)
class Said:
    """A published report. `corrected` is the note of its correction and the day of that."""

    at: Day
    note: str = ""
    kind: str = ReportKind.PROGRESS
    phase: str = Phase.RUNNING
    health: str = Health.ON_TRACK
    obstacle: str = ""
    actor_role: str = ""
    act_by: Day | None = None
    next_step: str = ""
    decision: str = ""
    review: Day | None = None
    reason: str = ""
    has_resolution: bool = False
    partner: str = ""
    corrected: tuple[Day, str] | None = None


@dataclass(frozen=True)
class Act:
    """A new version of a milestone: moved to `due`, expected on a day, done or dropped.

    The head moves it, by a resolution where `has_resolution`; whoever answers for the measure
    does the rest.
    """

    at: Day
    due: Day | None = None
    expected: Day | None = None
    is_done: bool = False
    is_dropped: bool = False
    evidence: str = ""
    reason: str = ""
    has_resolution: bool = False


@dataclass(frozen=True)
class Promise:
    """A milestone and what happened to it."""

    title: str
    made: Day
    due: Day
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Series:
    """A repeating milestone: all those that were due are done so many days after, with evidence."""

    title: str
    made: Day
    first_due: Day
    months: int
    until: Day
    done_after: int
    evidence: str


@dataclass(frozen=True)
class Replan:
    """A later version of the plan; what is None stays as it was."""

    at: Day
    end: Day | None = None
    owner: str | None = None
    deputy: str | None = None
    reason: str = ""
    has_resolution: bool = False


@dataclass(frozen=True)
class Event:
    """An output; a mistake in it was mended a few days later: `corrected` is the right number of
    participants, `is_withdrawn` says that it did not take place."""

    at: Day
    kind: str
    title: str
    places: tuple[str, ...] = ()
    participants: int | None = None
    organiser: str = UNIT
    corrected: int | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Story:
    """Everything made up about one measure."""

    code: str
    owner: str | None = None
    deputy: str | None = None
    department: str | None = UNIT
    kind: str = MeasureKind.DELIVERABLE
    start: Day | None = FIRST
    end: Day | None = None
    planned: Day | None = None
    places: str | tuple[str, ...] = REGION
    reports: tuple[Said, ...] = ()
    milestones: tuple[Promise | Series, ...] = ()
    outputs: tuple[Event, ...] = ()
    replans: tuple[Replan, ...] = ()


def progress(at, note, **content):
    return Said(at, note, **content)


def same(at, **content):
    return Said(at, kind=ReportKind.NO_CHANGE, **content)


def risk(at, note, obstacle, actor_role, act_by, health=Health.MINOR, **content):
    return Said(
        at,
        note,
        kind=ReportKind.RISK,
        health=health,
        obstacle=obstacle,
        actor_role=actor_role,
        act_by=act_by,
        **content,
    )


def change(at, note, **content):
    return Said(at, note, kind=ReportKind.PLAN_CHANGE, **content)


def done(at, evidence=""):
    return Act(at, is_done=True, evidence=evidence)


def dropped(at, reason):
    return Act(at, is_dropped=True, reason=reason)


def moved(at, due, reason, **more):
    return Act(at, due=due, reason=reason, **more)


def expected(at, day, reason):
    return Act(at, expected=day, reason=reason)


def seminar(at, title, places, participants, **more):
    return Event(at, OutputKind.SEMINAR, title, places, participants, **more)


def meeting(at, title, places, participants, **more):
    return Event(at, OutputKind.MEETING, title, places, participants, **more)
