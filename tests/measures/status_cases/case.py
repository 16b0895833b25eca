"""One line of the table of the rule of the status: what is known, what follows.

Expected values come from rules.md, not from the code. The day asked about is Saturday
12 September 2026, so the last finished quarters are 1/2026 and 2/2026.
"""

from datetime import date

import pytest

from measures.status import StatusKey
from tests.measures.in_memory import known

ON = date(2026, 9, 12)
YESTERDAY = date(2026, 9, 11)
TOMORROW = date(2026, 9, 13)
LAST_YEAR = date(2025, 9, 12)  # on − 12 months
OLD = {"as_of": date(2025, 12, 31), "cycle": date(2025, 10, 1)}  # nothing for two finished cycles

LATE = StatusKey.LATE
AT_RISK = StatusKey.AT_RISK
STALE = StatusKey.STALE
UNREPORTED = StatusKey.UNREPORTED
UNDATED = StatusKey.UNDATED
SUSPENDED = StatusKey.SUSPENDED
NOT_STARTED = StatusKey.NOT_STARTED
ON_TRACK = StatusKey.ON_TRACK
CONTINUOUS = StatusKey.CONTINUOUS
COMPLETED = StatusKey.COMPLETED
CANCELLED = StatusKey.CANCELLED


def case(name, key, cause, day=None, **facts):
    """Return one line of a table; where `day` is None the rule speaks of no particular day."""
    return pytest.param(known(**facts), key, cause, day, id=name)
