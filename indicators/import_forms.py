from django import forms

from common import czech
from common.imports import MOST


class ValuesFileForm(forms.Form):
    """A file of values in the layout the desk exports; what is in it the import says itself."""

    file = forms.FileField(
        label="Soubor CSV nebo XLSX",
        help_text=czech.typography(
            f"Rozvržení je stejné jako u souboru, který portál stahuje. Nejvýš {MOST}."
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
        error_messages={
            "required": "Vyberte soubor.",
            "max_length": "Jméno souboru je příliš dlouhé, přejmenujte ho.",
        },
        max_length=200,
    )
