from typing import NamedTuple

import django_filters as filters
from django import forms
from django.utils.http import urlencode

from common.czech import search_key
from municipalities.maps import BOUNDARIES
from municipalities.overview import BandTally
from municipalities.tables import MunicipalityTable

WRONG_ORP = "Takové ORP v kraji není, výběr podle ORP se nepoužil."
WRONG_BAND = "Takové pásmo index nemá, výběr podle pásma se nepoužil."
WRONG_MAP = "Taková mapa tu není, ukazuje se obvyklá."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."
LONG_NAME = "Název má nejvýš 100 znaků, výběr podle názvu se nepoužil."

KEPT = ("razeni", "mapa")
"""What says how the page is shown, not which municipalities."""

ORDERS = [(sign + name, name) for name in MunicipalityTable.base_columns for sign in ("", "-")]


class Choice(NamedTuple):
    """A line of the legend that is also a filter; choosing it again takes it back."""

    tally: BandTally
    query: str
    is_chosen: bool


class MunicipalityFilter(filters.FilterSet):
    """Municipalities by ORP, band and name; a bad value is reported and its field ignored.

    What can be chosen comes from the Overview of the region, which the page reads anyway.
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
        choices=ORDERS,
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

    def __init__(self, data, *, queryset, overview):
        super().__init__(data, queryset=queryset)
        self.overview = overview
        self.orps = {tally.orp.slug: tally.orp for tally in overview.orps}
        self.bands = {band.slug: band for band in reversed(overview.bands)}
        self.filters["orp"].extra["choices"] = [(slug, orp.name) for slug, orp in self.orps.items()]
        self.filters["pasmo"].extra["choices"] = [
            (slug, f"{band.word} {band.range}") for slug, band in self.bands.items()
        ]

    @property
    def is_narrowed(self):
        """Whether anything but the order was asked for and understood."""
        self.form.is_valid()
        return any(value for name, value in self.form.cleaned_data.items() if name not in KEPT)

    @property
    def kind(self):
        """The kind of map that is asked for."""
        self.form.is_valid()
        return self.form.cleaned_data.get("mapa") or ""

    @property
    def without(self):
        """The query that takes the filters back and keeps how the page is shown."""
        return f"?mapa={self.kind}" if self.kind else ""

    @property
    def legend(self):
        """A Choice for each band: its count is that of the whole region, so it leaves the other
        filters out and keeps the order and the map only."""
        self.form.is_valid()
        values = self.form.cleaned_data
        kept = {name: values[name] for name in KEPT if values.get(name)}
        for tally in self.overview.tallies:
            is_chosen = values.get("pasmo") == tally.band.slug
            band = {} if is_chosen else {"pasmo": tally.band.slug}
            yield Choice(tally, urlencode({**band, **kept}), is_chosen)

    def by_orp(self, queryset, name, value):
        return queryset.filter(orp__code=self.orps[value].code)

    def by_band(self, queryset, name, value):
        band = self.bands[value]
        return queryset.filter(index_value__gte=band.lower, index_value__lte=band.upper)

    def by_name(self, queryset, name, value):
        key = search_key(value)
        return queryset.filter(search_key__contains=key) if key else queryset.none()

    def keep(self, queryset, name, value):
        """The order belongs to the table and the kind to the map; both stand here to be checked
        and kept by the form."""
        return queryset
