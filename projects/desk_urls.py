from django.urls import path

from projects import desk_views, import_views

app_name = "project_desk"
urlpatterns = [
    path("projekty/", desk_views.project_list, name="project_list"),
    path("projekty/novy/", desk_views.project_create, name="project_create"),
    path("projekty/<int:pk>/", desk_views.project_edit, name="project_edit"),
    path("importy/projekty/", import_views.import_create, name="import_create"),
    path("importy/projekty/<int:pk>/", import_views.import_detail, name="import_detail"),
    path(
        "importy/projekty/<int:pk>/rozdily.csv",
        import_views.import_differences,
        name="import_differences",
    ),
]
