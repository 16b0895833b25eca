from django.contrib import admin
from django.db import models

from common.admin import ASSUME_HTTPS, AppendOnlyAdmin, TrackedAdmin
from common.czech import search_key
from indicators.models import Indicator, Observation, Target

# A number is typed with a decimal comma or a point.
FIELDS = {**ASSUME_HTTPS, models.DecimalField: {"localize": True}}


class TargetInline(admin.TabularInline):
    formfield_overrides = FIELDS
    model = Target
    extra = 0


@admin.register(Indicator)
class IndicatorAdmin(TrackedAdmin):
    """The definition sheet of an indicator; its values are a list of their own."""

    list_display = ["name", "region", "group", "unit", "direction"]
    list_filter = ["region", "strategy", "counted", "direction"]
    list_select_related = ["region"]
    search_fields = ["search_key"]
    ordering = ["region__sort_key", "order", "sort_key", "pk"]
    filter_horizontal = ["priorities", "goals", "measures"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = FIELDS
    inlines = [TargetInline]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))


@admin.register(Observation)
class ObservationAdmin(AppendOnlyAdmin):
    """Values are only added; what was wrong is corrected by a new value naming the old one."""

    formfield_overrides = FIELDS
    list_display = ["indicator", "region", "municipality", "period_end", "value", "recorded_at"]
    list_filter = ["qualifier", "is_uncertain", "indicator__region"]
    list_select_related = ["indicator", "region", "municipality"]
    search_fields = ["indicator__search_key"]
    ordering = ["-recorded_at", "-pk"]
    autocomplete_fields = ["indicator"]
    raw_id_fields = ["municipality", "corrects"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))

    def save_model(self, request, obj, form, change):
        obj.author = request.user
        super().save_model(request, obj, form, change)
