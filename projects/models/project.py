from calendar import monthrange

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse

from common.czech import search_key, sort_key
from common.history import RecordHistory
from municipalities.models import Municipality, Region
from strategy.models import Organisation, Precision, Priority


class ProjectState(models.TextChoices):
    PREPARING = "preparing", "v přípravě"
    SUPPORTED = "supported", "podpořen, ještě neběží"
    RUNNING = "running", "v realizaci"
    FINISHED = "finished", "ukončen"
    UNKNOWN = "unknown", "neznámý"


class ProjectTerritory(models.TextChoices):
    REGION = "region", "celý kraj"
    NAMED = "named", "vyjmenované obce"
    UNDETERMINED = "undetermined", "území neurčeno"


class ProjectQuerySet(models.QuerySet):
    def in_czech_order(self):
        return self.order_by("sort_key", "pk")

    def for_list(self):
        """What one row of a list shows, without a query for each row."""
        return self.select_related("recipient", "region").prefetch_related(
            Prefetch("municipalities", Municipality.objects.in_czech_order())
        )

    def for_page(self):
        """What the page of a project shows of itself; its parts are read beside."""
        return (
            self.for_list()
            .select_related("parent")
            .prefetch_related(
                Prefetch(
                    "priorities",
                    Priority.objects.select_related("strategy").order_by("code_key", "pk"),
                ),
                Prefetch("children", Project.objects.in_czech_order()),
            )
        )

    def with_measures(self):
        """Read the measures of each project with it, in the order of their codes."""
        links = Project.measure_links.rel.related_model.objects.in_plan_order()
        return self.prefetch_related(Prefetch("measure_links", links))

    def with_completeness(self):
        """Read with each project what stands in its other tables and must be published
        (`projects/regulation.py`): its `total_costs` and `achievements`.

        Read after the page was cut out: within the query of a list they would be looked up for
        every row that is skipped.
        """
        parts = Project.budget_parts.rel.related_model.objects.filter(kind="total")
        outcomes = Project.outcomes.rel.related_model.objects
        return self.prefetch_related(
            Prefetch("budget_parts", parts.only("pk", "project"), to_attr="total_costs"),
            Prefetch("outcomes", outcomes.only("pk", "project"), to_attr="achievements"),
        )

    def with_approved(self):
        """Say of each project what was approved for it in all, by currency; None where no certain
        amount is known."""
        part = Project.budget_parts.rel.related_model.objects.filter(
            project=OuterRef("pk"), stage="approved", kind="total", is_uncertain=False
        )
        amounts = {
            f"approved_{currency.lower()}": Subquery(
                part.filter(currency=currency).values("amount")
            )
            for currency in ("CZK", "EUR")
        }
        return self.annotate(**amounts)

    def carrying_out(self, code):
        """Projects with a measure of this code, in whichever strategy."""
        named = Project.objects.filter(measure_links__measure__code__iexact=code)
        return self.filter(pk__in=named.values("pk"))

    def with_words(self, key):
        """Projects where each word of a search key stands in their name or their recipient's."""
        found = self
        for word in key.split():
            found = found.filter(
                Q(search_key__contains=word) | Q(recipient__search_key__contains=word)
            )
        return found

    def for_measure(self, measure):
        """Projects that carry a measure out, each with `link_share` (percent, may be unknown) and
        `is_link_ours`, whether the portal and not a document says so."""
        return self.annotate(
            link=FilteredRelation("measure_links", condition=Q(measure_links__measure=measure)),
            link_share=F("link__share"),
            is_link_ours=F("link__is_ours"),
        ).filter(link__isnull=False)

    def for_municipality(self, municipality):
        """Projects that name a municipality; region-wide ones are counted apart."""
        return self.filter(municipalities=municipality)

    def for_priority(self, priority):
        return self.filter(priorities=priority)

    def region_wide(self):
        return self.filter(territory=ProjectTerritory.REGION)


