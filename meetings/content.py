"""What a briefing says: plain values only, so that it can be frozen, and read back, word for word.

The web page, the PDF, the workbook and the tables are all made from one Briefing and from nothing
else; `briefing/` gathers it, `canonical.py` turns it into JSON and back. Nothing private may stand
here: no name of a member of staff, no e-mail address, no number that is masked.

Days and moments are days and moments, words are in Czech without the no-break spaces of typography
(each document puts them in for itself). An empty text or None means that it is not known.
"""

from dataclasses import dataclass
from datetime import date, datetime

SCHEMA = "zasedani/1"
"""The name of this shape; another shape gets another number, and old snapshots keep theirs."""


class Words(str):
    """A text people wrote: kept apart in a snapshot, so that personal data in it can be removed."""

    __slots__ = ()


@dataclass(frozen=True)
class StrategySaid:
    slug: str
    title: str
    short_name: str
    region: str
    region_genitive: str
    is_monitored: bool
    url: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class MeetingSaid:
    """A meeting: `body` is its name, `kind` „rada“, `url` the address of its briefing."""

    body: str
    kind: str
    day: date
    url: str


@dataclass(frozen=True)
class DecisionSaid:
    """A decision the body is asked for and that is still open; `who` puts it forward."""

    number: int
    report: int
    code: str
    short_name: str
    url: str
    text: Words
    why: Words
    who: Words
    by: date | None
    asked_on: date


@dataclass(frozen=True)
class StatusSaid:
    """A status as derived: its key, word, „o 34 dní“, and the name of its icon (and tone);
    `last_known` is the word of the last known status of a measure that is out of date."""

    key: str
    word: str
    extra: str
    icon: str
    last_known: str = ""


@dataclass(frozen=True)
class CountSaid:
    """The measures of one status, worst first, by their codes in the order of the plan."""

    key: str
    word: str
    icon: str
    codes: tuple[str, ...]

    @property
    def number(self):
        return len(self.codes)


@dataclass(frozen=True)
class RollupSaid:
    """Counts by status and „vykázáno k z n“; `text` is empty where nothing is expected."""

    counts: tuple[CountSaid, ...]
    reported: int
    expected: int
    text: str

    @property
    def total(self):
        return sum(count.number for count in self.counts)


@dataclass(frozen=True)
class ChangeSaid:
    """One change since the previous meeting: `group` is one of „zhorsilo-se“, „zlepsilo-se“,
    „terminy“, „data“, „zneni“; `word` names it in Czech; `code` is empty for other than measures.
    """

    group: str
    word: str
    code: str
    name: str
    url: str
    text: Words
    day: date


@dataclass(frozen=True)
class ResolutionSaid:
    """A resolution recorded since the previous meeting, with the codes it speaks of."""

    number: str
    body: str
    day: date
    text: Words
    codes: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class LateSaid:
    """A late measure: `fact` is the sentence of the rule, the rest what its last report says;
    `days` is the delay."""

    code: str
    short_name: str
    url: str
    days: int
    due: date
    fact: Words
    why: Words
    next_step: Words
    who: Words
    until: date | None


@dataclass(frozen=True)
class MeasureSaid:
    """One measure; `status` is None where its strategy is not monitored.

    `due` is the day that comes next or is overdue, `due_word` what happens on it („termín“,
    „plánovaný konec“), `due_what` the title of the milestone; `as_of` the day of the last report.
    """

    code: str
    name: str
    short_name: str
    url: str
    status: StatusSaid | None
    due: date | None
    due_word: str
    due_what: Words
    as_of: date | None
    freshness: str
    department: str
    note: Words
    activities: tuple[str, ...]


@dataclass(frozen=True)
class OutputSaid:
    """Something of a measure that happened; `participants` is None where nobody knows."""

    day: date
    kind: str
    title: Words
    places: tuple[str, ...]
    participants: int | None
    code: str


@dataclass(frozen=True)
class ComponentSaid:
    """The component of the index a priority answers to: shares in %, as numbers in text
    („3.04“); empty where not known or withheld."""

    name: str
    region: str
    nation: str
    source: str


