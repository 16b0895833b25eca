from contextlib import nullcontext

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.shortcuts import redirect

from common.forms import refuse
from common.history import REASON_LENGTH, recording

ASSUME_HTTPS = {models.URLField: {"assume_scheme": "https"}}
"""For `formfield_overrides`: an address typed without its scheme is a secure one."""


REASON = "change_reason"
"""The field of a form that says why a record was changed."""


class TrackedAdmin(admin.ModelAdmin):
    """Edits records whose history is kept: each saving is one act of the person signed in, with
    the reason they give; „Historie“ leads to the portal's own page of all versions."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            kwargs.setdefault("form", _with_reason(self.form))
        return super().get_form(request, obj, change=change, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with _act(request):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        with _act(request):
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        with _act(request):
            return super().changelist_view(request, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        kind = f"{self.opts.app_label}-{self.opts.model_name}"
        return redirect("portal:history_record", kind=kind, key=unquote(object_id))


def _with_reason(form):
    field = forms.CharField(
        label="Důvod změny",
        required=False,
        max_length=REASON_LENGTH,
        help_text="Zůstane v historii, uvidí ho jen přihlášení pracovníci.",
        widget=AdminTextInputWidget,
    )
    return type(form.__name__, (form,), {REASON: field})


def _act(request):
    """Return the act of a request that may write; a page that is only read locks nothing."""
    if request.method != "POST":
        return nullcontext()
    reason = request.POST.get(REASON, "").strip()[:REASON_LENGTH]
    return recording(by=request.user, reason=reason)


class AppendOnlyAdmin(admin.ModelAdmin):
    """Shows records that may only be added: nothing can be changed, deleted or ticked for it."""

    actions = None
    formfield_overrides = ASSUME_HTTPS

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class AppendOnlyInline(admin.TabularInline):
    """Records that may only be added, listed on the page of what they belong to."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ActionForm(forms.ModelForm):
    """Adds a record through the action that holds its rules; refusals are shown at the fields.

    A subclass says in `perform()` which action that is and returns the new record.
    """

    user = None

    def perform(self):
        raise NotImplementedError

    def _post_clean(self):
        # The action makes and checks the record: this form must not do half of it by itself.
        if self.errors:
            return
        try:
            self.instance = self.perform()
        except ValidationError as error:
            refuse(self, error)

    def save(self, commit=True):
        return self.instance


class ActionAdmin(AppendOnlyAdmin):
    """Adds append-only records with `add_form`, an ActionForm; shows their own fields."""

    add_form = ActionForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = self.add_form
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request, obj=None):
        return super().get_fields(request, obj) if obj else list(self.add_form.base_fields)

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []

    def save_model(self, request, obj, form, change):
        """Nothing is left to save: the action has done it."""

    def save_related(self, request, form, formsets, change):
        """Nothing is left to save: the action has done it."""
