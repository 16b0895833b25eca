from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from common.history import RecordHistory


class ErrorState(models.TextChoices):
    OPEN = "open", "čeká na vyřízení"
    CLOSED = "closed", "vyřízeno"


class ErrorReportQuerySet(models.QuerySet):
    def open_first(self):
        """What waits stands first, then by the day, the newest first."""
        return self.order_by("-state", "-reported_at", "-pk")

    def open(self):
        return self.filter(state=ErrorState.OPEN)

    def corrected(self):
        """Those that made us mend something and say so in public, the newest first."""
        mended = self.filter(state=ErrorState.CLOSED).exclude(correction="")
        return mended.order_by("-closed_at", "-pk")

    def with_address_kept_since(self, moment):
        """Those with a reader's address that were closed before a moment."""
        return self.filter(state=ErrorState.CLOSED, closed_at__lt=moment).exclude(email="")


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

    # An address is nobody's to keep: it is erased, and history would keep it.
    history = RecordHistory(excluded_fields=["email"])
    objects = ErrorReportQuerySet.as_manager()

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
                condition=Q(~Q(state=ErrorState.CLOSED), closed_at__isnull=True)
                | Q(state=ErrorState.CLOSED, closed_at__isnull=False),
                name="%(app_label)s_%(class)s_closed",
                violation_error_message="Vyřízená chyba má svůj den, otevřená ne.",
            ),
        ]

    def __str__(self):
        return f"nahlášená chyba č. {self.pk}"

    def get_absolute_url(self):
        return reverse("portal:error_detail", args=[self.pk])

    @property
    def is_open(self):
        return self.state == ErrorState.OPEN

    @property
    def is_answerable(self):
        """Whether an answer can still go out: there is an address and none went yet."""
        return bool(self.email) and self.answered_at is None

    def mark_answered(self, moment):
        """Keep that the mail server took the answer over."""
        self.answered_at = moment
        self.save(update_fields=["answered_at"])

    def close(self, *, by, correction, moment):
        """Note that all is done, with what the public may read of it, if anything; of a closed
        report only that sentence changes."""
        self.correction = correction
        if self.is_open:
            self.state, self.closed_at, self.closed_by = ErrorState.CLOSED, moment, by
        self.save()

    def reopen(self):
        """Take a closed report up again; its public sentence is no longer shown."""
        self.state, self.closed_at, self.closed_by = ErrorState.OPEN, None, None
        self.save()

    def forget_address(self):
        """Erase the reader's address: there is nothing to answer any more."""
        self.email = ""
        self.save(update_fields=["email"])
