from functools import cached_property
from typing import NamedTuple

import django_filters as filters
from django import forms
from django.utils.http import urlencode

from common.czech import search_key
from municipalities.maps import BOUNDARIES
from municipalities.overview import BandTally
from municipalities.shares import ClassTally, Shares
from municipalities.tables import MunicipalityTable, ShareTable
from municipalities.trend import Trend

WRONG_ORP = "Takové ORP v kraji není, výběr podle ORP se nepoužil."
WRONG_BAND = "Takové pásmo index nemá, výběr podle pásma se nepoužil."
WRONG_SHARE = "Takhle vybírat podle podílu nejde, výběr podle podílu se nepoužil."
WRONG_TREND = "Takový vývoj tu není, výběr podle vývoje se nepoužil."
WRONG_MAP = "Taková mapa tu není, ukazuje se obvyklá."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."
LONG_NAME = "Název má nejvýš 100 znaků, výběr podle názvu se nepoužil."

KEPT = {"razeni", "mapa"}
"""What says how the page is shown, not which municipalities."""


class Choice(NamedTuple):
    """A line of the legend that is also a filter; choosing it again takes it back."""

    tally: BandTally | ClassTally
    query: str
    is_chosen: bool


class MunicipalityFilter(filters.FilterSet):
    """Municipalities by ORP, band, share, trend and name; a bad value is reported and its field
    ignored.

    What can be chosen comes from the Overview of the region, which the page reads anyway, and from
    the Scope it was read for. Shares are chosen only where a component is: those of its Scale.
    """

    orp = filters.ChoiceFilter(
        label="ORP",
        method="by_orp",
        empty_label="celý kraj",
        error_messages={"invalid_choice": WRONG_ORP},
    )
    pasmo = filters.ChoiceFilter(
        label="Pásmo",
        method="by_band",
        empty_label="všechna",
        error_messages={"invalid_choice": WRONG_BAND},
    )
    podil = filters.ChoiceFilter(
        label="Podíl",
        method="by_share",
        empty_label="všechny",
        error_messages={"invalid_choice": WRONG_SHARE},
    )
    trend = filters.ChoiceFilter(
        label="Vývoj",
        method="by_trend",
        choices=Trend.choices,
        empty_label="jakýkoli",
        error_messages={"invalid_choice": WRONG_TREND},
    )
    nazev = filters.CharFilter(
        label="Název",
        method="by_name",
        max_length=100,
        error_messages={"max_length": LONG_NAME},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    razeni = filters.ChoiceFilter(
        label="Řazení",
        method="keep",
        error_messages={"invalid_choice": WRONG_ORDER},
        widget=forms.HiddenInput,
    )

    mapa = filters.ChoiceFilter(
        label="Mapa",
        method="keep",
        choices=[(BOUNDARIES, "hranice")],
        error_messages={"invalid_choice": WRONG_MAP},
        widget=forms.HiddenInput,
    )

    def __init__(self, data, *, queryset, overview, scope):
        super().__init__(data, queryset=queryset)
        self.overview = overview
        self.scope = scope
        self.scale = scope.scale
        self.orps = {tally.orp.slug: tally.orp for tally in overview.orps}
        self.bands = {band.slug: band for band in reversed(overview.bands)}
        classes = reversed(self.scale.classes) if self.scale else ()
        self._offer("orp", [(slug, orp.name) for slug, orp in self.orps.items()])
        self._offer("pasmo", [(slug, f"{b.word} {b.range}") for slug, b in self.bands.items()])
        self._offer("podil", [(one.slug, f"{one.word} {one.range}") for one in classes])
        self._offer("razeni", _orders(self.table_class))

    def _offer(self, name, choices):
        self.filters[name].extra["choices"] = choices

    @property
    def table_class(self):
        """The table that shows what was chosen."""
        return ShareTable if self.scale else MunicipalityTable

    @property
    def chosen(self):
        """The values that were understood, by the names of their fields."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def is_narrowed(self):
        """Whether anything but the order was asked for and understood."""
        return bool(self.chosen.keys() - KEPT)

    @property
    def kept_order(self):
        """The order the form keeps: only one that the table of any other choice has too."""
        order = self.chosen.get("razeni", "")
        return order if order.lstrip("-") in COMMON else ""

    @property
    def without(self):
        """The query that takes the filters back and keeps what is shown."""
        return _query(self.shown)

    @property
    def kind(self):
        """The kind of map that is asked for."""
        return self.chosen.get("mapa", "")

    @property
    def shown(self):
        """What the address needs to show the same again, beside filters and order."""
        return {**self.scope.query, **({"mapa": self.kind} if self.kind else {})}

    @cached_property
    def shares(self):
        """The Shares of the region, None where the index is shown."""
        return Shares(self.scale, self.overview.municipalities) if self.scale else None

    @property
    def largest(self):
        """What fills the whole bar of the legend."""
        return (self.shares or self.overview).largest

    @property
    def legend(self):
        """A Choice for each band or class: its count is that of the whole region, so it leaves the
        other filters out and keeps the order only."""
        name = "podil" if self.scale else "pasmo"
        order = {"razeni": self.chosen["razeni"]} if "razeni" in self.chosen else {}
        for tally in (self.shares or self.overview).tallies:
            is_chosen = self.chosen.get(name) == tally.band.slug
            one = {} if is_chosen else {name: tally.band.slug}
            yield Choice(tally, _query({**self.shown, **one, **order}), is_chosen)

    def by_orp(self, queryset, name, value):
        return queryset.filter(orp__code=self.orps[value].code)

    def by_band(self, queryset, name, value):
        band = self.bands[value]
        return queryset.filter(index_value__gte=band.lower, index_value__lte=band.upper)

    def by_share(self, queryset, name, value):
        return queryset.filter(**self.scale.condition(value))

    def by_trend(self, queryset, name, value):
        trends = self.scope.trends
        codes = [row.code for row in self.overview.municipalities]
        found = [code for code in codes if trends.get(code, Trend.UNKNOWN) == value]
        return queryset.filter(code__in=found)

    def by_name(self, queryset, name, value):
        key = search_key(value)
        return queryset.filter(search_key__contains=key) if key else queryset.none()

    def keep(self, queryset, name, value):
        """The order belongs to the table and the kind to the map; both stand here to be checked
        and kept by the form."""
        return queryset


def _orders(table):
    return [(sign + name, name) for name in table.base_columns for sign in ("", "-")]


COMMON = MunicipalityTable.base_columns.keys() & ShareTable.base_columns.keys()


def _query(chosen):
    return f"?{urlencode(chosen)}" if chosen else ""
