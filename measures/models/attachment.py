"""Files that staff add to reports and milestones, and what they belong to."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from common import czech
from common.models import REMOVED, AppendOnly
from measures.models.measure import Measure
from measures.models.promise import MilestoneVersion
from measures.models.report import Report


class AttachmentKind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    XLSX = "xlsx", "Excel (XLSX)"
    ODT = "odt", "text OpenDocument (ODT)"
    ODS = "ods", "tabulka OpenDocument (ODS)"
    JPEG = "jpg", "obrázek JPEG"
    PNG = "png", "obrázek PNG"


class Attachment(AppendOnly):
    """A file of a measure; its bytes lie in the storage under a random name.

    What it was attached to says who may read it: of a draft only those who may see the draft.
    """

    redactable = ("name",)

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="attachments", verbose_name="opatření"
    )
    name = models.CharField("název souboru", max_length=200)
    kind = models.CharField("druh", max_length=4, choices=AttachmentKind)
    size = models.PositiveIntegerField("velikost v bajtech")
    sha256 = models.CharField("otisk SHA-256", max_length=64)
    stored_name = models.CharField("jméno v úložišti", max_length=100, unique=True)
    uploaded_at = models.DateTimeField("vloženo", default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="vložil",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "příloha"
        verbose_name_plural = "přílohy"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AttachmentKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Takový druh souboru přiložit nejde.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_erased(self):
        """Whether the file was removed because of personal data; its fingerprint stays."""
        return self.name == REMOVED

    def is_public(self):
        """Say whether the file belongs to anything published: a report or a milestone."""
        return self.report_links.exists() or self.milestone_links.exists()

    def get_absolute_url(self):
        return reverse("attachments:download", args=[self.pk, self.name])

    @property
    def about(self):
        """Its kind and size in words: „PDF, 120 kB“."""
        return f"{self.kind.upper()}, {czech.file_size(self.size)}"

    def after_redaction(self):
        default_storage.delete(self.stored_name)


class ReportAttachment(AppendOnly):
    """A file of a published report."""

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="attachment_links", verbose_name="hlášení"
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="report_links", verbose_name="příloha"
    )

    class Meta:
        verbose_name = "příloha hlášení"
        verbose_name_plural = "přílohy hlášení"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "attachment"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Příloha už u hlášení je.",
            ),
        ]

    def __str__(self):
        return f"{self.report_id}: {self.attachment_id}"


class MilestoneAttachment(AppendOnly):
    """A file that proves what a version of a milestone says."""

    version = models.ForeignKey(
        MilestoneVersion, models.PROTECT, related_name="attachment_links", verbose_name="milník"
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="milestone_links", verbose_name="příloha"
    )

    class Meta:
        verbose_name = "příloha milníku"
        verbose_name_plural = "přílohy milníků"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "attachment"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Příloha už u milníku je.",
            ),
        ]

    def __str__(self):
        return f"{self.version_id}: {self.attachment_id}"
