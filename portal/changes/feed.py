"""What happened with a strategy as a feed: every act and every derived change, the newest first.

The page of changes compares two days; a feed has no two days, so its entries are the points of the
lines of time of the measures. What people wrote in their own words, notes and reasons, stays on
the pages of the measures: a feed is kept by those who read it, and a text removed there for the
sake of personal data could not be taken back.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from common.mail import absolute, plain
from common.tags import tag
from common.xml import printable
from measures.history import histories_of
from measures.models import Measure
from measures.status import end_of
from measures.timeline import edit_event, timeline
from measures.wording_history import wording_histories
from meetings.news import other_items

DAYS = 180
"""How far back the feed reaches."""
MOST = 50
"""How many entries it holds."""
AUTHOR = "Sociální začleňování v Karlovarském kraji"


@dataclass(frozen=True)
class Entry:
    """One entry; `key` is its own for ever, `lines` are its summary."""

    key: str
    title: str
    path: str
    moment: datetime
    lines: tuple[str, ...] = ()


class Atom(Atom1Feed):
    """A feed whose moment never comes from the clock, so that it stays the same while nothing
    happens."""

    def latest_post_date(self):
        return self.feed["updated"]


def atom(strategy, path, page, entries):
    """Return the feed of a strategy as text; `path` is its own address, `page` that of its page."""
    feed = Atom(
        title=printable(plain(f"Co je nového: {strategy.short_name}")),
        link=absolute(page),
        description="Co se změnilo u opatření strategie, jejich termínů, dat a znění.",
        language="cs",
        author_name=AUTHOR,
        feed_url=absolute(path),
        feed_guid=tag(f"strategie/{strategy.slug}"),
        updated=max((entry.moment for entry in entries), default=strategy.loaded_at),
    )
    for entry in entries:
        feed.add_item(
            title=printable(plain(entry.title)),
            link=absolute(entry.path),
            description="<br>".join(escape(printable(plain(line))) for line in entry.lines),
            unique_id=tag(entry.key),
            pubdate=entry.moment,
            updateddate=entry.moment,
        )
    return feed.writeString("utf-8")


def entries_of(strategy, on):
    """Return the Entries of a strategy known at the end of a day: at most 50 of the last 180 days,
    the newest first. Seventeen queries at most, however many measures."""
    since, known = end_of(on - timedelta(days=DAYS)), end_of(on)
    measures = list(
        Measure.objects.filter(strategy=strategy).select_related("strategy").in_plan_order()
    )
    found = [*_of_measures(strategy, measures, on, known), *_edits(measures, since, known)]
    found += [
        Entry(item.key, f"{item.title}: {item.word}", item.url, item.moment, (item.sentence,))
        for item in other_items([strategy], since, known)
    ]
    found = [entry for entry in found if entry.moment >= since]
    return sorted(found, key=lambda one: (one.moment, one.key), reverse=True)[:MOST]


def _of_measures(strategy, measures, on, known):
    if not strategy.is_monitored:
        return
    for history in histories_of(measures, known):
        yield from _entries(history.measure, timeline(history, on))


def _edits(measures, since, known):
    histories = wording_histories([one.pk for one in measures], since, known)
    for measure in measures:
        if measure.pk in histories:
            edits = histories[measure.pk].changes
            yield from _entries(measure, [edit_event(*edit) for edit in edits], "zneni")


def _entries(measure, events, kind="vyvoj"):
    """Yield the entries of one measure; events of one moment are told apart by their order."""
    seen = {}
    for event in events:
        number = seen[event.moment] = seen.get(event.moment, -1) + 1
        moment = event.moment.astimezone(UTC).isoformat()
        yield Entry(
            f"opatreni/{measure.pk}/{kind}/{moment}/{number}",
            f"{measure.code} {measure.short_name}: {event.heading}",
            measure.get_absolute_url(),
            event.moment.astimezone(UTC),
            tuple(_lines(event)),
        )


def _lines(event):
    if event.title:
        yield event.title
    if event.text and not event.is_quoted:
        yield event.text
    for change in event.changes:
        values = " → ".join(part for part in (change.before, change.after) if part)
        yield f"{change.label}: {values}"
