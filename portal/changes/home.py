"""What is new on the home page: the first few changes of the monitored strategies."""

from dataclasses import dataclass
from datetime import date, timedelta

from common.news import Item
from measures.changes import Point
from measures.moment import remembered_first_day
from meetings.models import Meeting
from meetings.news import Gathered, gathered, last_meeting
from portal.period import DAYS
from strategy.models import Strategy

SHOWN = 5
"""How many changes stand on the home page."""


@dataclass(frozen=True)
class Latest:
    """The changes of the monitored strategies since a day, that of the last meeting where there
    was one, the worst ones first."""

    since: date
    meeting: Meeting | None
    strategies: list[Strategy]
    found: Gathered

    @property
    def shown(self) -> tuple[Item, ...]:
        return self.found.items[:SHOWN]

    @property
    def query(self):
        """What the address of the page with all changes needs to begin on the same day."""
        return f"od={self.since.isoformat()}"


def latest(on):
    """Return what changed of the monitored strategies by the end of a day since the end of the day
    of the last meeting everybody may read about; without one since 90 days ago."""
    strategies = list(Strategy.objects.filter(is_monitored=True).order_by("slug"))
    meeting = last_meeting(strategies, on)
    since = meeting.meeting_date if meeting else on - timedelta(days=DAYS)
    first = remembered_first_day()
    if first:
        since = min(max(since, first), on)
    found = gathered(strategies, Point.end_of(since), Point.end_of(on))
    return Latest(since, meeting, strategies, found)
