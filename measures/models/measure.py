from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.czech import search_key
from common.history import RecordHistory
from municipalities.models import Municipality
from strategy.models import Goal, Organisation, Strategy
from strategy.models.plan import PlanItem


class Territory(models.TextChoices):
    REGION = "region", "celý kraj"
    NAMED = "named", "vyjmenované obce"
    UNDETERMINED = "undetermined", "území neurčeno"


class MeasureQuerySet(models.QuerySet):
    def in_plan_order(self):
        return self.order_by("code_key", "pk")

    def monitored(self):
        return self.filter(strategy__is_monitored=True)


class MeasureManager(models.Manager.from_queryset(MeasureQuerySet)):
    def get_by_natural_key(self, slug, code):
        return self.get(strategy__slug=slug, code=code)


class Measure(PlanItem):
    """A measure (opatření) of a strategy, worded exactly as adopted."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="measures", verbose_name="strategie"
    )
    goals = models.ManyToManyField(Goal, related_name="measures", verbose_name="cíle", blank=True)
    is_cross_cutting = models.BooleanField("průřezové", default=False)
    partners = models.ManyToManyField(
        Organisation, related_name="partner_measures", verbose_name="spolupráce", blank=True
    )
    territory = models.CharField(
        "území", max_length=12, choices=Territory, default=Territory.UNDETERMINED
    )
    municipalities = models.ManyToManyField(
        Municipality, related_name="measures", verbose_name="obce", blank=True
    )
    search_key = models.TextField(editable=False)
    loaded_at = models.DateTimeField("vloženo", auto_now_add=True)

    objects = MeasureManager()
    history = RecordHistory(m2m_fields=[goals, partners, municipalities])

    class Meta:
        verbose_name = "opatření"
        verbose_name_plural = "opatření"
        indexes = [models.Index(fields=["strategy", "code_key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "code"],
                name="%(app_label)s_%(class)s_code",
                violation_error_message="Tento kód už ve strategii je.",
            ),
            models.CheckConstraint(
                condition=Q(territory__in=Territory.values),
                name="%(app_label)s_%(class)s_territory",
                violation_error_message="Neznámý druh území.",
            ),
        ]

    def save(self, *args, **kwargs):
        self.search_key = search_key(f"{self.name} {self.short_name}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("portal:measure_detail", args=[self.strategy.slug, self.code])


class Activity(models.Model):
    """An activity named by the strategy under a measure; it has no status of its own."""

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="activities", verbose_name="opatření"
    )
    order = models.PositiveSmallIntegerField("pořadí")
    text = models.TextField("text")
    text_printed = models.TextField(
        "text, jak byl vytištěn", blank=True, help_text="Jen pokud se od opraveného liší."
    )

    history = RecordHistory()

    class Meta:
        verbose_name = "aktivita"
        verbose_name_plural = "aktivity"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "order"],
                name="%(app_label)s_%(class)s_order",
                violation_error_message="Toto pořadí už je obsazené.",
            ),
        ]

    def __str__(self):
        return self.text[:80]
