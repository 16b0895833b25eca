"""What a briefing says of measures: their state, what is late or unheard of, what was done."""

from datetime import date

import pytest

from meetings.briefing import briefing
from meetings.content import CountSaid, OutputSaid, StatusSaid
from tests.factories import (
    ActivityFactory,
    GoalFactory,
    MunicipalityFactory,
    OrganisationFactory,
    OutputMunicipalityFactory,
    PriorityFactory,
    StrategyFactory,
    UserFactory,
    document_report,
    make_measure,
    milestone,
    moment,
    output,
    plan,
    report,
)
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 14)
KNOWN = moment("2026-11-15")


@pytest.fixture
def goal():
    priority = PriorityFactory(strategy=StrategyFactory(), code="1", name="Bydlení", motto="Doma")
    return GoalFactory(priority=priority, code="1.A", name="Dostupné byty")


@pytest.fixture
def meeting(goal):
    body = BodyFactory(strategy=goal.strategy, name="Rada kraje", slug="rada")
    return MeetingFactory(body=body, meeting_date=date(2026, 11, 26))


def said_of(meeting):
    return briefing(meeting, ON, KNOWN)


def on_track(code, goal):
    measure = make_measure(code, goal)
    plan(measure, end=date(2027, 6, 30))
    report(measure, date(2026, 10, 5))
    return measure


def late(code, goal, due, **fields):
    measure = make_measure(code, goal, short_name=f"Krátce {code}")
    milestone(measure, due, title=f"statut {code}")
    if fields:
        report(measure, date(2026, 11, 10), **fields)
    return measure


def test_measure_says_its_state_and_its_next_day(goal, meeting):
    measure = make_measure("1.1", goal, name="Informovanost o bydlení", short_name="Informovanost")
    office = OrganisationFactory(name="odbor sociálních věcí", kind="department")
    plan(measure, department=office, owner=UserFactory(), end=date(2027, 6, 30))
    milestone(measure, date(2027, 1, 15), title="seminář v Sokolově")
    milestone(measure, date(2027, 3, 31), title="katalog")
    report(measure, date(2026, 10, 5), note="Tři semináře proběhly.")
    ActivityFactory(measure=measure, order=2, text="Pořádáme semináře.")
    ActivityFactory(measure=measure, order=1, text="Propagujeme příklady.")

    (said,) = said_of(meeting).priorities[0].goals[0].measures

    assert (said.code, said.name, said.short_name) == (
        "1.1",
        "Informovanost o bydlení",
        "Informovanost",
    )
    assert said.url == measure.get_absolute_url()
    assert said.status == StatusSaid("podle-planu", "podle plánu", "", "ok")
    assert (said.due, said.due_word) == (date(2027, 1, 15), "termín")
    assert said.due_what == "seminář v Sokolově"
    assert (said.as_of, said.freshness) == (date(2026, 10, 5), "aktuální")
    assert said.department == "odbor sociálních věcí"
    assert said.note == "Tři semináře proběhly."
    assert said.activities == ("Propagujeme příklady.", "Pořádáme semináře.")


def test_planned_end_is_told_as_such(goal, meeting):
    on_track("1.1", goal)

    (said,) = said_of(meeting).measures

    assert (said.due, said.due_word, said.due_what) == (date(2027, 6, 30), "plánovaný konec", "")


def test_report_without_change_says_so(goal, meeting):
    report(make_measure("1.1", goal), date(2026, 10, 5), kind="no_change")

    (said,) = said_of(meeting).measures

    assert said.note == "Beze změny."


def test_last_known_status_stands_beside_a_stale_one(goal, meeting):
    # Nothing for the quarters 2 and 3 of 2026.
    report(make_measure("1.1", goal), date(2026, 2, 1), health="minor")

    (said,) = said_of(meeting).measures

    assert said.status == StatusSaid("neaktualni", "neaktuální", "", "stale", "ohroženo")


