"""The grid in which needs of one period are written down, and the file they come in."""

from dataclasses import dataclass

from django import forms

from common import czech
from common.forms import DateField
from common.imports import MOST
from common.numbers import NumberField
from projects.models import NeedArea, NeedDuration, NeedResult
from projects.need_actions import NeedEntry

SOURCE_LENGTH = NeedResult._meta.get_field("source").max_length
NUMBERS = {"identified": "zjištěno", "solved": "vyřešeno"}


@dataclass(frozen=True)
class GridRow:
    """The boxes of one area."""

    name: str
    identified: forms.BoundField
    solved: forms.BoundField
    note: forms.BoundField

    @property
    def errors(self):
        """What is wrong in the row, each with the box it is at."""
        boxes = (self.identified, self.solved, self.note)
        return [(box, error) for box in boxes for error in box.errors]


class NeedGridForm(forms.Form):
    """Counts of each area for a period and a length of cooperation."""

    start = DateField(label="Období od", error_messages={"required": "Napište, kdy období začíná."})
    end = DateField(label="Období do", error_messages={"required": "Napište, kdy období končí."})
    source = forms.CharField(
        label="Zdroj údajů",
        max_length=SOURCE_LENGTH,
        help_text="Například: regionální karta sociálních služeb, výkaz za rok 2025.",
        error_messages={"required": "Napište, odkud čísla jsou."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, known, duration, **kwargs):
        """`known` are the valid results of the project by period, area and length."""
        super().__init__(*args, **kwargs)
        self.known, self.duration = known, duration
        for area in NeedArea:
            for name, word in NUMBERS.items():
                self.fields[f"{name}_{area}"] = _number(f"{area.label}: {word}")
            self.fields[f"note_{area}"] = forms.CharField(
                label=f"{area.label}: v čem je údaj nejistý",
                required=False,
                max_length=300,
                widget=forms.TextInput({"autocomplete": "off"}),
            )

    @property
    def rows(self):
        return [
            GridRow(area.label, *(self[f"{name}_{area}"] for name in (*NUMBERS, "note")))
            for area in NeedArea
        ]

    def entries(self):
        """Return a NeedEntry for each area with a number, or with one in what is known."""
        found = [self._entry(area) for area in NeedArea]
        return [one for one in found if one]

    def refuse(self, refused):
        """Show what an action refused at the boxes it names."""
        for one in refused.problems:
            at = f"{one.field}_{one.row}"
            self.add_error(at if at in self.fields else one.field, one.text)

    def _entry(self, area):
        data = self.cleaned_data
        old = self.known.get((data["start"], data["end"], area.value, self.duration))
        identified, solved = (_whole(data[f"{name}_{area}"]) for name in NUMBERS)
        note = data[f"note_{area}"]
        if old and (identified, solved, note) == (old.identified, old.solved, old.note):
            return None
        if not old and identified is None and solved is None and not note:
            return None
        return NeedEntry(
            row=area.value,
            start=data["start"],
            end=data["end"],
            area=area.value,
            duration=self.duration,
            identified=identified,
            solved=solved,
            share=old.solved_share if old else None,
            words=old.words if old else "",
            note=note,
            source=data["source"],
        )


def starting(period, known, duration):
    """Return what the grid begins with: the results of a period (a pair of days, or None)."""
    if period is None:
        return {}
    values = {"start": period[0], "end": period[1]}
    rows = {key[2]: one for key, one in known.items() if key[:2] == period and key[3] == duration}
    for area, one in rows.items():
        values |= {f"identified_{area}": one.identified, f"solved_{area}": one.solved}
        values[f"note_{area}"] = one.note
    sources = {one.source for one in rows.values()}
    return values | {"source": sources.pop() if len(sources) == 1 else ""}


class NeedFileForm(forms.Form):
    """A file of needs; what is in it the import says itself."""

    file = forms.FileField(
        label="Soubor CSV nebo XLSX",
        help_text=czech.typography(
            f"Tabulka ve stejném uspořádání, v jakém se stahuje. Nejvýš {MOST}."
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
        max_length=200,
        error_messages={
            "required": "Vyberte soubor.",
            "max_length": "Jméno souboru je příliš dlouhé, přejmenujte ho.",
        },
    )


DURATIONS = {one.value.replace("_", "-"): one for one in NeedDuration}
"""Lengths of cooperation as they stand in addresses."""


def _number(label):
    box = forms.TextInput({"class": "short", "autocomplete": "off", "inputmode": "numeric"})
    return NumberField(label=label, required=False, places=0, digits=9, least=0, widget=box)


def _whole(number):
    return None if number is None else int(number)
