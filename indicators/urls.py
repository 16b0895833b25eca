from django.urls import path

from indicators import desk_views, import_views, views

app_name = "indicators"
urlpatterns = [
    path("ukazatele/", views.indicator_list, name="indicator_list"),
    path("ukazatele.csv", views.indicator_list_csv, name="indicator_list_csv"),
    path("ukazatele.json", views.indicator_list_json, name="indicator_list_json"),
    path("ukazatele/<slug:slug>/", views.indicator_detail, name="indicator_detail"),
    path("ukazatele/<slug:slug>/hodnoty.csv", views.values_csv, name="values_csv"),
    path("ukazatele/<slug:slug>/hodnoty.json", views.values_json, name="values_json"),
    path("prace/ukazatele/", desk_views.entry_list, name="entry_list"),
    path("prace/ukazatele/hodnoty.csv", desk_views.entry_export, {"kind": "csv"}, name="entry_csv"),
    path(
        "prace/ukazatele/hodnoty.xlsx",
        desk_views.entry_export,
        {"kind": "xlsx"},
        name="entry_xlsx",
    ),
    path("prace/ukazatele/<slug:slug>/", desk_views.entry_grid, name="entry_grid"),
    path("prace/importy/ukazatele/", import_views.values_import_create, name="values_import"),
    path(
        "prace/importy/ukazatele/<int:pk>/",
        import_views.values_import_detail,
        name="values_import_detail",
    ),
    path(
        "prace/importy/ukazatele/<int:pk>/rozdily.csv",
        import_views.values_import_differences,
        name="values_import_differences",
    ),
]
