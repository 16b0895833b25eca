"""Where the text of a resolution stands: in its records, and in frozen briefings."""

from common import czech, redaction
from common.models import REMOVED
from measures.redactions import Removable
from meetings.models import Resolution


def removables_of(resolution):
    """Return what can be removed from a resolution with all places where it stands; nothing where
    it was removed already."""
    text = resolution.text
    if text == REMOVED:
        return []
    twins = Resolution.objects.filter(
        meeting__body__strategy=resolution.meeting.body.strategy_id, text=text
    ).exclude(pk=resolution.pk)
    places = [(one, "text") for one in (resolution, *twins.order_by("pk"))]
    # One text may be found on more than one way.
    places = dict.fromkeys([*places, *redaction.copies(resolution, text)])
    return [Removable("text", "znění", text, tuple(places))]


def words_of(resolution):
    """Return a resolution in words: „usnesení RK 1/11/26 z 26. 11. 2026“."""
    return f"usnesení {resolution.number} z\u00a0{czech.date(resolution.adopted_on)}"
