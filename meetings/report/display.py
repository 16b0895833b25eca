"""Briefing → the display object templates/print/council.typ draws from: ready Czech strings, and
numbers only where something is drawn to scale.

An empty text is not known. What is longer than its place goes on in the appendix (longs.py).
"""

from urllib.parse import urljoin

from django.conf import settings

from common import czech
from meetings.report import words
from meetings.report.longs import Longs
from meetings.report.region import region_told
from meetings.report.typed import typed

PRINT = 12
"""So many signs of a fingerprint stand in the foot of each page; the last page has it whole."""

FIRST_CHANGES = 8
"""So many changes stand on the first page when there are more than MOST_CHANGES."""

MOST_CHANGES = 10

MOST_STALE = 12
"""So many measures of which nothing recent is known are told one by one."""

MOST_CODES, LONGEST_CODE = 36, 4
"""The bar of counts has a cell for each measure while their codes can be read in it."""

CELL, LINE, SENTENCE, TEXT = 220, 160, 420, 700
"""The longest text of a narrow cell, of a name, of a note and of a decision, in signs."""


def display(briefing, sha256=None, correction=0):
    """Return the display object; without a fingerprint it is a draft."""
    longs = Longs()
    told = {
        **_frame(briefing, sha256, correction),
        **_first_page(briefing, longs),
        "parts": [_priority(briefing, one, longs) for one in briefing.priorities],
        "apart": [_apart(one, longs) for one in briefing.apart],
        "region": region_told(briefing.region),
        **_last_page(briefing, longs),
    }
    return typed({**told, "longs": longs.told()})


def _frame(briefing, sha256, correction):
    meeting, strategy = briefing.meeting, briefing.strategy
    state = words.state_of(briefing)
    kind = words.report_for(meeting.kind)
    mark = f"oprava č. {correction}" if correction else ""
    print_ = f"otisk {sha256[:PRINT]}" if sha256 else words.DRAFT
    return {
        "doc_title": f"{words.title(strategy)}, {czech.date(meeting.day)}",
        "short_title": f"{kind} – {strategy.short_name}, {czech.date(meeting.day)}",
        "author": strategy.region,
        "as_of_iso": briefing.on.isoformat(),
        "footer": [one for one in (state, mark, print_) if one],
        "sample": briefing.is_demo,
        "sample_note": words.SAMPLE if briefing.is_demo else "",
        "report_for": ", ".join(one for one in (kind, mark) if one),
        "draft": "" if sha256 else words.DRAFT,
        "meeting": f"{meeting.body} · zasedání {czech.date(meeting.day)}",
        "title": words.title(strategy),
        "state": f"{state}.",
        "sha256": sha256 or "",
        "address": urljoin(settings.PORTAL_URL, meeting.url),
        "is_monitored": strategy.is_monitored,
        "has_departments": any(one.department for one in briefing.measures),
        "not_monitored": "" if strategy.is_monitored else words.NOT_MONITORED,
    }


# The first page


def _first_page(briefing, longs):
    measures = briefing.measures
    kind = briefing.meeting.kind
    has_cells = _has_cells(briefing.rollup)
    return {
        "lead": longs.cut(briefing.lead, TEXT, "Shrnutí"),
        "what_for": words.what_for(kind, bool(briefing.decisions)),
        "asked": words.asked(kind, len(briefing.decisions)),
        "decisions": [_decision(one, longs) for one in briefing.decisions],
        "total": len(measures),
        "total_words": words.measures(len(measures)),
        "empty": "" if measures else words.EMPTY,
        "counts": _counts(briefing.rollup),
        "has_cells": has_cells,
        "counted": words.counted(briefing.rollup),
        "reported": words.reported(briefing.rollup, has_cells),
        "late": [_late(one, longs) for one in briefing.late],
        **_changes(briefing, longs),
        "resolutions": [_resolution(one, longs) for one in briefing.resolutions],
    }


def _decision(one, longs):
    where = f"Rozhodnutí č. {one.number}, opatření {one.code}"
    parts = (
        f"opatření {one.code} {one.short_name}",
        one.who and f"předkládá {longs.cut(one.who, LINE, where)}",
        one.by and f"potřebné do {czech.date(one.by)}",
    )
    return {
        "number": str(one.number),
        "text": longs.cut(one.text, TEXT, where),
        "why": longs.cut(one.why, TEXT, where),
        "foot": " · ".join(part for part in parts if part),
    }


def _counts(rollup):
    return [
        {
            "key": one.key,
            "icon": one.icon,
            "word": one.word,
            "number": one.number,
            "codes": list(one.codes),
        }
        for one in rollup.counts
    ]


def _has_cells(rollup):
    codes = [code for one in rollup.counts for code in one.codes]
    return len(codes) <= MOST_CODES and all(len(code) <= LONGEST_CODE for code in codes)


def _late(one, longs):
    where = f"Zpožděné opatření {one.code}"
    return {
        "code": one.code,
        "name": longs.cut(one.short_name, LINE, where),
        "days": czech.count(one.days, "den", "dny", "dní"),
        "why": longs.cut(one.why or one.fact, CELL, where),
        "next": longs.cut(one.next_step, CELL, where),
        "who": longs.cut(one.who, CELL, where),
        "until": _day(one.until),
    }


