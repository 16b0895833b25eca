from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("municipalities.urls")),
    path("", include("indicators.urls")),
    path("projekty/", include("projects.urls")),
    path("", include("projects.export_urls")),
    path("prace/", include("projects.desk_urls")),
    path("", include("projects.need_urls")),
    path("", include("projects.call_urls")),
    path("", include("meetings.urls")),
    path("prace/", include("measures.urls")),
    path("", include("measures.attachment_urls")),
    path("dotaz/", include("measures.partner_urls")),
    path("ucet/upozorneni/", include("accounts.notice_urls")),
    path("ucet/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    # Browsers ask for it on pages that name no icon, those of the administration.
    path("favicon.ico", lambda request: redirect(static("img/favicon.svg"))),
]
