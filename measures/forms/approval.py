from django import forms

from measures import checks


class ReturnForm(forms.Form):
    """Why a submitted report goes back to its author; `refusal` is why a decision failed."""

    refusal = ""

    comment = forms.CharField(
        label="Co má autor doplnit nebo změnit",
        widget=forms.Textarea({"rows": 3}),
        help_text="Autor dostane komentář i e-mailem. Žádné údaje o klientech.",
        error_messages={"required": "Napište, co má autor doplnit nebo změnit."},
    )

    def clean_comment(self):
        comment = self.cleaned_data["comment"]
        if len(comment) > checks.MOST_SIGNS:
            raise forms.ValidationError(checks.too_long(len(comment)))
        return comment
