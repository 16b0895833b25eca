from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords


class ErrorState(models.TextChoices):
    OPEN = "open", "čeká na vyřízení"
    CLOSED = "closed", "vyřízeno"


class ErrorReport(models.Model):
    """What a reader says is wrong on a page, and what was done about it.

    The reader's words and address stay with the staff; public is only `correction`, our own
    sentence about what was mended, if there is one.
    """

    page = models.CharField("stránka", max_length=400, blank=True)
    text = models.TextField("co je špatně")
    email = models.EmailField("kam odpovědět", max_length=254, blank=True)
    reported_at = models.DateTimeField("nahlášeno", default=timezone.now, editable=False)
    state = models.CharField("stav", max_length=6, choices=ErrorState, default=ErrorState.OPEN)
    answer = models.TextField("odpověď", blank=True)
    answered_at = models.DateTimeField("odpovězeno", null=True, blank=True)
    correction = models.TextField("co jsme opravili (veřejné)", blank=True)
    closed_at = models.DateTimeField("vyřízeno", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="closed_errors",
        verbose_name="vyřídil",
        null=True,
        blank=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "nahlášená chyba"
        verbose_name_plural = "nahlášené chyby"
        indexes = [models.Index(fields=["state", "-reported_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ErrorState.values),
                name="%(app_label)s_%(class)s_state",
                violation_error_message="Neznámý stav.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="%(app_label)s_%(class)s_text",
                violation_error_message="Napište, co je špatně.",
            ),
            models.CheckConstraint(
                condition=Q(state=ErrorState.OPEN, closed_at__isnull=True)
                | Q(state=ErrorState.CLOSED, closed_at__isnull=False),
                name="%(app_label)s_%(class)s_closed",
                violation_error_message="Vyřízená chyba má svůj den, otevřená ne.",
            ),
        ]

    def __str__(self):
        return f"chyba {self.pk} na {self.page}"
