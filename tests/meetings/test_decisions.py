"""Which decisions asked of a body are still open (rules.md, Roll-up)."""

from datetime import date

import pytest

from meetings.decisions import open_decisions
from meetings.models import ResolutionDecision
from tests.factories import StrategyFactory, make_measure, moment, noon, report
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 14)
KNOWN = moment("2026-11-15")
ASKED = date(2026, 9, 1)
FUND = "Schválit statut fondu."


@pytest.fixture
def measure():
    return make_measure("1.2", strategy=StrategyFactory())


def ask(measure, day=ASKED, text=FUND, **fields):
    return report(measure, day, needs_decision=True, decision=text, **fields)


def unchanged(measure, day, **fields):
    return report(measure, day, kind="no_change", **fields)


def settle(asked, day, *, recorded_at=None, **fields):
    """Record a resolution that settles what a report asks for."""
    body = BodyFactory(strategy=asked.measure.strategy)
    resolution = ResolutionFactory(
        meeting=MeetingFactory(body=body, meeting_date=day),
        recorded_at=recorded_at or noon(day),
        **fields,
    )
    ResolutionDecision.objects.create(resolution=resolution, report=asked)
    return resolution


def still_open(measure, on=ON, known=KNOWN):
    return [one.report for one in open_decisions(measure.strategy, on, known)]


def test_asked_decision_is_open(measure):
    asked = ask(measure)

    (found,) = open_decisions(measure.strategy, ON, KNOWN)

    assert (found.report, found.asked_on, found.text) == (asked, ASKED, FUND)


def test_report_that_asks_for_nothing_opens_nothing(measure):
    report(measure, ASKED, decision="Nic.", needs_decision=False)

    assert still_open(measure) == []


def test_decision_of_another_strategy_is_not_listed(measure):
    ask(make_measure("1.2", strategy=StrategyFactory()))

    assert still_open(measure) == []


def test_decision_is_open_from_its_day_and_its_publishing(measure):
    asked = ask(measure, published_at=moment("2026-09-03 10:00"))

    assert still_open(measure, on=date(2026, 8, 31)) == []
    assert still_open(measure, known=moment("2026-09-03 10:00")) == []
    assert still_open(measure, known=moment("2026-09-03 10:01")) == [asked]


def test_resolution_settles_from_its_day_and_its_recording(measure):
    asked = ask(measure)
    settle(asked, date(2026, 10, 8), recorded_at=moment("2026-10-12 09:00"))

    assert still_open(measure) == []
    assert still_open(measure, on=date(2026, 10, 7)) == [asked]
    assert still_open(measure, on=date(2026, 10, 8), known=moment("2026-10-12 09:00")) == [asked]
    assert still_open(measure, on=date(2026, 10, 8), known=moment("2026-10-12 09:01")) == []


def test_resolution_that_was_withdrawn_settles_nothing(measure):
    asked = ask(measure)
    wrong = settle(asked, date(2026, 10, 8))
    withdrawn = ResolutionFactory(
        meeting=wrong.meeting, corrects=wrong, is_withdrawn=True, recorded_at=moment("2026-10-20")
    )
    ResolutionDecision.objects.create(resolution=withdrawn, report=asked)

    assert still_open(measure) == [asked]
    assert still_open(measure, known=moment("2026-10-20")) == []


def test_corrected_resolution_counts_with_what_it_names_now(measure):
    first, second = ask(measure), ask(make_measure("1.3", strategy=measure.strategy))
    wrong = settle(first, date(2026, 10, 8))
    right = ResolutionFactory(
        meeting=wrong.meeting, corrects=wrong, recorded_at=moment("2026-10-20")
    )
    ResolutionDecision.objects.create(resolution=right, report=second)

    assert still_open(measure) == [first]


def test_later_report_withdraws_what_it_does_not_ask_for(measure):
    asked = ask(measure)
    report(measure, date(2026, 10, 1), published_at=moment("2026-10-02"))

    assert still_open(measure) == []
    assert still_open(measure, known=moment("2026-10-02")) == [asked]
    assert still_open(measure, on=date(2026, 9, 30)) == [asked]


