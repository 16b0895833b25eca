from django.urls import path, re_path

from portal.health import healthz
from portal.views import (
    about,
    changes,
    coverage,
    error,
    history,
    home,
    imports,
    measure,
    methodology,
    municipality,
    municipality_sheet,
    organisation,
    output,
    plan,
    quality,
    search,
    strategy,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    # Digits end at the first dash: names have dashes of their own.
    re_path(
        r"^obce/(?P<code>[0-9]+)-(?P<slug>[^/]+)/$",
        municipality.municipality_detail,
        name="municipality_detail",
    ),
    re_path(
        r"^obce/(?P<code>[0-9]+)-(?P<slug>[^/]+)/list\.pdf$",
        municipality_sheet.municipality_sheet,
        name="municipality_sheet",
    ),
    re_path(
        r"^obce/(?P<code>[0-9]+)-(?P<slug>[^/]+)/data\.csv$",
        municipality.municipality_csv,
        name="municipality_csv",
    ),
    re_path(
        r"^obce/(?P<code>[0-9]+)-(?P<slug>[^/]+)/data\.json$",
        municipality.municipality_json,
        name="municipality_json",
    ),
    path("strategie/", strategy.strategy_list, name="strategy_list"),
    path("strategie/<slug:slug>/", strategy.strategy_detail, name="strategy_detail"),
    # PostgreSQL takes no NUL in a text it compares with.
    re_path(
        r"^strategie/(?P<slug>[-a-zA-Z0-9_]+)/opatreni/(?P<code>[^/\x00]+)/$",
        measure.measure_detail,
        name="measure_detail",
    ),
    re_path(
        r"^strategie/(?P<slug>[-a-zA-Z0-9_]+)/priorita/(?P<code>[^/\x00]+)/$",
        plan.priority_detail,
        name="priority_detail",
    ),
    re_path(
        r"^strategie/(?P<slug>[-a-zA-Z0-9_]+)/cil/(?P<code>[^/\x00]+)/$",
        plan.goal_detail,
        name="goal_detail",
    ),
    path("strategie/<slug:slug>/o-strategii/", plan.strategy_about, name="strategy_about"),
    path("strategie/<slug:slug>/vystupy/", output.output_list, name="output_list"),
    path("strategie/<slug:slug>/pokryti/", coverage.coverage, name="coverage"),
    path("strategie/<slug:slug>/pokryti.csv", coverage.coverage_csv, name="coverage_csv"),
    path("strategie/<slug:slug>/pokryti.json", coverage.coverage_json, name="coverage_json"),
    path("strategie/<slug:slug>/zmeny/", changes.changes, name="changes"),
    path("strategie/<slug:slug>/zmeny.atom", changes.changes_feed, name="changes_feed"),
    path("strategie/<slug:slug>/terminy.ics", changes.deadline_calendar, name="deadline_calendar"),
    path("organisace/", organisation.organisation_list, name="organisation_list"),
    # Digits end at the first dash: names have dashes of their own.
    re_path(
        r"^organisace/(?P<pk>[0-9]{1,18})-(?P<slug>[^/]+)/$",
        organisation.organisation_detail,
        name="organisation_detail",
    ),
    path("hledat/", search.search, name="search"),
    path("metodika/", methodology.methodology_list, name="methodology_list"),
    path("metodika/opravy-dat/", methodology.data_corrections, name="data_corrections"),
    path("metodika/<slug:slug>/", methodology.methodology_detail, name="methodology_detail"),
    path("o-portalu/", about.about, name="about"),
    path("pristupnost/", about.accessibility, name="accessibility"),
    path("snadne-cteni/", about.easy_reading, name="easy_reading"),
    path("nahlasit/", error.error_report, name="error_report"),
    path("nahlasit/dekujeme/", error.error_thanks, name="error_thanks"),
    path("prace/chyby/", error.error_list, name="error_list"),
    path("prace/chyby/<int:pk>/", error.error_detail, name="error_detail"),
    path("prace/historie/", history.history_list, name="history_list"),
    re_path(
        r"^prace/historie/(?P<kind>[a-z]+-[a-z]+)/(?P<key>[^/\x00]+)/$",
        history.history_record,
        name="history_record",
    ),
    path("prace/importy/", imports.import_list, name="import_list"),
    path("prace/kvalita/", quality.quality, name="quality"),
    path("healthz", healthz, name="healthz"),
]
