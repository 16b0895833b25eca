from django import forms

from common.forms import DateField
from meetings.models import Body


class MeetingForm(forms.Form):
    """A meeting: whose it is and on which day."""

    body = forms.ModelChoiceField(
        label="Orgán",
        queryset=Body.objects.none(),
        empty_label="vyberte orgán",
        error_messages={"required": "Vyberte orgán."},
    )
    meeting_date = DateField(
        label="Den zasedání",
        help_text="Například 26. 11. 2026",
        error_messages={"required": "Napište den zasedání."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.order_by("name", "pk")


class CorrectionForm(forms.Form):
    """Why a frozen briefing is corrected."""

    reason = forms.CharField(
        label="Co a proč se opravuje",
        widget=forms.Textarea({"rows": 3}),
        help_text="Důvod uvidí každý u\u00a0opravy. Žádné údaje o\u00a0klientech.",
        error_messages={"required": "Napište, co a\u00a0proč se opravuje."},
    )
