from django import forms

from common import czech
from common.imports import MOST


class IndexFileForm(forms.Form):
    """The official file of the index; what is in it the import says itself."""

    file = forms.FileField(
        label="Soubor XLSX",
        help_text=czech.typography(
            "Sešit, jak ho vydala Agentura pro sociální začleňování, za celou republiku nebo její "
            f"část. Nejvýš {MOST}."
        ),
        widget=forms.FileInput({"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={
            "required": "Vyberte soubor.",
            "max_length": "Jméno souboru je příliš dlouhé, přejmenujte ho.",
        },
        max_length=200,
    )
