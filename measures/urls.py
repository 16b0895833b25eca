from django.urls import path

from measures.views import approval, desk, milestone, report

app_name = "measures"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("opatreni/<int:pk>/hlaseni/", report.report_create, name="report_form"),
    path("hlaseni/<int:pk>/oprava/", report.report_correct, name="report_correct"),
    path("koncept/<int:pk>/zahodit/", report.draft_discard, name="draft_discard"),
    path("schvaleni/<int:pk>/", approval.report_approval, name="report_approval"),
    path("opatreni/<int:pk>/milnik/", milestone.milestone_create, name="milestone_create"),
    path("milnik/<int:pk>/hotovo/", milestone.milestone_finish, name="milestone_finish"),
    path("milnik/<int:pk>/zrusit/", milestone.milestone_drop, name="milestone_drop"),
]
