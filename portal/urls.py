from django.urls import path, re_path

from portal.health import healthz
from portal.views import home, measure, municipality, strategy

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    # Digits end at the first dash: names have dashes of their own.
    re_path(
        r"^obce/(?P<code>[0-9]+)-(?P<slug>[^/]+)/$",
        municipality.municipality_detail,
        name="municipality_detail",
    ),
    path("strategie/", strategy.strategy_list, name="strategy_list"),
    path("strategie/<slug:slug>/", strategy.strategy_detail, name="strategy_detail"),
    # PostgreSQL takes no NUL in a text it compares with.
    re_path(
        r"^strategie/(?P<slug>[-a-zA-Z0-9_]+)/opatreni/(?P<code>[^/\x00]+)/$",
        measure.measure_detail,
        name="measure_detail",
    ),
    path("healthz", healthz, name="healthz"),
]
