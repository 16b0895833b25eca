"""The list of errors readers reported, as the staff choose from it and order it."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.utils.html import format_html
from django.utils.text import Truncator

from common import czech
from portal.models import ErrorState

WRONG_STATE = "Takový stav nahlášené chyby nemají, výběr podle stavu se nepoužil."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."
STATES = {"cekaji": ErrorState.OPEN, "vyrizene": ErrorState.CLOSED}
SHOWN_WORDS = 20


class ErrorTable(tables.Table):
    """Reported errors; `pages` are the Pages of the rows shown, by what stands at the report."""

    nahlaseno = tables.Column("Nahlášeno", accessor="reported_at")
    text = tables.Column("Co je špatně", accessor="text", orderable=False)
    stranka = tables.Column("Stránka", accessor="page", empty_values=())
    stav = tables.Column("Stav", accessor="state")

    class Meta:
        template_name = "components/table.html"
        order_by_field = "razeni"
        page_field = "strana"
        empty_text = "Výběru neodpovídá žádná nahlášená chyba."

    pages = {}

    def order_nahlaseno(self, queryset, is_descending):
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}reported_at", f"{sign}pk"), True

    def order_stranka(self, queryset, is_descending):
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}page", "-reported_at", "-pk"), True

    def order_stav(self, queryset, is_descending):
        # „open“ stands after „closed“ in the alphabet, and first in the list.
        sign = "" if is_descending else "-"
        return queryset.order_by(f"{sign}state", "-reported_at", "-pk"), True

    def render_nahlaseno(self, record):
        day = czech.date_time(record.reported_at)
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), day)

    def render_text(self, value):
        return czech.typography(Truncator(value).words(SHOWN_WORDS, truncate=" …"))

    def render_stranka(self, value):
        page = self.pages.get(value)
        if page is None:
            return "neuvedena"
        return format_html('<a href="{}">{}</a>', page.path, czech.typography(page.name))

    def render_stav(self, record):
        return record.get_state_display()


class ErrorFilter(filters.FilterSet):
    """Reported errors by what became of them; a bad value is reported and ignored."""

    stav = filters.ChoiceFilter(
        label="Stav",
        method="by_state",
        empty_label="všechny",
        choices=[("cekaji", "čekají na vyřízení"), ("vyrizene", "vyřízené")],
        error_messages={"invalid_choice": WRONG_STATE},
    )
    razeni = filters.ChoiceFilter(
        label="Řazení",
        method="keep",
        choices=[(f"{s}{n}", n) for n in ("nahlaseno", "stranka", "stav") for s in ("", "-")],
        error_messages={"invalid_choice": WRONG_ORDER},
        widget=forms.HiddenInput,
    )

    def by_state(self, queryset, name, value):
        return queryset.filter(state=STATES[value])

    def keep(self, queryset, name, value):
        """The order belongs to the table; it stands here to be checked and kept by the form."""
        return queryset
