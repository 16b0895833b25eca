"""The rest of the made history: measures whose events a seeded generator throws."""

from datetime import time, timedelta
from random import Random

from tests.machine.story import (
    DEPARTMENTS,
    FIRST,
    LAST,
    LOADED,
    MEASURES,
    PLACES,
    Book,
    output,
    plan,
    promise,
    quarter,
    said,
    told_by_hand,
)
from tests.measures.naive_replay import Placed, Redacted, Worded

PHASES = [*["running"] * 8, "preparing", "not_started", "suspended", "cancelled"]


def told_by_dice(code, seed=2026):
    """Return the events of a measure as a seeded generator throws them."""
    dice, book = Random(f"{seed} {code}"), Book()
    book.add(LOADED, Worded(None, f"Opatření {code}", "Aktivita."))
    book.add(LOADED, _place(dice))
    for _ in range(dice.choice([0, 1, 1, 2])):
        book.add(_day(dice), _place(dice), at=_time(dice))
    if dice.random() < 0.5:
        book.add(_day(dice), Worded(None, f"Nové znění {code}", "Nová aktivita."), at=_time(dice))
    for number in range(dice.choice([0, 1, 1, 2, 3])):
        book.add(_day(dice, number), _plan(dice), at=_time(dice))
    for number in range(dice.choice([0, 1, 2, 3])):
        _throw_milestone(dice, book, number)
    _throw_reports(dice, book)
    for number in range(dice.choice([0, 1, 3, 5])):
        _throw_output(dice, book, number)
    return book.bound()


def _day(dice, quarters=None):
    """A day of the eight quarters, the first one too."""
    days = (LAST - FIRST).days
    return FIRST + timedelta(days=dice.randrange(90) if quarters == 0 else dice.randrange(days))


def _time(dice):
    return dice.choice([time(9), time(15, 30), time(0), time(23, 59, 59, 999999)])


def _place(dice):
    territory = dice.choice(["named", "named", "region", "undetermined"])
    places = tuple(sorted(dice.sample(PLACES, dice.choice([1, 2])))) if territory == "named" else ()
    return Placed(None, territory, places)


def _plan(dice):
    start = dice.choice([None, _day(dice)])
    end = dice.choice([None, (start or FIRST) + timedelta(days=dice.randrange(700))])
    kind = dice.choice(["deliverable", "continuous", "continuous", "unknown"])
    department = dice.choice(["", *DEPARTMENTS])
    return plan(start, end, kind, department, dice.choice(["", "Nový odhad."]))


def _throw_milestone(dice, book, number):
    day = _day(dice)
    due, title, state = day + timedelta(days=dice.randrange(10, 300)), f"Úkol {number}", "open"
    book.add(day, promise(number, due, title=title), at=_time(dice))
    while day < LAST and dice.random() < 0.75:
        day += timedelta(days=dice.randrange(1, 150))
        due += timedelta(days=dice.choice([0, 0, 0, 31, 92, -14]))
        expected = dice.choice([None, None, due + timedelta(days=dice.randrange(-5, 60))])
        state = dice.choice(["open", "open", "done", "dropped"]) if state == "open" else "open"
        closed = None if state == "open" else day - timedelta(days=dice.choice([0, 1, 20]))
        version = promise(number, due, state, closed, expected, title, "Jinak to nejde.")
        book.add(day, version, at=_time(dice))


def _throw_reports(dice, book):
    start = quarter(FIRST)
    for _ in range(8):
        following = quarter(start + timedelta(days=100))
        if dice.random() < 0.7:
            as_of = following - timedelta(days=dice.choice([1, 1, 20, -10]))
            shown = max(as_of, following) + timedelta(days=dice.choice([0, 5, 14, 30, 120]))
            mark = book.add(shown, _report(dice, as_of, start), at=_time(dice))
            while dice.random() < 0.3:
                later = book.moment(mark) + timedelta(days=dice.randrange(1, 90))
                mark = book.add(later, _report(dice, as_of, start), corrects=mark)
            if book.written[mark][2].note and dice.random() < 0.2:
                later = book.moment(mark) + timedelta(days=30)
                book.add(later, Redacted(None, 0, "note"), removes=mark)
        start = following


def _report(dice, as_of, cycle):
    phase = dice.choice(PHASES)
    review = as_of + timedelta(days=dice.randrange(10, 120)) if phase == "suspended" else None
    health = dice.choice(["on_track"] * 5 + ["minor", "serious"])
    note = dice.choice(["", "Jde to.", "Stojí to."])
    decision = "Rozhodnout o penězích." if dice.random() < 0.15 else ""
    kind = dice.choice(["progress", "no_change", "risk"]) if note else "progress"
    return said(as_of, phase, health, cycle, review, note=note, decision=decision, kind=kind)


def _throw_output(dice, book, number):
    day = _day(dice)
    places = tuple(sorted(dice.sample(PLACES, dice.choice([0, 1, 2]))))
    kind = dice.choice(["seminar", "stay", "methodology", "campaign", "meeting", "other"])
    people, title = dice.choice([None, 0, 15]), f"Akce {number}"
    first = output(day, *places, kind=kind, title=title, people=people)
    mark = book.add(day + timedelta(days=dice.choice([0, 0, 3, 60])), first, at=_time(dice))
    while dice.random() < 0.35:
        later = book.moment(mark) + timedelta(days=dice.randrange(1, 100))
        day -= timedelta(days=dice.choice([0, 0, 7, 200]))
        withdrawn = dice.random() < 0.4
        new = output(day, *places, kind=kind, title=title, people=21, withdrawn=withdrawn)
        mark = book.add(later, new, corrects=mark)
        if withdrawn:
            break


def told():
    """Return the events of every measure by its code, in the order of the plan."""
    by_hand = told_by_hand()
    return {code: by_hand.get(code) or told_by_dice(code) for code in MEASURES}
