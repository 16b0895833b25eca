from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from measures.models.measure import Measure
from strategy.models import Organisation


class PartnerRequest(models.Model):
    """A question to a partner organisation, answered over a signed link without an account.

    Only the digest of the link is kept. The answer becomes a draft of the owner.
    """

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="partner_requests", verbose_name="opatření"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="partner_requests",
        verbose_name="organizace",
    )
    email = models.EmailField("adresa, na kterou se ptáme", max_length=254)
    question = models.TextField("na co se ptáme", blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ptá se"
    )
    asked_at = models.DateTimeField("zeptali jsme se", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("odkaz platí do")
    digest = models.CharField("otisk odkazu", max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField("odesláno", null=True, blank=True)
    answered_at = models.DateTimeField("odpověď přišla", null=True, blank=True)
    answer = models.JSONField("odpověď", default=dict, blank=True)
    drafted_at = models.DateTimeField("převzato do konceptu", null=True, blank=True)
    withdrawn_at = models.DateTimeField("vzato zpět", null=True, blank=True)

    class Meta:
        verbose_name = "dotaz partnerovi"
        verbose_name_plural = "dotazy partnerům"
        indexes = [models.Index(fields=["measure", "-asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("asked_at")),
                name="%(app_label)s_%(class)s_expiry",
                violation_error_message="Odkaz by vypršel dřív, než vznikne.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(answered_at__isnull=True),
                name="%(app_label)s_%(class)s_withdrawn",
                violation_error_message="Dotaz, na který přišla odpověď, zpět vzít nejde.",
            ),
            models.CheckConstraint(
                condition=Q(drafted_at__isnull=True) | Q(answered_at__isnull=False),
                name="%(app_label)s_%(class)s_drafted",
                violation_error_message="Do konceptu lze převzít až odpověď.",
            ),
        ]

    def __str__(self):
        return f"dotaz k opatření {self.measure_id}"

    def mark_sent(self, moment):
        """Record that the mail server accepted the question."""
        self.sent_at = moment
        self.save(update_fields=["sent_at"])

    def withdraw(self, moment):
        """Make the link dead."""
        self.withdrawn_at = moment
        self.save(update_fields=["withdrawn_at"])

    def keep_answer(self, answer, moment):
        """Keep what was answered; the link is used up."""
        self.answer, self.answered_at = answer, moment
        self.save(update_fields=["answer", "answered_at"])

    def mark_drafted(self, moment):
        """Record that the answer went into a draft."""
        self.drafted_at = moment
        self.save(update_fields=["drafted_at"])
