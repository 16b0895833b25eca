from django.urls import path

from measures import views

app_name = "measures"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("opatreni/<int:pk>/hlaseni/", views.report_create, name="report_form"),
    path("hlaseni/<int:pk>/oprava/", views.report_correct, name="report_correct"),
    path("opatreni/<int:pk>/milnik/", views.milestone_create, name="milestone_create"),
    path("milnik/<int:pk>/hotovo/", views.milestone_finish, name="milestone_finish"),
    path("milnik/<int:pk>/zrusit/", views.milestone_drop, name="milestone_drop"),
]
