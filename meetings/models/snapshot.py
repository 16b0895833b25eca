"""Snapshots: a briefing as it was frozen, with the bytes of its documents."""

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone

from common.models import REMOVED, AppendOnly, AppendOnlyQuerySet
from measures.models import Measure
from meetings.models.meeting import Meeting, day_of


class SnapshotQuerySet(AppendOnlyQuerySet):
    def newest_first(self):
        return self.order_by("-number", "-pk")

    def of_meeting(self, meeting):
        """The snapshots of a meeting with what a list says of them, the newest first."""
        files = models.Prefetch("files", SnapshotFile.objects.unread())
        found = self.filter(meeting=meeting).select_related("frozen_by").prefetch_related(files)
        return found.defer("content").newest_first()


class Snapshot(AppendOnly):
    """All that a briefing says, frozen; a mistake gets a further one that corrects it.

    `content` is the canonical JSON with a reference in place of each text people wrote; those stand
    in SnapshotText, where a Redaction can remove one. `sha256` is the fingerprint of the whole
    canonical JSON with the texts in their places, as it was frozen.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="snapshots", verbose_name="zasedání"
    )
    number = models.PositiveSmallIntegerField("oprava číslo", default=0)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="corrected_by",
        verbose_name="opravuje",
        null=True,
        blank=True,
    )
    reason = models.TextField("proč se opravuje", blank=True)
    on_date = models.DateField("stav ke dni")
    frozen_at = models.DateTimeField("zmrazeno", default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="zmrazil",
        null=True,
        blank=True,
    )
    content = models.TextField("obsah")
    sha256 = models.CharField("otisk SHA-256", max_length=64)
    outline_sha256 = models.CharField("otisk obsahu a otisků textů", max_length=64)

    redactable = ("reason",)

    objects = models.Manager.from_queryset(SnapshotQuerySet)()

    class Meta:
        verbose_name = "snímek podkladu"
        verbose_name_plural = "snímky podkladů"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Podklad už je zmrazen.",
            ),
            models.CheckConstraint(
                condition=Q(number=0, corrects__isnull=True)
                | (Q(number__gt=0, corrects__isnull=False) & ~Q(reason="")),
                name="%(app_label)s_%(class)s_correction",
                violation_error_message="Oprava uvádí, který snímek opravuje a proč.",
            ),
        ]

    def __str__(self):
        return f"{self.words}: {self.meeting}"

    @property
    def words(self):
        """The snapshot beside others of its meeting: „podklad“, „oprava č. 1“."""
        return f"oprava č.\u00a0{self.number}" if self.number else "podklad"


class SnapshotText(AppendOnly):
    """A text somebody wrote, as it stands in a snapshot; `measure` is the one it speaks of."""

    redactable = ("text",)

    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="texts", verbose_name="snímek"
    )
    number = models.PositiveIntegerField("pořadí")
    text = models.TextField("text")
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        related_name="snapshot_texts",
        verbose_name="opatření",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "text snímku"
        verbose_name_plural = "texty snímků"
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "number"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
        ]

    def __str__(self):
        return f"{self.snapshot}"


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
    JSON = "json", "JSON"
    CSV = "csv", "CSV"


class SnapshotFileQuerySet(AppendOnlyQuerySet):
    def unread(self):
        """Files without their bytes; `is_removed` says that those had to go."""
        removed = ExpressionWrapper(Q(content=REMOVED), models.BooleanField())
        return self.annotate(is_removed=removed).defer("content")

    def at(self, slug):
        """The files of the meeting an address such as „2026-11-26-rada“ means."""
        day = day_of(slug)
        meant = {"snapshot__meeting__meeting_date": day, "snapshot__meeting__body__slug": slug[11:]}
        return self.filter(**meant) if day else self.none()

    def labels(self):
        """What stands on files without reading anything else: named tuples of the primary key,
        the fingerprint, the number of the correction, and whether the bytes had to go."""
        names = ("pk", "sha256", "snapshot__number", "is_removed")
        return self.unread().values_list(*names, named=True)


class SnapshotFile(AppendOnly):
    """A document of a snapshot, made when it was frozen and served ever after.

    `content` holds the bytes in Base64: a text, which a Redaction can remove when one that stands
    inside had to go; the document is then made anew without it, and the fingerprint stays.
    """

    redactable = ("content",)

    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="files", verbose_name="snímek"
    )
    name = models.CharField("název souboru", max_length=60)
    kind = models.CharField("druh", max_length=4, choices=FileKind)
    size = models.PositiveIntegerField("velikost v bajtech")
    sha256 = models.CharField("otisk SHA-256", max_length=64)
    maker = models.CharField("otisk programu, který soubor vyhotovil", max_length=64)
    content = models.TextField("bajty v Base64")

    objects = models.Manager.from_queryset(SnapshotFileQuerySet)()

    class Meta:
        verbose_name = "soubor snímku"
        verbose_name_plural = "soubory snímků"
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "name"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tento záznam už existuje.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FileKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh souboru.",
            ),
        ]

    def __str__(self):
        return f"{self.snapshot}, {self.name}"
