from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from common.history import RecordHistory
from measures.models import Measure
from projects.models.project import Project

WHOLE = 100
ABOVE_WHOLE = "Podíly opatření na projektu dávají dohromady víc než 100 %."


class ProjectMeasureQuerySet(models.QuerySet):
    def in_plan_order(self):
        """With their measures, by strategy and code."""
        rows = self.select_related("measure__strategy")
        return rows.order_by("measure__strategy__slug", "measure__code_key", "pk")


class ProjectMeasure(models.Model):
    """That a project carries out a measure, and what share of the project it is, if known."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="measure_links", verbose_name="projekt"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="project_links", verbose_name="opatření"
    )
    share = models.DecimalField("podíl v %", max_digits=5, decimal_places=2, null=True, blank=True)
    is_ours = models.BooleanField("přiřazení je naše, v dokumentu není", default=False)
    note = models.CharField("poznámka", max_length=300, blank=True)

    objects = models.Manager.from_queryset(ProjectMeasureQuerySet)()
    history = RecordHistory()

    class Meta:
        verbose_name = "opatření projektu"
        verbose_name_plural = "opatření projektů"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "measure"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Toto opatření už u projektu je.",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=WHOLE),
                name="%(app_label)s_%(class)s_share",
                violation_error_message="Podíl je větší než 0 a nejvýš 100 %%.",
            ),
        ]

    def __str__(self):
        return f"{self.project_id}: {self.measure_id}"


def check_shares(shares):
    """Refuse shares of one project above 100 % together; an unknown one counts for nothing.

    Whoever writes them holds a lock on the project. Raises ValidationError.
    """
    if sum(share for share in shares if share is not None) > WHOLE:
        raise ValidationError(ABOVE_WHOLE)
