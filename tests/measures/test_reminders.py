"""Whom the schedule reminds of what on a day, and in which words."""

from datetime import date

import pytest

from measures.letters import reminder_body, reminder_letter, reminder_subject
from measures.reminders import remindings, stage
from tests import factories

pytestmark = pytest.mark.django_db

DUE = date(2026, 10, 15)
"""When reports for the third quarter of 2026 are due: its end, 30 September, and 15 days."""


@pytest.fixture
def strategy():
    return factories.StrategyFactory()


@pytest.fixture
def people():
    """Return an owner, a deputy and a head."""
    return [
        factories.UserFactory(email=f"{name}@example.cz", name=name.title(), roles=[role])
        for name, role in [("olga", "unit"), ("dana", "unit"), ("hana", "head")]
    ]


def measure_of(owner=None, deputy=None, code="1.2", **fields):
    measure = factories.make_measure(code, short_name="Krizový fond", **fields)
    factories.plan(measure, owner=owner, deputy=deputy)
    return measure


def reminded(on):
    """Return who is reminded of what: e-mail to subjects."""
    return {
        found.person.email.split("@")[0]: [matter.subject for matter in found.matters]
        for found in remindings(on)
    }


def mark(on):
    """Record that all reminders of a day were sent."""
    for found in remindings(on):
        for matter in found.matters:
            factories.ReminderFactory(
                person=found.person,
                measure=matter.measure,
                subject=matter.subject,
                stage_date=matter.stage,
            )


Q3 = ["hlaseni:2026-07-01"]


# The stages


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 10, 7), None),
        (date(2026, 10, 8), date(2026, 10, 8)),
        (date(2026, 10, 14), date(2026, 10, 8)),
        (date(2026, 10, 15), date(2026, 10, 15)),
        (date(2026, 10, 21), date(2026, 10, 15)),
        (date(2026, 10, 22), date(2026, 10, 22)),
        (date(2026, 10, 28), date(2026, 10, 22)),
        (date(2026, 10, 29), date(2026, 10, 29)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_stage_is_seven_days_before_the_day_and_weekly_after(on, expected):
    assert stage(DUE, on) == expected


# Reports


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 10, 7), {}),
        (date(2026, 10, 8), {"olga": Q3}),
        (date(2026, 10, 28), {"olga": Q3}),
        (date(2026, 10, 29), {"olga": Q3, "hana": Q3}),
        (date(2026, 12, 31), {"olga": Q3, "hana": Q3}),
        (date(2027, 1, 1), {}),
        (date(2027, 1, 8), {"olga": ["hlaseni:2026-10-01"]}),
    ],
)
def test_owner_is_reminded_and_from_fourteen_days_late_the_head_too(people, on, expected):
    measure_of(*people[:2])
    assert reminded(on) == expected


def test_each_stage_is_sent_once_and_a_missed_one_is_caught_up_once(people):
    measure_of(people[0])
    mark(date(2026, 10, 8))
    assert reminded(date(2026, 10, 8)) == reminded(date(2026, 10, 14)) == {}
    # The run of the due day and of the week after it never came.
    assert reminded(date(2026, 10, 24)) == {"olga": Q3}
    assert [m.stage for m in remindings(date(2026, 10, 24))[0].matters] == [date(2026, 10, 22)]
    mark(date(2026, 10, 24))
    assert reminded(date(2026, 10, 28)) == {}
    assert reminded(date(2026, 10, 29)) == {"olga": Q3, "hana": Q3}


@pytest.mark.parametrize("cycle", [date(2026, 7, 1), date(2026, 10, 1)])
def test_reminders_stop_when_the_cycle_or_a_later_one_is_reported(people, cycle):
    measure = measure_of(people[0])
    factories.report(measure, date(2026, 10, 1), cycle=cycle)
    assert reminded(date(2026, 11, 20)) == {}


def test_report_for_an_earlier_cycle_stops_nothing(people):
    factories.report(measure_of(people[0]), date(2026, 9, 30), cycle=date(2026, 4, 1))
    assert reminded(date(2026, 10, 15)) == {"olga": Q3}


@pytest.mark.parametrize("phase", ["completed", "cancelled"])
def test_ended_measures_are_left_in_peace(people, phase):
    measure = measure_of(people[0])
    factories.milestone(measure, DUE)
    factories.report(measure, date(2026, 3, 1), phase=phase)
    assert reminded(DUE) == {}


def test_measure_that_starts_within_the_cycle_is_not_expected(people):
    measure = factories.make_measure("1.2")
    factories.plan(measure, owner=people[0], start=date(2026, 7, 2))
    assert reminded(DUE) == {}


def test_strategy_that_is_not_monitored_has_no_reminders(people):
    measure = measure_of(people[0], strategy__is_monitored=False)
    factories.milestone(measure, DUE)
    assert reminded(DUE) == {}


