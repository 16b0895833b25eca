from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery

from common.admin import ActionAdmin, ActionForm, AppendOnlyInline
from common.czech import search_key
from common.forms import DateField, refuse
from measures import actions, checks
from measures.actions.outputs import SAID
from measures.forms import MilestoneForm
from measures.forms.plan import staff
from measures.models import (
    Activity,
    Measure,
    Milestone,
    MilestoneState,
    MilestoneVersion,
    Output,
    OutputMunicipality,
    PlanVersion,
    Report,
)
from municipalities.models import Municipality
from strategy.admin import PlanItemAdmin

PLAN = ["start_date", "end_date", "kind", "owner", "deputy", "department", "reason", "resolution"]


class MeasureForm(forms.ModelForm):
    """The wording of a measure and its goals, which are of its own strategy."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            try:
                checks.check_goals(self.instance, list(self.cleaned_data.get("goals", [])))
            except forms.ValidationError as error:
                refuse(self, error)


class ActivityInline(admin.TabularInline):
    model = Activity
    extra = 0
    ordering = ["order"]


@admin.register(Measure)
class MeasureAdmin(PlanItemAdmin):
    form = MeasureForm
    inlines = [ActivityInline]
    filter_horizontal = ["goals", "partners", "municipalities"]
    search_fields = ["code", "search_key"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "goals":
            field.queryset = field.queryset.select_related("strategy").order_by(
                "strategy__slug", "code_key", "pk"
            )
            field.label_from_instance = lambda goal: f"{goal.strategy.slug.upper()} {goal}"
        return field

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        actions.set_goals(
            measure=form.instance, by=request.user, goals=list(form.cleaned_data["goals"])
        )


class OfMeasureAdmin(ActionAdmin):
    """What is recorded of one measure; the newest first."""

    list_filter = ["measure__strategy"]
    search_fields = ["measure__code", "measure__search_key"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "measure":
            kwargs["queryset"] = Measure.objects.monitored().in_plan_order()
        if db_field.name in ("owner", "deputy"):
            kwargs["queryset"] = staff()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PlanVersionForm(ActionForm):
    class Meta:
        model = PlanVersion
        fields = ["measure", *PLAN]

    def perform(self):
        return actions.change_plan(by=self.user, **self.cleaned_data)


@admin.register(PlanVersion)
class PlanVersionAdmin(OfMeasureAdmin):
    readonly_fields = ["recorded_at"]
    add_form = PlanVersionForm
    list_display = ["measure", "recorded_at", "start_date", "end_date", "kind", "owner"]
    list_select_related = ["measure", "owner"]
    ordering = ["-recorded_at", "-pk"]

    def get_changeform_initial_data(self, request):
        """Start from the plan that holds, when the measure is named in the address."""
        initial = super().get_changeform_initial_data(request)
        plans = PlanVersion.objects.order_by("-recorded_at", "-pk")
        known = str(initial.get("measure", "")).isdecimal()
        plan = plans.filter(measure=initial["measure"]).values(*PLAN[:-2]).first() if known else {}
        return {**(plan or {}), **initial}


class MilestoneAddForm(MilestoneForm, ActionForm):
    class Meta:
        model = Milestone
        fields = ["measure"]

    def perform(self):
        return actions.add_milestone(by=self.user, **self.cleaned_data).milestone


class MilestoneVersionInline(AppendOnlyInline):
    model = MilestoneVersion
    ordering = ["recorded_at", "pk"]


@admin.register(Milestone)
class MilestoneAdmin(OfMeasureAdmin):
    add_form = MilestoneAddForm
    inlines = [MilestoneVersionInline]
    list_display = ["current_title", "measure"]
    list_select_related = ["measure"]
    ordering = ["-pk"]

    def get_queryset(self, request):
        return with_current(super().get_queryset(request))

    @admin.display(description="název", ordering="current_title")
    def current_title(self, milestone):
        return milestone.current_title


def with_current(milestones):
    """Annotate milestones with the title and state of their newest versions."""
    newest = MilestoneVersion.objects.filter(milestone=OuterRef("pk"))
    newest = newest.order_by("-recorded_at", "-pk")
    return milestones.annotate(
        current_title=Subquery(newest.values("title")[:1]),
        current_state=Subquery(newest.values("state")[:1]),
    )


class OpenMilestoneField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        milestones = with_current(Milestone.objects.select_related("measure"))
        still_open = milestones.filter(current_state=MilestoneState.OPEN)
        super().__init__(still_open.order_by("measure__code_key", "pk"), **kwargs)

    def label_from_instance(self, obj):
        return f"{obj.measure.code} {obj.current_title}"


class MilestoneCloseForm(ActionForm):
    """Says that an open milestone was done on a day, or drops it with a reason."""

    milestone = OpenMilestoneField(label="Milník")
    state = forms.ChoiceField(label="Stav", choices=MilestoneState.choices[1:])
    done_on = DateField(label="Hotovo dne", required=False, help_text="Třeba 15. 12. 2026.")
    reason = forms.CharField(label="Proč se ruší", required=False, widget=forms.Textarea)

    class Meta:
        model = MilestoneVersion
        fields = ["evidence", "resolution"]

    field_order = ["milestone", "state", "done_on", "evidence", "reason", "resolution"]

    def perform(self):
        said = self.cleaned_data
        if said["state"] == MilestoneState.DONE:
            names = ["milestone", "done_on", "evidence"]
            return actions.finish_milestone(by=self.user, **{name: said[name] for name in names})
        names = ["milestone", "reason", "resolution"]
        return actions.drop_milestone(by=self.user, **{name: said[name] for name in names})


@admin.register(MilestoneVersion)
class MilestoneVersionAdmin(ActionAdmin):
    readonly_fields = ["recorded_at"]
    add_form = MilestoneCloseForm
    list_display = ["title", "measure", "due_date", "state", "closed_on", "recorded_at"]
    list_filter = ["state"]
    list_select_related = ["milestone__measure"]
    ordering = ["-recorded_at", "-pk"]
    search_fields = ["title", "milestone__measure__code"]

    @admin.display(description="opatření")
    def measure(self, version):
        return version.milestone.measure


class ReportForm(ActionForm):
    class Meta:
        model = Report
        fields = ["measure", *actions.CONTENT, "corrects"]

    def perform(self):
        content = dict(self.cleaned_data)
        measure = content.pop("measure")
        return actions.publish_report(measure=measure, by=self.user, content=content)


@admin.register(Report)
class ReportAdmin(OfMeasureAdmin):
    readonly_fields = ["published_at"]
    add_form = ReportForm
    raw_id_fields = ["corrects"]
    list_display = ["measure", "as_of_date", "kind", "phase", "health", "author", "published_at"]
    list_select_related = ["measure", "author"]
    ordering = ["-published_at", "-pk"]


class OutputAddForm(ActionForm):
    """An output with its municipalities; corrections and withdrawals have pages of the desk."""

    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.counted().in_czech_order(), label="Obce", required=False
    )

    link = forms.URLField(label="Odkaz", max_length=400, required=False, assume_scheme="https")

    class Meta:
        model = Output
        fields = ["measure", *SAID]

    def perform(self):
        return actions.add_output(by=self.user, **self.cleaned_data)


class OutputMunicipalityInline(AppendOnlyInline):
    model = OutputMunicipality


@admin.register(Output)
class OutputAdmin(OfMeasureAdmin):
    readonly_fields = ["recorded_at"]
    add_form = OutputAddForm
    inlines = [OutputMunicipalityInline]
    list_display = ["title", "measure", "kind", "happened_on", "is_withdrawn"]
    list_select_related = ["measure"]
    ordering = ["-happened_on", "-pk"]
    search_fields = ["title", "measure__code"]
