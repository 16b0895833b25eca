from django.conf import settings
from django.db import models
from django.utils import timezone

from municipalities.models.territory import Municipality


class BoundarySet(models.Model):
    """One import of municipal boundaries: where they come from and on what terms."""

    source = models.CharField("zdroj", max_length=300)
    terms = models.CharField("podmínky užití", max_length=300, blank=True)
    file_name = models.CharField("soubor", max_length=200)
    sha256 = models.CharField("otisk souboru", max_length=64, unique=True)
    imported_at = models.DateTimeField("načteno", default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="imported_boundaries",
        verbose_name="načetl",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "sada hranic"
        verbose_name_plural = "sady hranic"

    def __str__(self):
        return self.source


class Boundary(models.Model):
    """The boundary of a municipality as a ready path of the map.

    Coordinates are whole tens of metres of the Krovak projection, y growing to the south. The box
    and the place of the number are in the same units; `neighbours` are codes of municipalities
    that share an edge.
    """

    municipality = models.OneToOneField(
        Municipality, models.CASCADE, related_name="boundary", verbose_name="obec"
    )
    boundary_set = models.ForeignKey(
        BoundarySet, models.CASCADE, related_name="boundaries", verbose_name="sada"
    )
    path = models.TextField("cesta v mapě")
    left = models.IntegerField("levý okraj")
    top = models.IntegerField("horní okraj")
    right = models.IntegerField("pravý okraj")
    bottom = models.IntegerField("dolní okraj")
    label_x = models.IntegerField("číslo zleva")
    label_y = models.IntegerField("číslo shora")
    neighbours = models.JSONField("sousední obce", default=list, blank=True)

    class Meta:
        verbose_name = "hranice obce"
        verbose_name_plural = "hranice obcí"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left__lt=models.F("right"), top__lt=models.F("bottom")),
                name="%(app_label)s_%(class)s_box",
                violation_error_message="Hranice nemá žádnou plochu.",
            ),
        ]

    def __str__(self):
        return f"hranice {self.municipality_id}"
