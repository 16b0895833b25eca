from django import forms
from django.db.models import Exists, OuterRef

from measures.models import Measure
from measures.partners import AnswerKind
from strategy.models import Organisation

NO_CLIENTS = "Žádné údaje o klientech."
QUESTION = "Co se od posledního hlášení změnilo, co práci brání a co bude dál?"
TEXT_LENGTH = 4000


class OrganisationField(forms.ModelChoiceField):
    """Any organisation, those that take part in the measure first."""

    def __init__(self, **kwargs):
        organisations = Organisation.objects.order_by("sort_key", "pk")
        super().__init__(organisations, empty_label="vyberte", **kwargs)

    def put_first(self, measure):
        takes_part = Measure.partners.through.objects.filter(
            measure=measure, organisation=OuterRef("pk")
        )
        organisations = self.queryset.annotate(takes_part=Exists(takes_part))
        self.queryset = organisations.order_by("-takes_part", "sort_key", "pk")

    def label_from_instance(self, obj):
        return f"{obj.name} – spolupracuje na opatření" if obj.takes_part else obj.name


class QuestionForm(forms.Form):
    """A question about a measure to an organisation."""

    organisation = OrganisationField(label="Organizace")
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        help_text="Kam dotaz pošleme. Necháte-li prázdné, půjde do úřední schránky organizace, "
        "pokud ji portál zná.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    question = forms.CharField(
        label="Na co se ptáme",
        initial=QUESTION,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=NO_CLIENTS,
    )

    def __init__(self, *args, measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].put_first(measure)

    def clean(self):
        said = super().clean()
        organisation = said.get("organisation")
        if organisation and "email" not in self.errors and not said.get("email"):
            if organisation.mailbox:
                said["email"] = organisation.mailbox
            else:
                self.add_error("email", "Napište adresu: úřední schránku organizace portál nezná.")
        return said


class AnswerForm(forms.Form):
    """What a partner organisation answers."""

    happened = forms.ChoiceField(
        label="Co se stalo?",
        choices=[(kind.value, kind.label.capitalize()) for kind in AnswerKind],
        widget=forms.RadioSelect,
        error_messages={"required": "Vyberte, co se stalo."},
    )
    note = forms.CharField(
        label="Co je nového",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"Stačí dvě tři věty. {NO_CLIENTS}",
    )
    obstacle = forms.CharField(
        label="Co brání",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=f"Vyplňte, máte-li potíže. {NO_CLIENTS}",
    )
    next_step = forms.CharField(
        label="Další krok",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )
    link = forms.URLField(
        label="Odkaz",
        required=False,
        max_length=400,
        assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "off"}),
        help_text="Stránka, kde je o tom víc, třeba https://www.priklad.cz.",
    )
    role = forms.CharField(
        label="Kdo odpovídá",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Vaše role, třeba „koordinátorka služby“. Jméno nepište.",
        error_messages={"required": "Napište svou roli, třeba „koordinátorka služby“."},
    )

    def clean(self):
        said = super().clean()
        if said.get("happened") == AnswerKind.PROGRESS:
            self._require("note", "Napište, v čem se pokročilo: stačí jedna dvě věty.")
        if said.get("happened") == AnswerKind.TROUBLE:
            self._require("obstacle", "Napište, co brání.")
        return said

    def _require(self, name, sentence):
        if not self.cleaned_data.get(name) and not self.has_error(name):
            self.add_error(name, sentence)
