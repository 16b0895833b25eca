"""Resolutions: what a body decided, and of what in the strategy it speaks."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common import czech
from common.fields import LinkField
from common.models import AppendOnly, AppendOnlyQuerySet
from measures.models import Measure, Milestone, MilestoneVersion, PlanVersion, Report
from meetings.models.meeting import Meeting


def number_key(number):
    """Return a number without what may be written one way or another: „rk-1234-11-26“."""
    return re.sub(r"[\W_]+", "-", czech.search_key(number)).strip("-")


class ResolutionQuerySet(AppendOnlyQuerySet):
    def valid(self, known):
        """Resolutions recorded before `known` that were neither corrected by then nor withdrawn."""
        return self.recorded_last(known).filter(is_withdrawn=False)

    def recorded_last(self, known):
        """Records made before `known` and not replaced by then; a withdrawal is one too."""
        later = Resolution.objects.filter(corrects=models.OuterRef("pk"), recorded_at__lt=known)
        return self.filter(~models.Exists(later), recorded_at__lt=known)

    def standing(self):
        """Resolutions that stand now: for whoever holds the lock under which they are recorded."""
        return self.filter(corrected_by=None, is_withdrawn=False)

    def with_public(self):
        """Add `is_public`: whether everybody may read the page of the meeting."""
        frozen = Meeting.objects.filter(pk=models.OuterRef("meeting"), snapshots__isnull=False)
        return self.annotate(is_public=models.Exists(frozen))

    def with_subjects(self):
        """Fetch what each resolution speaks of, with the measures; four queries more."""
        links = (
            ("measure_links", ResolutionMeasure, "measure__strategy"),
            ("milestone_links", ResolutionMilestone, "milestone__measure__strategy"),
            ("plan_links", ResolutionPlan, "plan__measure__strategy"),
            ("decision_links", ResolutionDecision, "report__measure__strategy"),
        )
        return self.prefetch_related(
            *(
                models.Prefetch(name, model.objects.select_related(path).order_by("pk"))
                for name, model, path in links
            ),
            models.Prefetch(
                "milestone_links__milestone__versions",
                MilestoneVersion.objects.order_by("recorded_at", "pk"),
            ),
        )

    def latest_first(self):
        return self.order_by("-adopted_on", "-recorded_at", "-pk")


class Resolution(AppendOnly):
    """What a meeting decided; a mistake is mended by a new row that names the old."""

    redactable = ("text",)

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="resolutions", verbose_name="zasedání"
    )
    number = models.CharField("číslo", max_length=100, help_text="Například RK 1234/11/26")
    text = models.TextField("znění")
    adopted_on = models.DateField("přijato dne")
    link = LinkField("odkaz na zveřejněné usnesení", max_length=400, blank=True)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="corrected_by",
        verbose_name="opravuje",
        null=True,
        blank=True,
    )
    is_withdrawn = models.BooleanField("usnesení nebylo přijato, zápis se ruší", default=False)
    recorded_at = models.DateTimeField("zapsáno", default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="zapsal",
        null=True,
        blank=True,
    )

    objects = models.Manager.from_queryset(ResolutionQuerySet)()

    class Meta:
        verbose_name = "usnesení"
        verbose_name_plural = "usnesení"
        indexes = [models.Index(fields=["meeting", "-recorded_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=""),
                name="%(app_label)s_%(class)s_number",
                violation_error_message="Usnesení má číslo.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="%(app_label)s_%(class)s_text",
                violation_error_message="Napište, o čem orgán rozhodl.",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(corrects__isnull=False),
                name="%(app_label)s_%(class)s_withdrawn",
                violation_error_message="Rušit lze jen usnesení, které bylo zapsáno.",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def anchor(self):
        """The place of the resolution on the page of its meeting."""
        return f"usneseni-{number_key(self.number)}"


class Subject(AppendOnly):
    """What a resolution speaks of; rows come with the resolution and never later."""

    class Meta:
        abstract = True


def _once(name):
    return [
        models.UniqueConstraint(
            fields=["resolution", name],
            name="%(app_label)s_%(class)s_once",
            violation_error_message="Tento záznam už existuje.",
        )
    ]


class ResolutionMeasure(Subject):
    """A measure a resolution is about."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="measure_links", verbose_name="usnesení"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="resolution_links", verbose_name="opatření"
    )

    class Meta:
        verbose_name = "opatření usnesení"
        verbose_name_plural = "opatření usnesení"
        constraints = _once("measure")

    def __str__(self):
        return f"{self.resolution_id}: opatření {self.measure_id}"


class ResolutionMilestone(Subject):
    """A milestone a resolution is about: it sets, moves or drops it."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="milestone_links", verbose_name="usnesení"
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, related_name="resolution_links", verbose_name="milník"
    )

    class Meta:
        verbose_name = "milník usnesení"
        verbose_name_plural = "milníky usnesení"
        constraints = _once("milestone")

    def __str__(self):
        return f"{self.resolution_id}: milník {self.milestone_id}"


class ResolutionPlan(Subject):
    """A version of a measure's plan a resolution is about."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="plan_links", verbose_name="usnesení"
    )
    plan = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="resolution_links", verbose_name="verze plánu"
    )

    class Meta:
        verbose_name = "plán usnesení"
        verbose_name_plural = "plány usnesení"
        constraints = _once("plan")

    def __str__(self):
        return f"{self.resolution_id}: plán {self.plan_id}"


class ResolutionDecision(Subject):
    """A decision a report asked for and a resolution settles."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="decision_links", verbose_name="usnesení"
    )
    report = models.ForeignKey(
        Report, models.PROTECT, related_name="resolution_links", verbose_name="hlášení"
    )

    class Meta:
        verbose_name = "žádost vyřízená usnesením"
        verbose_name_plural = "žádosti vyřízené usnesením"
        constraints = _once("report")

    def __str__(self):
        return f"{self.resolution_id}: hlášení {self.report_id}"
