from django.urls import path

from municipalities.views import municipality_list

app_name = "municipalities"
urlpatterns = [
    path("", municipality_list, name="municipality_list"),
]