def _changes(briefing, longs):
    """The changes of the first page, and all of them where they are many."""
    told = [_change(one, longs) for one in briefing.changes]
    is_long = len(told) > MOST_CHANGES
    rest = len(told) - FIRST_CHANGES
    more = czech.plural(rest, "další změna stojí", "další změny stojí", "dalších změn stojí")
    return {
        "changes_heading": words.changes_heading(briefing),
        "no_changes": words.no_changes(briefing),
        "changes": told[:FIRST_CHANGES] if is_long else told,
        "changes_more": f"{rest} {more} v oddíle Všechny změny." if is_long else "",
        "all_changes": told if is_long else [],
    }


def _change(one, longs):
    # What is no measure has no code to be known by.
    text = one.text if one.code or one.name in one.text else f"{one.name}: {one.text}"
    return {
        "word": one.word,
        "is_worse": one.group == "zhorsilo-se",
        "code": one.code,
        "text": longs.cut(text, SENTENCE, f"{one.word}: {one.code or one.name}"),
        "day": czech.date(one.day),
    }


def _resolution(one, longs):
    head = f"{one.number}, {one.body}, {czech.date(one.day)}"
    return {
        "head": head,
        "text": longs.cut(one.text, SENTENCE, f"Usnesení {head}"),
        "codes_told": ", ".join(one.codes),
    }


# Priorities, and what stands under none


def _priority(briefing, one, longs):
    codes = {measure.code for measure in one.measures}
    asked = [decision for decision in briefing.decisions if decision.code in codes]
    return {
        "code": one.code,
        "name": one.name,
        "short_name": one.short_name,
        "motto": f"„{one.motto}“" if one.motto else "",
        "note": words.decisions_here(asked),
        "counts": _counts(one.rollup),
        "reported": one.rollup.text,
        "total": len(codes),
        "component": _component(one.component),
        "no_component": "" if one.component else words.NO_COMPONENT,
        "indicators": [_indicator(found, longs) for found in one.indicators if found.value],
        "unknown": words.unknown([found.name for found in one.indicators if not found.value]),
        "outputs_heading": words.outputs_heading(briefing),
        "outputs": [_output(found, longs) for found in one.outputs],
        "goals": [_goal(goal, longs) for goal in one.goals],
        "activities": [
            {"code": found.code, "texts": list(found.activities)}
            for found in one.measures
            if found.activities
        ],
    }


def _goal(one, longs):
    return {
        "code": one.code,
        "name": one.name,
        "measures": [_measure(found, longs) for found in one.measures],
    }


def _apart(one, longs):
    return {
        "title": one.title,
        "counts": _counts(one.rollup),
        "reported": one.rollup.text,
        "total": len(one.measures),
        "measures": [_measure(found, longs) for found in one.measures],
    }


def _measure(one, longs):
    where = f"Opatření {one.code}"
    status = one.status
    return {
        "code": one.code,
        "name": longs.cut(one.name, SENTENCE, where),
        "short_name": one.short_name,
        "icon": status.icon if status else "",
        "status": status.word if status else "",
        "extra": status.extra if status else "",
        "last_known": f"naposledy: {status.last_known}" if status and status.last_known else "",
        "line": words.next_day(one),
        "due": _day(one.due),
        "due_word": "" if one.due_word == "termín" else one.due_word,
        "due_what": longs.cut(one.due_what, LINE, where),
        "as_of": _day(one.as_of),
        "department": one.department or words.NOBODY,
        "note": longs.cut(one.note, SENTENCE, where),
    }


def _component(one):
    """The two shares on one axis; where one is not known, only what is known in words."""
    if one is None:
        return None
    known = bool(one.region and one.nation)
    region, nation = (float(one.region), float(one.nation)) if known else (0, 0)
    return {
        "name": one.name,
        "region": region,
        "nation": nation,
        "is_drawn": known and max(region, nation) > 0,
        "region_told": words.share(one.region) or "neznámý",
        "nation_told": words.share(one.nation) or "neznámý",
        "source": one.source,
    }


def _indicator(one, longs):
    return {
        "name": longs.cut(one.name, LINE, "Ukazatel"),
        "value": one.value + (" (nejistý údaj)" if one.is_uncertain else ""),
        "period": one.period,
        "nation": one.nation,
        "previous": one.previous,
        "source": longs.cut(one.source, LINE, one.name),
    }


def _output(one, longs):
    where = f"Výstup opatření {one.code}, {czech.date(one.day)}"
    return {
        "day": czech.date(one.day),
        "kind": one.kind,
        "title": longs.cut(one.title, CELL, where),
        "places": longs.cut(", ".join(one.places), LINE, where),
        "people": words.people(one.participants),
        "code": one.code,
    }


# The last page


def _last_page(briefing, longs):
    return {
        "glossary": [
            {"icon": one.icon, "word": one.word, "text": one.text} for one in briefing.glossary
        ],
        "methods": list(briefing.methods),
        "stale": [_stale(found, longs) for found in _alike(briefing.stale)],
        "vintages": [
            {"what": one.what, "day": one.day, "source": one.source} for one in briefing.vintages
        ],
    }


def _alike(stale):
    """Return the stale measures one by one, or, where they are many, those alike together."""
    if len(stale) <= MOST_STALE:
        return [[one] for one in stale]
    groups = {}
    for one in stale:
        groups.setdefault((one.word, one.as_of, one.why), []).append(one)
    return list(groups.values())


def _stale(alike, longs):
    one = alike[0]
    many = len(alike) > 1
    return {
        "codes": [found.code for found in alike],
        "name": words.measures(len(alike)) if many else one.short_name,
        "word": one.word,
        "as_of": _day(one.as_of),
        "why": longs.cut(one.why, CELL, f"Opatření {one.code}"),
    }


def _day(day):
    return czech.date(day) if day else ""
