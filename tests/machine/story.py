"""A made history of eight quarters: a strategy and the measures that are told by hand.

By hand is what must surely happen: a report taken from an old document, reports and outputs that
came late, corrections of corrections, withdrawn outputs, moved and reopened milestones, a plan made
again, a measure suspended past its review, one cancelled and taken up again, one completed and
opened again, edited wording and territory, removed personal data. The events of a measure stand in
the order of time; what corrects or removes names the place of the other in that list.
"""

from datetime import date, datetime, time

from tests.factories import PRAGUE
from tests.measures.naive_replay import (
    Happened,
    Placed,
    Planned,
    Promised,
    Redacted,
    Reported,
    Worded,
)

FIRST, LAST = date(2025, 1, 6), date(2026, 12, 31)
TODAY = date(2027, 2, 15)
LOADED = date(2024, 12, 20)
PLACES = ("Aš", "Cheb", "Ostrov", "Sokolov")
DEPARTMENTS = ("Odbor bydlení", "Odbor školství")
GOALS = {"1.A": "1", "1.B": "1", "2.A": "2"}
"""The goals with the priority of each."""
MEASURES = {
    "1.1": ("1.A",),
    "1.2": ("1.A",),
    "1.3": ("1.B",),
    "1.4": ("1.A", "1.B"),
    "1.5": ("1.B",),
    "1.6": ("1.A",),
    "1.10": ("1.B",),
    "2.1": ("2.A",),
    "2.2": ("2.A",),
    "2.3": ("1.B", "2.A"),
    "2.4": ("2.A",),
    "3.1": (),
}
"""The measures in the order of the plan with their goals; the last one is cross-cutting."""
SHARES = {
    "1": {"Aš": "3.4", "Cheb": "2.8", "Ostrov": "1.0", "Sokolov": None},
    "2": {"Aš": "6.0", "Cheb": None, "Ostrov": "9.46", "Sokolov": "12.5"},
}
"""The share of the component of each priority in each municipality, None where it is masked."""
NATION = {"1": ("2.71", "2.90"), "2": ("6.77", "9.46")}
"""The share of the nation and its 90th percentile."""
PROJECTS = [
    ("projekt-byty", "named", ("Cheb",), date(2025, 6, 1), date(2026, 3, 31), "1.1"),
    ("projekt-dluhy", "region", (), date(2025, 1, 1), date(2026, 6, 30), "2.1"),
    ("projekt-terén", "named", ("Sokolov",), date(2026, 9, 1), date(2028, 1, 1), "2.3"),
]


class Book:
    """Takes the events of one measure down in any order and binds them in that of time."""

    def __init__(self):
        self.written = []

    def add(self, day, event, *, at=time(12), corrects=None, removes=None):
        """Take down an event of a day, also one written „31. 8. 2025“; returns a mark by which
        others name it."""
        day = d(day) if isinstance(day, str) else day
        moment = day if isinstance(day, datetime) else datetime.combine(day, at, tzinfo=PRAGUE)
        self.written.append((moment, len(self.written), event, corrects, removes))
        return len(self.written) - 1

    def moment(self, mark):
        return self.written[mark][0]

    def bound(self):
        """Return the events by their moments, then as they were taken down."""
        ordered = sorted(self.written, key=lambda row: row[:2])
        place = {mark: number for number, (_, mark, *_) in enumerate(ordered)}
        events = []
        for moment, _, event, corrects, removes in ordered:
            event = event._replace(at=moment)
            if corrects is not None:
                event = event._replace(corrects=place[corrects])
            events.append(event if removes is None else event._replace(place=place[removes]))
        return events


def d(text):
    """Return the day written as „31. 8. 2025“."""
    day, month, year = text.replace(".", "").split()
    return date(int(year), int(month), int(day))


