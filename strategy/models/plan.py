from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common.czech import code_key
from common.history import RecordHistory
from municipalities.models import Component, Region

SHORT_NAME_LENGTH = 38


class Precision(models.TextChoices):
    DAY = "day", "na den"
    MONTH = "month", "na měsíc"


class StrategyManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Strategy(models.Model):
    """A region's strategy of social inclusion, worded exactly as adopted."""

    slug = models.SlugField("zkratka v adrese", max_length=20, unique=True)
    title = models.CharField("název", max_length=200)
    short_name = models.CharField("krátký název", max_length=SHORT_NAME_LENGTH)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="strategies", verbose_name="kraj"
    )
    adopted_by = models.CharField("schválil orgán", max_length=200, blank=True)
    adopted_on = models.DateField("schváleno", null=True, blank=True)
    adopted_precision = models.CharField(
        "den schválení známe", max_length=5, choices=Precision, default=Precision.DAY
    )
    adopted_source = models.CharField("odkud víme o schválení", max_length=400, blank=True)
    valid_from = models.DateField("platí od", null=True, blank=True)
    valid_to = models.DateField("platí do", null=True, blank=True)
    is_monitored = models.BooleanField("sleduje se zde", default=True)
    cycle_months = models.PositiveSmallIntegerField("délka cyklu hlášení v měsících", default=3)
    needs_approval = models.BooleanField("zveřejnění schvaluje druhá osoba", default=False)
    source = models.CharField("zdroj textu", max_length=300, blank=True)
    loaded_at = models.DateTimeField("vloženo", auto_now_add=True)

    objects = StrategyManager()
    history = RecordHistory()

    class Meta:
        verbose_name = "strategie"
        verbose_name_plural = "strategie"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="%(app_label)s_%(class)s_validity",
                violation_error_message="Platnost končí dřív, než začíná.",
            ),
            models.CheckConstraint(
                # A cycle fits a whole number of times into a year, so it starts on known days.
                condition=Q(cycle_months__in=[1, 2, 3, 4, 6, 12]),
                name="%(app_label)s_%(class)s_cycle",
                violation_error_message="Cyklus má 1, 2, 3, 4, 6 nebo 12 měsíců.",
            ),
            models.CheckConstraint(
                condition=Q(adopted_precision__in=Precision.values),
                name="%(app_label)s_%(class)s_precision",
                violation_error_message="Přesnost data je den, nebo měsíc.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("portal:strategy_detail", args=[self.slug])

    def natural_key(self):
        return (self.slug,)


class ByStrategyAndCode(models.Manager):
    def get_by_natural_key(self, slug, code):
        return self.get(strategy__slug=slug, code=code)


class PlanItem(models.Model):
    """What a priority and a goal share: a code as printed, the adopted wording, a short name."""

    code = models.CharField("kód", max_length=20)
    code_key = models.CharField(max_length=150, editable=False)
    name = models.TextField("název")
    name_printed = models.TextField(
        "název, jak byl vytištěn", blank=True, help_text="Jen pokud se od opraveného liší."
    )
    short_name = models.CharField(
        "krátký název",
        max_length=SHORT_NAME_LENGTH,
        help_text="Naše znění pro dlaždice a tabulky, nejvýš 38 znaků.",
    )
    note = models.TextField("poznámka k textu", blank=True)

    objects = ByStrategyAndCode()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.code} {self.short_name}"

    def save(self, *args, **kwargs):
        self.code_key = code_key(self.code)
        super().save(*args, **kwargs)

    def natural_key(self):
        return (self.strategy.slug, self.code)


class Tier(models.TextChoices):
    A = "A", "A"
    B = "B", "B"


class Priority(PlanItem):
    """A priority of a strategy."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="priorities", verbose_name="strategie"
    )
    motto = models.CharField("motto", max_length=200, blank=True)
    summary = models.TextField("shrnutí", blank=True)
    tier = models.CharField("stupeň", max_length=1, choices=Tier, blank=True)
    is_tier_inferred = models.BooleanField("stupeň je odvozen, v textu není", default=False)
    prerequisites = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="built_on_by",
        verbose_name="staví na prioritách",
        blank=True,
    )
    index_component = models.CharField(
        "odpovídá složce indexu", max_length=20, choices=Component, blank=True
    )

    history = RecordHistory(m2m_fields=[prerequisites])

    class Meta:
        verbose_name = "priorita"
        verbose_name_plural = "priority"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "code"],
                name="%(app_label)s_%(class)s_code",
                violation_error_message="Tento kód už ve strategii je.",
            ),
            models.CheckConstraint(
                condition=Q(tier__in=["", *Tier.values]),
                name="%(app_label)s_%(class)s_tier",
                violation_error_message="Stupeň je A, nebo B.",
            ),
            models.CheckConstraint(
                condition=Q(index_component__in=["", *Component.values]),
                name="%(app_label)s_%(class)s_component",
                violation_error_message="Neznámá složka indexu.",
            ),
        ]


class Goal(PlanItem):
    """A goal of a strategy; it belongs to one priority."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="goals", verbose_name="strategie"
    )
    priority = models.ForeignKey(
        Priority, models.PROTECT, related_name="goals", verbose_name="priorita"
    )

    history = RecordHistory()

    class Meta:
        verbose_name = "cíl"
        verbose_name_plural = "cíle"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "code"],
                name="%(app_label)s_%(class)s_code",
                violation_error_message="Tento kód už ve strategii je.",
            ),
        ]

    def clean(self):
        if self.priority_id and self.strategy_id != self.priority.strategy_id:
            raise ValidationError({"priority": "Priorita patří jiné strategii."})
