"""The line of time of one measure. Expected days and statuses are worked out by hand."""

from datetime import date

import pytest

from common.czech import NBSP
from measures.history import history_of
from measures.models import Measure, MeasureKind
from measures.status import end_of, facts
from measures.timeline import timeline
from tests import factories as make
from tests.factories import moment

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)


def line(measure, on=ON):
    return timeline(history_of(measure, end_of(on)), on)


def spoken(events):
    """Return events as (day, heading, title and text, changes), with common spaces."""
    return [
        (
            event.day.isoformat(),
            plain(event.heading),
            plain(" ".join(filter(None, [event.title, event.text]))),
            [plain(f"{c.label}: {c.before} → {c.after}") for c in event.changes],
        )
        for event in events
    ]


def plain(text):
    return text.replace(NBSP, " ")


@pytest.fixture
def measure():
    return make.make_measure("1.2")


def test_timeline_tells_records_and_derived_changes_newest_first(measure):
    make.plan(measure, recorded_at=moment("2026-01-05 10:00"), reason="Plán dokumenty neuvádějí.")
    model = make.milestone(
        measure,
        date(2026, 5, 22),
        title="Model garancí",
        recorded_at=moment("2026-01-10 10:00"),
    )
    make.report(measure, date(2026, 4, 10), note="Běží to.")
    moved = make.restate(
        model,
        due_date=date(2026, 7, 31),
        recorded_at=moment("2026-05-21 10:00"),
        reason="Jednáme s pojišťovnami.",
        resolution="RK 512/05/26",
    )
    make.report(measure, date(2026, 7, 11), health="minor", kind="risk", note="Chybí stanovisko.")
    make.finish(moved, date(2026, 8, 9), recorded_at=moment("2026-08-10 10:00"))

    assert spoken(line(measure)) == [
        (
            "2026-08-10",
            "změna milníku",
            "Milník „Model garancí“.",
            ["stav: zpožděno → ohroženo", "milník: otevřený → hotovo 9. 8. 2026"],
        ),
        (
            "2026-08-01",
            "odvozeno z termínu",
            "Milník „Model garancí“ měl být hotov 31. 7. 2026 a je otevřený.",
            ["stav: ohroženo → zpožděno"],
        ),
        (
            "2026-07-11",
            "hlášení, Implementační jednotka",
            "Riziko. Chybí stanovisko.",
            ["stav: podle plánu → ohroženo", "jak to jde: bez potíží → menší potíže"],
        ),
        (
            "2026-05-21",
            "změna milníku, usnesení RK 512/05/26",
            "Milník „Model garancí“. Jednáme s pojišťovnami.",
            ["termín: 22. 5. 2026 → 31. 7. 2026 (+70 dní)"],
        ),
        (
            "2026-04-10",
            "hlášení, Implementační jednotka",
            "Pokrok. Běží to.",
            ["stav: bez hlášení → podle plánu", "fáze:  → běží", "jak to jde:  → bez potíží"],
        ),
        (
            "2026-01-10",
            "milník",
            "Nový milník „Model garancí“.",
            ["termín:  → 22. 5. 2026"],
        ),
        ("2026-01-05", "plán", "Plán dokumenty neuvádějí.", []),
    ]


def test_only_reports_are_marked_as_reports(measure):
    make.milestone(measure, date(2026, 12, 31), recorded_at=moment("2026-08-01 10:00"))
    make.report(measure, date(2026, 9, 1))
    assert [event.report is not None for event in line(measure)] == [True, False]


def test_milestones_ticked_in_a_report_stand_in_its_event(measure):
    at = moment("2026-09-01 10:00")
    model = make.milestone(measure, date(2026, 8, 31), title="Model garancí")
    make.report(measure, date(2026, 9, 1), published_at=at)
    make.finish(model, date(2026, 9, 1), recorded_at=at)
    newest = spoken(line(measure))[0]
    assert newest[1] == "hlášení, Implementační jednotka"
    assert newest[3] == [
        "stav: zpožděno → probíhá bez termínů",
        "fáze:  → běží",
        "jak to jde:  → bez potíží",
        "milník „Model garancí“: otevřený → hotovo 1. 9. 2026",
    ]