@dataclass(frozen=True)
class IndicatorSaid:
    """The newest value of an indicator in words, „“ where none is known.

    `judgement` is the key of what its progress comes to, `judgement_word` the same in Czech, „“
    where it cannot be judged.
    """

    name: str
    url: str
    value: str
    period: str
    nation: str
    previous: str
    is_uncertain: bool
    source: str
    judgement: str = ""
    judgement_word: str = ""


@dataclass(frozen=True)
class GoalSaid:
    code: str
    name: str
    short_name: str
    url: str
    measures: tuple[MeasureSaid, ...]


@dataclass(frozen=True)
class PrioritySaid:
    """One priority: its goals with their measures, outputs since the previous meeting (or of the
    last 12 months), its component of the index and its indicators."""

    code: str
    name: str
    short_name: str
    motto: str
    url: str
    rollup: RollupSaid
    component: ComponentSaid | None
    indicators: tuple[IndicatorSaid, ...]
    outputs: tuple[OutputSaid, ...]
    goals: tuple[GoalSaid, ...]

    @property
    def measures(self):
        """The measures of the priority, each once."""
        found = {measure.code: measure for goal in self.goals for measure in goal.measures}
        return tuple(found.values())


@dataclass(frozen=True)
class ApartSaid:
    """Measures that stand under no goal: „Průřezová opatření“, with their outputs."""

    title: str
    rollup: RollupSaid
    measures: tuple[MeasureSaid, ...]
    outputs: tuple[OutputSaid, ...] = ()


@dataclass(frozen=True)
class BandSaid:
    """A band of the index: its points („12–30“), and how many municipalities it had in each of
    the years of RegionSaid, None where that is not known."""

    lower: int
    points: str
    name: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class PlaceSaid:
    """A municipality of the region: its value and cell in the map, None where not known; a
    military area is not counted."""

    code: str
    name: str
    orp: str
    value: int | None
    is_borrowed: bool
    is_counted: bool
    hex_q: int | None
    hex_r: int | None


@dataclass(frozen=True)
class RegionSaid:
    """The index of the region in its newest edition, and its bands over the years, oldest first.

    `sentence` is the finding, `notes` say what the figures do not (sources of the years, what is
    not comparable).
    """

    year: int
    source: str
    sentence: str
    years: tuple[int, ...]
    bands: tuple[BandSaid, ...]
    places: tuple[PlaceSaid, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class TermSaid:
    """A status and when it holds, for the glossary."""

    key: str
    word: str
    icon: str
    text: str


@dataclass(frozen=True)
class StaleSaid:
    """A measure of which nothing recent is known, and why that is."""

    code: str
    short_name: str
    word: str
    as_of: date | None
    why: str


@dataclass(frozen=True)
class VintageSaid:
    """How old a kind of data is and where it comes from."""

    what: str
    day: str
    source: str


@dataclass(frozen=True)
class Briefing:
    """All that a briefing says, as of the day `on` and known before the moment `known`.

    `previous` is the meeting of the same body before, None for the first one; `since` the day
    the changes are counted from.
    """

    schema: str
    strategy: StrategySaid
    meeting: MeetingSaid
    previous: MeetingSaid | None
    since: date | None
    on: date
    known: datetime
    is_demo: bool
    lead: str
    decisions: tuple[DecisionSaid, ...]
    rollup: RollupSaid
    change_summary: str
    changes: tuple[ChangeSaid, ...]
    resolutions: tuple[ResolutionSaid, ...]
    late: tuple[LateSaid, ...]
    priorities: tuple[PrioritySaid, ...]
    apart: tuple[ApartSaid, ...]
    region: RegionSaid | None
    glossary: tuple[TermSaid, ...]
    methods: tuple[str, ...]
    stale: tuple[StaleSaid, ...]
    vintages: tuple[VintageSaid, ...]

    @property
    def measures(self):
        """Every measure once, in the order of the plan."""
        parts = (*self.priorities, *self.apart)
        return tuple({one.code: one for part in parts for one in part.measures}.values())
