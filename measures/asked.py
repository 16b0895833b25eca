"""Whether the last report of a measure asks for a decision that nobody has taken yet.

That a report asks, it says itself; who decides is known above this app, which tells it here.
"""

from measures.models import Report
from measures.status import end_of

_settlers = []


def ask_also(function):
    """Ask a function of an upper app whether a decision was taken: it takes a report that asks for
    one and a day. Named twice, the same function is asked once."""
    if function not in _settlers:
        _settlers.append(function)


def asking_report(measure, on):
    """Return the last report of a measure where it asks for a decision still to be taken on a day,
    else None. One query where none is asked for."""
    reports = Report.objects.visible(on, end_of(on)).latest_first()
    last = reports.filter(measure=measure).first()
    if last is None or not last.needs_decision:
        return None
    return None if any(is_settled(last, on) for is_settled in _settlers) else last
