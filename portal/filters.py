"""What may be chosen in the address of a strategy; a bad value is told in Czech and ignored.

What the database holds (priority, goal, municipality, words) is chosen by a FilterSet; status,
freshness and the department of the plan known that day are derived, so a plain form checks them
and the rows in memory are asked. `selection.Selection` joins the two into one form.
"""

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Value
from django.utils.text import slugify

from common import czech
from measures.freshness import FreshnessKey
from measures.models import Measure
from measures.status import StatusKey
from portal.outline import numbered
from portal.tables import MeasureTable

WRONG_STATUS = "Takový stav portál nezná, výběr podle stavu se nepoužil."
WRONG_PRIORITY = "Takovou prioritu strategie nemá, výběr podle priority se nepoužil."
WRONG_GOAL = "Takový cíl strategie nemá, výběr podle cíle se nepoužil."
WRONG_DEPARTMENT = "Takový útvar za žádné opatření neodpovídá, výběr podle něj se nepoužil."
WRONG_PLACE = "Takovou obec žádné opatření nejmenuje, výběr podle obce se nepoužil."
WRONG_FRESHNESS = "Takovou aktuálnost portál nezná, výběr podle aktuálnosti se nepoužil."
WRONG_VIEW = "Takové zobrazení portál nemá, stránka zůstala v základním."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."
LONG_TEXT = "Hledaný text má nejvýš 100 znaků, výběr podle textu se nepoužil."
BAD_TEXT = "V hledaném textu je znak, který tam být nemůže, výběr podle textu se nepoužil."
NO_REPORTS = "Hlášení se zde nevedou, výběr podle stavu, aktuálnosti a útvaru se nepoužil."

NOBODY = "bez-odpovedneho"
"""The value for measures whose plan names no department."""


def _wrong(sentence):
    return {"invalid_choice": sentence}


class MeasureFilter(filters.FilterSet):
    """Measures by priority, goal, municipality and words; choices come from an Outline."""

    priorita = filters.ChoiceFilter(
        label="Priorita",
        field_name="goals__priority__code",
        empty_label="všechny",
        error_messages=_wrong(WRONG_PRIORITY),
    )
    cil = filters.ChoiceFilter(
        label="Cíl",
        field_name="goals__code",
        empty_label="všechny",
        error_messages=_wrong(WRONG_GOAL),
    )
    obec = filters.ChoiceFilter(
        label="Obec",
        field_name="municipalities__code",
        empty_label="všechny",
        error_messages=_wrong(WRONG_PLACE),
    )
    q = filters.CharFilter(
        label="Text",
        method="by_words",
        max_length=100,
        error_messages={"max_length": LONG_TEXT, "null_characters_not_allowed": BAD_TEXT},
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )

    def __init__(self, data, *, outline):
        queryset = Measure.objects.filter(strategy=outline.strategy)
        super().__init__(data, queryset=queryset)
        self.outline = outline
        for name, choices in (
            ("priorita", [(one.code, numbered(one)) for one in outline.priorities]),
            ("cil", [(one.code, f"{one.code} {one.short_name}") for one in outline.goals]),
            ("obec", [(one.code, one.name) for one in outline.places]),
        ):
            self.filters[name].extra["choices"] = choices
        self.form.is_valid()

    def by_words(self, queryset, name, value):
        """Keep the measures in which each word stands: in their names and activities, or as the
        whole code of the measure or its goal. One query."""
        words = czech.search_key(value).split()
        texts = queryset.values_list("pk", "code", "name", "short_name", "activities__text")
        found = {}
        for pk, code, *parts in texts:
            found.setdefault(pk, (self._codes(pk, code), []))[1].extend(filter(None, parts))
        matching = [
            pk
            for pk, (codes, said) in found.items()
            if all(word in codes or word in czech.search_key(" ".join(said)) for word in words)
        ]
        return queryset.filter(pk__in=matching)

    def is_chosen(self):
        """Return the expression that says of a measure whether it matches."""
        if not any(self.form.cleaned_data.values()):
            return Value(True)
        return Exists(self.qs.filter(pk=OuterRef("pk")))

    def _codes(self, pk, code):
        goals = self.outline.goals_of.get(pk, ())
        return {czech.search_key(one) for one in (code, *(goal.code for goal in goals))}


class RowFilter(forms.Form):
    """Measures by what is derived of them, and how they are shown."""

    stav = forms.ChoiceField(
        required=False,
        choices=StatusKey.choices,
        error_messages=_wrong(WRONG_STATUS),
        widget=forms.HiddenInput,
    )
    odpovedny = forms.ChoiceField(
        label="Odpovídá", required=False, error_messages=_wrong(WRONG_DEPARTMENT)
    )
    aktualnost = forms.ChoiceField(
        label="Aktuálnost",
        required=False,
        choices=[("", "jakákoli"), *FreshnessKey.choices],
        error_messages=_wrong(WRONG_FRESHNESS),
    )
    zobrazeni = forms.ChoiceField(
        required=False,
        choices=[("tabulka", "tabulka")],
        error_messages=_wrong(WRONG_VIEW),
        widget=forms.HiddenInput,
    )
    razeni = forms.ChoiceField(
        required=False, error_messages=_wrong(WRONG_ORDER), widget=forms.HiddenInput
    )

    def __init__(self, data, *, strategy, rows):
        super().__init__(data)
        self.strategy = strategy
        names = MeasureTable.names_for(strategy)
        self.fields["razeni"].choices = [(sign + n, n) for n in names for sign in ("", "-")]
        self.fields["odpovedny"].choices = [("", "všichni"), *_departments(rows)]
        self.is_valid()

    def clean(self):
        derived = ("stav", "odpovedny", "aktualnost")
        if self.strategy.is_monitored or not any(self.data.get(name) for name in derived):
            return
        for name in derived:
            self.errors.pop(name, None)
            self.cleaned_data.pop(name, None)
        raise forms.ValidationError(NO_REPORTS)

    def matches(self, row, *, but=None):
        """Say whether a row is among the chosen; the choice named `but` is left out."""
        chosen = {**self.cleaned_data, but: ""}
        if not self.strategy.is_monitored:
            return True
        return (
            chosen.get("stav", "") in ("", row.status.key)
            and chosen.get("aktualnost", "") in ("", row.freshness.key)
            and chosen.get("odpovedny", "") in ("", _department_slug(row))
        )


def _departments(rows):
    """Return the choices of departments that answer for some of the rows, by the alphabet."""
    found = {row.department.pk: row.department for row in rows if row.department}
    named = sorted(found.values(), key=lambda one: (one.sort_key, one.pk))
    choices = [(slugify(czech.search_key(one.name)), one.name) for one in named]
    nobody = any(row.department is None for row in rows)
    return [*choices, *([(NOBODY, "bez odpovědného")] if nobody else [])]


def _department_slug(row):
    return slugify(czech.search_key(row.department.name)) if row.department else NOBODY
