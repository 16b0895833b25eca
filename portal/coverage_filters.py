"""What may be chosen in the address of the pages of coverage; a bad value is told and ignored."""

from django import forms
from django.utils.http import urlencode

from common import czech
from measures.moment import PARAMETER
from portal.outline import numbered
from portal.selection import TRACKING
from projects.coverage import Cover, Need

GAPS = "mezera"
BY_MEASURES = "opatreni"
WRONG_ORP = "Takové ORP v kraji není, výběr podle ORP se nepoužil."
WRONG_PRIORITY = "Takovou prioritu tu nejde vybrat, výběr podle priority se nepoužil."
WRONG_NEED = "Takovou potřebu portál nezná, výběr podle potřeby se nepoužil."
WRONG_COVER = "Takové pokrytí portál nezná, výběr podle pokrytí se nepoužil."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."
WRONG_VIEW = "Takové zobrazení portál nemá, stránka zůstala v základním."


def _choice(label, sentence, widget=forms.Select):
    return forms.ChoiceField(
        label=label, required=False, error_messages={"invalid_choice": sentence}, widget=widget
    )


class PlacesForm(forms.Form):
    """What both pages choose by: the ORP, the order of the table, the view."""

    orp = _choice("ORP", WRONG_ORP)
    razeni = _choice("Řazení", WRONG_ORDER, forms.HiddenInput)
    podle = _choice("Zobrazení", WRONG_VIEW, forms.HiddenInput)

    def __init__(self, data, *, moment, priorities, places, orders, covers=()):
        """`orders` are the names of the columns of the table, `covers` the choices of coverage."""
        super().__init__(data)
        self.moment, self.named = moment, data
        orps = {place.orp.slug: place.orp for place in places}
        listed = sorted(orps.items(), key=lambda pair: (pair[1].sort_key, pair[1].code))
        named = [(slug, one.name) for slug, one in listed]
        self.fields["orp"].choices = [("", "celý kraj"), *named]
        self.fields["razeni"].choices = [(f"{s}{one}", one) for one in orders for s in ("", "-")]
        self.fields["podle"].choices = [(BY_MEASURES, BY_MEASURES)]
        self.fields["priorita"].choices = [
            *self.fields["priorita"].choices,
            *((one.code, czech.typography(numbered(one))) for one in priorities),
        ]
        if covers:
            self.fields["pokryti"].choices = covers
        self.is_valid()

    @property
    def values(self):
        """The valid choices by their names, empty ones left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_whole(self):
        """Whether nothing narrows the rows."""
        return not set(self.values) - {"razeni", "podle"} - self.kept

    kept = frozenset()
    """Choices that narrow no rows."""

    def query(self, **changes):
        """Return the query of an address with the valid choices, some of them changed."""
        chosen = {**self.values, **changes}
        if self.moment.is_past:
            chosen[PARAMETER] = self.moment.on.isoformat()
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def whole_query(self):
        narrowing = set(self.values) - {"razeni", "podle"} - self.kept
        return self.query(**dict.fromkeys(narrowing))

    @property
    def hidden(self):
        """Names and values the form must keep beside its fields."""
        kept = [(name, self.values[name]) for name in ("podle", "razeni") if name in self.values]
        return kept + ([(PARAMETER, self.moment.on.isoformat())] if self.moment.is_past else [])

    @property
    def sentences(self):
        """What to say about the values and names that were ignored."""
        told = [error for errors in self.errors.values() for error in errors]
        return told + [
            f"Výběr „{name[:40]}“ portál nezná, nepoužil se."
            for name in self.named
            if name not in self.fields and name != PARAMETER and not name.startswith(TRACKING)
        ]

    def is_near(self, place):
        """Say whether a municipality lies in the chosen ORP, or none is chosen."""
        return self.values.get("orp", place.orp.slug) == place.orp.slug


class CoverageForm(PlacesForm):
    """Municipalities by the need for a priority and by what is done there."""

    priorita = forms.ChoiceField(
        label="Priorita",
        required=False,
        choices=[("", "všechny")],
        error_messages={"invalid_choice": WRONG_PRIORITY},
    )
    potreba = forms.ChoiceField(
        label="Potřeba",
        required=False,
        choices=[("", "jakákoli"), *((one.value, one.label) for one in Need)],
        error_messages={"invalid_choice": WRONG_NEED},
    )
    pokryti = _choice("Pokrytí", WRONG_COVER)
    field_order = ["orp", "priorita", "potreba", "pokryti"]

    def __init__(self, data, *, found, **kwargs):
        """`found` is the Coverage the rows come from."""
        unused = {Cover.UNWATCHED} if found.is_watched else set(Cover) - WITHOUT_REPORTS
        covers = [(one.value, one.label) for one in Cover if one not in unused]
        gaps = [(GAPS, "jen mezery")] if found.is_watched else []
        super().__init__(
            data,
            priorities=[column.priority for column in found.columns],
            places=[row.municipality for row in found.rows],
            covers=[("", "jakékoli"), *gaps, *covers],
            **kwargs,
        )
        self.found = found

    @property
    def columns(self):
        """Places and Columns to be shown: all, or the one of the chosen priority."""
        chosen = self.values.get("priorita")
        return [
            (place, column)
            for place, column in enumerate(self.found.columns)
            if chosen in (None, column.priority.code)
        ]

    @property
    def rows(self):
        """The rows with a shown Cell that matches everything chosen."""
        shown = [place for place, _ in self.columns]
        return [
            row
            for row in self.found.rows
            if self.is_near(row.municipality)
            and (not shown or any(self._matches(row.cells[place]) for place in shown))
        ]

    def _matches(self, cell):
        cover = self.values.get("pokryti")
        is_covered_so = cell.is_gap if cover == GAPS else cover in (None, cell.cover)
        return is_covered_so and self.values.get("potreba") in (None, cell.need)


class MeasuresForm(PlacesForm):
    """Municipalities by the measures of one priority; the first one where none is chosen."""

    priorita = forms.ChoiceField(
        label="Priorita",
        required=False,
        choices=[],
        error_messages={"invalid_choice": WRONG_PRIORITY},
    )
    field_order = ["priorita", "orp"]
    kept = frozenset({"priorita"})


WITHOUT_REPORTS = {Cover.HERE, Cover.UNWATCHED}
"""What may be said where nobody reports."""
