"""A ticket sealed into a form: whose form it is, what it was made from and when it was opened.

The same ticket publishes once, however often its form is sent, and only while the last report is
still the one the person was shown.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.utils import timezone

SALT = "measures.tickets"


@dataclass(frozen=True)
class Ticket:
    """One opening of a form about a measure by a person; `last` is the report that was shown."""

    submission: UUID
    measure_id: int
    person_id: int
    last: int | None
    opened_at: float

    def sealed(self):
        """Return the ticket as text that nobody can alter unnoticed."""
        parts = [str(self.submission), self.measure_id, self.person_id, self.last, self.opened_at]
        return signing.dumps(parts, salt=SALT)

    def seconds(self, now: datetime):
        """Return how many seconds passed from opening the form to a moment."""
        return max(0, int(now.timestamp() - self.opened_at))


def new_ticket(facts, person):
    """Return the Ticket of a form about a measure, opened now."""
    last = facts.report.pk if facts.report else None
    return Ticket(uuid4(), facts.measure.pk, person.pk, last, timezone.now().timestamp())


def ticket_from(text, measure, person):
    """Return the Ticket a form came with, or None for one that was altered, is not the person's,
    belongs to another measure or is older than a sign-in lasts."""
    try:
        parts = signing.loads(text or "", salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    found = Ticket(UUID(parts[0]), *parts[1:])
    is_theirs = (found.measure_id, found.person_id) == (measure.pk, person.pk)
    return found if is_theirs else None