def test_what_was_submitted_waits_for_a_head_other_than_its_author(people):
    olga, _, hana = people
    other = factories.UserFactory(email="hedvika@example.cz", roles=["head"])
    draft = {"as_of_date": date(2026, 9, 30), "state": "submitted"}
    factories.ReportDraftFactory(measure=measure_of(olga), author=hana, **draft)
    assert reminded(DUE) == {"hedvika": Q3}
    (found,) = remindings(DUE)
    assert found.person == other
    assert reminder_subject(found.matters) == "Portál: 1\u00a0hlášení čeká na schválení"
    assert "Je odevzdané a čeká na schválení." in reminder_body(found)


def test_draft_that_is_written_or_submitted_for_an_earlier_cycle_stops_nothing(people):
    measure = measure_of(people[0])
    factories.ReportDraftFactory(measure=measure, author=people[0], as_of_date=DUE)
    factories.ReportDraftFactory(
        measure=measure, author=people[1], as_of_date=date(2026, 6, 1), state="submitted"
    )
    assert reminded(DUE) == {"olga": Q3}


# Milestones


def test_open_milestone_has_the_same_schedule(people):
    measure = measure_of(people[0])
    factories.report(measure, date(2026, 10, 1), cycle=date(2026, 10, 1))
    version = factories.milestone(measure, date(2026, 11, 20))
    name = [f"milnik:{version.milestone_id}"]
    days = [12, 13, 20, 27]
    assert [reminded(date(2026, 11, day)) for day in days] == [{}, *[{"olga": name}] * 3]
    assert reminded(date(2026, 12, 4)) == {"olga": name, "hana": name}
    factories.finish(version, date(2026, 12, 4))
    assert reminded(date(2026, 12, 11)) == {}


def test_milestone_that_moved_is_recalled_by_its_new_day(people):
    measure = measure_of(people[0])
    factories.report(measure, date(2026, 10, 1), cycle=date(2026, 10, 1))
    version = factories.milestone(measure, date(2026, 11, 20))
    moved = factories.moment("2026-11-10")
    factories.restate(version, due_date=date(2026, 12, 31), recorded_at=moved)
    assert reminded(date(2026, 11, 20)) == {}
    assert reminded(date(2026, 12, 24)) == {"olga": [f"milnik:{version.milestone_id}"]}


def test_milestone_of_a_suspended_measure_waits_for_its_review(people):
    measure = measure_of(people[0])
    factories.milestone(measure, date(2026, 11, 20))
    factories.report(
        measure,
        date(2026, 10, 1),
        cycle=date(2026, 10, 1),
        phase="suspended",
        review_date=date(2026, 12, 1),
    )
    assert reminded(date(2026, 11, 27)) == {}
    assert list(reminded(date(2026, 12, 4))) == ["olga", "hana"]


# People


@pytest.mark.parametrize(
    ("line", "away", "inactive", "expected"),
    [
        ("od", "", "", ["olga"]),
        ("od", "o", "", ["dana"]),
        ("od", "od", "", []),
        ("o", "o", "", []),
        ("od", "", "o", ["dana"]),
        ("od", "", "od", ["hana"]),
        ("od", "d", "o", []),
        ("-d", "", "", ["dana"]),
        ("-", "", "", ["hana"]),
        ("-", "h", "", []),
        ("-", "", "h", []),
    ],
)
def test_matter_goes_to_the_owner_else_the_deputy_else_the_head(
    people, line, away, inactive, expected
):
    by_letter = dict(zip("odh", people, strict=True)) | {"-": None}
    measure_of(*[by_letter[letter] for letter in line])
    for letter in away:
        factories.AbsenceFactory(
            user=by_letter[letter], start_date=date(2026, 10, 10), end_date=DUE
        )
    for letter in inactive:
        by_letter[letter].is_active = False
        by_letter[letter].save()
    assert list(reminded(DUE)) == expected


def test_who_was_away_hears_of_it_when_back(people):
    measure_of(people[0])
    factories.AbsenceFactory(user=people[0], start_date=date(2026, 10, 10), end_date=DUE)
    assert reminded(DUE) == {}
    assert reminded(date(2026, 10, 16)) == {"olga": Q3}


def test_owner_who_no_longer_works_in_the_unit_is_not_asked(people):
    people[0].groups.clear()
    measure_of(*people[:2])
    assert list(reminded(DUE)) == ["dana"]


def test_every_head_hears_of_a_measure_of_nobody_and_of_what_is_long_late(people):
    factories.UserFactory(email="hedvika@example.cz", roles=["head"])
    measure_of(code="1.1")
    measure_of(people[0], code="1.3")
    assert reminded(DUE) == {"olga": Q3, "hana": Q3, "hedvika": Q3}
    assert reminded(date(2026, 10, 29)) == {"olga": Q3, "hana": 2 * Q3, "hedvika": 2 * Q3}


