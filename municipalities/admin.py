from django import forms
from django.contrib import admin
from django.utils.text import slugify

from common.admin import TrackedAdmin
from common.czech import search_key
from municipalities.models import (
    BandCount,
    Boundary,
    BoundarySet,
    ComponentShare,
    ComponentValue,
    District,
    IndexBand,
    IndexEdition,
    IndexEntry,
    Municipality,
    Orp,
    Region,
)


class PlaceAdmin(TrackedAdmin):
    """What all territorial units share: Czech order, found without diacritics or by code."""

    list_display = ["name", "code"]
    ordering = ["sort_key", "code"]
    search_fields = ["search_key", "code"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))


class MunicipalityChoiceField(forms.ModelChoiceField):
    """Municipalities with their ORP: two Chodov and two Březová could not be told apart."""

    def label_from_instance(self, obj):
        return f"{obj.name} (ORP {obj.orp})"


@admin.register(Region)
class RegionAdmin(PlaceAdmin):
    pass


@admin.register(District, Orp)
class PartOfRegionAdmin(PlaceAdmin):
    list_display = ["name", "code", "region"]
    list_filter = ["region"]
    list_select_related = ["region"]


@admin.register(Municipality)
class MunicipalityAdmin(PlaceAdmin):
    list_display = ["name", "code", "kind", "orp", "population", "population_date"]
    list_filter = ["kind", "orp"]
    list_select_related = ["orp"]


class IndexBandForm(forms.ModelForm):
    """A band has a name of its own: pages are filtered by it."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = IndexBand.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if slugify(search_key(name)) in {slugify(search_key(other)) for other in others}:
            raise forms.ValidationError("Pásmo s tímto názvem už existuje.")
        return name


@admin.register(IndexBand)
class IndexBandAdmin(TrackedAdmin):
    form = IndexBandForm
    list_display = ["name", "lower"]
    ordering = ["lower"]


class ComponentShareInline(admin.TabularInline):
    model = ComponentShare
    extra = 0
    ordering = ["region", "component"]


@admin.register(IndexEdition)
class IndexEditionAdmin(TrackedAdmin):
    list_display = ["year", "source", "imported_by", "imported_at"]
    list_select_related = ["imported_by"]
    ordering = ["-year"]
    readonly_fields = ["file_name", "sha256", "imported_by", "imported_at"]
    inlines = [ComponentShareInline]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.imported_by = request.user
        super().save_model(request, obj, form, change)


class ComponentValueInline(admin.TabularInline):
    model = ComponentValue
    extra = 0
    ordering = ["component"]


@admin.register(IndexEntry)
class IndexEntryAdmin(TrackedAdmin):
    list_display = ["municipality", "orp", "edition", "value"]
    list_filter = ["edition", "municipality__orp"]
    list_select_related = ["edition", "municipality__orp"]
    ordering = ["-edition__year", "municipality__sort_key", "pk"]
    search_fields = ["municipality__search_key", "municipality__code"]
    inlines = [ComponentValueInline]

    @admin.display(description="ORP", ordering="municipality__orp__sort_key")
    def orp(self, entry):
        return entry.municipality.orp

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "municipality":
            kwargs["form_class"] = MunicipalityChoiceField
            kwargs["queryset"] = Municipality.objects.select_related("orp").in_czech_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(BandCount)
class BandCountAdmin(TrackedAdmin):
    list_display = ["year", "region", "band", "count"]
    list_filter = ["year", "region"]
    list_select_related = ["region", "band"]
    ordering = ["-year", "region", "band__lower"]


class ImportedAdmin(admin.ModelAdmin):
    """Shows what only an import writes: nothing can be added or changed by hand, only deleted."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(BoundarySet)
class BoundarySetAdmin(ImportedAdmin):
    list_display = ["source", "file_name", "imported_by", "imported_at"]
    list_select_related = ["imported_by"]
    ordering = ["-imported_at", "pk"]


@admin.register(Boundary)
class BoundaryAdmin(ImportedAdmin):
    list_display = ["municipality", "boundary_set"]
    list_select_related = ["municipality", "boundary_set"]
    ordering = ["municipality__sort_key", "pk"]
    search_fields = ["municipality__search_key", "municipality__code"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))
