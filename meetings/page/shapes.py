"""Small shapes the page is made of: looks of statuses, bars of counts, texts with a long rest."""

from dataclasses import dataclass
from datetime import date

from common import czech
from measures.rows import SHORT_WORDS
from measures.status import StatusKey, css
from meetings.content import MeasureSaid, RollupSaid, StatusSaid
from meetings.report import words

LONGEST = 420
"""So many signs of a text stand on the page at once; the rest unfolds."""

UNKNOWN_LOOK = "is-off is-gap"
NOBODY = "odpovědný není určen"


def look(key):
    """Return the class of the colours of a status; a frozen page may know one that is no more."""
    return css(StatusKey(key)) if key in StatusKey.values else UNKNOWN_LOOK


@dataclass(frozen=True)
class Text:
    """A text people wrote: what stands on the page, and the rest that unfolds."""

    start: str
    rest: str = ""


def told(text):
    """Return the Text of words people wrote, cut between words."""
    text = text.strip()
    if len(text) <= LONGEST:
        return Text(text)
    cut = text.rfind(" ", LONGEST // 2, LONGEST)
    cut = cut if cut > 0 else LONGEST
    return Text(text[:cut].rstrip(), text[cut:].lstrip())


@dataclass(frozen=True)
class Look:
    """A status for components/status.html; `was` is the last known one of a stale measure."""

    css: str
    icon: str
    word: str
    extra: str = ""
    was: str = ""


def status_look(status: StatusSaid | None):
    """Return the Look of a status, None where there is none."""
    if status is None:
        return None
    last = status.last_known
    was = f"naposledy {SHORT_WORDS.get(last, last)}" if last else ""
    return Look(look(status.key), status.icon, status.word, status.extra, was)


@dataclass(frozen=True)
class Count:
    """The measures of one status, for the bar and the chips."""

    css: str
    icon: str
    word: str
    number: int
    query: str


@dataclass(frozen=True)
class Bar:
    """Counts by status, worst first; `label` says them in words, `reported` how many are known."""

    counts: tuple[Count, ...]
    label: str
    reported: str

    @property
    def short_reported(self):
        """„4 ze 4“ without the word, for a column that has it as its heading."""
        return czech.typography(self.reported.removeprefix("vykázáno "))


def bar(title, rollup: RollupSaid, query=""):
    """Return the Bar of a rollup; `query` keeps the day in the addresses of its chips."""
    counts = tuple(
        Count(look(one.key), one.icon, one.word, one.number, f"stav={one.key}{query}")
        for one in rollup.counts
    )
    named = ", ".join(f"{one.word} {one.number}" for one in counts)
    return Bar(counts, czech.typography(f"{title}: {named}"), rollup.text)


@dataclass(frozen=True)
class Tile:
    """A measure in the mosaic: its status, the next day and how old its last report is."""

    code: str
    short_name: str
    url: str
    status: Look | None
    due: str
    due_word: str
    age: str


def tile(one: MeasureSaid, on: date):
    """Return the Tile of a measure on the day `on`."""
    status = status_look(one.status)
    has_day = one.due is not None and not (status and status.was)
    age = f"{czech.integer((on - one.as_of).days)}{czech.NBSP}d" if one.as_of else ""
    due = _short_day(one.due, on) if has_day else ""
    return Tile(one.code, one.short_name, one.url, status, due, one.due_word, age)


def _short_day(day, on):
    """A day without its year where that is the current one."""
    text = czech.date(day)
    return text.rpartition(czech.NBSP)[0] if day.year == on.year else text


@dataclass(frozen=True)
class MeasureLine:
    """A measure in the section of its priority; `facts` is what is known of it in a line."""

    code: str
    name: str
    url: str
    status: Look | None
    facts: str
    note: Text


def measure_line(one: MeasureSaid):
    """Return the MeasureLine of a measure."""
    is_told = one.status is not None
    parts = [
        _next_day(one) if is_told else "",
        f"odpovídá {one.department}" if one.department else NOBODY if is_told else "",
        f"hlášeno k {czech.date(one.as_of)}" if one.as_of else "",
        f"naposledy {one.status.last_known}" if is_told and one.status.last_known else "",
    ]
    facts = " · ".join(part for part in parts if part)
    return MeasureLine(one.code, one.name, one.url, status_look(one.status), facts, told(one.note))


def _next_day(one):
    """„další termín 10. 12. 2026: Smlouva“; the tag of the status says by how much it is late."""
    line = words.next_day(one).removeprefix(f"{one.status.extra}, " if one.status.extra else "")
    return f"{line}: {one.due_what}" if line and one.due_what else line
