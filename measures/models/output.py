from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.models import AppendOnly, AppendOnlyQuerySet
from measures.models.measure import Measure
from municipalities.models import Municipality
from strategy.models import Organisation


class OutputKind(models.TextChoices):
    SEMINAR = "seminar", "seminář"
    STAY = "stay", "stáž nebo pobyt"
    METHODOLOGY = "methodology", "metodika"
    CAMPAIGN = "campaign", "kampaň"
    MEETING = "meeting", "setkání"
    OTHER = "other", "jiný výstup"


class OutputQuerySet(AppendOnlyQuerySet):
    def valid(self, known):
        """Outputs recorded before `known` that were neither corrected by then nor withdrawn."""
        corrected = Output.objects.filter(corrects=models.OuterRef("pk"), recorded_at__lt=known)
        return self.filter(~models.Exists(corrected), recorded_at__lt=known, is_withdrawn=False)


class Output(AppendOnly):
    """Something of a measure that happened; a mistake is mended by a new row that names the old."""

    redactable = ("title",)

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="outputs", verbose_name="opatření"
    )
    kind = models.CharField("druh", max_length=12, choices=OutputKind)
    title = models.CharField("název", max_length=200)
    happened_on = models.DateField("den")
    organiser = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="outputs",
        verbose_name="pořadatel",
        null=True,
        blank=True,
    )
    participants = models.PositiveIntegerField("počet účastníků", null=True, blank=True)
    link = models.URLField("odkaz", max_length=400, blank=True)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="corrected_by",
        verbose_name="opravuje",
        null=True,
        blank=True,
    )
    is_withdrawn = models.BooleanField("výstup se nekonal, zápis se ruší", default=False)
    recorded_at = models.DateTimeField("zapsáno", default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="zapsal",
        null=True,
        blank=True,
    )

    objects = models.Manager.from_queryset(OutputQuerySet)()

    class Meta:
        verbose_name = "výstup"
        verbose_name_plural = "výstupy"
        indexes = [models.Index(fields=["measure", "-happened_on", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OutputKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh výstupu.",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(corrects__isnull=False),
                name="%(app_label)s_%(class)s_withdrawn",
                violation_error_message="Rušit lze jen výstup, který byl zapsán.",
            ),
        ]

    def __str__(self):
        return self.title


class OutputMunicipality(AppendOnly):
    """A municipality an output took place in or was for."""

    output = models.ForeignKey(Output, models.PROTECT, related_name="places", verbose_name="výstup")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="outputs", verbose_name="obec"
    )

    class Meta:
        verbose_name = "obec výstupu"
        verbose_name_plural = "obce výstupů"
        constraints = [
            models.UniqueConstraint(
                fields=["output", "municipality"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
        ]

    def __str__(self):
        return f"{self.output_id}: {self.municipality_id}"
