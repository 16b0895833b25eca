from django.urls import path, re_path

from municipalities import comparison_view, import_views, views

app_name = "municipalities"
urlpatterns = [
    path("obce/", views.municipality_list, name="municipality_list"),
    path("obce/<slug:code>.hexjson", views.hexes, name="hexes"),
    path("obce/srovnani/", comparison_view.comparison, name="comparison"),
    # Digits end at the first dash: names have dashes of their own.
    re_path(r"^orp/(?P<code>[0-9]+)-(?P<slug>[^/]+)/$", views.orp_detail, name="orp_detail"),
    path("prace/importy/index/", import_views.index_import_create, name="index_import"),
    path(
        "prace/importy/index/<int:pk>/",
        import_views.index_import_detail,
        name="index_import_detail",
    ),
    path(
        "prace/importy/index/<int:pk>/rozdily.csv",
        import_views.index_import_differences,
        name="index_import_differences",
    ),
    path("kraj/", views.region_detail, name="region_detail"),
]
