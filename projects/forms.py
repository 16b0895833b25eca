"""The form of a project for the unit: the project itself and its parts, one set of rows a part."""

from django import forms

from common.numbers import NumberField
from measures.models import Measure
from municipalities.models import Municipality, Region
from projects import models, wording
from projects.dates import HINT, KnownDayField, known
from projects.models import Project, ProjectTerritory
from projects.models.links import check_shares
from strategy.models import Organisation, Priority

NAMED_WITHOUT = "Vyberte obce, nebo změňte území."
MUNICIPALITIES_WITHOUT = "Když projekt jmenuje obce, je jeho území „vyjmenované obce“."
END_FIRST = "Konec je dřív než začátek."
DOUBT = "U nejistého data napište, v čem je nejistota."
UNKNOWN_RECIPIENT = (
    "Příjemce tohoto názvu v portálu není. Opravte název, nebo zaškrtněte, že se má založit."
)
UNKNOWN_PARENT = "Projekt s touto zkratkou v portálu není. Zkratka je konec adresy jeho stránky."
BLANK_ROWS = 2
DAYS = {"state_on": "state", "start_on": "start", "end_on": "end"}
"""Fields of days, each two of the model: the day and how precisely it is known."""


def _url(label, **kwargs):
    return forms.URLField(label=label, max_length=400, assume_scheme="https", **kwargs)


SHORT = forms.Textarea({"rows": 2})


