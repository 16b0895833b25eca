"""The lock under which everything about the meetings of a strategy is written."""

from django.core.exceptions import ValidationError

from meetings.models import Meeting


def lock_meetings(meeting):
    """Lock the meetings of the strategy a meeting is over, in one order, and return it fresh."""
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("body__strategy")
    own = meetings.filter(body__strategy=meeting.body.strategy_id).order_by("pk")
    held = {one.pk: one for one in own}
    if meeting.pk not in held:
        raise ValidationError("Zasedání už v\u00a0portálu není.")
    return held[meeting.pk]
