from django import forms

from common.forms import DateField
from measures.models import Measure
from municipalities.models import Region
from projects.calls import plan_label
from projects.models import Call
from strategy.models import Priority

PLAIN = {"autocomplete": "off"}


class NamedChoices(forms.ModelMultipleChoiceField):
    """Parts of plans to be ticked, each with the short name of its strategy."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, item):
        return plan_label(item)


class CallForm(forms.ModelForm):
    """A grant call; its lists are saved by the action."""

    region = forms.ModelChoiceField(
        Region.objects.order_by("sort_key", "code"),
        label="Jen pro kraj",
        required=False,
        empty_label="celá republika",
    )
    opens_on = DateField(label="Příjem žádostí od", required=False)
    deadline = DateField(
        label="Příjem žádostí do",
        required=False,
        help_text="Poslední den, třeba 15. 12. 2026. Prázdné znamená do odvolání.",
    )
    checked_on = DateField(
        label="Ověřeno dne",
        required=False,
        help_text="Kdy jste údaje naposledy porovnali se stránkou výzvy.",
    )
    priorities = NamedChoices(
        Priority.objects.select_related("strategy").order_by("strategy__slug", "code_key", "pk"),
        label="Priority",
        required=False,
    )
    measures = NamedChoices(
        Measure.objects.select_related("strategy").order_by("strategy__slug", "code_key", "pk"),
        label="Opatření",
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Call
        fields = [
            "title",
            "provider",
            "programme",
            "region",
            "opens_on",
            "deadline",
            "applicants",
            "is_for_municipalities",
            "support",
            "amount_text",
            "link",
            "source",
            "checked_on",
            "priorities",
            "measures",
        ]
        labels = {
            "title": "Název výzvy",
            "provider": "Kdo peníze dává",
            "programme": "Program",
            "applicants": "Kdo může žádat",
            "is_for_municipalities": "Může žádat obec",
            "support": "Na co peníze jsou",
            "amount_text": "Kolik, slovy výzvy",
            "link": "Odkaz na výzvu",
            "source": "Odkud údaje jsou",
        }
        widgets = {
            "applicants": forms.Textarea({"rows": 3}),
            "support": forms.Textarea({"rows": 3}),
            "link": forms.TextInput({**PLAIN, "inputmode": "url"}),
        }

    def save(self, commit=True):
        raise NotImplementedError("Calls are saved by their action.")
