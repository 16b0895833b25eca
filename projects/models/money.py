from django.db import models
from django.db.models import Q

from common.history import RecordHistory
from projects.models.project import Project


class BudgetSource(models.TextChoices):
    TOTAL = "total", "celkem"
    EU = "eu", "Evropská unie"
    STATE = "state", "státní rozpočet"
    OWN = "own", "vlastní zdroje"


class BudgetStage(models.TextChoices):
    APPROVED = "approved", "schváleno"
    PAID = "paid", "vyplaceno"


class Currency(models.TextChoices):
    CZK = "CZK", "Kč"
    EUR = "EUR", "€"


class BudgetPart(models.Model):
    """An amount of a project's money in its own currency; currencies are never added together."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="budget_parts", verbose_name="projekt"
    )
    kind = models.CharField("zdroj peněz", max_length=5, choices=BudgetSource)
    stage = models.CharField("částka je", max_length=8, choices=BudgetStage)
    amount = models.DecimalField("částka", max_digits=15, decimal_places=2)
    currency = models.CharField("měna", max_length=3, choices=Currency, default=Currency.CZK)
    is_uncertain = models.BooleanField("nejisté, do součtů nevstupuje", default=False)
    note = models.CharField("poznámka", max_length=300, blank=True)
    source = models.CharField("odkud částka je", max_length=400, blank=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "část rozpočtu"
        verbose_name_plural = "části rozpočtu"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "stage", "currency"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Taková částka už u projektu je.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BudgetSource.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý zdroj peněz.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=BudgetStage.values),
                name="%(app_label)s_%(class)s_stage",
                violation_error_message="Částka je schválená, nebo vyplacená.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="%(app_label)s_%(class)s_amount",
                violation_error_message="Částka nemůže být záporná.",
            ),
            models.CheckConstraint(
                condition=Q(currency__in=Currency.values),
                name="%(app_label)s_%(class)s_currency",
                violation_error_message="Neznámá měna.",
            ),
            models.CheckConstraint(
                condition=Q(is_uncertain=False) | ~Q(note=""),
                name="%(app_label)s_%(class)s_doubt",
                violation_error_message="U nejisté částky napište, v čem je nejistota.",
            ),
        ]

    def __str__(self):
        return f"{self.amount} {self.currency}"
