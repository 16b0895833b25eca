from django.db import models

from common.history import RecordHistory
from strategy.models.plan import Precision, Strategy


class StrategyText(models.Model):
    """A passage of the adopted strategy, quoted with its source."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="texts", verbose_name="strategie"
    )
    key = models.SlugField("klíč", max_length=40)
    heading = models.CharField("nadpis", max_length=200, blank=True)
    text = models.TextField("text")
    source = models.CharField("zdroj", max_length=300)
    note = models.TextField("poznámka", blank=True)
    order = models.PositiveSmallIntegerField("pořadí")

    history = RecordHistory()

    class Meta:
        verbose_name = "text strategie"
        verbose_name_plural = "texty strategie"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "key"],
                name="%(app_label)s_%(class)s_key",
                violation_error_message="Záznam s tímto klíčem už existuje.",
            ),
        ]

    def __str__(self):
        return self.heading or self.key


class RelatedDocument(models.Model):
    """A document a strategy builds on or is carried out by."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="documents", verbose_name="strategie"
    )
    title = models.CharField("název", max_length=300)
    note = models.TextField("k čemu slouží", blank=True)
    url = models.URLField("adresa", max_length=400, blank=True)
    dated_on = models.DateField("ze dne", null=True, blank=True)
    dated_precision = models.CharField(
        "den známe", max_length=5, choices=Precision, default=Precision.DAY
    )
    source = models.CharField("zdroj", max_length=300)
    order = models.PositiveSmallIntegerField("pořadí")

    history = RecordHistory()

    class Meta:
        verbose_name = "související dokument"
        verbose_name_plural = "související dokumenty"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "title"],
                name="%(app_label)s_%(class)s_title",
                violation_error_message="Dokument s tímto názvem už u strategie je.",
            ),
        ]

    def __str__(self):
        return self.title


class Correction(models.Model):
    """A place where the printed wording was corrected; both wordings stay readable."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="corrections", verbose_name="strategie"
    )
    place = models.CharField("místo", max_length=200)
    printed = models.CharField("vytištěno", max_length=300)
    corrected = models.CharField("opraveno", max_length=300)
    reason = models.CharField("důvod", max_length=300)
    source = models.CharField("kde", max_length=200)
    order = models.PositiveSmallIntegerField("pořadí")

    history = RecordHistory()

    class Meta:
        verbose_name = "oprava textu"
        verbose_name_plural = "opravy textu"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "place", "printed"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
        ]

    def __str__(self):
        return self.place
