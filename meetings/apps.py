from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Zasedání"

    def ready(self):
        # Whoever removes personal data from a report knows nothing of frozen briefings.
        from common import redaction
        from meetings.copies import copies

        redaction.look_also(copies)

        # Nor do reports know which of the decisions they ask for were settled.
        from measures.asked import ask_also
        from meetings.decisions import is_settled

        ask_also(is_settled)
