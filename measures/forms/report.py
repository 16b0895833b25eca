from datetime import date, timedelta

from django import forms
from django.utils.text import capfirst

from common import czech
from common.forms import DateField, refuse
from measures import checks, typed
from measures.actions import CONTENT
from measures.asked import asking_report
from measures.cycles import cycle_of, last_finished, offered
from measures.forms.files import FilesField
from measures.models import Health, OutputKind, Phase, Report, ReportDraft, ReportKind
from measures.preview import preview
from measures.typed_output import read_output
from strategy.models import Organisation

MILESTONE_DAYS = 90
"""Milestones due within so many days, and those past due, can be ticked in the report form."""

NO_CHANGE_LATER = "Možnost „beze změny“ přibude, až jednotka o opatření podá hlášení."
CLOSED = "Některý ze zaškrtnutých milníků mezitím někdo uzavřel."

KEYS = {kind: str(number) for number, kind in enumerate(ReportKind.values, start=1)}
"""The key that chooses a kind, the same whether or not „beze změny“ is offered."""

FOLDED = (
    "obstacle",
    "actor_role",
    "act_by_date",
    "decision",
    "review_date",
    "reason",
    "resolution",
)
"""Boxes seen only where they are asked for, or filled in."""


def not_too_long(text):
    if len(text) > checks.MOST_SIGNS:
        raise forms.ValidationError(checks.too_long(len(text)))


