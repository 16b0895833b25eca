from django import forms
from django.utils.text import capfirst


class RedactionForm(forms.Form):
    """Which texts are removed for good, on whose word, and that it is meant."""

    texts = forms.MultipleChoiceField(
        label="Co se odstraní",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vyberte, co se má odstranit.",
            "invalid_choice": "Tento text v\u00a0záznamu není. Načtěte stránku znovu.",
        },
    )
    reference = forms.CharField(
        label="Značka pověřence pro ochranu osobních údajů",
        max_length=100,
        help_text="Pod jakou značkou pověřenec o odstranění rozhodl, třeba DPO 12/2026.",
        error_messages={"required": "Uveďte značku, pod kterou pověřenec rozhodl."},
    )
    is_sure = forms.BooleanField(
        label="Vím, že odstranění nejde vzít zpět.",
        error_messages={"required": "Potvrďte, že víte, že odstranění nejde vzít zpět."},
    )

    def __init__(self, *args, removables, **kwargs):
        super().__init__(*args, **kwargs)
        self.removables = removables
        self.fields["texts"].choices = [(r.field, capfirst(r.label)) for r in removables]

    def options(self):
        """Return the check box of each text with the Removable."""
        return list(zip(self["texts"], self.removables, strict=True))