class ProjectForm(forms.ModelForm):
    """What a project is; days may be known only to the month, recipient and parent are typed."""

    recipient_name = forms.CharField(
        label="Příjemce",
        required=False,
        max_length=200,
        widget=forms.TextInput({"list": "prijemci", "autocomplete": "off"}),
    )
    is_new_recipient = forms.BooleanField(label="Příjemce v portálu není, založit", required=False)
    state_on = KnownDayField(label="Stav ke dni nebo měsíci", help_text=HINT)
    start_on = KnownDayField(label="Začátek", help_text=HINT)
    end_on = KnownDayField(label="Konec", help_text=HINT, is_end=True)
    eu_rate = NumberField(
        label="Míra spolufinancování EU v %", places=2, digits=5, least=0, required=False
    )
    source_url = _url("Adresa zdroje", required=False)
    parent_slug = forms.CharField(
        label="Je součástí projektu",
        required=False,
        max_length=80,
        help_text="Zkratka nadřazeného projektu, jak stojí na konci adresy jeho stránky.",
    )

    class Meta:
        model = Project
        fields = (
            *("name", "name_note", "region", "recipient_note", "programme", "fund", "fund_note"),
            *("registration_number", "state", "state_text", "is_start_uncertain"),
            *("is_end_uncertain", "dates_note", "goal", "specific_objective", "intervention_type"),
            *("territory", "territory_text", "municipalities", "priorities", "priorities_note"),
            *("source", "source_url", "eu_rate"),
        )
        widgets = dict.fromkeys(("name_note", "dates_note", "goal"), SHORT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.order_by("sort_key", "pk")
        self.fields["municipalities"].queryset = Municipality.objects.in_czech_order()
        priorities = Priority.objects.select_related("strategy")
        self.fields["priorities"].queryset = priorities.order_by("strategy__slug", "code_key", "pk")
        project = self.instance
        for name, field in DAYS.items():
            day = getattr(project, f"{field}_date")
            self.initial[name] = known(day, getattr(project, f"{field}_precision"))
        self.initial["recipient_name"] = project.recipient.name if project.recipient else ""
        self.initial["parent_slug"] = project.parent.slug if project.parent else ""

    def clean(self):
        cleaned = super().clean()
        for name, field in DAYS.items():
            if name in cleaned:
                day, precision = cleaned[name]
                setattr(self.instance, f"{field}_date", day)
                setattr(self.instance, f"{field}_precision", precision)
        self._check_days(cleaned)
        self._check_territory(cleaned)
        self._check_recipient(cleaned)
        self._check_parent(cleaned)
        if cleaned.get("eu_rate") is not None and cleaned["eu_rate"] > 100:
            self.add_error("eu_rate", "Míra spolufinancování je mezi 0 a 100 %.")
        return cleaned

    def _check_days(self, cleaned):
        start, end = (cleaned.get(name, (None,))[0] for name in ("start_on", "end_on"))
        if start and end and end < start:
            self.add_error("end_on", END_FIRST)
        is_unsure = cleaned.get("is_start_uncertain") or cleaned.get("is_end_uncertain")
        if is_unsure and not cleaned.get("dates_note"):
            self.add_error("dates_note", DOUBT)

    def _check_territory(self, cleaned):
        is_named = cleaned.get("territory") == ProjectTerritory.NAMED
        if is_named and not cleaned.get("municipalities"):
            self.add_error("municipalities", NAMED_WITHOUT)
        if cleaned.get("municipalities") and not is_named:
            self.add_error("territory", MUNICIPALITIES_WITHOUT)

    def _check_recipient(self, cleaned):
        name = cleaned.get("recipient_name", "")
        self.instance.recipient = Organisation.objects.filter(name=name).first() if name else None
        is_known = self.instance.recipient is not None or not name
        if not is_known and not cleaned.get("is_new_recipient"):
            self.add_error("recipient_name", UNKNOWN_RECIPIENT)

    def _check_parent(self, cleaned):
        slug = cleaned.get("parent_slug", "")
        self.instance.parent = Project.objects.filter(slug=slug).first() if slug else None
        if slug and self.instance.parent is None:
            self.add_error("parent_slug", UNKNOWN_PARENT)

    def _update_errors(self, errors):
        """The model speaks of its own fields; here they have other names."""
        if hasattr(errors, "error_dict") and "parent" in errors.error_dict:
            errors.error_dict["parent_slug"] = errors.error_dict.pop("parent")
        super()._update_errors(errors)


class MeasureForm(forms.ModelForm):
    @property
    def title(self):
        """The measure as the list of measures has it."""
        return dict(self.fields["measure"].choices).get(self.instance.measure_id, "")

    share = NumberField(label="Podíl v %", places=2, digits=5, required=False)

    class Meta:
        model = models.ProjectMeasure
        fields = ("measure", "share", "is_ours", "note")


class MeasureFormSet(forms.BaseInlineFormSet):
    """The measures of a project, whose shares are checked together."""

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        check_shares([getattr(form, "cleaned_data", {}).get("share") for form in kept])

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["measure"].choices = self.measures

    @property
    def measures(self):
        """All measures, read once for all rows."""
        if not hasattr(self, "_measures"):
            rows = Measure.objects.select_related("strategy")
            rows = rows.order_by("strategy__slug", "code_key", "pk")
            self._measures = [("", "vyberte opatření")] + [
                (one.pk, f"{one.strategy.slug.upper()} {one.code} {one.short_name}") for one in rows
            ]
        return self._measures


class BudgetForm(forms.ModelForm):
    @property
    def title(self):
        part = self.instance
        said = f"{part.get_stage_display()}, {part.get_kind_display()}"
        return f"{said}: {wording.money_text(part)}"

    amount = NumberField(label="Částka", places=2, digits=15, least=0)

    class Meta:
        model = models.BudgetPart
        fields = ("stage", "kind", "amount", "currency", "is_uncertain", "note", "source")


class TitledForm(forms.ModelForm):
    """A row whose text says what it is."""

    @property
    def title(self):
        return str(self.instance)


class EventForm(TitledForm):
    happened = KnownDayField(label="Kdy", help_text=HINT, required=True)
    source_url = _url("Adresa zdroje", required=False)

    class Meta:
        model = models.TimelineEvent
        fields = ("text", "source", "source_url")

    field_order = ("happened", "text", "source", "source_url")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["happened"] = known(self.instance.happened_on, self.instance.precision)

    def clean_happened(self):
        self.instance.happened_on, self.instance.precision = self.cleaned_data["happened"]
        return self.cleaned_data["happened"]


class OutcomeForm(TitledForm):
    value = NumberField(label="Hodnota", places=2, digits=14, required=False)
    value_to = NumberField(label="Hodnota do", places=2, digits=14, required=False)

    class Meta:
        model = models.Outcome
        fields = (
            *("text", "value", "value_to", "unit", "qualifier", "words", "counted"),
            *("period_text", "is_uncertain", "note", "source"),
        )
        widgets = {"text": SHORT, "note": SHORT}


class ObstacleForm(TitledForm):
    class Meta:
        model = models.Obstacle
        fields = ("text", "source")
        widgets = {"text": SHORT}


class ActivityForm(TitledForm):
    class Meta:
        model = models.ProjectActivity
        fields = ("topic", "text")
        widgets = {"text": SHORT}


class FactForm(TitledForm):
    url = _url("Kde")

    class Meta:
        model = models.ExternalFact
        fields = ("text", "url", "publisher", "is_uncertain")
        widgets = {"text": SHORT}


def _set(form, formset=forms.BaseInlineFormSet):
    return forms.inlineformset_factory(
        Project, form._meta.model, form=form, formset=formset, extra=BLANK_ROWS, max_num=200
    )


PARTS = {
    "measure_links": ("Opatření a podíly", _set(MeasureForm, MeasureFormSet)),
    "budget_parts": ("Peníze", _set(BudgetForm)),
    "events": ("Co se stalo", _set(EventForm)),
    "outcomes": ("Výsledky", _set(OutcomeForm)),
    "obstacles": ("Překážky", _set(ObstacleForm)),
    "activities": ("Co se dělá", _set(ActivityForm)),
    "external_facts": ("Co jsme našli jinde", _set(FactForm)),
}
"""The parts of a project by their name in it: heading and set of rows."""


def part_sets(project, data=None):
    """Return pairs of a heading and a bound or fresh set of rows for each part of a project."""
    found = []
    for name, (heading, formset) in PARTS.items():
        rows = getattr(project, name).order_by("pk") if project.pk else formset.model.objects.none()
        found.append((heading, formset(data, instance=project, queryset=rows, prefix=name)))
    return found


def check_no_error(form, sets):
    """Say whether the form and all its sets are right; every one is asked, so all errors show."""
    return all([form.is_valid(), *(one.is_valid() for _, one in sets)])
