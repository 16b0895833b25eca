"""Findings about measures: who answers for them, what they promise, how old the last word is."""

from datetime import timedelta

from django.urls import reverse

from common import czech
from measures.cycles import shifted
from measures.freshness import FreshnessKey, freshness
from measures.models.report import ENDED
from measures.status import StatusKey, status
from portal.quality.finding import Finding, Item

HORIZON_DAYS = 90
"""How far ahead a milestone is looked for."""


def is_running(found):
    """Say whether a measure still goes on: neither completed nor cancelled."""
    return found.report is None or found.report.phase not in ENDED


def without_owner(running):
    """Measures nobody answers for."""
    return Finding(
        key="bez-odpovedneho",
        short="bez odpovědného",
        heading="Opatření bez odpovědného",
        why="Připomínky o nich chodí vedoucímu a hlásit o nich může kdokoli, tedy často nikdo.",
        fine="Každé opatření má odpovědného.",
        items=tuple(
            _item(f, at="measures:plan_edit")
            for f in running
            if f.plan is None or f.plan.owner_id is None
        ),
        mend="Určit odpovědné",
        mend_url=_plans_url(),
    )


def inactive_people(running):
    """Measures whose owner or deputy has no active account any more."""
    items = []
    for found in running:
        people = [found.plan.owner, found.plan.deputy] if found.plan else []
        gone = [str(person) for person in people if person and not person.is_active]
        if gone:
            note = f"už nepřistupuje: {', '.join(gone)}"
            items.append(_item(found, note, at="measures:plan_edit"))
    return Finding(
        key="neaktivni-lide",
        short="odpovídá neaktivní účet",
        heading="Odpovídá nebo zastupuje někdo, kdo už účet nemá",
        why="Takový člověk se nepřihlásí a připomínku nedostane.",
        fine="Všichni odpovědní a zástupci mají účet v provozu.",
        items=tuple(items),
        mend="Určit jiné odpovědné",
        mend_url=_plans_url(),
    )


def without_milestone(running, on):
    """Measures that promise nothing within 90 days, see `_promises_nothing`."""
    return Finding(
        key="bez-milniku",
        short="bez milníku do 90 dnů",
        heading="Opatření bez milníku do 90 dnů",
        why="Nic s termínem neslibují, takže se nepozná, jestli jdou včas. Nepočítají se opatření "
        "pozastavená, ta, která začnou později, a průběžná s výstupem za posledních 12 měsíců. "
        "Milník po termínu stačí: ten hlídá fronta.",
        fine="Každé běžící opatření má milník do 90 dnů, nebo nedávný výstup.",
        items=tuple(
            _item(f, _next_milestone(f, on), at="measures:milestone_create")
            for f in running
            if _promises_nothing(f, on)
        ),
    )


def out_of_date(running, on):
    """Measures nobody has reported on for the last two finished cycles."""
    found = [f for f in running if freshness(f, on).key == FreshnessKey.STALE]
    return Finding(
        key="neaktualni",
        short="neaktuální",
        heading="Neaktuální opatření",
        why="Za poslední dva uzavřené cykly o nich nic nepřišlo; z kladných počtů vypadla.",
        fine="O žádném opatření není poslední hlášení starší než dva cykly.",
        items=tuple(
            _item(f, f"naposledy {czech.date(f.report.as_of_date)}", at="measures:report_form")
            for f in found
        ),
        mend="Nahlásit ve čtvrtletním kole",
        mend_url=reverse("measures:round"),
    )


def never_reported(running, on):
    """Measures nobody has ever reported on."""
    found = [f for f in running if freshness(f, on).key == FreshnessKey.NEVER]
    return Finding(
        key="bez-hlaseni",
        short="bez hlášení",
        heading="Opatření, o kterých hlášení nikdy nepřišlo",
        why="Nic o nich nevíme; neznamená to, že nezačala.",
        fine="O každém opatření už nějaké hlášení přišlo.",
        items=tuple(_item(f, at="measures:report_form") for f in found),
        mend="Nahlásit ve čtvrtletním kole",
        mend_url=reverse("measures:round"),
    )


def _promises_nothing(found, on):
    """No milestone is open and due within 90 days or before; suspended measures, those that start
    later and continuous ones with an output of the last 12 months need none."""
    limit = on + timedelta(HORIZON_DAYS)
    if any(milestone.due_date <= limit for milestone in found.open_milestones(on)):
        return False
    if status(found, on).key == StatusKey.SUSPENDED:
        return False
    start = found.plan.start_date if found.plan else None
    if start and start > limit:
        return False
    recent = any(shifted(on, -12) < day <= on for day in found.output_days)
    return not (found.is_continuous and recent)


def _next_milestone(found, on):
    later = found.open_milestones(on)
    return f"nejbližší milník {czech.date(later[0].due_date)}" if later else "žádný otevřený milník"


def _item(found, note="", *, at):
    """An Item of a measure that leads to its page `at`."""
    measure = found.measure
    return Item(str(measure), reverse(at, args=[measure.pk]), note)


def _plans_url():
    """The page that assigns owners."""
    return reverse("measures:responsibility")
