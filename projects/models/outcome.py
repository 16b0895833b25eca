from django.db import models
from django.db.models import F, Q

from common.history import RecordHistory
from common.units import HELP, validate_unit
from projects.models.project import Project


class OutcomeQualifier(models.TextChoices):
    EXACT = "exact", "přesně"
    APPROXIMATE = "approximate", "přibližně"
    AT_LEAST = "at_least", "nejméně"


class OutcomeCounted(models.TextChoices):
    """What a figure counts; persons and supports given to them are never mixed."""

    PERSONS = "persons", "osoby"
    SUPPORTS = "supports", "podpory"
    NEEDS = "needs", "potřeby"
    COOPERATIONS = "cooperations", "spolupráce s lidmi"
    PLACES = "places", "místa"
    OTHER = "other", "jiné"


class Outcome(models.Model):
    """A result of a project as its source tells it: a figure with unit, meaning, doubt."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="outcomes", verbose_name="projekt"
    )
    key = models.SlugField("klíč", max_length=60)
    order = models.PositiveSmallIntegerField("pořadí")
    value = models.DecimalField("hodnota", max_digits=14, decimal_places=2, null=True, blank=True)
    value_to = models.DecimalField(
        "hodnota do", max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(
        "jednotka", max_length=80, blank=True, help_text=HELP, validators=[validate_unit]
    )
    qualifier = models.CharField(
        "přesnost", max_length=12, choices=OutcomeQualifier, default=OutcomeQualifier.EXACT
    )
    words = models.CharField(
        "slovy zdroje", max_length=60, blank=True, help_text="Například „čtvrtina“."
    )
    counted = models.CharField("co se počítá", max_length=12, choices=OutcomeCounted)
    text = models.TextField("co číslo říká")
    period_text = models.CharField("za jaké období", max_length=200, blank=True)
    is_uncertain = models.BooleanField("nejisté, do součtů nevstupuje", default=False)
    note = models.TextField("poznámka, u nejistého v čem je nejistota", blank=True)
    source = models.CharField("zdroj", max_length=400, blank=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "výsledek projektu"
        verbose_name_plural = "výsledky projektů"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "key"],
                name="%(app_label)s_%(class)s_key",
                violation_error_message="Výsledek s tímto klíčem už u projektu je.",
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=OutcomeQualifier.values),
                name="%(app_label)s_%(class)s_qualifier",
                violation_error_message="Neznámá přesnost.",
            ),
            models.CheckConstraint(
                condition=Q(counted__in=OutcomeCounted.values),
                name="%(app_label)s_%(class)s_counted",
                violation_error_message="Neznámé, co se počítá.",
            ),
            models.CheckConstraint(
                condition=Q(is_uncertain=False) | ~Q(note=""),
                name="%(app_label)s_%(class)s_doubt",
                violation_error_message="U nejistého čísla napište, v čem je nejistota.",
            ),
            models.CheckConstraint(
                condition=Q(value_to__isnull=True)
                | Q(value__isnull=False, value_to__gte=F("value")),
                name="%(app_label)s_%(class)s_range",
                violation_error_message="Rozmezí začíná známou hodnotou a nekončí níž.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(unit=""),
                name="%(app_label)s_%(class)s_unit",
                violation_error_message="K hodnotě patří jednotka.",
            ),
        ]

    def __str__(self):
        return self.text[:80]
