import re

from django import forms
from django.utils.text import capfirst

from measures.actions.territories import NO_PLACE, PLACE_TOO_MUCH
from measures.forms.output import MunicipalitiesField
from measures.forms.plan import NO_MEASURE
from measures.models import Territory
from municipalities.models import Municipality, Orp

PAIR = re.compile(r"[0-9]{1,18}-[0-9]{1,18}")
ADD, REPLACE = "pridat", "nahradit"
MORE_REGIONS = "Zaškrtnutá opatření patří do různých krajů. Nastavte je po jednom kraji."


class PairsField(forms.MultipleChoiceField):
    """Municipalities whose loss was agreed with: „12-345“ is a measure and a municipality."""

    widget = forms.MultipleHiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def valid_value(self, value):
        return True

    def clean(self, value):
        values = super().clean(value)
        if not all(PAIR.fullmatch(one) for one in values):
            raise forms.ValidationError("Potvrzení nejde přečíst. Odešlete formulář znovu.")
        return frozenset(tuple(map(int, one.split("-"))) for one in values)


class TerritoryForm(forms.Form):
    """Where the ticked measures work: the territory, and for a named one the municipalities."""

    opatreni = forms.TypedMultipleChoiceField(
        label="Opatření",
        coerce=int,
        error_messages={
            "required": "Zaškrtněte v tabulce, kterých opatření se změna týká.",
            "invalid_choice": NO_MEASURE,
        },
    )
    territory = forms.ChoiceField(
        label="Území",
        widget=forms.RadioSelect,
        error_messages={"required": "Vyberte, kde opatření působí."},
    )
    municipalities = MunicipalitiesField(
        label="Obce",
        widget=forms.Textarea({"rows": 3}),
        help_text="Jen u vyjmenovaných obcí. Názvy oddělte čárkou, třeba Cheb, Aš.",
    )
    orps = forms.ModelMultipleChoiceField(
        Orp.objects.none(),
        label="Celá ORP",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Zaškrtnutím přidáte všechny obce jejich území.",
        error_messages={"invalid_choice": "Takové ORP v kraji není."},
    )
    mode = forms.ChoiceField(
        label="Obce, které opatření už jmenuje",
        required=False,
        choices=[(ADD, "Nechat a přidat k nim"), (REPLACE, "Nahradit těmito")],
        initial=ADD,
        widget=forms.RadioSelect,
    )
    souhlas = PairsField()

    def __init__(self, *args, measures, **kwargs):
        """`measures` are those the person may set."""
        super().__init__(*args, **kwargs)
        self.measures = {measure.pk: measure for measure in measures}
        self.fields["opatreni"].choices = [(pk, pk) for pk in self.measures]
        self.fields["territory"].choices = [(one.value, capfirst(one.label)) for one in Territory]
        regions = {measure.strategy.region_id for measure in measures}
        orps = Orp.objects.filter(region__in=regions).order_by("sort_key", "code")
        self.fields["orps"].queryset = orps
        self.fields["municipalities"].region = self._region()

    def _region(self):
        """The region of the measures that are ticked, or of any where none is yet."""
        ticked = self.data.getlist("opatreni") if self.is_bound else ()
        found = [m for pk, m in self.measures.items() if str(pk) in ticked]
        found = found or list(self.measures.values())
        return found[0].strategy.region if found else None

    def clean(self):
        if len({one.strategy.region_id for one in self.chosen()}) > 1:
            self.add_error("opatreni", MORE_REGIONS)
        if "territory" in self.cleaned_data and "municipalities" in self.cleaned_data:
            named = self.cleaned_data["territory"] == Territory.NAMED
            has_places = self.cleaned_data["municipalities"] or self.cleaned_data.get("orps")
            if bool(has_places) != named:
                self.add_error("municipalities", NO_PLACE if named else PLACE_TOO_MUCH)
        return self.cleaned_data

    def chosen(self):
        """Return the ticked measures."""
        return [self.measures[pk] for pk in self.cleaned_data.get("opatreni", ())]

    def places(self):
        """Return the municipalities typed and those of whole ORPs, military areas left out of the
        latter."""
        typed = {place.pk: place for place in self.cleaned_data["municipalities"]}
        whole = Municipality.objects.counted().filter(orp__in=self.cleaned_data["orps"])
        return list((typed | {place.pk: place for place in whole}).values())

    def changes(self):
        """Return what the action is to set."""
        return {
            "territory": self.cleaned_data["territory"],
            "municipalities": self.places(),
            "is_added": self.cleaned_data["mode"] != REPLACE,
            "agreed": self.cleaned_data["souhlas"],
        }
