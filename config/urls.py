from allauth.account.views import email
from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.views.decorators.http import require_safe

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("municipalities.urls")),
    path("ukazatele/", include("indicators.urls")),
    path("projekty/", include("projects.urls")),
    path("prace/", include("measures.urls")),
    path("dotaz/", include("measures.public_urls")),
    # An administrator answers for the addresses: people read theirs, they do not change it.
    path("ucet/email/", require_safe(email)),
    path("ucet/upozorneni/", include("accounts.notice_urls")),
    path("ucet/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    # Browsers ask for it on pages that name no icon, those of the administration.
    path("favicon.ico", lambda request: redirect(static("img/favicon.svg"))),
]
