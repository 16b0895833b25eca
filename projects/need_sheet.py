"""Needs of a project in words: the section of its page, and its data."""

from dataclasses import dataclass
from functools import cached_property

from common import csv_files, czech
from common.units import amount
from projects.models import NeedDuration, OutcomeCounted
from projects.need_chart import chart
from projects.needs import Period, Shown, periods, total

COLUMNS = {
    "obdobi_od": "první den období (RRRR-MM-DD); prázdný, když ho zdroj neuvádí",
    "obdobi_do": "poslední den období; prázdný, když ho zdroj neuvádí",
    "obdobi_slovy": "období slovy zdroje",
    "oblast": "oblast potřeb; „všechny oblasti“ je údaj zdroje, ne náš součet",
    "delka_spoluprace": "jak dlouho spolupráce trvala",
    "zjisteno": "zjištěné potřeby; prázdné, když číslo není známé nebo se neuvádí",
    "zjisteno_stav": "známé; méně než 5; neuvádí se (dalo by se z něj dopočítat); neznámé",
    "vyreseno": "vyřešené potřeby; prázdné, když číslo není známé nebo se neuvádí",
    "vyreseno_stav": "stejná slova jako u zjištěných",
    "podil_z_vyresenych": "podíl ze všech vyřešených potřeb v procentech",
    "podil_slovy": "podíl slovy zdroje",
    "nejiste": "ano: údaj je nejistý a do součtů nevstupuje",
    "nejistota": "v čem je nejistota",
    "zdroj": "odkud údaj je",
}
"""The columns of the public data, and what they mean."""

LENGTHS = [one for one in NeedDuration if one != NeedDuration.ALL]


@dataclass(frozen=True)
class LengthRow:
    """An area with pairs of each length of cooperation and what is shown of it, „18 / 20“."""

    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PeriodSheet:
    """One period as the page shows it."""

    period: Period

    @property
    def title(self):
        """„1. 1. 2025 – 31. 12. 2025“, or the words of the source where it names no days."""
        if self.period.start is None:
            return czech.typography(self.period.text or "období zdroj neuvádí")
        return czech.typography(f"{czech.date(self.period.start)} – {czech.date(self.period.end)}")

    @property
    def key(self):
        return f"potreby-{self.period.start or 'bez-obdobi'}"

    @cached_property
    def chart(self):
        return chart(self.period.by_area)

    @property
    def rows(self):
        return self.period.by_area

    @property
    def has_shares(self):
        return any(one.share.shown != Shown.UNKNOWN for one in self.rows)

    @property
    def uncertain(self):
        return [(one, said(one)) for one in self.period.uncertain]

    @property
    def lengths(self):
        return [one.label for one in LENGTHS]

    @cached_property
    def by_length(self):
        """A LengthRow for each area of which some length is told."""
        cells = {}
        for one in self.period.by_length:
            cells.setdefault(one.area, {})[one.duration] = _of(one)
        return [
            LengthRow(area.label, tuple((one.label, found.get(one, "")) for one in LENGTHS))
            for area, found in cells.items()
        ]

    @property
    def sums(self):
        """What the areas come to, each sum saying what is left out of it; none of fewer than two
        numbers."""
        found = (("zjištěné", "identified"), ("vyřešené", "solved"))
        pairs = [(word, total(self.period.lines, figure)) for word, figure in found]
        return [_sum_text(word, one) for word, one in pairs if one.number > 1]

    @property
    def sources(self):
        return sorted({one.source for one in self.period.lines})

    @property
    def is_masked(self):
        """Whether something of the period is withheld."""
        return any(
            number.shown in (Shown.SMALL, Shown.WITHHELD)
            for line in self.period.lines
            for number in (line.identified, line.solved, line.share)
        )


def sheets(results, *, is_public=True):
    """Return a PeriodSheet for each period of valid NeedResults of a project."""
    return [PeriodSheet(one) for one in periods(results, is_public=is_public)]


def said(line):
    """Return what an uncertain line says: „2 758 zjištěných“, „čtvrtina vyřešených potřeb“."""
    parts = []
    for number, word in ((line.identified, "zjištěných"), (line.solved, "vyřešených")):
        if number.shown != Shown.UNKNOWN:
            parts.append(f"{number.text} {word}")
    if line.share.is_known:
        percent = amount(line.share.value, "%")
        of = "ze všech vyřešených"
        parts.append(f"{line.words} {of} ({percent})" if line.words else f"{percent} {of}")
    elif line.share.shown != Shown.UNKNOWN:
        parts.append(f"podíl se {line.share.instead.removesuffix(' se')}")
    return czech.typography(", ".join(parts))


def without_said(outcomes, results):
    """Return the outcomes of a project without those that count needs and say a number its needs
    by area say too."""
    told = {
        value
        for one in results
        for value in (one.identified, one.solved, one.solved_share)
        if value is not None
    }
    return [
        one
        for one in outcomes
        if one.counted != OutcomeCounted.NEEDS or one.value is None or one.value not in told
    ]


def records(results):
    """Yield the values of a row of the public data for each line, masked."""
    for period in periods(results, is_public=True):
        for line in period.lines:
            yield [
                period.start.isoformat() if period.start else "",
                period.end.isoformat() if period.end else "",
                period.text,
                line.name,
                line.length,
                *_told(line.identified),
                *_told(line.solved),
                line.share.value,
                line.words,
                "ano" if line.is_uncertain else "ne",
                line.note,
                line.source,
            ]


def as_csv(results):
    """Return the public data as the text of a CSV."""
    return csv_files.text([list(COLUMNS), *records(results)])


def as_json(project, results, address):
    """Return the public data with the dictionary of their columns, ready for JSON."""
    return {
        "projekt": {"zkratka": project.slug, "nazev": project.name, "adresa": address},
        "sloupce": COLUMNS,
        "udaje": [
            dict(zip(COLUMNS, map(csv_files.plain, values), strict=True))
            for values in records(results)
        ],
    }


def _told(number):
    return number.value, number.instead or "známé"


def _of(line):
    """„18 / 20“: solved of identified, each a number or what stands for it."""
    solved, identified = line.solved.text, line.identified.text
    if line.solved.shown == Shown.UNKNOWN:
        return f"{identified} zjištěno"
    if line.identified.shown == Shown.UNKNOWN:
        return f"{solved} vyřešeno"
    return czech.typography(f"{solved} / {identified}")


def _sum_text(word, found):
    areas = czech.count(found.number, "oblast", "oblasti", "oblastí")
    left = ", ".join(f"{name} – {why}" for name, why in found.left_out)
    rest = f"; mimo součet: {left}" if left else ""
    return czech.typography(f"{word} {czech.integer(found.value)} ({areas}{rest})")
