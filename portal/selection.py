"""The rows of a strategy that were chosen in the address, and the addresses of other choices."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.http import urlencode

from common import czech
from measures.moment import PARAMETER
from measures.status import StatusKey
from portal.filters import NOBODY, MeasureFilter, RowFilter

TRACKING = ("utm_", "fbclid", "gclid")
"""Parameters that others hang on links; nobody meant them as a filter."""


@dataclass(frozen=True)
class FilterChip:
    """One choice in force; `query` is the address without it."""

    label: str
    query: str


class Selection:
    """The rows of a strategy on the day of a Moment, with what of them was chosen.

    `rows` are all measures, `shown` those that match everything.
    """

    NARROWING = ("stav", "priorita", "cil", "odpovedny", "obec", "aktualnost", "q")
    KEPT = ("zobrazeni", "razeni")

    def __init__(self, data, outline, moment):
        self.data, self.outline, self.moment = data, outline, moment
        self.stored = MeasureFilter(data, outline=outline)
        self.rows = outline.rows(moment.on, self.stored.is_chosen())
        self.derived = RowFilter(data, strategy=outline.strategy, rows=self.rows)
        values = {**self.stored.form.cleaned_data, **self.derived.cleaned_data}
        self.values = {name: values.get(name) or "" for name in (*self.NARROWING, *self.KEPT)}

    @cached_property
    def shown(self):
        return [row for row in self.counted if self.derived.matches(row)]

    @cached_property
    def counted(self):
        """The rows that match everything but the status: those the chips count."""
        chosen = [row for row in self.rows if row.measure.is_chosen]
        return [row for row in chosen if self.derived.matches(row, but="stav")]

    def query(self, **changes):
        """Return the query of an address with the valid choices, some of them changed."""
        chosen = {**self.values, **changes}
        if self.moment.is_past:
            chosen[PARAMETER] = self.moment.on.isoformat()
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def status(self):
        """The key of the chosen status, None for all."""
        return StatusKey(self.values["stav"]) if self.values["stav"] else None

    @property
    def is_table(self):
        return self.values["zobrazeni"] == "tabulka"

    @property
    def is_whole(self):
        """Whether nothing narrows the measures."""
        return not any(self.values[name] for name in self.NARROWING)

    @property
    def whole_query(self):
        """The query that lifts the choice of measures and keeps the rest."""
        return self.query(**dict.fromkeys(self.NARROWING))

    @property
    def any_status_query(self):
        return self.query(stav=None)

    @property
    def late_query(self):
        return self.query(stav=StatusKey.LATE.value)

    @property
    def mosaic_query(self):
        return self.query(zobrazeni=None, razeni=None)

    @property
    def table_query(self):
        return self.query(zobrazeni="tabulka")

    @property
    def fields(self):
        """The fields a reader sees, those with something to choose from."""
        names = ("priorita", "cil", "odpovedny", "obec", "aktualnost", "q")
        fields = [self._field(name) for name in names]
        return [field for field in fields if field and _has_choices(field)]

    @property
    def hidden(self):
        """Names and values the form must keep beside the fields."""
        kept = [(name, self.values[name]) for name in ("stav", *self.KEPT) if self.values[name]]
        day = [(PARAMETER, self.moment.on.isoformat())] if self.moment.is_past else []
        return kept + day

    @property
    def kept(self):
        """Names and values of all choices, for the form that asks for another day."""
        return [(name, value) for name, value in self.values.items() if value]

    @property
    def chips(self):
        """A FilterChip for each choice in force."""
        return [
            FilterChip(czech.typography(self._label(name)), self.query(**{name: None}))
            for name in self.NARROWING
            if self.values[name]
        ]

    @property
    def sentences(self):
        """What to say about the values and names that were ignored."""
        told = [*self.stored.form.errors.values(), *self.derived.errors.values()]
        unknown = [
            f"Výběr „{name[:40]}“ portál nezná, nepoužil se."
            for name in self.data
            if name not in self.values and name != PARAMETER and not name.startswith(TRACKING)
        ]
        return [error for errors in told for error in errors] + unknown

    def _field(self, name):
        if name in self.stored.filters:
            return self.stored.form[name]
        return self.derived[name] if self.outline.strategy.is_monitored else None

    def _label(self, name):
        value = self.values[name]
        if name in ("priorita", "cil"):
            return f"{'priorita' if name == 'priorita' else 'cíl'} {value}"
        if name == "q":
            return f"text „{value}“"
        if value == NOBODY:
            return "bez odpovědného"
        words = {"stav": "stav", "odpovedny": "odpovídá", "obec": "obec"}
        chosen = dict((self._field(name) or self.derived[name]).field.choices)
        return f"{words.get(name, 'aktuálnost')} {chosen[value]}"


def _has_choices(field):
    choices = getattr(field.field, "choices", None)
    return choices is None or len(list(choices)) > 1
