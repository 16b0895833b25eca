from django.urls import path

from measures.views import desk, milestone, partner, report

app_name = "measures"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("opatreni/<int:pk>/hlaseni/", report.report_create, name="report_form"),
    path("hlaseni/<int:pk>/oprava/", report.report_correct, name="report_correct"),
    path("opatreni/<int:pk>/milnik/", milestone.milestone_create, name="milestone_create"),
    path("opatreni/<int:pk>/dotaz/", partner.partner_ask, name="partner_ask"),
    path("dotaz/<int:pk>/", partner.partner_request, name="partner_request"),
    path("dotaz/<int:pk>/vzit-zpet/", partner.partner_withdraw, name="partner_withdraw"),
    path("milnik/<int:pk>/hotovo/", milestone.milestone_finish, name="milestone_finish"),
    path("milnik/<int:pk>/zrusit/", milestone.milestone_drop, name="milestone_drop"),
]
