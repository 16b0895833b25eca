from urllib.parse import urlencode

from django import forms

from measures.status import StatusKey
from portal.tables import MeasureTable

WRONG_STATUS = "Takový stav portál nezná, výběr podle stavu se nepoužil."
NO_STATUS = "Hlášení se zde nevedou, výběr podle stavu se nepoužil."
WRONG_VIEW = "Takové zobrazení portál nemá, stránka zůstala v základním."
WRONG_ORDER = "Takhle tabulku řadit nejde, řazení se nepoužilo."


class StrategyFilter(forms.Form):
    """What may be chosen in the address of a strategy; a bad value is told and ignored.

    The status is derived and not stored, so this is a form and not a filter of a queryset.
    """

    stav = forms.ChoiceField(
        choices=StatusKey.choices,
        required=False,
        error_messages={"invalid_choice": WRONG_STATUS},
    )
    zobrazeni = forms.ChoiceField(
        choices=[("tabulka", "tabulka")],
        required=False,
        error_messages={"invalid_choice": WRONG_VIEW},
    )
    razeni = forms.ChoiceField(required=False, error_messages={"invalid_choice": WRONG_ORDER})

    def __init__(self, data, *, strategy):
        super().__init__(data)
        self.strategy = strategy
        names = MeasureTable.names_for(strategy)
        self.fields["razeni"].choices = [(sign + n, n) for n in names for sign in ("", "-")]
        self.is_valid()

    def clean_stav(self):
        key = self.cleaned_data["stav"]
        if key and not self.strategy.is_monitored:
            raise forms.ValidationError(NO_STATUS)
        return StatusKey(key) if key else None

    def query(self, **changes):
        """Return the query of an address with the valid choices, some of them changed."""
        chosen = {**self.cleaned_data, **changes}
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def is_table(self):
        return self.cleaned_data.get("zobrazeni") == "tabulka"

    @property
    def status(self):
        """The key of the chosen status, None for all."""
        return self.cleaned_data.get("stav")

    @property
    def is_whole(self):
        """Whether nothing narrows the measures."""
        return self.status is None

    @property
    def whole_query(self):
        """The query that lifts the choice of measures and keeps the rest."""
        return self.query(stav=None)

    @property
    def mosaic_query(self):
        return self.query(zobrazeni=None, razeni=None)

    @property
    def table_query(self):
        return self.query(zobrazeni="tabulka")

    @property
    def sentences(self):
        """What to say about the values that were ignored."""
        return [error for errors in self.errors.values() for error in errors]
