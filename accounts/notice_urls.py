from django.urls import path

from accounts import notices

app_name = "notices"
urlpatterns = [
    path("", notices.notices, name="notices"),
    path("nepritomnost/<int:pk>/zrusit/", notices.absence_end, name="absence_end"),
]
