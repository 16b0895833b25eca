from django import forms
from django.utils.text import capfirst

from common.forms import DateField
from measures.checks import MOST_PARTICIPANTS
from measures.models import OutputKind
from municipalities.names import Names
from strategy.models import Organisation


class MunicipalitiesField(forms.CharField):
    """Municipalities of one region, typed by their names with commas between; `region` is set by
    the form."""

    region = None

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 5000, "required": False, **kwargs})

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        names = Names(self.region) if value else None
        return ", ".join(names.label(place) for place in value)

    def clean(self, value):
        typed = [name for part in super().clean(value).split(",") if (name := part.strip())]
        if not typed:
            return []
        names, found, wrong = Names(self.region), [], []
        for name in typed:
            try:
                found.append(names.find(name))
            except LookupError as error:
                wrong.append(error.args[0])
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class OutputForm(forms.Form):
    """Something of a measure that happened."""

    kind = forms.ChoiceField(label="Druh", widget=forms.RadioSelect)
    title = forms.CharField(
        label="Název", max_length=200, help_text="Co se konalo. Žádné údaje o klientech."
    )
    happened_on = DateField(label="Den", help_text="Třeba 15. 6. 2026, nejpozději dnešek.")
    participants = forms.IntegerField(
        label="Počet účastníků",
        required=False,
        min_value=0,
        max_value=MOST_PARTICIPANTS,
        widget=forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        help_text="Jen číslo, žádná jména. Neznámý počet nechte prázdný: není to nula.",
        error_messages={"invalid": "Napište počet číslem, bez jmen."},
    )
    organiser = forms.ModelChoiceField(
        Organisation.objects.order_by("sort_key", "pk"),
        label="Pořadatel",
        required=False,
        empty_label="neuveden",
    )
    municipalities = MunicipalitiesField(
        label="Obce",
        help_text="Kde se konal nebo pro koho byl; názvy oddělte čárkou, třeba Cheb, Aš.",
    )
    link = forms.URLField(
        label="Odkaz",
        required=False,
        max_length=400,
        assume_scheme="https",
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "url"}),
        help_text="Třeba na zprávu nebo na metodiku.",
    )

    def __init__(self, *args, measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, capfirst(k.label)) for k in OutputKind]
        self.fields["municipalities"].region = measure.strategy.region