def test_document_report_stands_at_its_own_day(measure):
    make.document_report(
        measure,
        date(2023, 4, 14),
        cycle=date(2023, 1, 1),
        phase="preparing",
        published_at=moment("2026-09-10 10:00"),
        source_text="Zpráva kraje; přiřazení k opatření je naše",
    )
    [event] = line(measure)
    assert event.day == date(2023, 4, 14)
    assert plain(event.heading) == "z dokumentu, do portálu zapsáno 10. 9. 2026"
    assert event.details == (("Zdroj", "Zpráva kraje; přiřazení k opatření je naše"),)
    assert spoken([event])[0][3] == [
        "stav při zápisu: bez hlášení → neaktuální",
        "fáze:  → připravuje se",
    ]


def test_measure_gone_stale_is_told_on_the_first_day_of_the_third_cycle(measure):
    """Reported for the 1st quarter; the 2nd and 3rd end without a report on 30 September."""
    make.milestone(measure, date(2027, 1, 31))
    make.report(measure, date(2026, 3, 31))
    [stale, *_] = line(measure, date(2026, 12, 1))
    assert stale.day == date(2026, 10, 1)
    assert spoken([stale])[0][1:] == (
        "odvozeno ze stáří hlášení",
        "Poslední hlášení je ke dni 31. 3. 2026.",
        ["stav: podle plánu → neaktuální"],
    )


def test_continuous_measure_drops_out_a_year_after_its_last_output(measure):
    make.plan(measure, kind=MeasureKind.CONTINUOUS)
    make.output(measure, date(2025, 9, 10), title="Seminář v Sokolově", participants=34)
    make.report(measure, date(2026, 9, 1))
    lapsed, report, seminar, *_ = line(measure)
    assert spoken([lapsed])[0][::3] == (
        "2026-09-10",
        ["stav: plněno průběžně → probíhá bez termínů"],
    )
    assert report.report is not None
    assert spoken([seminar])[0][:3] == (
        "2025-09-10",
        "výstup, seminář",
        "Seminář v Sokolově, 34 účastníků.",
    )


def test_correction_and_corrected_report_name_each_other(measure):
    old = make.report(measure, date(2026, 9, 1), note="Překlep.")
    make.report(
        measure,
        date(2026, 9, 1),
        note="Správně.",
        health="minor",
        corrects=old,
        published_at=moment("2026-09-03 10:00"),
    )
    correction, corrected = line(measure)
    assert plain(correction.heading) == "hlášení ke dni 1. 9. 2026, Implementační jednotka"
    assert plain(dict(correction.details)["Opravuje"]) == "hlášení ze dne 1. 9. 2026"
    assert plain(dict(corrected.details)["Opraveno"]) == "novým hlášením ze dne 3. 9. 2026"
    assert spoken([correction])[0][3] == [
        "stav: probíhá bez termínů → ohroženo",
        "jak to jde: bez potíží → menší potíže",
    ]


def test_change_of_plan_shows_days_department_and_no_names(measure):
    owner = make.UserFactory(name="Jana Tajná")
    department = make.OrganisationFactory(name="odbor sociálních věcí")
    make.plan(measure, start=date(2023, 1, 1), end=date(2026, 12, 31))
    make.plan(
        measure,
        start=date(2023, 1, 1),
        end=date(2027, 12, 31),
        owner=owner,
        department=department,
        recorded_at=moment("2026-09-01 10:00"),
    )
    change = spoken(line(measure))[0]
    assert change[:2] == ("2026-09-01", "změna plánu")
    assert change[3] == [
        "konec: 31. 12. 2026 → 31. 12. 2027 (+365 dní)",
        "odpovídá: neuvedeno → odbor sociálních věcí",
        "odpovědná osoba nebo zástup: neurčeno → určeno",
    ]
    assert "Tajná" not in str(line(measure)[0])