def test_head_who_owns_a_measure_is_reminded_once(people):
    measure_of(people[2])
    assert reminded(date(2026, 10, 29)) == {"hana": Q3}


@pytest.mark.parametrize("number", [1, 30])
def test_schedule_takes_the_same_queries_for_many(
    people, strategy, django_assert_num_queries, number
):
    for n in range(number):
        owner = factories.UserFactory(roles=["unit"])
        measure = measure_of(owner, people[1], code=f"1.{n}", strategy=strategy)
        factories.milestone(measure, DUE)
        factories.report(measure, date(2026, 6, 1))
        factories.output(measure, date(2026, 6, 1))
        factories.AbsenceFactory(user=owner, start_date=DUE, end_date=DUE)
    with django_assert_num_queries(7):
        (found,) = remindings(DUE)
        reminder_body(found)
    assert len(found.matters) == 2 * number


# The letter


def test_letter_says_what_is_due_and_where_to_report(people, settings):
    settings.PORTAL_URL = "https://portal.example.cz"
    measure = measure_of(people[0])
    factories.report(measure, date(2026, 6, 10), cycle=date(2026, 4, 1))
    factories.milestone(measure, date(2026, 10, 25), title="Smlouva")
    factories.milestone(
        measure, date(2026, 10, 19), title="Studie", expected_date=date(2026, 12, 1)
    )
    (found,) = remindings(date(2026, 10, 22))
    letter = reminder_letter(found)
    assert letter.to == ["olga@example.cz"]
    assert letter.subject == "Portál: 1 opatření čeká na hlášení, 2 milníky mají termín"
    text = letter.body
    assert "ke dni 22. 10. 2026" in text
    assert "1.2 Krizový fond\n- Hlášení za 3. čtvrtletí 2026 mělo být do 15. 10. 2026, " in text
    assert "je po termínu o 7 dní." in text
    assert "- Milník „Smlouva“ má termín 25. 10. 2026, za 3 dny." in text
    assert "- Milník „Studie“ měl být hotový 19. 10. 2026, je po termínu o 3 dny." in text
    assert "Očekává se 1. 12. 2026." in text
    page = f"https://portal.example.cz/prace/opatreni/{measure.pk}/hlaseni/"
    assert f"Nahlásit: {page}" in text
    assert "https://portal.example.cz/ucet/upozorneni/" in text
    assert "Odpovídá" not in text


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "Portál: 1\u00a0opatření čeká na hlášení"),
        (3, "Portál: 3\u00a0opatření čekají na hlášení"),
        (5, "Portál: 5\u00a0opatření čeká na hlášení"),
    ],
)
def test_subject_counts_the_measures_in_good_czech(people, strategy, number, expected):
    for n in range(number):
        measure_of(people[0], code=f"1.{n}", strategy=strategy)
    (found,) = remindings(DUE)
    assert reminder_subject(found.matters) == expected
    assert "to je dnes" in reminder_body(found)


def test_letter_of_a_head_says_who_answers(people, strategy):
    measure_of(*people[:2], code="1.1", strategy=strategy)
    measure_of(code="1.3", strategy=strategy)
    found = {one.person: reminder_body(one) for one in remindings(date(2026, 10, 29))}
    assert "Odpovídá Olga, zastupuje Dana." in found[people[2]]
    assert "Opatření nemá odpovědného." in found[people[2]]
    factories.AbsenceFactory(user=people[0], start_date=DUE, end_date=DUE)
    (deputy,) = [one for one in remindings(DUE) if one.person == people[1]]
    assert "Odpovídá Olga, vy zastupujete." in reminder_body(deputy)


def test_letter_links_to_no_change_only_where_it_may_be_reported(people, monkeypatch):
    monkeypatch.setattr("measures.letters.reverse", lambda name, args=(): f"/{name}/{args}/")
    measure = measure_of(people[0])
    (found,) = remindings(DUE)
    assert "Beze změny:" not in reminder_body(found)
    factories.report(measure, date(2026, 6, 10), cycle=date(2026, 4, 1))
    (found,) = remindings(DUE)
    assert f"/measures:no_change/[{measure.pk}]/" in reminder_body(found)


def test_same_letter_has_the_same_message_id_and_another_one_does_not(people):
    measure = measure_of(people[0])
    one, same = [reminder_letter(remindings(DUE)[0]).message()["Message-ID"] for _ in range(2)]
    factories.milestone(measure, DUE)
    other = reminder_letter(remindings(DUE)[0]).message()["Message-ID"]
    assert one == same != other
    assert one.endswith("@127.0.0.1>")
