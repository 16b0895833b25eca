from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from common import czech


class DateField(forms.DateField):
    """A day typed as text, „15. 12. 2026“: a field of the browser speaks the browser's language."""

    widget = forms.TextInput({"class": "short", "autocomplete": "off"})

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value or None)
        try:
            return czech.parse_date(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return czech.date(value).replace(czech.NBSP, " ")


def refuse(form, error):
    """Show a ValidationError of an action at the fields it names, the rest above the form.

    A field that already says what is wrong with it keeps that one sentence.
    """
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
    for name, messages in by_field.items():
        if name not in form.fields:
            form.add_error(None, messages)
        elif name not in form.errors:
            form.add_error(name, messages)
