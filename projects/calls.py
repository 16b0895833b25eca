"""Grant calls in words: whether one takes applications, until when, how fresh what we know is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q
from django.urls import reverse

from common import csv_files, czech
from common.history import history_model
from common.icalendar import Event
from common.mail import absolute, plain
from common.tags import host
from measures.models import Measure
from projects.models import Call
from strategy.models import Priority

FRESH_DAYS = 90
"""What was compared with its source longer ago is not said to be right."""

OPEN, AHEAD, PAST = "otevřená", "připravuje se", "ukončená"
COLUMNS = {
    "zkratka": "stálé jméno výzvy",
    "nazev": "název výzvy",
    "stav": "otevřená, připravuje se, ukončená; k uvedenému dni",
    "poskytovatel": "kdo peníze dává",
    "program": "program, slovy zdroje",
    "kraj": "jen pro tento kraj; prázdné znamená celou republiku",
    "prijem_od": "první den příjmu žádostí (RRRR-MM-DD)",
    "prijem_do": "poslední den příjmu žádostí; prázdný znamená do odvolání",
    "zadatele": "kdo může žádat",
    "obec_muze_zadat": "ano nebo ne",
    "na_co": "na co peníze jsou",
    "kolik": "kolik, slovy zdroje",
    "priority": "priority strategií: zkratka strategie a kód",
    "opatreni": "opatření strategií: zkratka strategie a kód",
    "odkaz": "stránka výzvy",
    "zdroj": "odkud údaje jsou",
    "overeno": "den, kdy jsme údaje naposledy porovnali se zdrojem",
}
"""The columns of the data, and what they mean."""


@dataclass(frozen=True)
class CallRow:
    """A call as seen on a day."""

    call: Call
    on: date

    @property
    def state(self):
        return state(self.call, self.on)

    @property
    def is_past(self):
        return self.state == PAST

    @property
    def anchor(self):
        return f"vyzva-{self.call.slug}"

    @property
    def url(self):
        archive = "?archiv=1" if self.is_past else ""
        return f"{reverse('calls:call_list')}{archive}#{self.anchor}"

    @property
    def until(self):
        """„do 15. 12. 2026, zbývá 20 dní“, „od 1. 1. 2027“, „do odvolání“."""
        call, days = self.call, self._days_left
        if self.state == AHEAD:
            return czech.typography(f"žádosti od {czech.date(call.opens_on)}")
        if call.deadline is None:
            return czech.typography("příjem do odvolání")
        day = f"do {czech.date(call.deadline)}"
        if self.is_past:
            return czech.typography(f"příjem skončil {czech.date(call.deadline)}")
        left = "dnes naposledy" if days == 0 else _left(days)
        return czech.typography(f"{day}, {left}")

    @property
    def checked(self):
        """When somebody last compared the call with its source; never just „ověřeno“ once old."""
        if self.call.checked_on is None:
            return czech.typography("neověřeno, podmínky si zjistěte u poskytovatele")
        day = f"ověřeno {czech.date(self.call.checked_on)}"
        if self.is_stale:
            return czech.typography(
                f"naposledy {day}, to je víc než {FRESH_DAYS} dní: podmínky si ověřte u "
                "poskytovatele"
            )
        return czech.typography(day)

    @property
    def is_stale(self):
        checked = self.call.checked_on
        return checked is None or (self.on - checked).days > FRESH_DAYS

    @property
    def where(self):
        return f"jen {self.call.region.name}" if self.call.region else "celá republika"

    @property
    def _days_left(self):
        return (self.call.deadline - self.on).days if self.call.deadline else None


def state(call, on):
    """Return whether a call takes applications on a day: OPEN, AHEAD or PAST."""
    if call.deadline is not None and call.deadline < on:
        return PAST
    if call.opens_on is not None and call.opens_on > on:
        return AHEAD
    return OPEN


def plan_label(item):
    """Return a priority or a measure with its strategy: „KK 1 Dostupnost bydlení“.

    Priorities of some strategies have codes of ours, which say nothing to a reader.
    """
    is_ours = isinstance(item, Priority) and not item.code.isdecimal()
    name = item.short_name if is_ours else f"{item.code} {item.short_name}"
    return f"{item.strategy.slug.upper()} {name}"


def rows(calls, on):
    return [CallRow(call, on) for call in calls]


def for_list(calls):
    """Read with calls what one row shows. Three queries."""
    priorities = Priority.objects.select_related("strategy").order_by("strategy__slug", "code_key")
    measures = Measure.objects.select_related("strategy").order_by("strategy__slug", "code_key")
    return (
        calls.select_related("region")
        .prefetch_related(Prefetch("priorities", priorities), Prefetch("measures", measures))
        .by_deadline()
    )


def for_municipalities(region, on):
    """Return the CallRows open on a day for which a municipality of a region may apply. One
    query."""
    here = Q(region=None) | Q(region=region)
    found = Call.objects.open_on(on).filter(here, is_for_municipalities=True)
    return rows(found.select_related("region").by_deadline(), on)


def calls_of_measure(measure, on):
    """Return the CallRows open on a day that name a measure. One query."""
    found = Call.objects.open_on(on).filter(measures=measure)
    return rows(found.select_related("region").by_deadline(), on)


def calls_of_priority(priority, on):
    """Return the CallRows open on a day that name a priority. One query."""
    found = Call.objects.open_on(on).filter(priorities=priority)
    return rows(found.select_related("region").by_deadline(), on)


def events(calls):
    """Return an Event for the last day of each call that has one. One query after the calls."""
    dated = [call for call in calls if call.deadline]
    said = {}
    for pk, moment in (
        history_model(Call)
        .objects.filter(id__in=[call.pk for call in dated])
        .values_list("id", "history_date")
    ):
        said.setdefault(pk, []).append(moment)
    return [_event(call, said[call.pk]) for call in dated if call.pk in said]


def as_csv(found):
    """Return CallRows as the text of a CSV."""
    return csv_files.text([list(COLUMNS), *map(_values, found)])


def as_json(found, on):
    """Return CallRows with the dictionary of their columns, ready for JSON."""
    return {
        "den": on.isoformat(),
        "sloupce": COLUMNS,
        "vyzvy": [dict(zip(COLUMNS, _values(one), strict=True)) for one in found],
    }


def _event(call, moments):
    return Event(
        uid=f"vyzva-{call.pk}@{host()}",
        day=call.deadline,
        summary=plain(f"Výzva končí: {call.title}"),
        stamp=max(moments),
        sequence=len(moments) - 1,
        description=plain(f"{call.provider}. Kdo může žádat: {call.applicants}"),
        url=absolute(f"{reverse('calls:call_list')}#vyzva-{call.slug}"),
    )


def _values(row):
    call = row.call
    return [
        call.slug,
        call.title,
        row.state,
        call.provider,
        call.programme,
        call.region.name if call.region else "",
        _iso(call.opens_on),
        _iso(call.deadline),
        call.applicants,
        "ano" if call.is_for_municipalities else "ne",
        call.support,
        call.amount_text,
        _codes(call.priorities.all()),
        _codes(call.measures.all()),
        call.link,
        call.source,
        _iso(call.checked_on),
    ]


def _codes(items):
    return ", ".join(f"{one.strategy.slug} {one.code}" for one in items)


def _iso(day):
    return day.isoformat() if day else ""


def _left(days):
    verb = czech.plural(days, "zbývá", "zbývají", "zbývá")
    return f"{verb} {czech.count(days, 'den', 'dny', 'dní')}"


def yesterday(today):
    return today - timedelta(days=1)