class ProjectManager(models.Manager.from_queryset(ProjectQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Project(models.Model):
    """A project that carries measures out; what is empty is not known and is shown as such."""

    slug = models.SlugField("zkratka v adrese", max_length=80, unique=True)
    name = models.CharField("název", max_length=300)
    name_note = models.TextField("k názvu", blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="projects", verbose_name="kraj")
    recipient = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="projects",
        verbose_name="příjemce",
        null=True,
        blank=True,
    )
    recipient_note = models.CharField("k příjemci", max_length=300, blank=True)
    programme = models.CharField("program", max_length=300, blank=True)
    fund = models.CharField("fond", max_length=200, blank=True)
    fund_note = models.CharField("k programu a fondu", max_length=300, blank=True)
    registration_number = models.CharField(
        "registrační číslo",
        max_length=60,
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": "Projekt s tímto registračním číslem už existuje."},
    )
    state = models.CharField(
        "stav", max_length=10, choices=ProjectState, default=ProjectState.UNKNOWN
    )
    state_text = models.CharField("stav slovy zdroje", max_length=200, blank=True)
    state_date = models.DateField("stav ke dni", null=True, blank=True)
    state_precision = models.CharField(
        "den stavu známe", max_length=5, choices=Precision, default=Precision.DAY
    )
    start_date = models.DateField("začátek", null=True, blank=True)
    start_precision = models.CharField(
        "začátek známe", max_length=5, choices=Precision, default=Precision.DAY
    )
    is_start_uncertain = models.BooleanField("začátek je nejistý", default=False)
    end_date = models.DateField("konec", null=True, blank=True)
    end_precision = models.CharField(
        "konec známe", max_length=5, choices=Precision, default=Precision.DAY
    )
    is_end_uncertain = models.BooleanField("konec je nejistý", default=False)
    dates_note = models.TextField("k datům", blank=True)
    goal = models.TextField("cíl", blank=True)
    specific_objective = models.CharField("specifický cíl", max_length=300, blank=True)
    intervention_type = models.CharField("typ intervence", max_length=300, blank=True)
    eu_rate = models.DecimalField(
        "míra spolufinancování EU v %", max_digits=5, decimal_places=2, null=True, blank=True
    )
    territory = models.CharField(
        "území", max_length=12, choices=ProjectTerritory, default=ProjectTerritory.UNDETERMINED
    )
    territory_text = models.CharField("území slovy zdroje", max_length=200, blank=True)
    municipalities = models.ManyToManyField(
        Municipality, related_name="projects", verbose_name="obce", blank=True
    )
    priorities = models.ManyToManyField(
        Priority, related_name="projects", verbose_name="priority", blank=True
    )
    priorities_note = models.CharField("k prioritám", max_length=300, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        verbose_name="je součástí projektu",
        null=True,
        blank=True,
    )
    source = models.CharField("zdroj", max_length=400)
    source_url = models.URLField("adresa zdroje", max_length=400, blank=True)
    sort_key = models.CharField(max_length=1850, editable=False)
    search_key = models.CharField(max_length=320, editable=False)
    programme_key = models.CharField(max_length=1850, editable=False, blank=True)

    objects = ProjectManager()
    history = RecordHistory(m2m_fields=[municipalities, priorities])

    class Meta:
        verbose_name = "projekt"
        verbose_name_plural = "projekty"
        indexes = [
            models.Index(fields=["state"]),
            models.Index(fields=["sort_key", "id"], name="projects_project_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProjectState.values),
                name="%(app_label)s_%(class)s_state",
                violation_error_message="Neznámý stav projektu.",
            ),
            models.CheckConstraint(
                condition=Q(territory__in=ProjectTerritory.values),
                name="%(app_label)s_%(class)s_territory",
                violation_error_message="Neznámý druh území.",
            ),
            models.CheckConstraint(
                condition=Q(state_precision__in=Precision.values)
                & Q(start_precision__in=Precision.values)
                & Q(end_precision__in=Precision.values),
                name="%(app_label)s_%(class)s_precision",
                violation_error_message="Den známe na den, nebo na měsíc.",
            ),
            models.CheckConstraint(
                condition=Q(start_date__isnull=True)
                | Q(end_date__isnull=True)
                | Q(start_date__lte=F("end_date")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message="Konec projektu je dřív než začátek.",
            ),
            models.CheckConstraint(
                condition=Q(is_start_uncertain=False, is_end_uncertain=False) | ~Q(dates_note=""),
                name="%(app_label)s_%(class)s_doubt",
                violation_error_message="U nejistého data napište, v čem je nejistota.",
            ),
            models.CheckConstraint(
                condition=Q(registration_number__isnull=True) | ~Q(registration_number=""),
                name="%(app_label)s_%(class)s_number",
                violation_error_message="Neznámé registrační číslo nechte prázdné.",
            ),
            models.CheckConstraint(
                condition=Q(eu_rate__isnull=True) | Q(eu_rate__gte=0, eu_rate__lte=100),
                name="%(app_label)s_%(class)s_eu_rate",
                violation_error_message="Míra spolufinancování je mezi 0 a 100 %%.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="%(app_label)s_%(class)s_parent",
                violation_error_message="Projekt nemůže být součástí sebe sama.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Give a date known to the month its place in it, and refuse a circle of parents."""
        if self.start_date and self.start_precision == Precision.MONTH:
            self.start_date = self.start_date.replace(day=1)
        if self.end_date and self.end_precision == Precision.MONTH:
            last = monthrange(self.end_date.year, self.end_date.month)[1]
            self.end_date = self.end_date.replace(day=last)
        above, seen = self.parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"parent": "Projekt by byl součástí sebe sama."})
            seen.add(above.pk)
            above = above.parent

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("projects:project_detail", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    def set_keys(self):
        """Work out the stored keys from the names; for whoever writes many rows at once."""
        self.sort_key = sort_key(self.name)
        self.programme_key = sort_key(self.programme)
        self.search_key = search_key(self.name)
