"""Open grant calls: the guide to grants of measure 4.5."""

from django.db import models
from django.db.models import F, Q

from common.czech import search_key, sort_key
from common.fields import LinkField
from common.history import RecordHistory
from measures.models import Measure
from municipalities.models import Region
from strategy.models import Priority


class CallQuerySet(models.QuerySet):
    def open_on(self, day):
        """Calls that take applications on a day; one without a deadline until it is closed."""
        begun = Q(opens_on__isnull=True) | Q(opens_on__lte=day)
        return self.filter(begun, Q(deadline__isnull=True) | Q(deadline__gte=day))

    def past(self, day):
        return self.filter(deadline__lt=day)

    def not_past(self, day):
        """Calls that take applications on a day or will."""
        return self.filter(Q(deadline__isnull=True) | Q(deadline__gte=day))

    def by_deadline(self):
        """The nearest deadline first, those without one last."""
        return self.order_by(F("deadline").asc(nulls_last=True), "sort_key", "pk")


class CallManager(models.Manager.from_queryset(CallQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Call(models.Model):
    """A grant call: who gives, until when, who may apply, for which priorities.

    Without a deadline it takes applications until further notice. `checked_on` is the day when
    somebody last compared it with its source.
    """

    slug = models.SlugField("zkratka v adrese", max_length=80, unique=True)
    title = models.CharField("název", max_length=300)
    provider = models.CharField("kdo peníze dává", max_length=200)
    programme = models.CharField("program", max_length=300, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="calls",
        verbose_name="jen pro kraj",
        null=True,
        blank=True,
        help_text="Prázdné znamená celou republiku.",
    )
    opens_on = models.DateField("příjem žádostí od", null=True, blank=True)
    deadline = models.DateField("příjem žádostí do", null=True, blank=True)
    applicants = models.TextField("kdo může žádat")
    is_for_municipalities = models.BooleanField("může žádat obec", default=False)
    support = models.TextField("na co peníze jsou", blank=True)
    amount_text = models.CharField("kolik, slovy zdroje", max_length=300, blank=True)
    priorities = models.ManyToManyField(
        Priority, related_name="calls", verbose_name="priority", blank=True
    )
    measures = models.ManyToManyField(
        Measure, related_name="calls", verbose_name="opatření", blank=True
    )
    link = LinkField("odkaz na výzvu", max_length=400)
    source = models.CharField("zdroj", max_length=400, blank=True)
    checked_on = models.DateField("ověřeno dne", null=True, blank=True)
    sort_key = models.CharField(max_length=1850, editable=False)
    search_key = models.CharField(max_length=320, editable=False)

    objects = CallManager()
    history = RecordHistory(m2m_fields=[priorities, measures])

    class Meta:
        verbose_name = "výzva"
        verbose_name_plural = "výzvy"
        indexes = [models.Index(fields=["deadline"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(deadline__isnull=True)
                | Q(opens_on__lte=F("deadline")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message="Příjem žádostí končí dřív, než začíná.",
            ),
            models.CheckConstraint(
                condition=~Q(applicants=""),
                name="%(app_label)s_%(class)s_applicants",
                violation_error_message="Napište, kdo může žádat.",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def natural_key(self):
        return (self.slug,)

    def set_keys(self):
        """Work out the stored keys from the title; for whoever writes many rows at once."""
        self.sort_key = sort_key(self.title)
        self.search_key = search_key(self.title)
