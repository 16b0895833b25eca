from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.roles import ADMIN, HEAD, UNIT


class PortalAdminSite(AdminSite):
    """The administration behind the portal's own door, for the roles that work in it."""

    site_header = "Portál sociálního začleňování – správa"
    site_title = "Správa portálu"
    index_title = "Správa údajů"
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.has_any_role(UNIT, HEAD, ADMIN)

    def password_change(self, request, extra_context=None):
        """Change it where everybody does: with its limits, and a message about it."""
        return HttpResponseRedirect(reverse("account_change_password"))

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Send a stranger to the portal's own sign-in; refuse whoever came in without a role."""
        index = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return HttpResponseRedirect(index)
        if request.user.is_authenticated:
            raise PermissionDenied
        query = urlencode({REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME, index)})
        return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
