"""Bodies that decide about a strategy, and when they meet."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from common import czech
from common.history import RecordHistory
from strategy.models import Strategy


class BodyKind(models.TextChoices):
    COUNCIL = "council", "rada"
    ASSEMBLY = "assembly", "zastupitelstvo"
    COMMITTEE = "committee", "výbor"
    COMMISSION = "commission", "komise"
    WORKING_GROUP = "working_group", "pracovní skupina"


class BodyManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Body(models.Model):
    """A body that meets over a strategy: the council, the assembly, a committee …"""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="meeting_bodies", verbose_name="strategie"
    )
    kind = models.CharField("druh", max_length=13, choices=BodyKind)
    name = models.CharField("název", max_length=200, help_text="Například Rada Karlovarského kraje")
    slug = models.SlugField(
        "zkratka v adrese",
        max_length=40,
        unique=True,
        error_messages={"unique": "Tuto zkratku už má jiný orgán."},
        help_text="Například rada: zasedání má pak adresu /zasedani/2026-11-26-rada/",
    )

    objects = BodyManager()
    history = RecordHistory()

    class Meta:
        verbose_name = "orgán"
        verbose_name_plural = "orgány"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "name"],
                name="%(app_label)s_%(class)s_name",
                violation_error_message="Orgán s tímto názvem už strategie má.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Neznámý druh orgánu.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


def day_of(slug):
    """Return the day of a meeting in an address, None where it is no day."""
    try:
        return date.fromisoformat(slug[:10])
    except ValueError:
        return None


class MeetingQuerySet(models.QuerySet):
    def with_state(self):
        """Add `is_frozen`: whether the briefing of the meeting was frozen."""
        frozen = Meeting.objects.filter(pk=OuterRef("pk"), snapshots__isnull=False)
        return self.annotate(is_frozen=Exists(frozen))

    def frozen(self):
        """Meetings whose briefing was frozen: those everybody may read."""
        return self.with_state().filter(is_frozen=True)

    def at(self, slug):
        """The meeting an address such as „2026-11-26-rada“ means: one or none."""
        day = day_of(slug)
        return self.filter(meeting_date=day, body__slug=slug[11:]) if day else self.none()

    def of_body(self, body):
        return self.filter(body=body)

    def held_before(self, day):
        """Meetings of the days before one, the latest first."""
        return self.filter(meeting_date__lt=day).newest_first()

    def before(self, meeting):
        """The earlier meetings of the same body, the latest first."""
        found = self.filter(body=meeting.body_id, meeting_date__lt=meeting.meeting_date)
        return found.newest_first()

    def newest_first(self):
        return self.order_by("-meeting_date", "body__slug", "pk")

    def for_list(self):
        return self.with_state().select_related("body__strategy__region").newest_first()


class Meeting(models.Model):
    """A day on which a body meets; one a day. It is frozen once it has a Snapshot."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="orgán")
    meeting_date = models.DateField("den zasedání")

    objects = MeetingQuerySet.as_manager()
    history = RecordHistory()

    class Meta:
        verbose_name = "zasedání"
        verbose_name_plural = "zasedání"
        indexes = [models.Index(fields=["-meeting_date"])]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "meeting_date"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Zasedání tohoto orgánu v tento den už je zapsáno.",
            ),
        ]

    def __str__(self):
        return f"{self.body}, {czech.date(self.meeting_date)}"

    def get_absolute_url(self):
        return reverse("meetings:meeting_detail", args=[self.slug])

    @property
    def slug(self):
        """The meeting in an address: „2026-11-26-rada“."""
        return f"{self.meeting_date.isoformat()}-{self.body.slug}"
