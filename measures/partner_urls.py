"""What a partner organisation opens over a link, without an account; nothing else is reachable."""

from django.urls import path

from measures.views import partner_answer

app_name = "partner"
urlpatterns = [
    path("dekujeme/", partner_answer.thanks, name="thanks"),
    path("<str:link>/", partner_answer.answer, name="answer"),
]
