"""What the tests of the actions share."""

import pytest
from django.core.exceptions import ValidationError

from measures.models import Milestone, MilestoneVersion, PlanVersion, Report
from tests.measures.days import CYCLE, TODAY, days


def content(**changes):
    """Return what a report of running work without trouble says, but for the changes."""
    said = {
        "cycle_start": CYCLE,
        "as_of_date": TODAY,
        "kind": "progress",
        "phase": "running",
        "health": "on_track",
    }
    return {**said, **changes}


TROUBLE = {
    "kind": "risk",
    "health": "minor",
    "note": "Stavba stojí.",
    "obstacle": "Chybí povolení.",
    "actor_role": "stavební úřad",
    "act_by_date": days(30),
}


def refused(action, **arguments):
    """Return the sentences by field an action refuses with; nothing has been written then."""
    before = _written()
    with pytest.raises(ValidationError) as caught:
        action(**arguments)
    assert _written() == before
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def _written():
    return [m.objects.count() for m in (Report, Milestone, MilestoneVersion, PlanVersion)]
