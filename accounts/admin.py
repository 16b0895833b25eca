from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import NAMES
from common.admin import TrackedAdmin


class RolesField(forms.ModelMultipleChoiceField):
    """The roles a person acts in, under their Czech names."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        roles = Group.objects.filter(name__in=NAMES).order_by("pk")
        super().__init__(roles, label="Role", required=False, **kwargs)

    def label_from_instance(self, obj):
        return NAMES[obj.name]


class PersonForm(forms.ModelForm):
    """One address, one spelling: a capital letter makes no second person."""

    groups = RolesField()

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class UserAddForm(PersonForm, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name", "groups"]


class UserEditForm(PersonForm, UserChangeForm):
    class Meta:
        model = User
        fields = ["email", "name", "is_active", "groups", "password"]


@admin.register(User)
class UserAdmin(TrackedAdmin, BaseUserAdmin):
    """People and their roles. Nobody is deleted, what they wrote keeps its author: accounts are
    made inactive. What a role may do stands in the rules, not here."""

    form = UserEditForm
    add_form = UserAddForm
    fieldsets = [(None, {"fields": ["email", "name", "is_active", "groups", "password"]})]
    add_fieldsets = [
        (
            None,
            {"fields": ["email", "name", "groups", "usable_password", "password1", "password2"]},
        )
    ]
    filter_horizontal = []
    list_display = ["name", "email", "role_names", "is_active"]
    list_display_links = ["name", "email"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]

    def get_queryset(self, request):
        """Hide the technical administrator from everyone else: their password opens everything."""
        users = super().get_queryset(request).prefetch_related("groups")
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    @admin.display(description="role")
    def role_names(self, user):
        return ", ".join(NAMES.get(group.name, group.name) for group in user.groups.all())


# The groups are the four roles: they come with the program and nobody renames them.
admin.site.unregister(Group)
