"""What was promised: the plan of a measure and its milestones, each as a row of versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common import czech
from common.models import AppendOnly
from measures.cycles import shifted
from measures.models.measure import Measure
from strategy.models import Organisation


class Version(AppendOnly):
    """The whole state of a promise from a moment on, and who said so and why."""

    recorded_at = models.DateTimeField("zapsáno", default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="zapsal",
        null=True,
        blank=True,
    )
    reason = models.TextField("důvod", blank=True)
    resolution = models.CharField("usnesení", max_length=100, blank=True)

    redactable = ("reason",)

    class Meta:
        abstract = True


class MeasureKind(models.TextChoices):
    DELIVERABLE = "deliverable", "výstup s termínem"
    CONTINUOUS = "continuous", "průběžná činnost"
    UNKNOWN = "unknown", "druh neurčen"


class PlanVersion(Version):
    """A measure's plan from a moment on: when, of which kind, who answers for it."""

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="plan_versions", verbose_name="opatření"
    )
    start_date = models.DateField("plánovaný začátek", null=True, blank=True)
    end_date = models.DateField("plánovaný konec", null=True, blank=True)
    kind = models.CharField("druh", max_length=12, choices=MeasureKind, default=MeasureKind.UNKNOWN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="owned_plans",
        verbose_name="odpovídá",
        null=True,
        blank=True,
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="deputised_plans",
        verbose_name="zastupuje",
        null=True,
        blank=True,
    )
    department = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="plans",
        verbose_name="odpovědný útvar",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "verze plánu"
        verbose_name_plural = "verze plánu"
        indexes = [models.Index(fields=["measure", "-recorded_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date__isnull=True)
                | Q(end_date__isnull=True)
                | Q(start_date__lte=F("end_date")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message="Plánovaný konec je dřív než začátek.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MeasureKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh opatření.",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(deputy__isnull=True) | ~Q(owner=F("deputy")),
                name="%(app_label)s_%(class)s_deputy",
                violation_error_message="Zastupovat má někdo jiný než ten, kdo odpovídá.",
            ),
        ]

    def __str__(self):
        return f"plán opatření {self.measure_id}"


class Milestone(AppendOnly):
    """A dated promise within a measure; all that is said of it stands in its versions."""

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="milestones", verbose_name="opatření"
    )
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="next_in_series",
        verbose_name="opakuje milník",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "milník"
        verbose_name_plural = "milníky"

    def __str__(self):
        return f"milník {self.pk}"


class MilestoneState(models.TextChoices):
    OPEN = "open", "otevřený"
    DONE = "done", "hotovo"
    DROPPED = "dropped", "zrušený"


class MilestoneVersion(Version):
    """The whole state of a milestone from a moment on; the first one is its creation."""

    redactable = ("title", "reason", "evidence")

    milestone = models.ForeignKey(
        Milestone, models.PROTECT, related_name="versions", verbose_name="milník"
    )
    title = models.CharField("název", max_length=200)
    due_date = models.DateField("termín")
    expected_date = models.DateField("očekáváme", null=True, blank=True)
    state = models.CharField(
        "stav", max_length=8, choices=MilestoneState, default=MilestoneState.OPEN
    )
    closed_on = models.DateField("hotovo nebo zrušeno dne", null=True, blank=True)
    evidence = models.TextField("doklad", blank=True)
    repeat_months = models.PositiveSmallIntegerField("opakovat po měsících", null=True, blank=True)
    repeat_until = models.DateField("opakovat do", null=True, blank=True)

    class Meta:
        verbose_name = "verze milníku"
        verbose_name_plural = "verze milníků"
        indexes = [models.Index(fields=["milestone", "-recorded_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MilestoneState.values),
                name="%(app_label)s_%(class)s_state",
                violation_error_message="Neznámý stav milníku.",
            ),
            models.CheckConstraint(
                condition=Q(state=MilestoneState.OPEN, closed_on__isnull=True)
                | (~Q(state=MilestoneState.OPEN) & Q(closed_on__isnull=False)),
                name="%(app_label)s_%(class)s_closed",
                violation_error_message="Hotový nebo zrušený milník má svůj den, otevřený ne.",
            ),
            models.CheckConstraint(
                condition=~Q(state=MilestoneState.DROPPED) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_dropped",
                violation_error_message="Proč se milník ruší, je třeba napsat.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="%(app_label)s_%(class)s_title",
                violation_error_message="Milník potřebuje název.",
            ),
            models.CheckConstraint(
                condition=Q(repeat_months__isnull=True, repeat_until__isnull=True)
                | Q(
                    repeat_months__isnull=False,
                    repeat_until__isnull=False,
                    repeat_months__gte=1,
                    repeat_until__gte=F("due_date"),
                ),
                name="%(app_label)s_%(class)s_repeat",
                violation_error_message="Opakování má počet měsíců i konec po termínu.",
            ),
        ]

    def __str__(self):
        return self.title

    def is_open(self, on):
        """Say whether the milestone is open on a day: neither done nor dropped by then."""
        return self.state == MilestoneState.OPEN or self.closed_on > on

    def following(self):
        """Return the first version, not saved, of the next milestone of the series, or None."""
        due = shifted(self.due_date, self.repeat_months) if self.repeat_months else None
        if due is None or due > self.repeat_until:
            return None
        return MilestoneVersion(
            title=self.title,
            due_date=due,
            repeat_months=self.repeat_months,
            repeat_until=self.repeat_until,
            reason=f"navazuje na milník s termínem {czech.date(self.due_date)}",
        )
