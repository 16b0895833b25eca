from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.template.response import TemplateResponse

from accounts import actions
from accounts.lockout import CODES_OF
from accounts.models import LockOut, User
from accounts.roles import NAMES
from common import czech
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
    list_display = ["name", "email", "role_names", "is_active", "has_second_factor"]
    list_display_links = ["name", "email"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    actions = ["drop_second_factor"]

    def get_queryset(self, request):
        """Hide the technical administrator from everyone else: their password opens everything."""
        users = super().get_queryset(request).with_second_factor().prefetch_related("groups")
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    @admin.display(description="role")
    def role_names(self, user):
        return ", ".join(NAMES.get(group.name, group.name) for group in user.groups.all())

    @admin.display(description="druhý faktor", boolean=True)
    def has_second_factor(self, user):
        return user.second_factor_since() is not None

    @admin.action(description="Zrušit druhý faktor (ztracený telefon)", permissions=["change"])
    def drop_second_factor(self, request, people):
        """Ask on a page of its own, then let the people set a new factor up."""
        people = [person for person in people if person.second_factor_since()]
        if people and "potvrzeno" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": "Zrušit druhý faktor",
                "people": people,
            }
            return TemplateResponse(request, "accounts/second_factor_drop.html", context)
        for person in people:
            actions.drop_second_factor(person, by=request.user)
        count = czech.count(len(people), "člověku", "lidem", "lidem")
        level = messages.SUCCESS if people else messages.WARNING
        self.message_user(request, f"Druhý faktor je zrušen {count}.", level)
        return None


@admin.register(LockOut)
class LockOutAdmin(admin.ModelAdmin):
    """Failed sign-ins of the last minutes; taking them out unlocks the account."""

    list_display = ["account", "step", "address", "failures", "last_at"]
    list_display_links = None
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time", "-pk"]
    actions = ["unlock"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="účet", ordering="username")
    def account(self, attempt):
        return attempt.username.removeprefix(CODES_OF)

    @admin.display(description="krok")
    def step(self, attempt):
        return "jednorázový kód" if attempt.username.startswith(CODES_OF) else "heslo"

    @admin.display(description="odkud (IP)", ordering="ip_address")
    def address(self, attempt):
        return attempt.ip_address

    @admin.display(description="neúspěšných pokusů", ordering="failures_since_start")
    def failures(self, attempt):
        return attempt.failures_since_start

    @admin.display(description="naposledy", ordering="attempt_time")
    def last_at(self, attempt):
        return attempt.attempt_time

    @admin.action(description="Odblokovat vybrané", permissions=["view"])
    def unlock(self, request, attempts):
        attempts.delete()
        self.message_user(request, "Vybraná přihlášení jsou odblokovaná.", messages.SUCCESS)


# Keys of the second factor are for nobody's eyes; addresses follow the people; providers stand in
# the settings.
for _model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(_model)

# The groups are the four roles: they come with the program and nobody renames them.
admin.site.unregister(Group)
