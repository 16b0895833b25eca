"""An item about a measure."""

from common import czech
from common.news import Item


def item_of(measure, group, sentence, moment, **more):
    """Return an Item about a measure; its sentence gets unbreakable spaces."""
    return Item(
        group=group,
        code=measure.code,
        name=measure.short_name,
        url=measure.get_absolute_url(),
        sentence=czech.typography(sentence),
        moment=moment,
        **more,
    )


def exists_at(measure, point):
    """Say whether a measure was in the portal at a Point. One that was loaded with its strategy
    always was: what it says is older than the portal."""
    return measure.loaded_at < point.known or measure.strategy.loaded_at >= point.known


def known_before(record, records):
    """Return which record of a chain of corrections is older than all of `records`, those that
    came between two points; None if the whole chain came then."""
    came = {one.pk: one for one in records}
    while record and record.pk in came:
        record = came.get(record.corrects_id) or came[record.pk].corrects
    return record