class ReportForm(forms.ModelForm):
    """A report about one measure, made from a draft and kept as one or published.

    `values` are what its fields show when nothing was posted. What the kind of the report requires
    is checked when it is published: a draft may be unfinished.
    """

    kind = forms.ChoiceField(label="Co se stalo?", required=False, widget=forms.RadioSelect)
    finished = forms.TypedMultipleChoiceField(
        label="Milníky do 90 dnů",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CLOSED},
    )
    phase = forms.ChoiceField(
        label="Fáze", required=False, choices=[("", "vyberte"), *Phase.choices[1:]]
    )
    health = forms.ChoiceField(
        label="Jak to jde", required=False, choices=[("", "vyberte"), *Health.choices[1:]]
    )
    actor = forms.ModelChoiceField(
        Organisation.objects.order_by("sort_key", "pk"),
        label="Kdo jedná: organizace",
        required=False,
        empty_label="vyberte",
    )
    cycle_start = forms.TypedChoiceField(label="Hlášení za", coerce=date.fromisoformat)
    output_kind = forms.ChoiceField(
        label="Druh výstupu", required=False, choices=[("", "vyberte"), *OutputKind.choices]
    )
    output_title = forms.CharField(label="Název výstupu", required=False)
    output_happened_on = forms.CharField(
        label="Kdy se konal",
        required=False,
        help_text="Třeba 15. 12. 2026.",
        widget=forms.TextInput({"class": "short", "autocomplete": "off"}),
    )
    output_participants = forms.CharField(
        label="Počet účastníků",
        required=False,
        help_text="Jen číslo, žádná jména.",
        widget=forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
    )
    output_link = forms.CharField(label="Odkaz na výstup", required=False)
    files = FilesField()

    class Meta:
        model = ReportDraft
        fields = CONTENT
        field_classes = {
            "as_of_date": DateField,
            "act_by_date": DateField,
            "review_date": DateField,
        }
        labels = {
            "as_of_date": "Ke dni",
            "note": "Poznámka",
            "obstacle": "Co brání",
            "actor_role": "Kdo jedná: role",
            "act_by_date": "Do kdy",
            "next_step": "Další krok",
            "needs_decision": "Potřebuji rozhodnutí rady",
            "decision": "O čem má rada rozhodnout",
            "review_date": "Kdy se znovu posoudí",
            "reason": "Důvod zrušení",
            "resolution": "Číslo usnesení",
            "link": "Odkaz k hlášení",
        }
        help_texts = {
            "note": "Stačí jedna dvě věty, zhruba 280 znaků; u rizika a změny plánu je povinná. "
            "Žádné údaje o klientech.",
            "act_by_date": "Třeba 15. 12. 2026.",
            "review_date": "Vyplňte u pozastaveného opatření, třeba 15. 12. 2026.",
            "reason": "Vyplňte u zrušeného opatření; stačí i číslo usnesení.",
        }
        widgets = {
            name: forms.Textarea({"rows": rows})
            for name, rows in [
                ("note", 3),
                ("obstacle", 2),
                ("next_step", 2),
                ("decision", 2),
                ("reason", 2),
            ]
        }

    def __init__(self, *args, facts, today, values=None, **kwargs):
        super().__init__(*args, **kwargs)
        if values:
            self.initial |= _initial(values)
        for name in typed.TEXTS:
            self.fields[name].validators.append(not_too_long)
        for name in FOLDED:
            # The style sheet knows an empty box by its placeholder.
            self.fields[name].widget.attrs["placeholder"] = " "
        self.facts = facts
        self.today = today
        self.milestones = [
            milestone
            for milestone in facts.open_milestones(today)
            if milestone.due_date <= today + timedelta(days=MILESTONE_DAYS)
        ]
        self._offer_kinds()
        self._offer_milestones()
        self._offer_cycles()
        self._tell_of_decision()

    def _offer_kinds(self):
        months = self.facts.measure.strategy.cycle_months
        offers_all = self.instance.corrects_id or checks.offers_no_change(
            self.facts.report, months, self.today
        )
        if not offers_all:
            self.fields["kind"].help_text = NO_CHANGE_LATER
        self.fields["kind"].choices = [
            (kind.value, capfirst(kind.label))
            for kind in ReportKind
            if offers_all or kind != ReportKind.NO_CHANGE
        ]

    def _offer_milestones(self):
        field = self.fields["finished"]
        field.choices = [(m.milestone_id, m.title) for m in self.milestones]
        field.help_text = f"Zaškrtnutí znamená hotovo dnes, {czech.date(self.today)}."
        if self.instance.pk and not self.is_bound and "finished" not in self.initial:
            ticked = self.instance.finished_milestones.values_list("pk", flat=True)
            field.initial = list(ticked)

    def _offer_cycles(self):
        if self.instance.corrects_id:
            del self.fields["cycle_start"], self.fields["as_of_date"]
            return
        months = self.facts.measure.strategy.cycle_months
        cycles = [last_finished(self.today, months), cycle_of(self.today, months)]
        self.fields["cycle_start"].choices = [(c.start.isoformat(), str(c)) for c in cycles]
        if str(self.initial["cycle_start"]) not in [c.start.isoformat() for c in cycles]:
            self.initial["cycle_start"] = offered(self.today, months).start

    def _tell_of_decision(self):
        last = self.facts.report
        if self.instance.corrects_id or last is None or not last.needs_decision:
            return
        asking = asking_report(self.facts.measure, self.today)
        if asking:
            day = czech.date(asking.as_of_date)
            self.fields["needs_decision"].help_text = czech.typography(
                f"O rozhodnutí rady už žádá hlášení ke dni {day}; odškrtnutím žádost vezmete zpět."
            )

    def milestone_options(self):
        """Return the check box of each milestone with the milestone."""
        return list(zip(self["finished"], self.milestones, strict=True))

    def kind_options(self):
        """Return the radio button of each kind with the key that chooses it."""
        return [(option, KEYS[option.data["value"]]) for option in self["kind"]]

    def has_more(self):
        """Say whether anything is filled in, or wrong, in the folded part of the form."""
        names = ["link", "files", *(f"output_{name}" for name in typed.OUTPUT)]
        return any(self[name].value() or self[name].errors for name in names)

    def clean(self):
        cleaned = super().clean()
        try:
            self.read_output = read_output(self.output_texts(), self.today)
        except forms.ValidationError as error:
            for name, messages in error.error_dict.items():
                if f"output_{name}" not in self.errors:
                    self.add_error(f"output_{name}", messages)
        return cleaned

    def output_texts(self):
        """Return what was typed about an output, by field."""
        texts = {name: self[f"output_{name}"].value() or "" for name in typed.OUTPUT}
        return {name: text for name, text in texts.items() if text.strip()}

    def unread(self):
        """Return the texts that cannot be understood, or are too long, as they were typed."""
        kept = (*typed.TEXTS, *typed.LINES, *typed.DAYS)
        return {name: self[name].value() or "" for name in self.errors if name in kept}

    def content(self):
        """Return what the form says as the actions take it; a wrong value stays as it was."""
        content = {name: getattr(self.instance, name) for name in CONTENT}
        if self.instance.corrects_id:
            content["corrects"] = self.instance.corrects
        return content

    def report(self):
        """Return the report, not saved, that publishing would make."""
        draft = self.instance
        return Report(
            measure=self.facts.measure, author=draft.author, source=draft.source, **self.content()
        )

    def ticked(self):
        """Return the primary keys of the ticked milestones."""
        return self.cleaned_data.get("finished", [])

    def refuse_incomplete(self):
        """Show beside wrong values also what is missing, so that all is mended at once."""
        try:
            checks.check_report(self.report(), today=self.today, last=self.facts.report)
        except forms.ValidationError as error:
            refuse(self, error)

    def preview(self):
        """Return the Status of the measure were the report published and why, else None."""
        if self.is_valid() and not self.instance.phase:
            refuse(self, forms.ValidationError({"phase": "Bez fáze se stav spočítat nedá."}))
        if self.errors:
            return None
        day = self.read_output["happened_on"] if self.read_output else None
        return preview(self.facts, self.report(), self.ticked(), day, self.today)


def _initial(values):
    output = {f"output_{name}": text for name, text in values["output"].items()}
    finished = [int(key) for key in values["finished"] if key.isascii() and key.isdigit()]
    return {**{name: values[name] for name in typed.FIELDS}, **output, "finished": finished}
