"""Reports: what staff say about a measure at a date, and the drafts they are made from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.fields import LinkField
from common.models import AppendOnly, AppendOnlyQuerySet
from measures.models.measure import Measure
from measures.models.promise import Milestone
from strategy.models import Organisation


class ReportKind(models.TextChoices):
    NO_CHANGE = "no_change", "beze změny"
    PROGRESS = "progress", "pokrok"
    RISK = "risk", "riziko"
    PLAN_CHANGE = "plan_change", "změna plánu"


class Phase(models.TextChoices):
    UNKNOWN = "", "fáze neuvedena"
    NOT_STARTED = "not_started", "nezahájeno"
    PREPARING = "preparing", "připravuje se"
    RUNNING = "running", "běží"
    SUSPENDED = "suspended", "pozastaveno"
    COMPLETED = "completed", "dokončeno"
    CANCELLED = "cancelled", "zrušeno"


class Health(models.TextChoices):
    UNKNOWN = "", "neuvedeno"
    ON_TRACK = "on_track", "bez potíží"
    MINOR = "minor", "menší potíže"
    SERIOUS = "serious", "vážné potíže"


TROUBLE = (Health.MINOR, Health.SERIOUS)
ENDED = (Phase.COMPLETED, Phase.CANCELLED)


class ReportSource(models.TextChoices):
    STAFF = "staff", "pracovník"
    PARTNER = "partner", "partner"
    DOCUMENT = "document", "dokument"


class ReportContent(models.Model):
    """What a report says; a draft holds the same."""

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="%(class)ss", verbose_name="opatření"
    )
    cycle_start = models.DateField("první den cyklu")
    as_of_date = models.DateField("ke dni")
    kind = models.CharField("co se stalo", max_length=12, choices=ReportKind)
    phase = models.CharField("fáze", max_length=12, choices=Phase, blank=True)
    health = models.CharField("jak to jde", max_length=8, choices=Health, blank=True)
    note = models.TextField("poznámka", blank=True)
    obstacle = models.TextField("co brání", blank=True)
    actor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name="kdo jedná (organizace)",
        null=True,
        blank=True,
    )
    actor_role = models.CharField("kdo jedná (role)", max_length=200, blank=True)
    act_by_date = models.DateField("do kdy", null=True, blank=True)
    next_step = models.TextField("další krok", blank=True)
    needs_decision = models.BooleanField("potřebuje rozhodnutí rady", default=False)
    decision = models.TextField("o čem má rada rozhodnout", blank=True)
    review_date = models.DateField("znovu posoudit", null=True, blank=True)
    reason = models.TextField("důvod zrušení", blank=True)
    resolution = models.CharField("usnesení", max_length=100, blank=True)
    link = LinkField("odkaz", max_length=400, blank=True)

    class Meta:
        abstract = True

    @property
    def is_trouble(self):
        return self.health in TROUBLE


class ReportQuerySet(AppendOnlyQuerySet):
    def visible(self, on, known):
        """Reports as of a day up to `on`, published and not yet corrected before `known`."""
        corrected = Report.objects.filter(corrects=models.OuterRef("pk"), published_at__lt=known)
        return self.filter(~models.Exists(corrected), as_of_date__lte=on, published_at__lt=known)

    def latest_first(self):
        return self.order_by("-as_of_date", "-published_at", "-id")


class Report(AppendOnly, ReportContent):
    """A published report about a measure; a correction is a new one that names the old.

    `submission` is that of the form it came from: the same form publishes once.
    """

    redactable = ("note", "obstacle", "actor_role", "next_step", "decision", "reason")

    source = models.CharField(
        "zdroj", max_length=8, choices=ReportSource, default=ReportSource.STAFF
    )
    source_text = models.CharField("odkud hlášení je", max_length=400, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="reports",
        verbose_name="autor",
        null=True,
        blank=True,
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="approved_reports",
        verbose_name="schválil",
        null=True,
        blank=True,
    )
    published_at = models.DateTimeField("zveřejněno", default=timezone.now, editable=False)
    submission = models.UUIDField("odeslání", unique=True, null=True, blank=True, editable=False)
    writing_seconds = models.PositiveIntegerField(
        "vteřin od otevření po zveřejnění", null=True, blank=True, editable=False
    )
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="corrected_by",
        verbose_name="opravuje hlášení",
        null=True,
        blank=True,
    )

    objects = models.Manager.from_queryset(ReportQuerySet)()

    class Meta:
        verbose_name = "hlášení"
        verbose_name_plural = "hlášení"
        indexes = [
            models.Index(fields=["measure", "-as_of_date", "-published_at", "-id"]),
            models.Index(fields=["measure", "-cycle_start"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReportKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh.",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=Phase.values),
                name="%(app_label)s_%(class)s_phase",
                violation_error_message="Neznámá fáze.",
            ),
            models.CheckConstraint(
                condition=Q(health__in=Health.values),
                name="%(app_label)s_%(class)s_health",
                violation_error_message="Neznámá hodnota „jak to jde“.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=ReportSource.values),
                name="%(app_label)s_%(class)s_source",
                violation_error_message="Neznámý zdroj.",
            ),
            models.CheckConstraint(
                condition=Q(source=ReportSource.DOCUMENT)
                | (Q(author__isnull=False) & ~Q(phase=Phase.UNKNOWN)),
                name="%(app_label)s_%(class)s_spoken",
                violation_error_message="Hlášení pracovníka má autora a fázi.",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                name="%(app_label)s_%(class)s_approver",
                violation_error_message="Hlášení schvaluje někdo jiný než jeho autor.",
            ),
            models.CheckConstraint(
                condition=~Q(phase=Phase.SUSPENDED)
                | Q(source=ReportSource.DOCUMENT)
                | Q(review_date__isnull=False),
                name="%(app_label)s_%(class)s_suspended",
                violation_error_message="U pozastaveného opatření uveďte, kdy se znovu posoudí.",
            ),
            models.CheckConstraint(
                condition=~Q(phase=Phase.CANCELLED) | ~Q(reason="") | ~Q(resolution=""),
                name="%(app_label)s_%(class)s_cancelled",
                violation_error_message="Ke zrušení patří důvod nebo usnesení.",
            ),
            models.CheckConstraint(
                condition=Q(source=ReportSource.DOCUMENT)
                | ~Q(kind__in=[ReportKind.RISK, ReportKind.PLAN_CHANGE])
                | ~Q(note=""),
                name="%(app_label)s_%(class)s_note",
                violation_error_message="U rizika a změny plánu napište poznámku.",
            ),
            models.CheckConstraint(
                condition=Q(needs_decision=False) | ~Q(decision=""),
                name="%(app_label)s_%(class)s_decision",
                violation_error_message="Napište, o čem má rada rozhodnout.",
            ),
        ]

    def __str__(self):
        return f"hlášení {self.pk} k opatření {self.measure_id}"


class DraftState(models.TextChoices):
    WRITING = "writing", "rozepsané"
    SUBMITTED = "submitted", "odevzdané"
    RETURNED = "returned", "vrácené"


class ReportDraft(ReportContent):
    """A report being written: private to its author, at most one a measure and author."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="drafts",
        verbose_name="autor",
    )
    version = models.PositiveIntegerField("verze", default=1)
    state = models.CharField("stav", max_length=9, choices=DraftState, default=DraftState.WRITING)
    comment = models.TextField("proč se vrací", blank=True)
    submitted_at = models.DateTimeField("odevzdáno", null=True, blank=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        verbose_name="vrátil",
        null=True,
        blank=True,
    )
    source = models.CharField(
        "zdroj", max_length=8, choices=ReportSource, default=ReportSource.STAFF
    )
    source_text = models.CharField("odkud hlášení je", max_length=400, blank=True)
    output = models.JSONField("rozepsaný výstup", default=dict, blank=True)
    typed = models.JSONField("co se nepodařilo přečíst, jak je napsáno", default=dict, blank=True)
    submission = models.UUIDField("formulář, který naposled psal", null=True, editable=False)
    attachments = models.ManyToManyField(
        "measures.Attachment", related_name="drafts", verbose_name="přílohy", blank=True
    )
    finished_milestones = models.ManyToManyField(
        Milestone, related_name="+", verbose_name="hotové milníky", blank=True
    )
    corrects = models.ForeignKey(
        Report,
        models.CASCADE,
        related_name="correcting_drafts",
        verbose_name="opravuje hlášení",
        null=True,
        blank=True,
    )
    opened_at = models.DateTimeField("otevřeno", default=timezone.now, editable=False)
    saved_at = models.DateTimeField("uloženo", auto_now=True)

    class Meta:
        verbose_name = "koncept hlášení"
        verbose_name_plural = "koncepty hlášení"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "author"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="K opatření už máte rozepsaný koncept.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DraftState.values),
                name="%(app_label)s_%(class)s_state",
                violation_error_message="Neznámý stav.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=ReportSource.values),
                name="%(app_label)s_%(class)s_source",
                violation_error_message="Neznámý zdroj.",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.RETURNED) | ~Q(comment=""),
                name="%(app_label)s_%(class)s_returned",
                violation_error_message="Napište, proč se hlášení vrací.",
            ),
        ]

    def __str__(self):
        return f"koncept k opatření {self.measure_id}"
