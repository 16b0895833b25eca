from django import forms

from common import czech
from common.forms import DateField
from measures.forms.files import FilesField

LONG_TEXT = 2000
"""The most signs of a reason or of evidence: what is longer belongs to a file."""


def reason_field(label, **kwargs):
    return forms.CharField(
        label=label, widget=forms.Textarea({"rows": 3}), max_length=LONG_TEXT, **kwargs
    )


def resolution_field():
    return forms.CharField(
        label="Číslo usnesení", required=False, max_length=100, help_text="Třeba RK 512/05/26."
    )


class SeenForm(forms.Form):
    """Carries what version of a record the person had before their eyes."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


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
        max_length=LONG_TEXT,
        help_text="Odkaz, číslo jednací nebo věta. Žádné údaje o klientech.",
    )
    files = FilesField()


class MilestoneDropForm(forms.Form):
    """Why a milestone is given up."""

    reason = reason_field("Proč se milník ruší")
    resolution = forms.CharField(label="Usnesení", required=False, max_length=100)


class MilestoneExpectForm(SeenForm):
    """The day a milestone is now expected on."""

    expected_date = DateField(label="Očekávaný den", required=False)
    reason = reason_field("Proč", required=False)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        due = czech.date(version.due_date)
        self.fields["expected_date"].help_text = (
            f"Třeba 15. 12. 2026. Den po termínu {due} znamená, že opatření bude „ohroženo“; "
            "termín sám se tím neposouvá. Prázdné pole: milník se čeká v termínu."
        )


class MilestoneMoveForm(SeenForm):
    """The new due day of a milestone and why it moves."""

    due_date = DateField(label="Nový termín", help_text="Třeba 15. 12. 2026.")
    reason = reason_field(
        "Důvod", required=False, help_text="Důvod, nebo číslo usnesení. Je veřejný."
    )
    resolution = resolution_field()


class MilestoneRenameForm(SeenForm):
    """The mended wording of a milestone."""

    title = forms.CharField(label="Název", max_length=200)
    reason = reason_field("Proč se název mění", help_text="Třeba překlep. Důvod je veřejný.")


class MilestoneReopenForm(SeenForm):
    """Why a closed milestone is open again."""

    reason = reason_field("Proč se milník znovu otevírá", help_text="Důvod je veřejný.")
