from django import forms
from django.db.models import Q
from django.utils.text import capfirst

from accounts.models import User
from accounts.roles import HEAD, UNIT
from common.forms import DateField
from measures.forms.milestone import SeenForm, reason_field, resolution_field
from measures.models import MeasureKind
from strategy.models import Organisation, OrganisationKind

KEEP, NOBODY = "", "nikdo"
STRANGER = "Tento člověk v jednotce není. Vyberte jiného."
NO_MEASURE = "Takové opatření se tu nesleduje. Načtěte stránku znovu."


def staff(and_also=()):
    """Return the people who may answer for a measure: active ones of the unit and its head, and
    those whose primary keys are named."""
    may = Q(is_active=True, groups__name__in=[UNIT, HEAD])
    people = User.objects.filter(may | Q(pk__in=[pk for pk in and_also if pk]))
    return people.order_by("name", "pk").distinct()


def departments(measures):
    """Return the departments that may answer for measures: of the region of their strategies or of
    none, by the alphabet."""
    regions = {measure.strategy.region_id for measure in measures}
    own = Q(region__in=regions) | Q(region=None)
    found = Organisation.objects.filter(own, kind=OrganisationKind.DEPARTMENT)
    return found.order_by("sort_key", "pk")


class PlanForm(SeenForm):
    """The whole plan of a measure: when, of which kind, who answers for it, and why it changes."""

    start_date = DateField(label="Plánovaný začátek", required=False)
    end_date = DateField(label="Plánovaný konec", required=False)
    kind = forms.ChoiceField(label="Druh", widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Odpovídá",
        required=False,
        empty_label="nikdo",
        error_messages={"invalid_choice": STRANGER},
    )
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label="Zastupuje",
        required=False,
        empty_label="nikdo",
        error_messages={"invalid_choice": STRANGER},
    )
    department = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Odpovědný útvar",
        required=False,
        empty_label="neuvedeno",
        help_text="Na rozdíl od jmen je veřejný.",
    )
    reason = reason_field(
        "Důvod změny", required=False, help_text="Potřeba, když se mění už daný začátek nebo konec."
    )
    resolution = resolution_field()

    def __init__(self, *args, measure, plan, **kwargs):
        """`plan` is the version that holds, or an empty one; whoever it names is offered too."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, capfirst(k.label)) for k in MeasureKind]
        named = [plan.owner_id, plan.deputy_id]
        for name in ("owner", "deputy"):
            self.fields[name].queryset = staff(and_also=named)
        kept = Organisation.objects.filter(pk=plan.department_id)
        self.fields["department"].queryset = departments([measure]) | kept


class AssignForm(forms.Form):
    """Owner, deputy and department for the ticked measures; what is left empty stays as it is."""

    opatreni = forms.TypedMultipleChoiceField(
        label="Opatření",
        coerce=int,
        error_messages={
            "required": "Zaškrtněte v tabulce, kterých opatření se změna týká.",
            "invalid_choice": NO_MEASURE,
        },
    )
    owner = forms.ChoiceField(label="Odpovídá", required=False)
    deputy = forms.ChoiceField(label="Zastupuje", required=False)
    department = forms.ChoiceField(label="Odpovědný útvar", required=False)

    def __init__(self, *args, measures, **kwargs):
        super().__init__(*args, **kwargs)
        self.measures = {measure.pk: measure for measure in measures}
        self.people = {str(person.pk): person for person in staff()}
        self.departments = {str(one.pk): one for one in departments(measures)}
        self.fields["opatreni"].choices = [(pk, pk) for pk in self.measures]
        for name in ("owner", "deputy"):
            self._offer(name, "nikdo", self.people)
            self.fields[name].error_messages["invalid_choice"] = STRANGER
        self._offer("department", "neuvedeno", self.departments)

    def _offer(self, name, nobody, found):
        named = [(key, str(one)) for key, one in found.items()]
        self.fields[name].choices = [(KEEP, "beze změny"), (NOBODY, nobody), *named]

    def clean(self):
        if not self.errors and not self.changes():
            raise forms.ValidationError("Vyberte, co se má změnit: kdo odpovídá, zastupuje, útvar.")
        return self.cleaned_data

    def chosen(self):
        """Return the ticked measures."""
        return [self.measures[pk] for pk in self.cleaned_data["opatreni"]]

    def changes(self):
        """Return what is to be set, by the names the plan has for it; None clears."""
        said = [
            ("owner", self.people),
            ("deputy", self.people),
            ("department", self.departments),
        ]
        return {
            name: None if value == NOBODY else found[value]
            for name, found in said
            if (value := self.cleaned_data.get(name)) != KEEP and value is not None
        }
