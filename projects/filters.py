import django_filters as filters
from django import forms
from django.utils.text import slugify

from common.czech import search_key
from projects.models import ProjectState
from projects.tables import ProjectTable

WRONG_STATE = "Takový stav projekty nemají, výběr podle stavu se nepoužil."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."
LONG_TEXT = "Hledaný text má nejvýš 100 znaků, výběr podle něj se nepoužil."
LONG_CODE = "Kód opatření má nejvýš 20 znaků, výběr podle opatření se nepoužil."

STATES = {slugify(search_key(state.label)): state for state in ProjectState}
ORDERS = [(sign + name, name) for name in ProjectTable.base_columns for sign in ("", "-")]
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class ProjectFilter(filters.FilterSet):
    """Projects by state, code of a measure and words; a bad value is reported and ignored."""

    stav = filters.ChoiceFilter(
        label="Stav",
        method="by_state",
        empty_label="všechny",
        choices=[(slug, state.label) for slug, state in STATES.items()],
        error_messages={"invalid_choice": WRONG_STATE},
    )
    opatreni = filters.CharFilter(
        label="Opatření",
        method="by_measure",
        max_length=20,
        error_messages={"max_length": LONG_CODE},
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "2.2", "size": 6}),
    )
    text = filters.CharFilter(
        label="Název nebo příjemce",
        method="by_text",
        max_length=100,
        error_messages={"max_length": LONG_TEXT},
        widget=forms.TextInput(attrs=PLAIN),
    )
    razeni = filters.ChoiceFilter(
        label="Řazení",
        method="keep",
        choices=ORDERS,
        error_messages={"invalid_choice": WRONG_ORDER},
        widget=forms.HiddenInput,
    )

    @property
    def is_narrowed(self):
        """Whether anything but the order was asked for and understood."""
        if not self.is_bound:
            return False
        return any(value for name, value in self.form.cleaned_data.items() if name != "razeni")

    def by_state(self, queryset, name, value):
        return queryset.filter(state=STATES[value])

    def by_measure(self, queryset, name, value):
        """Projects with a measure of this code, in whichever strategy."""
        return queryset.carrying_out(value.strip())

    def by_text(self, queryset, name, value):
        """Every word must stand in the name of the project or of its recipient."""
        return queryset.with_words(search_key(value))

    def keep(self, queryset, name, value):
        """The order belongs to the table; it stands here to be checked and kept by the form."""
        return queryset