def test_report_speaks_for_the_department_known_then(measure):
    department = make.OrganisationFactory(name="odbor sociálních věcí")
    make.report(measure, date(2026, 9, 1))
    make.plan(measure, department=department, recorded_at=moment("2026-09-05 10:00"))
    make.report(measure, date(2026, 9, 10))
    newest, _, oldest = line(measure)
    assert newest.heading == "hlášení, odbor sociálních věcí"
    assert oldest.heading == "hlášení, Implementační jednotka"


def test_line_ends_where_nothing_is_monitored():
    measure = make.make_measure("I", strategy=make.StrategyFactory(is_monitored=False))
    make.plan(measure, reason="Plán dokumenty neuvádějí.")
    assert line(measure) == []


def test_measure_without_records_has_an_empty_line(measure):
    assert line(measure) == []


def test_day_expected_is_compared_with_the_due_day(measure):
    model = make.milestone(measure, date(2026, 10, 17), recorded_at=moment("2026-01-10 10:00"))
    later = make.restate(
        model, expected_date=date(2026, 12, 18), recorded_at=moment("2026-09-01 10:00")
    )
    make.restate(later, expected_date=None, recorded_at=moment("2026-09-02 10:00"))
    back, expected, _ = spoken(line(measure))
    assert expected[3] == ["očekávaný termín: 17. 10. 2026 → 18. 12. 2026 (+62 dní)"]
    assert back[3] == ["očekávaný termín: 18. 12. 2026 → neuvedeno"]


def test_withdrawn_output_says_so(measure):
    wrong = make.output(measure, date(2026, 9, 1), title="Seminář")
    make.output(
        measure,
        date(2026, 9, 1),
        title="Seminář",
        corrects=wrong,
        is_withdrawn=True,
        recorded_at=moment("2026-09-02 10:00"),
    )
    withdrawn, original = line(measure)
    assert withdrawn.text == "Výstup „Seminář“ se nekonal, zápis se ruší."
    assert plain(dict(original.details)["Opraveno"]) == "novým zápisem ze dne 2. 9. 2026"


def test_history_knows_what_the_database_knows(measure):
    """At every moment of a varied history both ways to the facts agree."""
    make.plan(measure, start=date(2026, 2, 1), recorded_at=moment("2026-01-05 10:00"))
    first = make.milestone(measure, date(2026, 5, 22), recorded_at=moment("2026-01-10 10:00"))
    make.milestone(measure, date(2026, 6, 30), recorded_at=moment("2026-02-10 10:00"))
    wrong = make.report(measure, date(2026, 4, 10), note="Překlep.")
    make.report(measure, date(2026, 4, 10), corrects=wrong, published_at=moment("2026-04-20 10:00"))
    make.report(measure, date(2026, 4, 2), published_at=moment("2026-04-21 10:00"))
    make.plan(measure, end=date(2026, 8, 1), recorded_at=moment("2026-05-01 10:00"))
    make.finish(first, date(2026, 5, 20), recorded_at=moment("2026-05-21 10:00"))
    seminar = make.output(measure, date(2026, 6, 1), recorded_at=moment("2026-06-05 10:00"))
    make.output(measure, date(2026, 6, 2), corrects=seminar, recorded_at=moment("2026-06-08 10:00"))
    history = history_of(measure, end_of(ON))
    queryset = Measure.objects.filter(pk=measure.pk)
    for month in range(1, 10):
        for day in (1, 5, 10, 20, 21, 22):
            on = date(2026, month, day)
            assert alike(history.facts(on)) == alike(facts(queryset, on)[0]), on
            known = moment(f"2026-{month:02}-{day:02} 10:00")
            assert alike(history.facts(ON, known)) == alike(facts(queryset, ON, known)[0]), known


def alike(facts):
    """Return Facts without the order of their lists."""
    return (
        facts.measure,
        facts.plan,
        facts.report,
        facts.latest_cycle,
        {m.pk for m in facts.milestones},
        set(facts.output_days),
    )
