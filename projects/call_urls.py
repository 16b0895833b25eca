"""The guide to grants: public pages and those of the unit."""

from django.urls import path

from projects import call_views as views

app_name = "calls"
urlpatterns = [
    path("vyzvy/", views.call_list, name="call_list"),
    path("vyzvy.ics", views.call_calendar, name="calendar"),
    path("vyzvy.csv", views.calls_csv, name="csv"),
    path("vyzvy.json", views.calls_json, name="json"),
    path("prace/vyzvy/", views.call_desk, name="desk"),
    path("prace/vyzvy/nova/", views.call_create, name="create"),
    path("prace/vyzvy/<int:pk>/", views.call_edit, name="edit"),
    path("prace/vyzvy/<int:pk>/ukoncit/", views.call_archive, name="archive"),
]
