from django.urls import path

from projects import export_views

app_name = "project_export"
urlpatterns = [
    path("projekty.csv", export_views.project_csv, name="csv"),
    path("projekty.xlsx", export_views.project_xlsx, name="xlsx"),
    path("projekty.json", export_views.project_json, name="json"),
]
