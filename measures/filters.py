import django_filters as filters
from django import forms

from measures.models import OutputKind
from measures.tables import DeskOutputTable

WRONG_KIND = "Takový druh výstupy nemají, výběr podle druhu se nepoužil."
WRONG_MEASURE = "Takové opatření tu není, výběr podle opatření se nepoužil."
WRONG_YEAR = "Z takového roku tu žádný výstup není, výběr podle roku se nepoužil."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."

COLUMNS = [name for name in DeskOutputTable.base_columns if name != "akce"]


def _choice(label, sentence, **kwargs):
    return filters.ChoiceFilter(label=label, error_messages={"invalid_choice": sentence}, **kwargs)


class OutputFilter(filters.FilterSet):
    """Outputs of one strategy by measure, kind and year; a bad value is reported and ignored."""

    opatreni = _choice("Opatření", WRONG_MEASURE, field_name="measure__code", empty_label="všechna")
    druh = _choice(
        "Druh", WRONG_KIND, field_name="kind", empty_label="všechny", choices=OutputKind.choices
    )
    rok = _choice("Rok", WRONG_YEAR, field_name="happened_on__year", empty_label="všechny")
    razeni = _choice(
        "Řazení",
        WRONG_ORDER,
        method="keep",
        choices=[(sign + name, name) for name in COLUMNS for sign in ("", "-")],
        widget=forms.HiddenInput,
    )

    def __init__(self, data, *, queryset, measures):
        """`measures` are those offered. One query for the years."""
        super().__init__(data, queryset=queryset)
        self.filters["opatreni"].extra["choices"] = self.measure_choices(measures)
        years = queryset.order_by().dates("happened_on", "year", order="DESC")
        self.filters["rok"].extra["choices"] = [(day.year, day.year) for day in years]
        self.form.is_valid()

    def measure_choices(self, measures):
        return [(one.code, f"{one.code} {one.short_name}") for one in measures]

    @property
    def is_narrowed(self):
        """Whether anything but the order was asked for and understood."""
        return any(value for name, value in self.form.cleaned_data.items() if name != "razeni")

    def keep(self, queryset, name, value):
        """The order belongs to the table; it stands here to be checked and kept by the form."""
        return queryset


class DeskOutputFilter(OutputFilter):
    """Outputs of all monitored strategies: two of them may have a measure of the same code."""

    opatreni = _choice("Opatření", WRONG_MEASURE, field_name="measure_id", empty_label="všechna")

    def measure_choices(self, measures):
        are_more = len({one.strategy_id for one in measures}) > 1
        return [
            (str(one.pk), f"{f'{one.strategy.short_name}: ' if are_more else ''}{one}")
            for one in measures
        ]
