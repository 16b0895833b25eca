"""The page of a meeting: a Briefing in the words and shapes its templates print. Nothing here asks
the database, so a frozen briefing and a live one that say the same make the same page."""

from meetings.page.whole import MeetingPage, meeting_page

__all__ = ["MeetingPage", "meeting_page"]
