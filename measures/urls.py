from django.urls import path

from measures.views import (
    approval,
    desk,
    milestone,
    no_change,
    output,
    partner,
    plan,
    quarter,
    redaction,
    report,
)

app_name = "measures"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("kolo/", quarter.round_list, name="round"),
    path("kolo/<int:pk>/", quarter.round_row, name="round_row"),
    path("opatreni/<int:pk>/beze-zmeny/", no_change.no_change, name="no_change"),
    path("opatreni/<int:pk>/hlaseni/", report.report_create, name="report_form"),
    path("hlaseni/<int:pk>/oprava/", report.report_correct, name="report_correct"),
    path("koncept/<int:pk>/zahodit/", report.draft_discard, name="draft_discard"),
    path("schvaleni/<int:pk>/", approval.report_approval, name="report_approval"),
    path("opatreni/<int:pk>/milnik/", milestone.milestone_create, name="milestone_create"),
    path("milnik/<int:pk>/", milestone.milestone_detail, name="milestone_detail"),
    path("opatreni/<int:pk>/dotaz/", partner.partner_ask, name="partner_ask"),
    path("dotaz/<int:pk>/", partner.partner_request, name="partner_request"),
    path("dotaz/<int:pk>/vzit-zpet/", partner.partner_withdraw, name="partner_withdraw"),
    path("milnik/<int:pk>/hotovo/", milestone.milestone_finish, name="milestone_finish"),
    path("milnik/<int:pk>/ocekavani/", milestone.milestone_expect, name="milestone_expect"),
    path("milnik/<int:pk>/termin/", milestone.milestone_move, name="milestone_move"),
    path("milnik/<int:pk>/nazev/", milestone.milestone_rename, name="milestone_rename"),
    path("milnik/<int:pk>/otevrit/", milestone.milestone_reopen, name="milestone_reopen"),
    path("milnik/<int:pk>/zrusit/", milestone.milestone_drop, name="milestone_drop"),
    path("opatreni/<int:pk>/plan/", plan.plan_edit, name="plan_edit"),
    path("odpovednost/", plan.responsibility, name="responsibility"),
    path("opatreni/<int:pk>/vystup/", output.output_create, name="output_create"),
    path("vystup/<int:pk>/oprava/", output.output_correct, name="output_correct"),
    path("vystup/<int:pk>/zrusit/", output.output_withdraw, name="output_withdraw"),
    path("vystupy/", output.output_list, name="output_list"),
    path("redakce/<slug:kind>/<int:pk>/", redaction.redaction_create, name="redaction"),
]
