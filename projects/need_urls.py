"""Needs of a project: public data beside its page, and the pages of the unit."""

from django.urls import path

from projects import need_views as views

app_name = "needs"
urlpatterns = [
    path("projekty/<slug:slug>/potreby.csv", views.needs_csv, name="csv"),
    path("projekty/<slug:slug>/potreby.json", views.needs_json, name="json"),
    path("prace/projekty/<slug:slug>/potreby/", views.needs_desk, name="desk"),
    path(
        "prace/projekty/<slug:slug>/potreby/tabulka.csv",
        views.needs_export,
        {"kind": "csv"},
        name="export_csv",
    ),
    path(
        "prace/projekty/<slug:slug>/potreby/tabulka.xlsx",
        views.needs_export,
        {"kind": "xlsx"},
        name="export_xlsx",
    ),
    path("prace/projekty/<slug:slug>/potreby/import/", views.needs_import, name="import"),
    path(
        "prace/projekty/<slug:slug>/potreby/import/<int:pk>/",
        views.needs_import_detail,
        name="import_detail",
    ),
]