def test_counts_come_worst_first_with_their_measures_and_coverage(goal, meeting):
    late("1.10", goal, date(2026, 10, 31), phase="running")
    late("1.9", goal, date(2026, 11, 13), phase="running")
    on_track("1.2", goal)
    make_measure("1.3", goal)
    report(make_measure("1.4", goal), date(2026, 10, 5), phase="completed")

    found = said_of(meeting)

    assert found.rollup.counts == (
        CountSaid("zpozdeno", "zpožděno", "late", ("1.9", "1.10")),
        CountSaid("bez-hlaseni", "bez hlášení", "none", ("1.3",)),
        CountSaid("podle-planu", "podle plánu", "ok", ("1.2",)),
        CountSaid("splneno", "splněno", "done", ("1.4",)),
    )
    assert (found.rollup.reported, found.rollup.expected) == (3, 4)
    assert found.rollup.text == "vykázáno 3 ze 4"
    assert found.priorities[0].rollup == found.rollup
    assert found.lead == (
        "Z 5 opatření jsou 2 zpožděna, 1 se plní podle plánu nebo průběžně a 1 je splněno. "
        "U 1 zatím žádné hlášení není."
    )
    assert found.methods[2] == (
        "„Vykázáno 3 ze 4“ znamená: ze 4 opatření, která nejsou splněna ani zrušena, mají jiný "
        "stav než neaktuální a bez hlášení 3."
    )


def test_late_measures_say_why_what_next_who_and_by_when(goal, meeting):
    late("1.1", goal, date(2026, 10, 11))
    late(
        "1.2",
        goal,
        date(2026, 9, 30),
        obstacle="Chybí stanovisko k veřejné podpoře.",
        next_step="Požádat o stanovisko.",
        actor=OrganisationFactory(name="Úřad pro ochranu hospodářské soutěže"),
        act_by_date=date(2026, 12, 10),
    )

    first, second = said_of(meeting).late

    # September has 30 days: 31 days of October and 14 of November.
    assert (first.code, first.short_name, first.days) == ("1.2", "Krátce 1.2", 45)
    assert first.due == date(2026, 9, 30)
    assert first.fact == "Milník „statut 1.2“ měl být hotov 30. 9. 2026 a je otevřený."
    assert first.why == "Chybí stanovisko k veřejné podpoře."
    assert first.next_step == "Požádat o stanovisko."
    assert first.who == "Úřad pro ochranu hospodářské soutěže"
    assert first.until == date(2026, 12, 10)
    assert (second.code, second.days) == ("1.1", 34)
    assert (second.why, second.next_step, second.who, second.until) == ("", "", "", None)


def test_department_stands_where_no_report_says_who_acts(goal, meeting):
    measure = late("1.1", goal, date(2026, 10, 11), actor_role="")
    plan(measure, department=OrganisationFactory(name="odbor dopravy", kind="department"))

    assert [one.who for one in said_of(meeting).late] == ["odbor dopravy"]


def test_decisions_come_by_their_day(goal, meeting):
    later = make_measure("1.1", goal, short_name="Byty")
    sooner = make_measure("1.2", goal, short_name="Fond")
    office = OrganisationFactory(name="odbor sociálních věcí", kind="department")
    plan(sooner, department=office)
    unknown = make_measure("1.0", goal)
    fields = {"needs_decision": True, "health": "minor"}
    report(later, date(2026, 10, 5), decision="B", act_by_date=date(2026, 12, 15), **fields)
    asked = report(
        sooner,
        date(2026, 11, 12),
        decision="Schválit statut.",
        obstacle="Bez statutu není smlouva.",
        act_by_date=date(2026, 12, 10),
        **fields,
    )
    report(unknown, date(2026, 10, 5), decision="C", **fields)

    found = said_of(meeting).decisions

    assert [(one.number, one.code) for one in found] == [(1, "1.2"), (2, "1.1"), (3, "1.0")]
    first = found[0]
    assert (first.report, first.short_name, first.url) == (
        asked.pk,
        "Fond",
        sooner.get_absolute_url(),
    )
    assert (first.text, first.why) == ("Schválit statut.", "Bez statutu není smlouva.")
    assert (first.who, first.by) == ("odbor sociálních věcí", date(2026, 12, 10))
    assert first.asked_on == date(2026, 11, 12)
    assert (found[1].who, found[2].by) == ("Implementační jednotka", None)


def test_unheard_of_measures_say_why(goal, meeting):
    owned = make_measure("1.1", goal, short_name="Projekty")
    plan(owned, owner=UserFactory())
    document_report(owned, date(2023, 4, 14))
    make_measure("1.2", goal, short_name="Motivace")
    on_track("1.3", goal)

    old, never = said_of(meeting).stale

    assert (old.code, old.short_name, old.word) == ("1.1", "Projekty", "neaktuální")
    assert old.as_of == date(2023, 4, 14)
    assert old.why == (
        "Poslední hlášení je ke dni 14. 4. 2023 a je z dokumentu; "
        "za poslední dva uzavřené cykly žádné nepřišlo."
    )
    assert (never.code, never.word, never.as_of) == ("1.2", "bez hlášení", None)
    assert never.why == "Hlášení zatím nikdo nepodal. Opatření nemá určeného odpovědného."


