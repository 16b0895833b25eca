"""The list of organisations: its filter and its table."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Case, F, IntegerField, Value, When
from django.utils.html import format_html

from common import czech
from strategy.models import Organisation, OrganisationKind

WRONG_KIND = "Takový druh organizací neznáme, výběr podle druhu se nepoužil."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."
LONG_TEXT = "Hledaný text má nejvýš 100 znaků, výběr podle něj se nepoužil."
KINDS = {
    "utvary": OrganisationKind.DEPARTMENT,
    "partneri": OrganisationKind.PARTNER,
    "prijemci": OrganisationKind.RECIPIENT,
}
WORDS = {
    OrganisationKind.DEPARTMENT: "útvar krajského úřadu",
    OrganisationKind.PARTNER: "partner",
    OrganisationKind.RECIPIENT: "příjemce podpory",
}


def _order(*keys):
    """Return an `order_…` method: by the keys, unknown last both ways, then by the alphabet."""

    def order(table, queryset, is_descending):
        by = [
            one.desc(nulls_last=True) if is_descending else one.asc(nulls_last=True) for one in keys
        ]
        return queryset.order_by(*by, "sort_key", "pk"), True

    return order


_PLACE = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate(OrganisationKind.values)),
    output_field=IntegerField(),
)


class OrganisationTable(tables.Table):
    """Organisations; rows come from `organisations.for_list()`."""

    nazev = tables.Column("Organizace", accessor="name")
    druh = tables.Column("Druh", accessor="kind")
    kraj = tables.Column("Kraj", accessor="region__name", default="")
    odpovida = tables.Column("Odpovídá za opatření", accessor="answers")
    spolupracuje = tables.Column("Spolupracuje na", accessor="partners")
    projekty = tables.Column("Projekty", accessor="carries_out")

    order_nazev = _order(F("sort_key"))
    order_druh = _order(_PLACE)
    order_kraj = _order(F("region__sort_key"))
    order_odpovida = _order(F("answers"))
    order_spolupracuje = _order(F("partners"))
    order_projekty = _order(F("carries_out"))

    class Meta:
        template_name = "components/table.html"
        order_by = "druh"
        order_by_field = "razeni"
        page_field = "strana"
        empty_text = "Výběru neodpovídá žádná organizace."

    def render_nazev(self, record):
        name = czech.typography(record.name)
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), name)

    def render_druh(self, record):
        return WORDS[record.kind]

    def render_odpovida(self, value):
        return _some(value)

    def render_spolupracuje(self, value):
        return _some(value)

    def render_projekty(self, value):
        return _some(value)


class OrganisationFilter(filters.FilterSet):
    """Organisations by kind and words; a bad value is reported and ignored."""

    druh = filters.ChoiceFilter(
        label="Druh",
        method="by_kind",
        empty_label="všechny",
        choices=[(slug, WORDS[kind]) for slug, kind in KINDS.items()],
        error_messages={"invalid_choice": WRONG_KIND},
    )
    text = filters.CharFilter(
        label="Název",
        method="by_text",
        max_length=100,
        error_messages={"max_length": LONG_TEXT},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    razeni = filters.ChoiceFilter(
        label="Řazení",
        method="keep",
        choices=[
            (sign + name, name) for name in OrganisationTable.base_columns for sign in ("", "-")
        ],
        error_messages={"invalid_choice": WRONG_ORDER},
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Organisation
        fields = []

    @property
    def is_narrowed(self):
        """Whether anything but the order was asked for and understood."""
        if not self.is_bound:
            return False
        return any(value for name, value in self.form.cleaned_data.items() if name != "razeni")

    def by_kind(self, queryset, name, value):
        return queryset.filter(kind=KINDS[value])

    def by_text(self, queryset, name, value):
        """Every word must stand in the name."""
        for word in czech.search_key(value).split():
            queryset = queryset.filter(search_key__contains=word)
        return queryset

    def keep(self, queryset, name, value):
        """The order belongs to the table; it stands here to be checked and kept by the form."""
        return queryset


def _some(number):
    """A number; where there is nothing a dash, so that the others stand out."""
    return czech.integer(number) if number else "–"
