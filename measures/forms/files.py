from django import forms
from django.core.exceptions import ValidationError

from measures.files import MAX_BYTES, check_file

HINT = (
    "Žádné údaje o\u00a0klientech. PDF, DOCX, XLSX, ODT, ODS, JPG nebo PNG, "
    f"každý soubor do {MAX_BYTES // 1_000_000}\u00a0MB."
)


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files checked by their content; cleaned to a list of CheckedFiles.

    `good` are those that may be kept, also when another one was refused.
    """

    widget = FilesInput(attrs={"accept": ".pdf,.docx,.xlsx,.odt,.ods,.jpg,.jpeg,.png"})
    good = ()

    def __init__(self, **kwargs):
        kept = {"label": "Přidat přílohy", "help_text": HINT, "required": False}
        super().__init__(**{**kept, **kwargs})

    def clean(self, data, initial=None):
        errors, self.good = [], []
        for file in data or []:
            try:
                self.good.append(check_file(file))
            except ValidationError as error:
                errors += error.messages
        if errors:
            raise ValidationError(errors)
        return self.good