def quarter(day, back=0):
    """Return the first day of the quarter of a day, or of one before it."""
    month = day.year * 12 + (day.month - 1) // 3 * 3 - 3 * back
    return date(month // 12, month % 12 + 1, 1)


def plan(start=None, end=None, kind="deliverable", department="", reason=""):
    return Planned(None, start, end, kind, department, reason)


def promise(number, due, state="open", closed=None, expected=None, title=None, reason="Důvod."):
    return Promised(None, number, due, expected, state, closed, title or f"Milník {number}", reason)


def said(as_of, phase="running", health="on_track", cycle=None, review=None, **texts):
    return Reported(None, cycle or quarter(as_of), as_of, phase, health, review, None, **texts)


def output(day, *places, kind="seminar", title="Seminář", people=None, withdrawn=False):
    return Happened(None, day, withdrawn, None, kind, title, places, people)


TICKED = datetime(2026, 1, 12, 9, tzinfo=PRAGUE)
"""When a report was published and a milestone ticked in it."""


def told_by_hand():
    """Return the events of the measures told by hand, by their codes."""
    return {
        "1.1": _moved_and_reopened(),
        "1.2": _corrected_and_removed(),
        "1.3": _suspended_and_cancelled(),
        "1.4": _continuous(),
        "1.5": _completed_again(),
    }


def _moved_and_reopened():
    """A milestone moved three times, done, reopened, done again; another dropped; the plan made
    again twice, its end unknown for a while; wording and territory edited."""
    book = Book()
    book.add(LOADED, Worded(None, "Garanční fond", "Zřídit fond."))
    book.add(LOADED, Placed(None, "undetermined"))
    book.add(FIRST, plan(FIRST, d("30. 6. 2026"), department=DEPARTMENTS[0], reason="První plán."))
    book.add("10. 4. 2025", said(d("31. 3. 2025"), note="Model se píše."))
    book.add("2. 6. 2025", Placed(None, "named", ("Aš", "Cheb")))
    book.add("9. 7. 2025", said(d("30. 6. 2025"), note="Jednáme s bankou."))
    book.add("8. 10. 2025", said(d("30. 9. 2025"), "running", "minor", obstacle="Chybí posudek."))
    book.add("3. 11. 2025", plan(FIRST, None, department=DEPARTMENTS[0], reason="Konec nevíme."))
    book.add("1. 12. 2025", Worded(None, "Fond záruk", "Zřídit fond záruk."))
    book.add(TICKED, said(d("12. 1. 2026"), cycle=d("1. 10. 2025"), note="Model je hotov."))
    book.add("2. 2. 2026", plan(FIRST, d("31. 12. 2026"), "deliverable", DEPARTMENTS[1], "Znovu."))
    book.add("1. 6. 2026", Placed(None, "named", ("Cheb", "Sokolov")))
    book.add("13. 7. 2026", said(d("30. 6. 2026"), decision="Schválit dotaci."))
    book.add("12. 10. 2026", said(d("30. 9. 2026"), note="Rada rozhodla."))
    book.add("20. 12. 2026", output(d("18. 12. 2026"), "Cheb", title="Křest fondu", people=40))
    _promises_of_the_fund(book)
    return book.bound()


def _promises_of_the_fund(book):
    model, paid = "Model garancí", "Výplaty"
    book.add("7. 1. 2025", promise(0, d("30. 4. 2025"), title=model))
    book.add("7. 1. 2025", promise(1, d("31. 12. 2025"), title="Smlouvy"), at=time(13))
    book.add("29. 4. 2025", promise(0, d("31. 7. 2025"), title=model))
    book.add("20. 8. 2025", promise(0, d("15. 9. 2025"), title=model))
    book.add("12. 9. 2025", promise(0, d("15. 9. 2025"), "done", d("10. 9. 2025"), title=model))
    book.add("1. 10. 2025", promise(0, d("15. 9. 2025"), title=model, reason="Vrácen."))
    book.add("20. 10. 2025", promise(0, d("15. 1. 2026"), title=model))
    book.add(TICKED, promise(0, d("15. 1. 2026"), "done", d("9. 1. 2026"), title=model, reason=""))
    book.add(
        "5. 2. 2026", promise(1, d("31. 12. 2025"), "dropped", d("5. 2. 2026"), title="Smlouvy")
    )
    book.add("2. 3. 2026", promise(2, d("30. 9. 2026"), title=paid))
    book.add("15. 5. 2026", promise(2, d("30. 9. 2026"), expected=d("30. 11. 2026"), title=paid))
    book.add("1. 9. 2026", promise(2, d("30. 11. 2026"), title=paid))
    book.add("30. 11. 2026", promise(2, d("30. 11. 2026"), "done", d("30. 11. 2026"), title=paid))


def _corrected_and_removed():
    """A report of 2023 taken from a document, a report that came two quarters late, corrections of
    corrections, one for a day nobody had heard of; notes and a title removed."""
    book = Book()
    book.add(LOADED, Worded(None, "Krizový fond", "Pomoci v krizi."))
    book.add(LOADED, Placed(None, "region"))
    old = said(d("14. 4. 2023"), "preparing", "", source="document", note="Z výroční zprávy.")
    book.add("13. 1. 2025", old)
    book.add("14. 1. 2025", plan(d("1. 3. 2025"), None, "unknown", reason="Začátek známe."))
    first = book.add("2. 4. 2025", said(d("31. 3. 2025"), note="Klient Novák dluží."))
    trouble = said(d("31. 3. 2025"), health="serious", note="Fond je prázdný.", obstacle="Peníze.")
    second = book.add("16. 4. 2025", trouble, corrects=first)
    book.add("5. 6. 2025", said(d("31. 3. 2025"), note="Nakonec bez potíží."), corrects=second)
    named = book.add("9. 6. 2025", promise(0, d("30. 9. 2025"), title="Byt pro paní Novou"))
    book.add("11. 7. 2025", said(d("30. 6. 2025"), health="minor", decision="Navýšit fond."))
    book.add("3. 11. 2025", promise(0, d("30. 9. 2025"), "done", d("29. 9. 2025"), title="Byt"))
    late = said(d("30. 9. 2025"), note="Přišlo o dvě čtvrtletí později.")
    book.add("20. 3. 2026", late)
    seminar = book.add("21. 3. 2026", output(d("3. 2. 2025"), title="Dílna", people=12))
    book.add("2. 4. 2026", output(d("3. 3. 2026"), title="Dílna", people=14), corrects=seminar)
    book.add("14. 7. 2026", said(d("14. 7. 2026"), cycle=d("1. 4. 2026"), health=""))
    book.add("3. 8. 2026", Redacted(None, 0, "note"), removes=first)
    book.add("3. 8. 2026", Redacted(None, 0, "title"), removes=named)
    book.add("9. 10. 2026", said(d("30. 9. 2026"), is_approved=True))
    return book.bound()


def _suspended_and_cancelled():
    """Suspended past its review, run again, cancelled and taken up again by a correction."""
    book = Book()
    book.add(LOADED, Worded(None, "Terénní práce", "Chodit do terénu."))
    book.add(LOADED, Placed(None, "named", ("Ostrov",)))
    book.add("8. 1. 2025", plan(d("1. 4. 2025"), d("31. 12. 2026")))
    book.add("20. 5. 2025", said(d("20. 5. 2025"), "not_started"))
    book.add("10. 7. 2025", said(d("10. 7. 2025"), "suspended", review=d("31. 10. 2025")))
    book.add("9. 12. 2025", said(d("9. 12. 2025"), note="Znovu běží."))
    book.add(
        "14. 1. 2026",
        output(d("14. 1. 2026"), "Ostrov", "Sokolov", kind="meeting", title="Setkání"),
    )
    wrong = book.add("10. 4. 2026", said(d("31. 3. 2026"), "cancelled"))
    book.add("29. 5. 2026", said(d("31. 3. 2026"), note="Zrušení byl omyl."), corrects=wrong)
    book.add("3. 8. 2026", said(d("3. 8. 2026"), "suspended", review=d("30. 9. 2026")))
    book.add("2. 11. 2026", said(d("31. 10. 2026"), "cancelled", note="Teď opravdu."))
    return book.bound()


def _continuous():
    """Continuous work kept alive by outputs: late, corrected, withdrawn and written down again."""
    book = Book()
    book.add(LOADED, Worded(None, "Vzdělávání pracovníků", "Školit."))
    book.add(LOADED, Placed(None, "named", ("Aš",)))
    book.add("8. 1. 2025", plan(None, d("30. 11. 2026"), "continuous", DEPARTMENTS[1]))
    book.add("15. 1. 2025", output(d("15. 1. 2025"), "Aš", title="Kurz", people=20))
    stay = book.add("30. 4. 2025", output(d("2. 4. 2025"), kind="stay", title="Stáž", people=3))
    right = output(d("2. 4. 2025"), "Cheb", kind="stay", title="Stáž v Chebu", people=4)
    right_mark = book.add("12. 5. 2025", right, corrects=stay)
    gone = output(
        d("2. 4. 2025"), "Cheb", kind="stay", title="Stáž v Chebu", people=4, withdrawn=True
    )
    book.add("1. 9. 2025", gone, corrects=right_mark)
    book.add("3. 9. 2025", output(d("4. 4. 2025"), "Cheb", kind="stay", title="Stáž znovu"))
    for day in ("10. 4. 2025", "9. 7. 2025", "10. 10. 2025", "9. 1. 2026", "13. 4. 2026"):
        book.add(d(day), said(d(day), cycle=quarter(d(day), 1), kind="no_change"))
    book.add("4. 5. 2026", output(d("10. 2. 2026"), kind="campaign", title="Kampaň"), at=time(0))
    risk = said(d("30. 9. 2026"), health="minor", kind="risk", note="Nemá kdo učit.")
    book.add("16. 10. 2026", risk._replace(decision="Určit školitele."))
    return book.bound()


def _completed_again():
    """Completed, opened again by a correction, completed late for good."""
    book = Book()
    book.add(LOADED, Worded(None, "Metodika bytů", "Napsat metodiku."))
    book.add(LOADED, Placed(None, "region"))
    book.add("9. 1. 2025", plan(d("15. 1. 2025"), d("30. 9. 2025")))
    book.add("9. 1. 2025", promise(0, d("30. 6. 2025"), title="Metodika"), at=time(23, 30))
    book.add("11. 4. 2025", said(d("31. 3. 2025"), "preparing"))
    book.add(
        "27. 6. 2025", promise(0, d("30. 6. 2025"), "done", d("27. 6. 2025"), title="Metodika")
    )
    ended = book.add("11. 7. 2025", said(d("30. 6. 2025"), "completed"))
    book.add("22. 9. 2025", said(d("30. 6. 2025"), note="Chybí příloha."), corrects=ended)
    book.add("23. 9. 2025", promise(0, d("30. 6. 2025"), title="Metodika", reason="Chybí příloha."))
    book.add("24. 9. 2025", plan(d("15. 1. 2025"), d("31. 3. 2026"), reason="Prodlužuje se."))
    book.add(
        "12. 3. 2026", promise(0, d("30. 6. 2025"), "done", d("11. 3. 2026"), title="Metodika")
    )
    book.add("12. 3. 2026", output(d("11. 3. 2026"), kind="methodology", title="Metodika"))
    book.add("10. 4. 2026", said(d("31. 3. 2026"), "completed"), at=time(23, 59, 59, 999999))
    return book.bound()
