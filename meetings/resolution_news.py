"""What is new of resolutions: those recorded, corrected and withdrawn between two moments.

The text itself is not told: news are kept by those who read them and stand in frozen briefings,
where a text could not be taken back.
"""

from common import czech
from common.news import Group, Item
from meetings.models import Resolution
from meetings.resolved import page_of


def resolution_items(strategies, since, until):
    """Return an Item for each resolution over strategies recorded from one moment until another
    and not recorded anew since. Six queries at most, one where there is none."""
    found = Resolution.objects.recorded_last(until).filter(
        recorded_at__gte=since, meeting__body__strategy__in=strategies
    )
    found = found.with_public().with_subjects()
    rows = found.select_related("meeting__body__strategy", "corrects").order_by("pk")
    return [_item(one) for one in rows if _is_news(one, since)]


def _is_news(one, since):
    """What was withdrawn before anybody could read of it is no news."""
    return not one.is_withdrawn or one.corrects.recorded_at < since


def _item(one):
    return Item(
        group=Group.DATA,
        name=f"Usnesení {one.number}",
        url=page_of(one),
        sentence=czech.typography(_sentence(one)),
        moment=one.recorded_at,
        key=f"usneseni/{one.pk}",
        word=one.meeting.body.name,
    )


def _sentence(one):
    body, day = one.meeting.body.name, czech.date(one.adopted_on)
    if one.is_withdrawn:
        return f"{body}: zápis usnesení z {day} se zrušil, přijato nebylo."
    what = "oprava zápisu usnesení přijatého" if one.corrects_id else "usnesení přijaté"
    codes = [link.report.measure.code for link in one.decision_links.all()]
    settled = f"; rozhodlo o žádosti opatření {', '.join(dict.fromkeys(codes))}" if codes else ""
    return f"{body}: {what} {day}{settled}."
