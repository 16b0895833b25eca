from django.urls import path

from indicators.views import indicator_detail, indicator_list

app_name = "indicators"
urlpatterns = [
    path("", indicator_list, name="indicator_list"),
    path("<slug:slug>/", indicator_detail, name="indicator_detail"),
]
