from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from common.czech import search_key, sort_key
from common.history import RecordHistory
from common.units import HELP, validate_unit
from measures.models import Measure
from municipalities.models import Region
from strategy.models import Goal, Priority, Strategy


class Direction(models.TextChoices):
    UP = "up", "má růst"
    DOWN = "down", "má klesat"
    MAINTAIN = "maintain", "má se udržet"
    UNKNOWN = "unknown", "směr dokument neurčuje"


class Accumulation(models.TextChoices):
    SUM = "sum", "hodnoty za období se sčítají"
    CUMULATIVE = "cumulative", "hodnota je narůstající součet"
    LATEST = "latest", "platí poslední hodnota"


class Counted(models.TextChoices):
    """What a figure counts; persons and supports given to them are never mixed."""

    PERSONS = "persons", "osoby"
    SUPPORTS = "supports", "podpory a dávky"
    HOUSEHOLDS = "households", "domácnosti"
    MUNICIPALITIES = "municipalities", "obce"
    OTHER = "other", "jiné"


class IndicatorQuerySet(models.QuerySet):
    def for_list(self):
        return self.in_list_order().prefetch_related(_targets())

    def in_list_order(self):
        """With their regions and strategies, in the order of lists."""
        rows = self.select_related("region", "strategy")
        return rows.order_by("region__sort_key", "order", "sort_key", "pk")

    def regions(self):
        """The (code, name) of each region that has an indicator."""
        pairs = self.order_by("region__sort_key", "region__code")
        return list(pairs.values_list("region__code", "region__name").distinct())

    def for_page(self):
        """What the page of an indicator shows, without a query for each link."""
        return self.select_related("region", "strategy").prefetch_related(
            *(
                Prefetch(name, model.objects.select_related("strategy").order_by("code_key", "pk"))
                for name, model in (("priorities", Priority), ("goals", Goal))
            ),
            Prefetch("measures", Measure.objects.select_related("strategy").in_plan_order()),
            _targets(),
        )

    def for_strategy(self, strategy):
        return self.filter(strategy=strategy)

    def for_priority(self, priority):
        """Indicators linked to a priority itself or to one of its goals."""
        linked = Indicator.objects.filter(Q(priorities=priority) | Q(goals__priority=priority))
        return self.filter(pk__in=linked.values("pk"))

    def for_measure(self, measure):
        return self.filter(measures=measure)

    def for_municipality(self, municipality):
        """Indicators that have a value for a municipality itself."""
        observed = municipality.observations.values("indicator")
        return self.filter(pk__in=observed)


def _targets():
    return Prefetch("targets", Target.objects.order_by("due_date"))


class IndicatorManager(models.Manager.from_queryset(IndicatorQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Indicator(models.Model):
    """A measured quantity with its definition sheet; what is not known of it stays unknown."""

    slug = models.SlugField("zkratka v adrese", max_length=80, unique=True)
    name = models.CharField("název", max_length=200)
    definition = models.TextField("definice", blank=True)
    unit = models.CharField("jednotka", max_length=80, help_text=HELP, validators=[validate_unit])
    decimals = models.PositiveSmallIntegerField("desetinná místa", default=0)
    counted = models.CharField("co se počítá", max_length=16, choices=Counted)
    direction = models.CharField("směr", max_length=8, choices=Direction, default=Direction.UNKNOWN)
    tolerance = models.DecimalField(
        "tolerance", max_digits=14, decimal_places=4, null=True, blank=True
    )
    accumulation = models.CharField(
        "skládání hodnot", max_length=10, choices=Accumulation, default=Accumulation.LATEST
    )
    base_value = models.DecimalField(
        "výchozí hodnota", max_digits=16, decimal_places=4, null=True, blank=True
    )
    base_date = models.DateField("výchozí den", null=True, blank=True)
    source = models.CharField("odkud ukazatel je", max_length=400, blank=True)
    source_url = models.URLField("adresa zdroje", max_length=400, blank=True)
    periodicity_months = models.PositiveSmallIntegerField(
        "vychází po měsících", null=True, blank=True
    )
    next_release_date = models.DateField("příští hodnota vyjde", null=True, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="indicators", verbose_name="kraj"
    )
    strategy = models.ForeignKey(
        Strategy,
        models.PROTECT,
        related_name="indicators",
        verbose_name="strategie",
        null=True,
        blank=True,
    )
    priorities = models.ManyToManyField(
        Priority, related_name="indicators", verbose_name="priority", blank=True
    )
    goals = models.ManyToManyField(Goal, related_name="indicators", verbose_name="cíle", blank=True)
    measures = models.ManyToManyField(
        Measure, related_name="indicators", verbose_name="opatření", blank=True
    )
    links_note = models.CharField("k zařazení", max_length=300, blank=True)
    group = models.CharField("skupina", max_length=120)
    order = models.PositiveSmallIntegerField("pořadí v kraji", default=0)
    note = models.TextField("poznámka", blank=True)
    sort_key = models.CharField(max_length=1250, editable=False)
    search_key = models.CharField(max_length=220, editable=False)

    objects = IndicatorManager()
    history = RecordHistory(m2m_fields=[priorities, goals, measures])

    class Meta:
        verbose_name = "ukazatel"
        verbose_name_plural = "ukazatele"
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values),
                name="%(app_label)s_%(class)s_direction",
                violation_error_message="Neznámý směr.",
            ),
            models.CheckConstraint(
                condition=Q(accumulation__in=Accumulation.values),
                name="%(app_label)s_%(class)s_accumulation",
                violation_error_message="Neznámé skládání hodnot.",
            ),
            models.CheckConstraint(
                condition=Q(counted__in=Counted.values),
                name="%(app_label)s_%(class)s_counted",
                violation_error_message="Neznámé, co se počítá.",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=4),
                name="%(app_label)s_%(class)s_decimals",
                violation_error_message="Hodnoty mají nejvýš 4 desetinná místa.",
            ),
            models.CheckConstraint(
                condition=Q(base_value__isnull=True, base_date__isnull=True)
                | Q(base_value__isnull=False, base_date__isnull=False),
                name="%(app_label)s_%(class)s_base_dated",
                violation_error_message="Výchozí hodnota a její den patří k sobě.",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0),
                name="%(app_label)s_%(class)s_tolerance",
                violation_error_message="Tolerance nemůže být záporná.",
            ),
            models.CheckConstraint(
                condition=Q(periodicity_months__isnull=True) | Q(periodicity_months__gte=1),
                name="%(app_label)s_%(class)s_periodicity",
                violation_error_message="Hodnota vychází nejčastěji jednou za měsíc.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("indicators:indicator_detail", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    def set_keys(self):
        """Work out the stored keys from the name; for whoever writes many rows at once."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.name)


class Target(models.Model):
    """The value an indicator should have by a day."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="targets", verbose_name="ukazatel"
    )
    due_date = models.DateField("ke dni")
    value = models.DecimalField("hodnota", max_digits=16, decimal_places=4)
    source = models.CharField("odkud cíl je", max_length=300, blank=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "cíl ukazatele"
        verbose_name_plural = "cíle ukazatele"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "due_date"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="K tomuto dni už cíl je.",
            ),
        ]

    def __str__(self):
        return f"{self.value} do {self.due_date}"
