from django.conf import settings
from django.db import models
from django.utils import timezone

from common.models import AppendOnly
from measures.models.measure import Measure


class Reminder(AppendOnly):
    """One matter a person was reminded of; written only after the mail server took the mail.

    `subject` names the matter („hlaseni:2026-07-01“, „milnik:12“), `stage_date` the day of the
    schedule the reminder stands for, so no stage is sent twice.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders", verbose_name="komu"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="reminders", verbose_name="opatření"
    )
    subject = models.CharField("čeho se týká", max_length=40)
    stage_date = models.DateField("za který den")
    sent_at = models.DateTimeField("odesláno", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "připomínka"
        verbose_name_plural = "připomínky"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "measure", "subject", "stage_date"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tato připomínka už odešla.",
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.subject} {self.stage_date}"


class RefusedMail(models.Model):
    """An address the mail server would not take; it stands on the quality page until a later
    mail to it goes through."""

    address = models.EmailField("adresa", max_length=254, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        verbose_name="komu",
        null=True,
        blank=True,
    )
    reason = models.CharField("odpověď serveru", max_length=400)
    refused_at = models.DateTimeField("odmítnuto", default=timezone.now)

    class Meta:
        verbose_name = "odmítnutá adresa"
        verbose_name_plural = "odmítnuté adresy"

    def __str__(self):
        return self.address
