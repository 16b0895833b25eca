from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from common.czech import search_key, sort_key
from common.history import RecordHistory

HOME_REGION = "CZ041"
"""The region whose portal this is: shown where none is chosen, not named beside its places."""


class ByCode(models.Manager):
    """Finds a place by its code: names repeat, there are two Chodov and two Březová."""

    def get_by_natural_key(self, code):
        return self.get(code=code)


class Place(models.Model):
    """What every territorial unit has: a code, a name and the keys it is sorted and found by."""

    code = models.CharField("kód", max_length=10, unique=True)
    name = models.CharField("název", max_length=100)
    sort_key = models.CharField(max_length=650, editable=False)
    search_key = models.CharField(max_length=100, editable=False)

    objects = ByCode()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def natural_key(self):
        return (self.code,)

    @property
    def slug(self):
        """The name as addresses have it: „marianske-lazne“."""
        return slugify(self.search_key)

    def set_keys(self):
        """Work out the stored keys from the name; for whoever writes many rows at once."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.name)


class Region(Place):
    """A self-governing region (kraj), LAU code such as CZ041."""

    name_genitive = models.CharField("název ve 2. pádě", max_length=100, blank=True)
    name_locative = models.CharField("název v 6. pádě", max_length=100, blank=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "kraj"
        verbose_name_plural = "kraje"

    def get_absolute_url(self):
        return reverse("municipalities:region_detail") + self.query

    @property
    def is_home(self):
        return self.code == HOME_REGION

    @property
    def list_url(self):
        """The address of the map and the list of its municipalities."""
        return reverse("municipalities:municipality_list") + self.query

    @property
    def query(self):
        """What chooses the region in an address; nothing for the one that needs no choice."""
        return "" if self.is_home else f"?kraj={self.slug}"


class District(Place):
    """A district (okres) of a region."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="districts", verbose_name="kraj"
    )

    history = RecordHistory()

    class Meta:
        verbose_name = "okres"
        verbose_name_plural = "okresy"


class Orp(Place):
    """The area of a municipality with extended powers (ORP)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="orps", verbose_name="kraj")

    history = RecordHistory()

    class Meta:
        verbose_name = "ORP"
        verbose_name_plural = "ORP"

    def get_absolute_url(self):
        return reverse("municipalities:orp_detail", args=[self.code, self.slug])


class MunicipalityKind(models.TextChoices):
    MUNICIPALITY = "obec", "obec"
    MARKET_TOWN = "mestys", "městys"
    TOWN = "mesto", "město"
    CITY = "statutarni_mesto", "statutární město"
    CAPITAL = "hlavni_mesto", "hlavní město"
    MILITARY_AREA = "vojensky_ujezd", "vojenský újezd"


class MunicipalityQuerySet(models.QuerySet):
    def counted(self):
        """Leave out military areas: units without inhabitants that enter no count."""
        return self.exclude(kind=MunicipalityKind.MILITARY_AREA)

    def in_czech_order(self):
        return self.order_by("sort_key", "code")


class MunicipalityManager(ByCode.from_queryset(MunicipalityQuerySet)):
    pass


class Municipality(Place):
    """A municipality (obec) or a military area, which is a unit that is never counted."""

    kind = models.CharField("druh", max_length=20, choices=MunicipalityKind)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="municipalities",
        verbose_name="kraj",
        db_index=False,  # found by the index that begins with it
    )
    district = models.ForeignKey(
        District, models.PROTECT, related_name="municipalities", verbose_name="okres"
    )
    orp = models.ForeignKey(Orp, models.PROTECT, related_name="municipalities", verbose_name="ORP")
    population = models.PositiveIntegerField("počet obyvatel", null=True, blank=True)
    population_date = models.DateField("počet obyvatel ke dni", null=True, blank=True)
    longitude = models.DecimalField(
        "zeměpisná délka", max_digits=9, decimal_places=6, null=True, blank=True
    )
    latitude = models.DecimalField(
        "zeměpisná šířka", max_digits=9, decimal_places=6, null=True, blank=True
    )
    hex_q = models.SmallIntegerField("sloupec v šestiúhelníkové mapě", null=True, blank=True)
    hex_r = models.SmallIntegerField("řada v šestiúhelníkové mapě", null=True, blank=True)

    objects = MunicipalityManager()
    history = RecordHistory(searched_by=[])

    class Meta:
        verbose_name = "obec"
        verbose_name_plural = "obce"
        indexes = [
            models.Index(fields=["region", "sort_key"]),
            models.Index(fields=["search_key"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "hex_q", "hex_r"],
                name="%(app_label)s_%(class)s_hex",
                violation_error_message="Tato buňka mapy už v kraji patří jiné obci.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=MunicipalityKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh obce.",
            ),
            models.CheckConstraint(
                condition=models.Q(hex_q__isnull=True, hex_r__isnull=True)
                | models.Q(hex_q__isnull=False, hex_r__isnull=False),
                name="%(app_label)s_%(class)s_hex_whole",
                violation_error_message="Buňka mapy má sloupec i řadu, nebo nic.",
            ),
            models.CheckConstraint(
                condition=models.Q(population__isnull=True)
                | models.Q(population_date__isnull=False),
                name="%(app_label)s_%(class)s_population_dated",
                violation_error_message="K počtu obyvatel patří den, ke kterému platí.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("portal:municipality_detail", args=[self.code, self.slug])

    @property
    def is_counted(self):
        return self.kind != MunicipalityKind.MILITARY_AREA
