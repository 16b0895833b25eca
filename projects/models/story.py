"""What a project does and what happened to it, told by its sources."""

from django.db import models
from django.db.models import Q

from common.history import RecordHistory
from projects.models.project import Project
from strategy.models import Precision, Priority


class ProjectActivity(models.Model):
    """Something a project does, in our words; under a priority where the source names one."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="activities", verbose_name="projekt"
    )
    order = models.PositiveSmallIntegerField("pořadí")
    topic = models.CharField("téma", max_length=100, blank=True)
    priority = models.ForeignKey(
        Priority,
        models.PROTECT,
        related_name="project_activities",
        verbose_name="priorita",
        null=True,
        blank=True,
    )
    text = models.TextField("co se dělá")

    history = RecordHistory()

    class Meta:
        verbose_name = "činnost projektu"
        verbose_name_plural = "činnosti projektů"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"],
                name="%(app_label)s_%(class)s_order",
                violation_error_message="Toto pořadí už u projektu je.",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class TimelineEvent(models.Model):
    """Something that happened to a project, known to the day or only to the month."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="events", verbose_name="projekt"
    )
    happened_on = models.DateField("kdy")
    precision = models.CharField(
        "den známe", max_length=5, choices=Precision, default=Precision.DAY
    )
    text = models.CharField("co se stalo", max_length=400)
    source = models.CharField("zdroj", max_length=400, blank=True)
    source_url = models.URLField("adresa zdroje", max_length=400, blank=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "událost projektu"
        verbose_name_plural = "události projektů"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "happened_on", "text"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Tato událost už u projektu je.",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values),
                name="%(app_label)s_%(class)s_precision",
                violation_error_message="Den známe na den, nebo na měsíc.",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class Obstacle(models.Model):
    """What stood in a project's way according to its source."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="obstacles", verbose_name="projekt"
    )
    order = models.PositiveSmallIntegerField("pořadí")
    text = models.TextField("překážka")
    source = models.CharField("zdroj", max_length=400, blank=True)

    history = RecordHistory()

    class Meta:
        verbose_name = "překážka projektu"
        verbose_name_plural = "překážky projektů"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"],
                name="%(app_label)s_%(class)s_order",
                violation_error_message="Toto pořadí už u projektu je.",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class ExternalFact(models.Model):
    """Something about a project found outside its own documents, with where it was found."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="external_facts", verbose_name="projekt"
    )
    order = models.PositiveSmallIntegerField("pořadí")
    text = models.TextField("co jsme našli")
    url = models.URLField("kde", max_length=400)
    publisher = models.CharField("kdo to zveřejnil", max_length=100)
    is_uncertain = models.BooleanField("nejisté", default=False)

    history = RecordHistory()

    class Meta:
        verbose_name = "údaj z jiného zdroje"
        verbose_name_plural = "údaje z jiných zdrojů"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"],
                name="%(app_label)s_%(class)s_order",
                violation_error_message="Toto pořadí už u projektu je.",
            ),
        ]

    def __str__(self):
        return self.text[:80]
