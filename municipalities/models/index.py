from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from common.history import RecordHistory
from municipalities.models.territory import Municipality, Region

MASKED_BELOW = 5
"""Counts of people above zero and below this are withheld in everything public."""


class IndexBand(models.Model):
    """A band of the index; it holds the values from its lower bound up to the next band's."""

    lower = models.PositiveSmallIntegerField(
        "od bodů", unique=True, error_messages={"unique": "Pásmo s touto dolní mezí už existuje."}
    )
    name = models.CharField("název", max_length=60)
    sentence = models.TextField("co hodnota znamená")

    history = RecordHistory()

    class Meta:
        verbose_name = "pásmo indexu"
        verbose_name_plural = "pásma indexu"
        constraints = [
            models.CheckConstraint(
                condition=Q(lower__lte=30),
                name="%(app_label)s_%(class)s_lower",
                violation_error_message="Index má hodnoty 0–30.",
            ),
        ]

    def __str__(self):
        return self.name


class IndexEdition(models.Model):
    """One yearly edition of the index as published by Agentura pro sociální začleňování."""

    year = models.PositiveSmallIntegerField("rok", unique=True)
    source = models.CharField("zdroj", max_length=300)
    file_name = models.CharField("soubor", max_length=200, blank=True)
    sha256 = models.CharField("otisk souboru", max_length=64, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="imported_editions",
        verbose_name="načetl",
        null=True,
        blank=True,
    )
    imported_at = models.DateTimeField("načteno", auto_now_add=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "vydání indexu"
        verbose_name_plural = "vydání indexu"
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="%(app_label)s_%(class)s_year",
                violation_error_message="Rok vydání je mimo rozsah 2000–2100.",
            ),
        ]

    def __str__(self):
        return f"Index {self.year}"


class Component(models.TextChoices):
    """The five things the index is made of; their points are not published."""

    EXECUTION = "execution", "osoby v exekuci"
    HOUSING_BENEFIT = "housing_benefit", "příjemci příspěvku na bydlení"
    SUBSISTENCE_BENEFIT = "subsistence_benefit", "příjemci příspěvku na živobytí"
    UNEMPLOYED_6M = "unemployed_6m", "uchazeči o zaměstnání déle než 6 měsíců"
    EARLY_LEAVERS = "early_leavers", "předčasné odchody ze vzdělávání"


class ComponentShareQuerySet(models.QuerySet):
    def public(self):
        """Leave out the share of a region in which one municipality alone is masked: its count
        could be had back from the total. Two hide each other. No further query."""
        masked = ComponentValue.objects.filter(
            entry__edition=OuterRef("edition"),
            entry__municipality__region=OuterRef("region"),
            entry__municipality__in=Municipality.objects.counted(),
            component=OuterRef("component"),
            state=ValueState.MASKED,
        )
        number = masked.order_by().values("component").annotate(number=Count("pk"))
        masked = Coalesce(Subquery(number.values("number")), 0)
        return self.alias(masked=masked).exclude(region__isnull=False, masked=1)


class ComponentShare(models.Model):
    """The share of a component in the whole nation or a region, kept with the edition."""

    edition = models.ForeignKey(
        IndexEdition, models.CASCADE, related_name="shares", verbose_name="vydání"
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="component_shares",
        verbose_name="kraj",
        null=True,
        blank=True,
        help_text="Prázdné znamená celou republiku.",
    )
    component = models.CharField("složka", max_length=20, choices=Component)
    share = models.DecimalField("podíl v %", max_digits=7, decimal_places=4)
    percentile_90 = models.DecimalField(
        "90. percentil obcí v %",
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Jen za celou republiku: od tohoto podílu je potřeba vysoká.",
    )

    objects = ComponentShareQuerySet.as_manager()
    history = RecordHistory()

    class Meta:
        verbose_name = "podíl složky"
        verbose_name_plural = "podíly složek"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "region", "component"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
            models.UniqueConstraint(
                fields=["edition", "component"],
                condition=Q(region__isnull=True),
                name="%(app_label)s_%(class)s_once_nation",
                violation_error_message="Údaj za celou republiku už je zapsán.",
            ),
            models.CheckConstraint(
                condition=Q(component__in=Component.values),
                name="%(app_label)s_%(class)s_component",
                violation_error_message="Neznámá složka indexu.",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=100),
                name="%(app_label)s_%(class)s_share",
                violation_error_message="Podíl je mezi 0 a 100 %%.",
            ),
        ]

    def __str__(self):
        return f"{self.get_component_display()} {self.share} %"


class IndexEntryQuerySet(models.QuerySet):
    def counted(self):
        """Leave out military areas, which have a value in the file but no inhabitants."""
        return self.filter(municipality__in=Municipality.objects.counted())


