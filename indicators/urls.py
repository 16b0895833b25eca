from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("ukazatele/", views.indicator_list, name="indicator_list"),
    path("ukazatele.csv", views.indicator_list_csv, name="indicator_list_csv"),
    path("ukazatele.json", views.indicator_list_json, name="indicator_list_json"),
    path("ukazatele/<slug:slug>/", views.indicator_detail, name="indicator_detail"),
    path("ukazatele/<slug:slug>/hodnoty.csv", views.values_csv, name="values_csv"),
    path("ukazatele/<slug:slug>/hodnoty.json", views.values_json, name="values_json"),
]
