from django import forms

from common import czech
from common.imports import MOST


class ProjectFileForm(forms.Form):
    """A file of projects; what is in it the import says itself."""

    file = forms.FileField(
        label="Soubor CSV nebo XLSX",
        help_text=czech.typography(f"Sloupce jako v souboru, který portál vydává. Nejvýš {MOST}."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
        error_messages={
            "required": "Vyberte soubor.",
            "max_length": "Jméno souboru je příliš dlouhé, přejmenujte ho.",
        },
        max_length=200,
    )
