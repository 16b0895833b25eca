from django import forms

from common.forms import DateField
from measures.models import Measure, Milestone, PlanVersion, Report
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


FOREIGN = "Vyberte jen to, co stránka nabízí. Načtěte ji znovu."


def _several(label):
    return forms.ModelMultipleChoiceField(
        None,
        label=label,
        required=False,
        error_messages={"invalid_choice": FOREIGN, "invalid_pk_value": FOREIGN},
    )


class ResolutionForm(forms.Form):
    """What a meeting resolved and of what it speaks; what is wrong the action says."""

    number = forms.CharField(
        label="Číslo",
        max_length=100,
        help_text="Například RK 1234/11/26",
        widget=forms.TextInput({"class": "short", "autocomplete": "off"}),
        error_messages={"required": "Napište číslo usnesení, například RK 1234/11/26."},
    )
    adopted_on = DateField(
        label="Přijato dne",
        error_messages={"required": "Napište, kdy orgán usnesení přijal."},
    )
    text = forms.CharField(
        label="Znění",
        help_text="Bude veřejné. Žádné údaje o\u00a0klientech.",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Napište, o\u00a0čem orgán rozhodl."},
    )
    link = forms.CharField(
        label="Odkaz na zveřejněné usnesení", required=False, widget=forms.URLInput()
    )
    decisions = _several("O čem rozhodlo")
    measures = _several("Kterých opatření se týká")
    milestones = _several("Milníky")
    plans = _several("Plány")

    def __init__(self, *args, strategy, **kwargs):
        super().__init__(*args, **kwargs)
        asking = Report.objects.filter(needs_decision=True)
        self.fields["measures"].queryset = Measure.objects.filter(strategy=strategy)
        for name, rows in {
            "decisions": asking,
            "milestones": Milestone.objects.all(),
            "plans": PlanVersion.objects.all(),
        }.items():
            own = rows.filter(measure__strategy=strategy).select_related("measure")
            self.fields[name].queryset = own

    def clean_link(self):
        """An address typed without its scheme is a secure one."""
        link = self.cleaned_data["link"]
        return f"https://{link}" if link and "://" not in link else link

    def picked(self, name):
        """Return what is ticked in a field, as text."""
        return {str(getattr(one, "pk", one)) for one in self[name].value() or ()}
