from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from common.czech import search_key, sort_key
from common.history import RecordHistory
from municipalities.models import Region
from strategy.models.plan import Strategy


class OrganisationKind(models.TextChoices):
    DEPARTMENT = "department", "útvar krajského úřadu"
    PARTNER = "partner", "partner"
    RECIPIENT = "recipient", "příjemce podpory"


class OrganisationManager(models.Manager):
    def get_by_natural_key(self, name):
        return self.get(name=name)


class Organisation(models.Model):
    """An office department, a partner or a recipient; its public contact is never a person's."""

    name = models.CharField("název", max_length=200, unique=True)
    kind = models.CharField("druh", max_length=12, choices=OrganisationKind)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="organisations",
        verbose_name="kraj",
        null=True,
        blank=True,
    )
    contact_role = models.CharField("kontaktní role", max_length=200, blank=True)
    mailbox = models.EmailField(
        "úřední schránka", blank=True, help_text="Společná schránka útvaru, ne adresa člověka."
    )
    website = models.URLField("web", blank=True)
    note = models.CharField("poznámka", max_length=300, blank=True)
    sort_key = models.CharField(max_length=1250, editable=False)
    search_key = models.CharField(max_length=200, editable=False)

    objects = OrganisationManager()
    history = RecordHistory()

    class Meta:
        verbose_name = "organizace"
        verbose_name_plural = "organizace"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh organizace.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("portal:organisation_detail", args=[self.pk, self.slug])

    @property
    def slug(self):
        """The name as it stands in addresses."""
        return slugify(search_key(self.name)) or "organisace"

    def natural_key(self):
        return (self.name,)


class BodyKind(models.TextChoices):
    STEERING = "steering", "řízení"
    GUARANTOR = "guarantor", "věcný garant"
    BODY = "body", "orgán a aktér"
    TEAM = "team", "mikrotým"
    MONITORING = "monitoring", "sledování"


class GoverningBody(models.Model):
    """A body, role or actor that takes part in carrying a strategy out."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="bodies", verbose_name="strategie"
    )
    kind = models.CharField("druh", max_length=12, choices=BodyKind)
    name = models.CharField("název", max_length=200)
    order = models.PositiveSmallIntegerField("pořadí")

    history = RecordHistory()

    class Meta:
        verbose_name = "orgán a aktér"
        verbose_name_plural = "orgány a aktéři"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "kind", "name"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh.",
            ),
        ]

    def __str__(self):
        return self.name


class Instrument(models.Model):
    """A main instrument of a strategy, such as social work."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="instruments", verbose_name="strategie"
    )
    group = models.CharField("skupina", max_length=100)
    name = models.CharField("název", max_length=100)
    order = models.PositiveSmallIntegerField("pořadí")
    is_group_inferred = models.BooleanField("zařazení je odvozeno", default=False)

    history = RecordHistory()

    class Meta:
        verbose_name = "nástroj"
        verbose_name_plural = "nástroje"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "name"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
        ]

    def __str__(self):
        return self.name
