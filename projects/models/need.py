"""Needs of people a project worked with: the aggregate side of the regional card of services.

Counts only. Never a person, never free text about anyone, never a place below the municipality.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from common.models import AppendOnly, AppendOnlyQuerySet
from projects.models.project import Project

TWICE = "Pro toto období, oblast a dobu už údaj je. Opravu zapište jako opravu toho dřívějšího."
OTHER_SERIES = "Oprava patří ke stejnému projektu jako údaj, který opravuje."


class NeedArea(models.TextChoices):
    ALL = "all", "všechny oblasti"
    HOUSING = "housing", "bydlení"
    MATERIAL = "material", "hmotné zabezpečení"
    LABOUR = "labour", "trh práce"
    DEBTS = "debts", "dluhy"
    EDUCATION = "education", "vzdělávání"
    FAMILY = "family", "rodina a výchova dětí"
    HEALTH = "health", "zdraví a závislosti"
    SAFETY = "safety", "předcházení sociálně patologickým jevům"
    OFFICES = "offices", "jednání s úřady a uplatnění práv"
    OTHER = "other", "jiné"


class NeedDuration(models.TextChoices):
    """How long the cooperation on a need took."""

    ALL = "all", "bez ohledu na délku"
    TO_3 = "to_3", "do 3 měsíců"
    TO_6 = "to_6", "přes 3 do 6 měsíců"
    TO_12 = "to_12", "přes 6 do 12 měsíců"
    TO_24 = "to_24", "přes 12 do 24 měsíců"
    OVER_24 = "over_24", "přes 24 měsíců"


class NeedResultQuerySet(AppendOnlyQuerySet):
    def valid(self, known):
        """Results recorded before `known` and not yet corrected by then."""
        corrected = NeedResult.objects.filter(corrects=OuterRef("pk"), recorded_at__lt=known)
        return self.filter(~Exists(corrected), recorded_at__lt=known)


class NeedResult(AppendOnly):
    """How many needs of one area, and of one length of cooperation, a project found and solved.

    Numbers may be unknown; a share may be known where no count is, in the words of its source
    („čtvrtina“): of all solved needs. A correction is a new row that names the old.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="need_results", verbose_name="projekt"
    )
    period_start = models.DateField("období od", null=True, blank=True)
    period_end = models.DateField("období do", null=True, blank=True)
    period_text = models.CharField("období slovy zdroje", max_length=100, blank=True)
    area = models.CharField("oblast", max_length=10, choices=NeedArea)
    duration = models.CharField(
        "délka spolupráce", max_length=8, choices=NeedDuration, default=NeedDuration.ALL
    )
    identified = models.PositiveIntegerField("zjištěné potřeby", null=True, blank=True)
    solved = models.PositiveIntegerField("vyřešené potřeby", null=True, blank=True)
    solved_share = models.DecimalField(
        "podíl ze všech vyřešených v %", max_digits=5, decimal_places=2, null=True, blank=True
    )
    words = models.CharField(
        "podíl slovy zdroje", max_length=60, blank=True, help_text="Například „čtvrtina“."
    )
    is_uncertain = models.BooleanField("nejisté, do součtů nevstupuje", default=False)
    note = models.TextField("v čem je nejistota", blank=True)
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
    series_key = models.CharField(max_length=60, editable=False)

    objects = models.Manager.from_queryset(NeedResultQuerySet)()

    class Meta:
        verbose_name = "potřeby podle oblastí"
        verbose_name_plural = "potřeby podle oblastí"
        constraints = [
            models.UniqueConstraint(
                # A period may be empty, and empty ones never clash in a unique key.
                fields=["project", "series_key"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=Q(area__in=NeedArea.values),
                name="%(app_label)s_%(class)s_area",
                violation_error_message="Neznámá oblast potřeb.",
            ),
            models.CheckConstraint(
                condition=Q(duration__in=NeedDuration.values),
                name="%(app_label)s_%(class)s_duration",
                violation_error_message="Neznámá délka spolupráce.",
            ),
            models.CheckConstraint(
                condition=Q(identified__isnull=False)
                | Q(solved__isnull=False)
                | Q(solved_share__isnull=False),
                name="%(app_label)s_%(class)s_known",
                violation_error_message="Uveďte aspoň jeden počet nebo podíl.",
            ),
            models.CheckConstraint(
                condition=Q(identified__isnull=True)
                | Q(solved__isnull=True)
                | Q(solved__lte=F("identified")),
                name="%(app_label)s_%(class)s_solved",
                violation_error_message="Vyřešených potřeb je víc než zjištěných.",
            ),
            models.CheckConstraint(
                condition=Q(solved_share__isnull=True)
                | Q(solved_share__gte=0, solved_share__lte=100),
                name="%(app_label)s_%(class)s_share",
                violation_error_message="Podíl je mezi 0 a 100 %%.",
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
                    "Údaj potřebuje období od a do; bez něj ho označte jako nejistý."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_uncertain=False) | ~Q(note=""),
                name="%(app_label)s_%(class)s_doubt",
                violation_error_message="U nejistého údaje napište, v čem je nejistota.",
            ),
        ]

    def __str__(self):
        return f"{self.project_id}: {self.series_key}"

    def clean(self):
        self.set_keys()
        same = NeedResult.objects.filter(project_id=self.project_id, series_key=self.series_key)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(TWICE)
        if self.corrects_id and self.corrects.project_id != self.project_id:
            raise ValidationError({"corrects": OTHER_SERIES})

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self):
        """Work out the stored key: what may be there only once, by period, area and duration."""
        period = f"{self.period_start or ''}/{self.period_end or ''}"
        self.series_key = f"{period}:{self.area}:{self.duration}:{self.corrects_id or ''}"
