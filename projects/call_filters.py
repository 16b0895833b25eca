import django_filters as filters
from django.db.models import Q

from measures.models import Measure
from municipalities.models import Region
from projects.calls import plan_label
from projects.models import Call
from strategy.models import Priority

WRONG_PRIORITY = "Takovou prioritu strategie nemají, výběr podle priority se nepoužil."
WRONG_APPLICANT = "Podle tohoto žadatele vybírat nejde, výběr se nepoužil."
WRONG_REGION = "Takový kraj neznáme, výběr podle kraje se nepoužil."


class CallFilter(filters.FilterSet):
    """Calls by priority, applicant and region; a bad value is reported and ignored."""

    priorita = filters.ChoiceFilter(
        label="Priorita",
        method="by_priority",
        empty_label="všechny",
        error_messages={"invalid_choice": WRONG_PRIORITY},
    )
    zadatel = filters.ChoiceFilter(
        label="Kdo může žádat",
        method="by_applicant",
        empty_label="kdokoli",
        choices=[("obec", "obec")],
        error_messages={"invalid_choice": WRONG_APPLICANT},
    )
    kraj = filters.ChoiceFilter(
        label="Kraj",
        method="by_region",
        empty_label="všechny",
        error_messages={"invalid_choice": WRONG_REGION},
    )

    class Meta:
        model = Call
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        priorities = Priority.objects.select_related("strategy")
        self.priorities = {
            f"{one.strategy.slug}-{one.code}": one
            for one in priorities.order_by("strategy__slug", "code_key", "pk")
        }
        self.filters["priorita"].extra["choices"] = [
            (key, plan_label(one)) for key, one in self.priorities.items()
        ]
        regions = Region.objects.order_by("sort_key", "code").values_list("code", "name")
        self.filters["kraj"].extra["choices"] = list(regions)

    @property
    def is_narrowed(self):
        return self.is_bound and any(self.form.cleaned_data.values())

    def by_priority(self, queryset, name, value):
        """Calls that name a priority, or a measure that leads to one of its goals."""
        chosen = self.priorities[value]
        led = Measure.objects.filter(goals__priority=chosen).values("pk")
        named = queryset.model.objects.filter(Q(priorities=chosen) | Q(measures__in=led))
        return queryset.filter(pk__in=named.values("pk"))

    def by_applicant(self, queryset, name, value):
        return queryset.filter(is_for_municipalities=True)

    def by_region(self, queryset, name, value):
        """Calls for a region: its own and those for the whole country."""
        return queryset.filter(Q(region=None) | Q(region__code=value))
