from django.contrib import admin

from common.admin import ASSUME_HTTPS, TrackedAdmin
from common.czech import search_key
from strategy import actions
from strategy.models import (
    Correction,
    Goal,
    GoverningBody,
    Instrument,
    Organisation,
    Priority,
    RelatedDocument,
    Strategy,
    StrategyText,
)


@admin.register(Strategy)
class StrategyAdmin(TrackedAdmin):
    list_display = ["title", "slug", "region", "is_monitored"]
    list_select_related = ["region"]
    ordering = ["slug"]


class PlanItemAdmin(TrackedAdmin):
    """What priorities, goals and measures share; none ever moves to another strategy."""

    list_display = ["code", "short_name", "strategy"]
    list_display_links = ["code", "short_name"]
    list_filter = ["strategy"]
    list_select_related = ["strategy"]
    ordering = ["strategy__slug", "code_key", "pk"]
    search_fields = ["code", "name", "short_name"]

    def get_readonly_fields(self, request, obj=None):
        return ["strategy"] if obj else []


@admin.register(Priority)
class PriorityAdmin(PlanItemAdmin):
    filter_horizontal = ["prerequisites"]


@admin.register(Goal)
class GoalAdmin(PlanItemAdmin):
    list_display = [*PlanItemAdmin.list_display, "priority"]
    list_select_related = ["strategy", "priority"]

    def save_model(self, request, obj, form, change):
        actions.save_goal(goal=obj, by=request.user)


@admin.register(Organisation)
class OrganisationAdmin(TrackedAdmin):
    formfield_overrides = ASSUME_HTTPS
    list_display = ["name", "kind", "region"]
    list_filter = ["kind"]
    list_select_related = ["region"]
    ordering = ["sort_key", "pk"]
    search_fields = ["search_key"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))


@admin.register(GoverningBody, Instrument, StrategyText, RelatedDocument, Correction)
class PartOfStrategyAdmin(TrackedAdmin):
    formfield_overrides = ASSUME_HTTPS
    list_display = ["__str__", "strategy"]
    list_filter = ["strategy"]
    list_select_related = ["strategy"]
    ordering = ["strategy__slug", "order", "pk"]
