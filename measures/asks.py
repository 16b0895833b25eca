"""What a measure asks of those who answer for it on a day, and where in the queue it stands.

A measure stands in one part only, the first that fits (pages.md, „Co po mně kdo chce“):

odevzdané     the person's own report waits for approval: nobody asks them for more now
po termínu    its status is „zpožděno“, or a report is owed and its tolerance has passed, while the
              measure is not out of date altogether
do 14 dnů     it turns „zpožděno“ within 14 days if nothing happens (a milestone, a review, the
              planned start or end falls due), or a report is due within 14 days or in tolerance
neaktuální    nothing was reported for the last two finished cycles, whether a report is owed
              already or not: the measure left every positive count
vrácené       the person's own report came back with a comment
koncepty      the person has written a part of a report
bez hlášení   nobody has ever reported and no report is owed yet: a word now makes it known
začnou        likewise, but its planned start lies ahead: nothing is asked
hotovo        the rest: reported, nothing dated near, or completed or cancelled

A report is owed for the first cycle it is expected for (rules.md, Freshness) and has not come. All
of this rests on the rules of status and freshness; here nothing is derived anew.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from common import czech
from measures.cycles import TOLERANCE_DAYS, cycle_of
from measures.freshness import FreshnessKey, freshness, is_expected
from measures.models import DraftState
from measures.models.report import ENDED
from measures.sentences import rule_sentence
from measures.status import Cause, StatusKey, status

SOON_DAYS = 14


class Part(models.TextChoices):
    """The parts of the queue in their order."""

    OVERDUE = "po-terminu", "Po termínu"
    SOON = "do-14-dnu", "Do 14 dnů"
    STALE = "neaktualni", "Neaktuální"
    RETURNED = "vracene", "Vrácené"
    WRITING = "koncepty", "Koncepty"
    UNREPORTED = "bez-hlaseni", "Zatím bez hlášení"
    SUBMITTED = "odevzdane", "Odevzdané, čeká na schválení"
    DONE = "hotovo", "Hotovo v tomto kole"
    LATER = "zacnou", "Začnou později"


QUIET = frozenset({Part.SUBMITTED, Part.DONE, Part.LATER})
"""The parts in which nothing is asked of the person now."""

_DRAFTS = {DraftState.RETURNED: Part.RETURNED, DraftState.WRITING: Part.WRITING}
_NEAR = {
    Cause.REVIEW_LATE: "Pozastavené opatření se má znovu posoudit do {day}.",
    Cause.START_LATE: "Opatření má začít {day} a žádné hlášení zatím neříká, že začalo.",
    Cause.END_LATE: "Opatření má skončit {day}.",
}


@dataclass(frozen=True)
class Ask:
    """Where a measure stands in the queue and the sentences that say what is asked, since when
    and by when; `day` is the one that decides the order within the part."""

    part: Part
    day: date
    sentences: tuple[str, ...]

    def without(self, said):
        """Return the Ask without sentences that are said elsewhere."""
        return replace(self, sentences=tuple(text for text in self.sentences if text not in said))


def owed_cycle(facts):
    """Return the first cycle a report is expected for and has not come, None for an ended
    measure; it may lie ahead."""
    if facts.report and facts.report.phase in ENDED:
        return None
    months = facts.measure.strategy.cycle_months
    if facts.latest_cycle:
        cycle = cycle_of(facts.latest_cycle, months).next
    else:
        start = facts.plan.start_date if facts.plan else None
        loaded = timezone.localdate(facts.measure.loaded_at, czech.PRAGUE)
        cycle = cycle_of(start or loaded, months)
    while not is_expected(facts, cycle):
        cycle = cycle.next
    return cycle


def ask(facts, draft, on):
    """Return the Ask of a monitored measure on a day; `draft` is the person's own, if any."""
    derived, fresh, owed = status(facts, on), freshness(facts, on), owed_cycle(facts)
    near = status(facts, on + timedelta(SOON_DAYS + 1))
    parts = [
        _late(facts, derived),
        _owed(owed, fresh, on),
        _near(near) if not derived.is_late else None,
        _unheard(facts, derived, fresh, owed, on),
    ]
    asked = sorted(filter(None, parts), key=_pressing)
    part, day = _place(asked, draft, on)
    texts = [text for _, _, *said in asked for text in said]
    return Ask(part, day, tuple(texts) or (_quiet(fresh),))


_ORDER = list(Part)


def _place(asked, draft, on):
    if draft and draft.state == DraftState.SUBMITTED:
        return Part.SUBMITTED, on
    own = [(_DRAFTS[draft.state], on)] if draft else []
    places = [(part, day) for part, day, *_ in asked] + own
    return min(places, key=_pressing, default=(Part.DONE, on))


def _pressing(found):
    part, day, *_ = found
    return _ORDER.index(part), day


def _late(facts, derived):
    if not derived.is_late:
        return None
    return Part.OVERDUE, derived.day, rule_sentence(derived, facts).fact


def _owed(cycle, fresh, on):
    """What a missing report asks for; one of a measure out of date is told with that."""
    if cycle is None or cycle.due > on + timedelta(SOON_DAYS):
        return None
    due, last = czech.date(cycle.due), cycle.due + timedelta(TOLERANCE_DAYS)
    if on <= cycle.due:
        return Part.SOON, cycle.due, f"Hlášení za {cycle} se čeká do {due}."
    if on <= last:
        text = f"Hlášení za {cycle} mělo přijít do {due}, v toleranci je do {czech.date(last)}."
        return Part.SOON, cycle.due, text
    if fresh.key == FreshnessKey.STALE:
        return None
    never = "Hlášení nikdy nepřišlo; první" if fresh.as_of is None else "Hlášení"
    text = f"{never} za {cycle} mělo přijít do {due}, {czech.days_ago((on - cycle.due).days)}."
    return Part.OVERDUE, cycle.due, text


def _near(near):
    """What makes the measure late within 14 days, if nothing happens."""
    if not near.is_late:
        return None
    day = czech.date(near.day)
    if near.cause == Cause.MILESTONE_LATE:
        return Part.SOON, near.day, f"Milník „{near.milestone.title}“ má být hotov do {day}."
    return Part.SOON, near.day, _NEAR[near.cause].format(day=day)


def _unheard(facts, derived, fresh, owed, on):
    """What is said of a measure nobody has reported on for long, or ever."""
    if owed is None:
        return None
    is_ahead = owed.due > on + timedelta(SOON_DAYS)
    due = czech.date(owed.due)
    coming = f"hlášení za {owed} se čeká do {due}, podat ho můžete hned."
    if fresh.key == FreshnessKey.STALE:
        if is_ahead:
            return Part.STALE, fresh.as_of, _quiet(fresh), f"Další {coming}"
        missing = f"Hlášení za {owed} mělo přijít do {due}."
        return Part.STALE, fresh.as_of, _quiet(fresh), *([missing] if owed.due < on else [])
    if fresh.key != FreshnessKey.NEVER or not is_ahead:
        return None
    if derived.key == StatusKey.NOT_STARTED:
        return Part.LATER, derived.day, f"Začne {czech.date(derived.day)}.", f"První {coming}"
    return Part.UNREPORTED, owed.due, _quiet(fresh), f"První {coming}"


def _quiet(fresh):
    if fresh.as_of is None:
        return "Hlášení nikdy nepřišlo."
    return f"Poslední hlášení je ke dni {czech.date(fresh.as_of)}, {czech.days_ago(fresh.days)}."
