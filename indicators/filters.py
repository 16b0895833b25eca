"""What may be chosen in the list of indicators; a bad value is told in Czech and ignored."""

from django import forms
from django.core.paginator import Paginator

from common.czech import search_key
from indicators.judging import Judgement

PER_PAGE = 100
WRONG_REGION = "Takový kraj tu žádný ukazatel nemá, výběr podle kraje se nepoužil."
WRONG_JUDGEMENT = "Takové hodnocení portál nezná, výběr podle hodnocení se nepoužil."
LONG_TEXT = "Hledaný text má nejvýš 100 znaků, výběr podle textu se nepoužil."
BAD_TEXT = "V hledaném textu je znak, který tam být nemůže, výběr podle textu se nepoužil."
OVERDUE = "po-terminu"
JUDGED = [(one.value, one.label) for one in Judgement]


class IndicatorForm(forms.Form):
    """Region, judgement and words; the regions are those that have an indicator."""

    kraj = forms.ChoiceField(
        label="Kraj", required=False, error_messages={"invalid_choice": WRONG_REGION}
    )
    hodnoceni = forms.ChoiceField(
        label="Hodnocení",
        required=False,
        choices=[("", "každé"), *JUDGED, (OVERDUE, "čeká na novou hodnotu")],
        error_messages={"invalid_choice": WRONG_JUDGEMENT},
    )
    q = forms.CharField(
        label="Text",
        required=False,
        max_length=100,
        error_messages={"max_length": LONG_TEXT, "null_characters_not_allowed": BAD_TEXT},
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )

    def __init__(self, data, *, regions):
        super().__init__(data)
        self.fields["kraj"].choices = [("", "všechny"), *regions]
        self.is_valid()

    @property
    def sentences(self):
        """What is wrong with the choice, said above the list."""
        return [error for errors in self.errors.values() for error in errors]

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())

    def rows(self, indicators):
        """Return the queryset narrowed by what the database holds."""
        if region := self.cleaned_data.get("kraj"):
            indicators = indicators.filter(region__code=region)
        if words := self.cleaned_data.get("q"):
            for word in search_key(words).split():
                indicators = indicators.filter(search_key__contains=word)
        return indicators

    def readings(self, rows):
        """Return the Readings narrowed by what is derived."""
        chosen = self.cleaned_data.get("hodnoceni")
        if chosen == OVERDUE:
            return [row for row in rows if row.due.is_overdue]
        return [row for row in rows if row.judgement == chosen] if chosen else rows


def page_of(rows, number):
    """Return one page of rows that are in memory or in a queryset."""
    return Paginator(rows, PER_PAGE).get_page(number)
