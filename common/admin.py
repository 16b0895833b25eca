from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models

from common.forms import refuse

ASSUME_HTTPS = {models.URLField: {"assume_scheme": "https"}}
"""For `formfield_overrides`: an address typed without its scheme is a secure one."""


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
