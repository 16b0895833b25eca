from django.urls import path

from measures.views import desk, milestone, no_change, quarter, report

app_name = "measures"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("kolo/", quarter.round_list, name="round"),
    path("kolo/<int:pk>/", quarter.round_row, name="round_row"),
    path("opatreni/<int:pk>/beze-zmeny/", no_change.no_change, name="no_change"),
    path("opatreni/<int:pk>/hlaseni/", report.report_create, name="report_form"),
    path("hlaseni/<int:pk>/oprava/", report.report_correct, name="report_correct"),
    path("opatreni/<int:pk>/milnik/", milestone.milestone_create, name="milestone_create"),
    path("milnik/<int:pk>/hotovo/", milestone.milestone_finish, name="milestone_finish"),
    path("milnik/<int:pk>/zrusit/", milestone.milestone_drop, name="milestone_drop"),
]
