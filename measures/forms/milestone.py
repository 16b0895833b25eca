from django import forms

from common.forms import DateField
from measures.forms.files import FilesField


class MilestoneForm(forms.Form):
    """A milestone to be promised."""

    title = forms.CharField(label="Název", max_length=200, help_text="Co bude hotovo.")
    due_date = DateField(label="Termín", help_text="Třeba 15. 12. 2026.")
    repeat_months = forms.IntegerField(
        label="Opakovat po kolika měsících",
        required=False,
        min_value=1,
        max_value=120,
        help_text="Vyplňte jen u milníku, který se vrací: splněním jednoho se otevře další.",
    )
    repeat_until = DateField(label="Opakovat do", required=False)


class MilestoneFinishForm(forms.Form):
    """The day a milestone was done and what proves it."""

    done_on = DateField(label="Hotovo dne", help_text="Třeba 15. 12. 2026.")
    evidence = forms.CharField(
        label="Doklad",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Odkaz, číslo jednací nebo věta. Žádné údaje o klientech.",
    )
    files = FilesField()


class MilestoneDropForm(forms.Form):
    """Why a milestone is given up."""

    reason = forms.CharField(
        label="Proč se milník ruší", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    resolution = forms.CharField(label="Usnesení", required=False, max_length=100)
