"""A briefing gathered from the database: `briefing(meeting, on, known)` returns the Briefing of
`meetings/content.py`. It reads no clock, and asks the same number of queries for any number of
measures."""

from meetings.briefing.whole import briefing

__all__ = ["briefing"]
