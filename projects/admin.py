from django import forms
from django.contrib import admin
from django.db.models import DecimalField

from common.admin import ASSUME_HTTPS, TrackedAdmin
from common.czech import search_key
from measures.models import Measure
from projects import models
from projects.models import Project, ProjectTerritory
from projects.models.links import check_shares

# A number is typed with a decimal comma or a point.
FIELDS = {**ASSUME_HTTPS, DecimalField: {"localize": True}}
NAMED_WITHOUT = "Vyberte obce, nebo změňte území."
MUNICIPALITIES_WITHOUT = "Když projekt jmenuje obce, je jeho území „vyjmenované obce“."


class ProjectForm(forms.ModelForm):
    """A project whose territory and list of municipalities say the same."""

    def clean(self):
        cleaned = super().clean()
        is_named = cleaned.get("territory") == ProjectTerritory.NAMED
        has_municipalities = bool(cleaned.get("municipalities"))
        if is_named and not has_municipalities:
            self.add_error("municipalities", NAMED_WITHOUT)
        if has_municipalities and not is_named:
            self.add_error("territory", MUNICIPALITIES_WITHOUT)
        return cleaned


class MeasureFormSet(forms.BaseInlineFormSet):
    """The measures of a project, whose shares are checked together."""

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        check_shares([getattr(form, "cleaned_data", {}).get("share") for form in kept])


class MeasureInline(admin.TabularInline):
    formfield_overrides = FIELDS
    model = models.ProjectMeasure
    formset = MeasureFormSet
    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "measure":
            kwargs["queryset"] = Measure.objects.order_by("strategy__slug", "code_key", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ActivityInline(admin.StackedInline):
    model = models.ProjectActivity
    extra = 0


class EventInline(admin.TabularInline):
    formfield_overrides = FIELDS
    model = models.TimelineEvent
    extra = 0


class OutcomeInline(admin.StackedInline):
    formfield_overrides = FIELDS
    model = models.Outcome
    extra = 0


class ObstacleInline(admin.TabularInline):
    model = models.Obstacle
    extra = 0


class ExternalFactInline(admin.StackedInline):
    formfield_overrides = FIELDS
    model = models.ExternalFact
    extra = 0


class BudgetPartInline(admin.TabularInline):
    formfield_overrides = FIELDS
    model = models.BudgetPart
    extra = 0


@admin.register(Project)
class ProjectAdmin(TrackedAdmin):
    """A project with everything its page shows."""

    form = ProjectForm
    formfield_overrides = FIELDS
    list_display = ["name", "recipient", "programme", "state", "territory"]
    list_filter = ["state", "territory", "region"]
    list_select_related = ["recipient"]
    search_fields = ["search_key"]
    ordering = ["sort_key", "pk"]
    filter_horizontal = ["municipalities", "priorities"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [
        MeasureInline,
        ActivityInline,
        EventInline,
        OutcomeInline,
        ObstacleInline,
        ExternalFactInline,
        BudgetPartInline,
    ]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))

    def get_object(self, request, object_id, from_field=None):
        """Lock a project that is being saved: two savings must not pass 100 % together."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            Project.objects.select_for_update().get(pk=found.pk)
        return found
