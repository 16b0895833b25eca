from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from common.models import AppendOnly, AppendOnlyQuerySet
from indicators.models.indicator import Indicator
from municipalities.models import Municipality, Region

TWICE = "Pro toto území a období už hodnota je. Opravu zapište jako opravu té dřívější."
OTHER_SERIES = "Oprava patří ke stejnému ukazateli a území jako hodnota, kterou opravuje."


class Qualifier(models.TextChoices):
    EXACT = "exact", "přesně"
    AT_LEAST = "at_least", "nejméně"
    ESTIMATE = "estimate", "odhad"
    PROVISIONAL = "provisional", "předběžně"


class ObservationQuerySet(AppendOnlyQuerySet):
    def recorded(self, known):
        """Observations recorded before the moment `known`."""
        return self.filter(recorded_at__lt=known)

    def valid(self, known):
        """Observations recorded before `known` and not yet corrected by then."""
        corrections = Observation.objects.recorded(known).filter(corrects=OuterRef("pk"))
        return self.recorded(known).filter(~Exists(corrections))

    def for_page(self, indicator):
        """All values of an indicator that its page tells, in the order of time."""
        rows = self.filter(indicator=indicator).select_related("region", "municipality")
        return rows.in_time_order()

    def in_time_order(self):
        """The oldest period first; those without a period before all."""
        return self.order_by(F("period_end").asc(nulls_first=True), "recorded_at", "pk")


class Observation(AppendOnly):
    """A value found for a territory and a period; a correction is a new row naming the old one.

    Without a region and a municipality it speaks of the whole nation. A percentage may be kept as
    its numerator and denominator in place of the value.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name="ukazatel"
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="observations",
        verbose_name="kraj",
        null=True,
        blank=True,
        help_text="Bez kraje a obce platí hodnota pro celou republiku.",
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="observations",
        verbose_name="obec",
        null=True,
        blank=True,
    )
    period_start = models.DateField("období od", null=True, blank=True)
    period_end = models.DateField("období do", null=True, blank=True)
    period_text = models.CharField("období slovy zdroje", max_length=100, blank=True)
    value = models.DecimalField("hodnota", max_digits=16, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(
        "čitatel", max_digits=16, decimal_places=4, null=True, blank=True
    )
    denominator = models.DecimalField(
        "jmenovatel", max_digits=16, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField(
        "přesnost", max_length=12, choices=Qualifier, default=Qualifier.EXACT
    )
    is_uncertain = models.BooleanField("nejisté, do součtů nevstupuje", default=False)
    note = models.TextField("poznámka, u nejistého v čem je nejistota", blank=True)
    source = models.CharField("zdroj", max_length=400)
    recorded_at = models.DateTimeField("zapsáno", default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="zapsal",
        null=True,
        blank=True,
        editable=False,
    )
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="corrected_by",
        verbose_name="opravuje",
        null=True,
        blank=True,
    )
    series_key = models.CharField(max_length=100, editable=False)

    objects = models.Manager.from_queryset(ObservationQuerySet)()

    class Meta:
        verbose_name = "hodnota ukazatele"
        verbose_name_plural = "hodnoty ukazatelů"
        indexes = [models.Index(fields=["indicator", "period_end"])]
        constraints = [
            models.UniqueConstraint(
                # Territory and period may be empty, and empty ones never clash in a unique key.
                fields=["indicator", "series_key"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=Qualifier.values),
                name="%(app_label)s_%(class)s_qualifier",
                violation_error_message="Neznámá přesnost.",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(municipality__isnull=True),
                name="%(app_label)s_%(class)s_territory",
                violation_error_message="Hodnota platí pro kraj, nebo pro obec, ne pro obojí.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, numerator__isnull=True, denominator__isnull=True)
                | Q(
                    value__isnull=True,
                    numerator__isnull=False,
                    denominator__isnull=False,
                    denominator__gt=0,
                ),
                name="%(app_label)s_%(class)s_value",
                violation_error_message="Uveďte hodnotu, nebo čitatel se jmenovatelem nad nulou.",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__lte=F("denominator")),
                name="%(app_label)s_%(class)s_share",
                violation_error_message="Čitatel je větší než jmenovatel.",
            ),
            models.CheckConstraint(
                condition=Q(
                    period_start__isnull=False,
                    period_end__isnull=False,
                    period_end__gte=F("period_start"),
                )
                | Q(period_start__isnull=True, period_end__isnull=True, is_uncertain=True),
                name="%(app_label)s_%(class)s_period",
                violation_error_message=(
                    "Hodnota potřebuje období od a do; bez něj ji označte jako nejistou."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_uncertain=False) | ~Q(note=""),
                name="%(app_label)s_%(class)s_doubt",
                violation_error_message="U nejisté hodnoty napište, v čem je nejistota.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id}: {self.series_key}"

    def clean(self):
        self.set_keys()
        same = Observation.objects.filter(
            indicator_id=self.indicator_id, series_key=self.series_key
        )
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(TWICE)
        if self.corrects_id and not self._is_of_one_series_with(self.corrects):
            raise ValidationError({"corrects": OTHER_SERIES})

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    @property
    def amount(self):
        """The value, or the numerator as a percentage of the denominator."""
        if self.value is not None:
            return self.value
        return Decimal(100) * self.numerator / self.denominator

    @property
    def is_national(self):
        return self.region_id is None and self.municipality_id is None

    def set_keys(self):
        """Work out the stored key: what may be there only once, by territory and period.

        A correction names what it corrects, so it may repeat the territory and period.
        """
        place = f"{self.region_id or ''}/{self.municipality_id or ''}"
        period = f"{self.period_start or ''}/{self.period_end or ''}"
        self.series_key = f"{place}:{period}:{self.corrects_id or ''}"

    def _is_of_one_series_with(self, other):
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("indicator_id", "region_id", "municipality_id")
        )