def test_outputs_of_the_last_year_where_there_was_no_meeting_before(goal, meeting):
    measure = make_measure("1.1", goal)
    output(measure, date(2025, 11, 14), title="Před rokem")
    output(measure, date(2025, 11, 15), title="Do roka")
    recent = output(measure, date(2026, 10, 1), title="Letos", participants=31, kind="meeting")
    for name in ("Sokolov", "Cheb"):
        OutputMunicipalityFactory(output=recent, municipality=MunicipalityFactory(name=name))
    output(measure, date(2026, 11, 15), title="Zítra")
    output(measure, date(2026, 11, 1), title="Neznámý", recorded_at=KNOWN)

    first, second = said_of(meeting).priorities[0].outputs

    assert first == OutputSaid(
        date(2026, 10, 1), "setkání", first.title, ("Cheb", "Sokolov"), 31, "1.1"
    )
    assert (first.title, second.title, second.participants) == ("Letos", "Do roka", None)


def test_outputs_since_the_meeting_before(goal, meeting):
    MeetingFactory(body=meeting.body, meeting_date=date(2026, 9, 10))
    measure = make_measure("1.1", goal)
    output(measure, date(2026, 9, 10), title="Ten den")
    output(measure, date(2026, 9, 11), title="Den nato")
    output(measure, date(2026, 8, 1), title="Dopsaný", recorded_at=moment("2026-10-01"))
    output(measure, date(2023, 8, 1), title="Dávný", recorded_at=moment("2026-10-01"))

    found = said_of(meeting).priorities[0].outputs

    assert [row.title for row in found] == ["Den nato", "Dopsaný"]


def test_resolutions_recorded_since_the_meeting_before(goal, meeting):
    earlier = MeetingFactory(body=meeting.body, meeting_date=date(2026, 9, 10))
    measure, other = make_measure("1.10", goal), make_measure("1.9", goal)
    seen = {"meeting": earlier, "adopted_on": date(2026, 9, 10)}
    ResolutionFactory(**seen, number="RK 1", recorded_at=moment("2026-09-10 12:00"))
    new = ResolutionFactory(
        **seen, number="RK 2", text="Schvaluje.", recorded_at=moment("2026-09-11 08:00")
    )
    ResolutionFactory(**seen, number="RK 3", recorded_at=KNOWN)
    new.measure_links.create(measure=measure)
    new.milestone_links.create(milestone=milestone(other, date(2027, 1, 1)).milestone)
    new.plan_links.create(plan=plan(measure))

    (said,) = said_of(meeting).resolutions

    assert (said.number, said.body, said.day) == ("RK 2", "Rada kraje", date(2026, 9, 10))
    assert (said.text, said.codes) == ("Schvaluje.", ("1.9", "1.10"))
    assert said.url == ""  # nobody froze the briefing of that meeting


def test_first_meeting_has_no_resolutions_since(goal, meeting):
    other = MeetingFactory(body=BodyFactory(strategy=goal.strategy), meeting_date=date(2026, 9, 10))
    ResolutionFactory(meeting=other, recorded_at=moment("2026-09-11"))

    assert said_of(meeting).resolutions == ()


def test_vintages_name_what_the_briefing_rests_on(goal, meeting):
    strategy = goal.strategy
    strategy.adopted_on, strategy.adopted_precision = date(2022, 10, 1), "month"
    strategy.source = "Brožura kraje."
    strategy.save()
    meeting.body.strategy = strategy
    on_track("1.1", goal)

    found = said_of(meeting).vintages

    assert [(one.what, one.day, one.source) for one in found] == [
        ("znění strategie", "říjen 2022", "Brožura kraje"),
        ("poslední hlášení o opatřeních", "5. 10. 2026", "tento portál"),
    ]


def test_glossary_explains_every_status(meeting):
    found = said_of(meeting).glossary

    assert [one.word for one in found] == [
        *("zpožděno", "ohroženo", "neaktuální", "bez hlášení", "probíhá bez termínů"),
        *("pozastaveno", "nezahájeno", "podle plánu", "plněno průběžně", "splněno", "zrušeno"),
    ]
    assert found[7].text == "Jde bez potíží a má před sebou milník nebo plánovaný konec."
    assert all(one.text and one.icon and one.key for one in found)
