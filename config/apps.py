from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.PortalAdminSite"


class PortalStaticFilesConfig(StaticFilesConfig):
    """Collects only what pages use: the rest of Bootstrap triples the time of compressing."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.map",
        "*.rtl.*",
        "css/bootstrap.css",
        "css/bootstrap-*",
        "js/bootstrap.js",
        "js/bootstrap.min.js",
        "js/bootstrap.bundle.js",
        "js/bootstrap.esm*",
    ]