class IndexEntry(models.Model):
    """The index of one municipality in one edition: imported, never computed."""

    edition = models.ForeignKey(
        IndexEdition,
        models.CASCADE,
        related_name="entries",
        verbose_name="vydání",
        db_index=False,  # found by the constraint that begins with it
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="index_entries", verbose_name="obec"
    )
    value = models.PositiveSmallIntegerField("index")
    has_own_school = models.BooleanField("má školu s běžnými třídami", null=True, blank=True)

    objects = models.Manager.from_queryset(IndexEntryQuerySet)()
    history = RecordHistory(searched_by=[])

    class Meta:
        verbose_name = "hodnota indexu"
        verbose_name_plural = "hodnoty indexu"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "municipality"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Obec už v tomto vydání hodnotu má.",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=30),
                name="%(app_label)s_%(class)s_value",
                violation_error_message="Index má hodnoty 0–30.",
            ),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.value}"


class ValueState(models.TextChoices):
    KNOWN = "known", "známá"
    MASKED = "masked", "méně než 5"
    BORROWED = "borrowed", "převzatá"
    UNKNOWN = "unknown", "neznámá"


class ComponentValue(models.Model):
    """One component in one municipality; each number may be unknown, and unknown is never zero."""

    entry = models.ForeignKey(
        IndexEntry,
        models.CASCADE,
        related_name="components",
        verbose_name="hodnota indexu",
        db_index=False,  # found by the constraint that begins with it
    )
    component = models.CharField("složka", max_length=20, choices=Component)
    state = models.CharField("údaj je", max_length=10, choices=ValueState)
    count = models.DecimalField("počet", max_digits=12, decimal_places=4, null=True, blank=True)
    base = models.DecimalField("základ", max_digits=12, decimal_places=2, null=True, blank=True)
    share = models.DecimalField("podíl v %", max_digits=7, decimal_places=4, null=True, blank=True)
    quotient = models.DecimalField(
        "zveřejněný lokalizační kvocient", max_digits=9, decimal_places=4, null=True, blank=True
    )

    history = RecordHistory(searched_by=["entry"])

    class Meta:
        verbose_name = "složka indexu"
        verbose_name_plural = "složky indexu"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "component"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
            models.CheckConstraint(
                condition=Q(component__in=Component.values),
                name="%(app_label)s_%(class)s_component",
                violation_error_message="Neznámá složka indexu.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ValueState.values),
                name="%(app_label)s_%(class)s_state",
                violation_error_message="Neznámý stav.",
            ),
            models.CheckConstraint(
                # A count of one to four people is masked; it may not pass for a known value.
                condition=~Q(state=ValueState.KNOWN) | Q(count=0) | Q(count__gte=MASKED_BELOW),
                name="%(app_label)s_%(class)s_known",
                violation_error_message="Počet 1–4 musí být označen jako „méně než 5“.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ValueState.MASKED)
                | Q(count__isnull=True)
                | Q(count__gt=0, count__lt=MASKED_BELOW),
                name="%(app_label)s_%(class)s_masked",
                violation_error_message="Skrývá se jen počet větší než 0 a menší než 5.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ValueState.BORROWED, ValueState.UNKNOWN])
                | Q(count__isnull=True, share__isnull=True, quotient__isnull=True),
                name="%(app_label)s_%(class)s_no_number",
                violation_error_message="Převzatý nebo neznámý údaj nemá číslo.",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100),
                name="%(app_label)s_%(class)s_share",
                violation_error_message="Podíl je mezi 0 a 100 %%.",
            ),
        ]

    def __str__(self):
        return f"{self.get_component_display()}: {self.get_state_display()}"


class BandCount(models.Model):
    """A published number of municipalities in a band, for years without entries of our own."""

    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="band_counts",
        verbose_name="kraj",
        null=True,
        blank=True,
        help_text="Prázdné znamená celou republiku.",
    )
    year = models.PositiveSmallIntegerField("rok")
    band = models.ForeignKey(
        IndexBand, models.PROTECT, related_name="published_counts", verbose_name="pásmo"
    )
    count = models.PositiveIntegerField("počet obcí")
    source = models.CharField("zdroj", max_length=300)
    note = models.CharField("poznámka", max_length=300, blank=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "zveřejněný počet obcí v pásmu"
        verbose_name_plural = "zveřejněné počty obcí v pásmech"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "band"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
            models.UniqueConstraint(
                fields=["year", "band"],
                condition=Q(region__isnull=True),
                name="%(app_label)s_%(class)s_once_nation",
                violation_error_message="Údaj za celou republiku už je zapsán.",
            ),
        ]

    def __str__(self):
        return f"{self.year} {self.band}: {self.count}"