def test_no_change_carries_the_decision_on(measure):
    ask(measure)
    repeated = unchanged(measure, date(2026, 10, 5), needs_decision=True, decision=FUND)

    (found,) = open_decisions(measure.strategy, ON, KNOWN)

    assert (found.report, found.asked_on) == (repeated, ASKED)


def test_no_change_that_does_not_carry_the_decision_withdraws_it(measure):
    ask(measure)
    unchanged(measure, date(2026, 10, 5))

    assert still_open(measure) == []


def test_report_written_before_the_decision_was_asked_for_does_not_withdraw_it(measure):
    asked = ask(measure, date(2026, 9, 1), published_at=moment("2026-09-20"))
    report(measure, date(2026, 9, 10), published_at=moment("2026-09-11"))

    assert still_open(measure) == [asked]


def test_correction_does_not_make_the_decision_younger_than_a_withdrawal(measure):
    asked = ask(measure)
    report(measure, date(2026, 10, 1))
    ask(measure, published_at=moment("2026-10-20"), corrects=asked)

    assert still_open(measure) == []


def test_later_report_of_an_earlier_day_does_not_withdraw(measure):
    asked = ask(measure)
    report(measure, date(2026, 8, 1), published_at=moment("2026-10-01"))

    assert still_open(measure) == [asked]


def test_report_that_asks_in_other_words_takes_the_place(measure):
    ask(measure)
    other = ask(measure, date(2026, 10, 1), "Zřídit pracovní skupinu.")

    assert still_open(measure) == [other]


def test_resolution_about_any_of_the_reports_settles_what_they_repeat(measure):
    first = ask(measure)
    unchanged(measure, date(2026, 10, 5), needs_decision=True, decision=FUND)
    settle(first, date(2026, 10, 8))
    unchanged(measure, date(2026, 10, 20), needs_decision=True, decision=FUND)

    assert still_open(measure) == []


def test_decision_asked_for_again_after_a_resolution_is_open(measure):
    settle(ask(measure), date(2026, 10, 8))
    again = ask(measure, date(2026, 10, 9))

    (found,) = open_decisions(measure.strategy, ON, KNOWN)

    assert (found.report, found.asked_on) == (again, date(2026, 10, 9))


def test_new_decision_after_a_settled_one_is_open(measure):
    settle(ask(measure), date(2026, 10, 8))
    other = ask(measure, date(2026, 10, 1), "Zřídit pracovní skupinu.")

    assert still_open(measure) == [other]


def test_correction_inherits_the_resolution(measure):
    asked = ask(measure)
    ask(measure, text="Schválit jiné.", corrects=asked, published_at=moment("2026-09-20"))
    settle(asked, date(2026, 10, 8))

    assert still_open(measure) == []


def test_resolution_about_a_correction_holds_for_what_it_corrects(measure):
    asked = ask(measure)
    corrected = ask(measure, corrects=asked, published_at=moment("2026-09-20"))
    once_more = ask(measure, corrects=corrected, published_at=moment("2026-09-21"))
    settle(corrected, date(2026, 10, 8))

    assert still_open(measure) == []
    assert still_open(measure, on=date(2026, 10, 7)) == [once_more]


def test_correction_that_no_longer_asks_closes(measure):
    asked = ask(measure)
    report(measure, ASKED, corrects=asked, published_at=moment("2026-09-20"))

    assert still_open(measure) == []
    assert still_open(measure, known=moment("2026-09-20")) == [asked]


def test_decisions_come_in_the_order_of_the_plan(measure):
    strategy = measure.strategy
    for code in ("4.10", "4.9", "1.3"):
        ask(make_measure(code, strategy=strategy))

    codes = [one.report.measure.code for one in open_decisions(strategy, ON, KNOWN)]

    assert codes == ["1.3", "4.9", "4.10"]


@pytest.mark.parametrize("number", [1, 30])
def test_open_decisions_ask_the_same_for_any_number(measure, number, django_assert_num_queries):
    for n in range(number):
        ask(make_measure(f"2.{n}", strategy=measure.strategy))

    with django_assert_num_queries(2):
        found = open_decisions(measure.strategy, ON, KNOWN)
        assert [one.report.measure.strategy.slug for one in found]

    assert len(found) == number
