"""The grid of the desk: values of one indicator by periods and territories, typed in at once.

What stands in the portal is filled in; a row that was changed becomes a correction of what was
there, one that was left as it was nothing at all.
"""

from dataclasses import dataclass, field
from itertools import product

from django import forms
from django.utils import timezone

from common import czech
from common.numbers import typed as typed_number
from indicators import layout, periods, wording
from indicators.entries import Problem, read_entry
from indicators.models import Observation
from municipalities.models import Municipality

MOST_ROWS = 300
TOO_MANY = "To je víc než {most} řádků najednou. Vyberte méně období nebo jen kraj."
NO_REMOVAL = "Hodnotu nejde smazat. Je-li špatně, napište správnou, nebo ji označte jako nejistou."
REGION, PLACES = "kraj", "obce"
TERRITORIES = [(REGION, "kraj a celé Česko"), (PLACES, "obce kraje")]
FIELDS = ("hodnota", "citatel", "jmenovatel", "presnost", "nejiste", "poznamka", "zdroj")
TEXTS = ("poznamka", "zdroj")
_FILLED = ("hodnota", "citatel", "jmenovatel", "poznamka")


class GridForm(forms.Form):
    """Which rows the grid has: periods and kinds of territory, from the address."""

    obdobi = forms.CharField(
        label="Období",
        max_length=200,
        required=False,
        help_text="Víc období oddělte čárkou: 2022, 2023.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    uzemi = forms.ChoiceField(label="Území", choices=TERRITORIES, required=False)

    def clean_obdobi(self):
        parts = [part for part in self.cleaned_data["obdobi"].split(",") if part.strip()]
        try:
            return list(dict.fromkeys(periods.parse_period(part) for part in parts))
        except ValueError as error:
            raise forms.ValidationError(czech.typography(str(error))) from None


@dataclass
class Row:
    """One period and territory: what is there, what was typed, and what is wrong by field."""

    number: int
    period: tuple
    region: object
    municipality: object
    old: Observation | None
    values: dict
    errors: dict = field(default_factory=dict)

    @property
    def place(self):
        found = self.municipality or self.region
        return found.name if found else wording.NATION

    @property
    def period_name(self):
        return czech.typography(periods.typed(*self.period))

    @property
    def prefix(self):
        return f"r{self.number}"

    @property
    def earlier(self):
        """The value that the one in the grid corrected, in words; empty if it corrected none."""
        wrong = self.old and self.old.corrects
        if not wrong:
            return ""
        value, day = wording.value_text(wrong, self.old.indicator), czech.date(wrong.recorded_at)
        return f"předtím {value} (zapsáno {day})"

    @property
    def seen(self):
        return self.old.pk if self.old else ""

    @property
    def cells(self):
        """The fields with their names, values and errors, for the template."""
        return {
            name: {
                "name": f"{self.prefix}-{name}",
                "value": self.values.get(name, ""),
                "error": self.errors.get(name, ""),
            }
            for name in FIELDS
        }


@dataclass
class Grid:
    """The rows of the grid; `source` is the one for all rows that name none."""

    indicator: object
    rows: list
    source: str = ""

    @property
    def is_share(self):
        return self.indicator.unit.strip() == "%"

    @property
    def problems(self):
        """What is wrong, each with the row and the field it stands at."""
        return [
            (row, f"{row.prefix}-{name}", sentence)
            for row in self.rows
            for name, sentence in row.errors.items()
        ]

    def show(self, problems):
        """Put Problems of an action at their fields."""
        rows = {row.number: row for row in self.rows}
        for problem in problems:
            name = problem.field if problem.field in FIELDS else "hodnota"
            rows[problem.row].errors.setdefault(name, czech.typography(problem.sentence))


def grid_of(indicator, chosen, kind):
    """Return the Grid of an indicator for periods, the usual ones where none were chosen; three
    queries at most. Raises ValueError where there would be too many rows."""
    places = _places(indicator, kind)
    known = Observation.objects.valid(timezone.now()).filter(indicator=indicator)
    chosen = chosen or usual_periods(indicator, known)
    if len(chosen) * len(places) > MOST_ROWS:
        raise ValueError(TOO_MANY.format(most=MOST_ROWS))
    found = known.filter(period_end__in=[end for _, end in chosen])
    found = found.select_related("indicator", "corrects")
    old = {
        (row.region_id, row.municipality_id, row.period_start, row.period_end): row
        for row in found.order_by("pk")
    }
    rows = []
    for number, (period, place) in enumerate(product(chosen, places), start=1):
        region, town = place
        there = old.get((region and region.pk, town and town.pk, *period))
        rows.append(Row(number, period, region, town, there, _filled(there)))
    return Grid(indicator, rows)


def usual_periods(indicator, known):
    """Return the newest two periods of the region's values and the one after them; without any
    the last calendar year. One query."""
    pairs = known.filter(region=indicator.region_id, period_end__isnull=False)
    found = list(
        pairs.order_by("-period_end", "-period_start")
        .values_list("period_start", "period_end")
        .distinct()[:2]
    )[::-1]
    if not found:
        return [periods.parse_period(str(timezone.localdate().year - 1))]
    return [*found, periods.following(*found[-1], indicator.periodicity_months)]


def fill(grid, posted):
    """Take over what was posted; returns the Entries of rows that were touched. What is wrong
    stands in the rows."""
    grid.source = posted.get("zdroj", "").strip()
    entries = []
    for row in grid.rows:
        row.values = {name: posted.get(f"{row.prefix}-{name}", "") for name in FIELDS}
        entry = _entry(grid, row, posted.get(f"{row.prefix}-pred", ""))
        if entry:
            entries.append(entry)
    return entries


def _entry(grid, row, seen):
    if row.values == _filled(row.old) or _is_empty(row):
        return None
    if row.old and not any(row.values[name].strip() for name in layout.NUMBERS):
        row.errors = {"hodnota": NO_REMOVAL}
        return None
    start, end = row.period
    cells = {
        **row.values,
        "zdroj": row.values["zdroj"].strip() or grid.source,
        "obdobi_od": start,
        "obdobi_do": end,
        # The words of the source for the period are not typed here, so they stay.
        "obdobi_slovy": row.old.period_text if row.old else "",
        "oprava": bool(row.old),
    }
    before = {"knows_seen": True, "seen": int(seen) if seen.isascii() and seen.isdigit() else None}
    place = (row.region, row.municipality)
    entry, faults = read_entry(row.number, cells, grid.indicator, place, **before)
    grid.show([Problem(row.number, name, sentence) for name, sentence in faults.items()])
    return None if faults else entry


def _is_empty(row):
    """A row for which nobody typed anything of its own."""
    return row.old is None and not any(row.values[name].strip() for name in _FILLED)


def _filled(old):
    """Return what a row shows of the value that is there."""
    if old is None:
        return dict.fromkeys(FIELDS, "") | {"presnost": "přesně"}
    words = {value: word for word, value in layout.QUALIFIERS.items()}
    return {
        "hodnota": typed_number(old.value),
        "citatel": typed_number(old.numerator),
        "jmenovatel": typed_number(old.denominator),
        "presnost": words[old.qualifier],
        "nejiste": layout.YES if old.is_uncertain else "",
        "poznamka": old.note,
        "zdroj": old.source,
    }


def _places(indicator, kind):
    if kind != PLACES:
        return [(indicator.region, None), (None, None)]
    towns = Municipality.objects.filter(region=indicator.region_id).order_by("sort_key", "code")
    return [(None, town) for town in towns]
