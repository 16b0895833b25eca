"""Grant calls nobody has opened: each says so in its name."""

from common.history import recording
from portal.demo.days import Today
from projects.models import Call
from strategy.models import Priority

SOURCE = "ukázková data"
LINK = "https://example.cz/"
CALLS = (
    # slug, title, provider, until, checked, for municipalities, applicants, support, priority,
    # measures
    (
        "ukazka-bydleni",
        "Ukázková výzva: sociální byty v menších obcích",
        "ukázkové ministerstvo",
        Today(24),
        Today(-6),
        True,
        "obce do 10 000 obyvatel a dobrovolné svazky obcí",
        "pořízení a opravy bytů pro lidi v bytové nouzi",
        "1",
        ("1.1", "1.2"),
    ),
    (
        "ukazka-vzdelavani",
        "Ukázková výzva: spolupráce škol, obcí a rodin",
        "ukázkový fond",
        Today(75),
        Today(-130),
        True,
        "obce, školy, nestátní neziskové organizace",
        "práce s rodinami dětí ohrožených předčasným odchodem ze vzdělávání",
        "2",
        ("2.2",),
    ),
    (
        "ukazka-dluhy",
        "Ukázková výzva: dluhové poradenství v terénu",
        "ukázkový kraj",
        None,
        Today(-20),
        False,
        "poskytovatelé sociálních služeb",
        "poradny a terénní poradci",
        "3",
        ("3.5",),
    ),
    (
        "ukazka-minula",
        "Ukázková výzva: terénní sociální práce",
        "ukázkové ministerstvo",
        Today(-40),
        Today(-60),
        True,
        "obce",
        "mzdy terénních pracovníků",
        "4",
        (),
    ),
)


def make(stage):
    """Write the calls down as the unit would have."""
    priorities = {p.code: p for p in Priority.objects.filter(strategy=stage.strategy)}
    day = stage.calendar.day
    with recording(by=stage.people["petr"], reason=SOURCE, moment=stage.now):
        for slug, title, provider, until, checked, is_open, who, what, priority, codes in CALLS:
            call = Call.objects.create(
                slug=slug,
                title=title,
                provider=provider,
                deadline=day(until),
                checked_on=day(checked),
                is_for_municipalities=is_open,
                applicants=who,
                support=what,
                link=f"{LINK}{slug}",
                source=SOURCE,
            )
            call.priorities.add(priorities[priority])
            call.measures.set([stage.measures[code] for code in codes])
