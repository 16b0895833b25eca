"""Writing down what needs a project found and solved: many entries at once, all or none."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from common import czech
from projects.models import NeedArea, NeedDuration, NeedResult, Project

MEANWHILE = (
    "Údaje tohoto období mezitím změnil někdo jiný, nic se neuložilo. Vaše čísla tu zůstala; "
    "porovnejte je se zapsanými a uložte znovu."
)
NO_PERIOD = "Napište období od a do."
ENDS_EARLY = "Období končí dřív, než začíná."
OVERLAPS = "Období se překrývá s už zapsaným {period}. Zapište ho ve stejném období."
TWICE = "Pro toto období, oblast a délku spolupráce je tu údaj dvakrát."
NO_NUMBER = "Uveďte aspoň jeden počet nebo podíl."
ERASED = "Zapsaný údaj nejde smazat. Opravte číslo, nebo napište, v čem je nejistý."
TOO_MANY = "Vyřešených potřeb je víc než zjištěných."
ABOVE_TOTAL = "{what} dávají dohromady {sum}, víc než {total} u „{name}“."
SHARE = "Podíl je mezi 0 a 100 %."
NO_SOURCE = "Napište zdroj údajů."
FIGURES = {"identified": "Zjištěné potřeby", "solved": "Vyřešené potřeby"}


@dataclass(frozen=True)
class NeedEntry:
    """What somebody says of one period, area and length; a note says that it is uncertain.

    `row` tells the one who brought it where it came from: a row of a file, an area of a form.
    """

    row: object
    start: date | None
    end: date | None
    area: str
    duration: str
    identified: int | None = None
    solved: int | None = None
    share: Decimal | None = None
    words: str = ""
    note: str = ""
    source: str = ""

    @property
    def key(self):
        return self.start, self.end, self.area, self.duration

    @property
    def is_empty(self):
        return self.identified is None and self.solved is None and self.share is None

    def is_same(self, result):
        """Say whether a NeedResult already says this."""
        own = (self.identified, self.solved, self.share, self.words, self.note, self.source)
        return own == (
            result.identified,
            result.solved,
            result.solved_share,
            result.words,
            result.note,
            result.source,
        )


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field of an entry."""

    row: object
    field: str
    text: str


class NeedsRefused(ValidationError):
    """Entries that cannot be written; nothing was. `problems` say which and why."""

    def __init__(self, problems):
        super().__init__([problem.text for problem in problems])
        self.problems = problems


def current(project):
    """Return the valid NeedResults of a project by period, area and length."""
    rows = NeedResult.objects.filter(project=project).valid(timezone.now())
    return {(one.period_start, one.period_end, one.area, one.duration): one for one in rows}


def fingerprint(known):
    """Return what tells whether results of a project have changed: the newest of them."""
    return max((one.pk for one in known.values()), default=0)


@transaction.atomic
def record_needs(*, project, entries, by, seen=None):
    """Write entries down, those that say something new; one that is there gets a correction.

    `seen` is the fingerprint of what the person started from. Returns the new NeedResults. Raises
    NeedsRefused or ValidationError with nothing written, PermissionDenied for those who may not.
    """
    if not by.has_perm("projects.add_needresult"):
        raise PermissionDenied
    Project.objects.select_for_update().get(pk=project.pk)
    known = current(project)
    if seen is not None and seen != fingerprint(known):
        raise ValidationError(MEANWHILE)
    if problems := problems_of(entries, known):
        raise NeedsRefused(problems)
    made = [_result(project, one, known.get(one.key), by) for one in changed(entries, known)]
    for result in made:
        result.clean()
        result.save()
    return made


def changed(entries, known):
    """Return the entries that say something else than what is known."""
    return [
        one
        for one in entries
        if not one.is_empty and not (one.key in known and one.is_same(known[one.key]))
    ]


def problems_of(entries, known):
    """Return the Problems of entries against what a project already has."""
    problems, keys = [], set()
    for one in entries:
        problems += _own_problems(one, known)
        if one.key in keys:
            problems.append(Problem(one.row, "area", TWICE))
        keys.add(one.key)
    return problems or [*_overlaps(entries, known), *_above_totals(entries, known)]


def _own_problems(one, known):
    if one.is_empty:
        if one.key in known:
            yield Problem(one.row, "identified", ERASED)
        elif one.note or one.words:
            yield Problem(one.row, "identified", NO_NUMBER)
        return
    if one.start is None or one.end is None:
        # What was loaded without a period may stay as it is.
        if one.key not in known or not one.is_same(known[one.key]):
            yield Problem(one.row, "start", NO_PERIOD)
    elif one.end < one.start:
        yield Problem(one.row, "end", ENDS_EARLY)
    if None not in (one.identified, one.solved) and one.solved > one.identified:
        yield Problem(one.row, "solved", TOO_MANY)
    if one.share is not None and not 0 <= one.share <= 100:
        yield Problem(one.row, "share", SHARE)
    if not one.source:
        yield Problem(one.row, "source", NO_SOURCE)


def _overlaps(entries, known):
    """A need of two periods would be counted twice."""
    spans = {key[:2] for key in known if key[0]} | {one.key[:2] for one in entries if one.start}
    for one in entries:
        if one.is_empty or one.start is None:
            continue
        for start, end in sorted(spans - {(one.start, one.end)}):
            if start <= one.end and one.start <= end:
                period = f"{czech.date(start)} – {czech.date(end)}"
                yield Problem(one.row, "start", OVERLAPS.format(period=period))
                break


def _above_totals(entries, known):
    """The parts of a total are never more than the total."""
    rows = {one.key: one for one in entries if not one.is_empty}
    for figure, what in FIGURES.items():
        counts = {key: getattr(one, figure) for key, one in {**known, **rows}.items()}
        counts = {key: number for key, number in counts.items() if number is not None}
        for key, number in counts.items():
            for parts in _parts(key, counts):
                whole = sum(counts[part] for part in parts)
                touched = [rows[one] for one in (key, *parts) if one in rows]
                if whole > number and touched:
                    name = f"{NeedArea(key[2]).label}, {NeedDuration(key[3]).label}"
                    text = ABOVE_TOTAL.format(what=what, sum=whole, total=number, name=name)
                    yield Problem(touched[0].row, figure, text)


def _parts(key, counts):
    start, end, area, duration = key
    same = [one for one in counts if one[:2] == (start, end)]
    if area == NeedArea.ALL:
        yield [one for one in same if one[2] != NeedArea.ALL and one[3] == duration]
    if duration == NeedDuration.ALL:
        yield [one for one in same if one[2] == area and one[3] != NeedDuration.ALL]


def _result(project, entry, old, by):
    return NeedResult(
        project=project,
        period_start=entry.start,
        period_end=entry.end,
        period_text=old.period_text if old else "",
        area=entry.area,
        duration=entry.duration,
        identified=entry.identified,
        solved=entry.solved,
        solved_share=entry.share,
        words=entry.words,
        is_uncertain=bool(entry.note) or entry.start is None,
        note=entry.note,
        source=entry.source,
        corrects=old,
        author=by,
    )
