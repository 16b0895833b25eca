from django.contrib import admin

from common.admin import AppendOnlyAdmin, AppendOnlyInline, TrackedAdmin
from meetings.models import Body, Meeting, Resolution, Snapshot, SnapshotFile


@admin.register(Body)
class BodyAdmin(TrackedAdmin):
    list_display = ["name", "kind", "slug", "strategy"]
    list_filter = ["strategy", "kind"]
    list_select_related = ["strategy"]
    ordering = ["name", "pk"]
    search_fields = ["name", "slug"]

    def get_readonly_fields(self, request, obj=None):
        """The addresses of what was frozen stay, and so do the strategy and its measures."""
        is_settled = obj is not None and (
            Meeting.objects.of_body(obj).frozen().exists()
            or Resolution.objects.filter(meeting__body=obj).exists()
        )
        return ["strategy", "slug"] if is_settled else []


@admin.register(Meeting)
class MeetingAdmin(TrackedAdmin):
    """Meetings; what is frozen stays as it is. Freezing belongs to the desk."""

    list_display = ["meeting_date", "body"]
    list_filter = ["body"]
    list_select_related = ["body"]
    ordering = ["-meeting_date", "pk"]
    actions = None
    view_on_site = False

    def has_change_permission(self, request, obj=None):
        is_open = not _is_frozen(obj) and not (obj and obj.resolutions.exists())
        return super().has_change_permission(request, obj) and is_open

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_frozen(obj)


def _is_frozen(meeting):
    return meeting is not None and meeting.snapshots.exists()


class ReadOnlyAdmin(AppendOnlyAdmin):
    view_on_site = False

    def has_add_permission(self, request):
        return False


class FileInline(AppendOnlyInline):
    model = SnapshotFile
    fields = readonly_fields = ["name", "kind", "size", "sha256"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "number", "on_date", "frozen_at", "sha256"]
    list_select_related = ["meeting__body"]
    ordering = ["-frozen_at", "-pk"]
    exclude = ["content"]
    inlines = [FileInline]


@admin.register(Resolution)
class ResolutionAdmin(ReadOnlyAdmin):
    list_display = ["number", "meeting", "adopted_on", "is_withdrawn", "recorded_at"]
    list_select_related = ["meeting__body"]
    ordering = ["-recorded_at", "-pk"]
