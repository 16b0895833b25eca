"""In which part of the queue a measure stands, and what is asked: days worked out by hand.

The cycle is the third quarter of 2026: it ends on 30 September, is due on 15 October and tolerated
until 22 October. Measures were loaded in 2022 unless a test says otherwise.
"""

from datetime import date

import pytest

from measures.asks import Part, ask, owed_cycle
from measures.cycles import Cycle
from measures.models import DraftState, Measure, MeasureKind
from measures.status import facts
from tests import factories
from tests.factories import document_report, make_measure, milestone, moment, plan, report
from tests.municipalities.pages import plain

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)


def asked(measure, on, draft=None):
    """Return the part of the queue and what is said, with plain spaces."""
    found = ask(facts(Measure.objects.filter(pk=measure.pk), on)[0], draft, on)
    return found.part, [plain(text) for text in found.sentences]


def reported(cycle=date(2026, 4, 1), **fields):
    """Return a measure last reported on 10 July 2026, for the second quarter."""
    measure = make_measure("1.1")
    report(measure, date(2026, 7, 10), cycle=cycle, **fields)
    return measure


# A report


@pytest.mark.parametrize(
    ("on", "part", "said"),
    [
        (date(2026, 9, 30), Part.DONE, "Poslední hlášení je ke dni 10. 7. 2026, před 82 dny."),
        (date(2026, 10, 1), Part.SOON, "Hlášení za 3. čtvrtletí 2026 se čeká do 15. 10. 2026."),
        (date(2026, 10, 15), Part.SOON, "Hlášení za 3. čtvrtletí 2026 se čeká do 15. 10. 2026."),
        (
            date(2026, 10, 16),
            Part.SOON,
            "Hlášení za 3. čtvrtletí 2026 mělo přijít do 15. 10. 2026, "
            "v toleranci je do 22. 10. 2026.",
        ),
        (
            date(2026, 10, 23),
            Part.OVERDUE,
            "Hlášení za 3. čtvrtletí 2026 mělo přijít do 15. 10. 2026, před 8 dny.",
        ),
        (
            date(2026, 12, 31),
            Part.OVERDUE,
            "Hlášení za 3. čtvrtletí 2026 mělo přijít do 15. 10. 2026, před 77 dny.",
        ),
    ],
)
def test_report_is_asked_from_the_end_of_its_cycle(on, part, said):
    assert asked(reported(), on) == (part, [said])


def test_measure_out_of_date_says_since_when_and_what_is_missing():
    assert asked(reported(), date(2027, 1, 1)) == (
        Part.STALE,
        [
            "Poslední hlášení je ke dni 10. 7. 2026, před 175 dny.",
            "Hlášení za 3. čtvrtletí 2026 mělo přijít do 15. 10. 2026.",
        ],
    )


def test_report_of_the_cycle_is_enough():
    assert asked(reported(cycle=JULY), date(2026, 12, 31))[0] == Part.DONE


@pytest.mark.parametrize("phase", ["completed", "cancelled"])
def test_ended_measure_asks_for_nothing(phase):
    assert asked(reported(phase=phase), date(2028, 1, 1))[0] == Part.DONE


def test_measure_never_reported_is_overdue_since_the_first_report_owed():
    measure = make_measure("1.1", loaded_at=moment("2026-03-10 12:00"))
    assert asked(measure, date(2026, 10, 5)) == (
        Part.OVERDUE,
        [
            "Hlášení nikdy nepřišlo; první za 2. čtvrtletí 2026 mělo přijít do 15. 7. 2026, "
            "před 82 dny."
        ],
    )


def test_new_measure_never_reported_has_a_part_of_its_own():
    measure = make_measure("1.1", loaded_at=moment("2026-11-25 12:00"))
    first = "První hlášení za 1. čtvrtletí 2027 se čeká do 15. 4. 2027, podat ho můžete hned."
    assert asked(measure, date(2026, 11, 25)) == (
        Part.UNREPORTED,
        ["Hlášení nikdy nepřišlo.", first],
    )
    assert asked(measure, date(2027, 4, 1))[0] == Part.SOON
    assert asked(measure, date(2027, 4, 23))[0] == Part.OVERDUE


def test_new_measure_known_from_an_old_document_is_out_of_date_before_anything_is_owed():
    measure = make_measure("1.1", loaded_at=moment("2026-11-25 12:00"))
    document_report(measure, date(2023, 4, 14))
    assert asked(measure, date(2026, 11, 25)) == (
        Part.STALE,
        [
            "Poslední hlášení je ke dni 14. 4. 2023, před 1 321 dny.",
            "Další hlášení za 1. čtvrtletí 2027 se čeká do 15. 4. 2027, podat ho můžete hned.",
        ],
    )


def test_measure_that_starts_later_asks_for_nothing_yet():
    measure = make_measure("1.1")
    plan(measure, start=date(2027, 3, 1))
    assert asked(measure, date(2026, 11, 25)) == (
        Part.LATER,
        [
            "Začne 1. 3. 2027.",
            "První hlášení za 2. čtvrtletí 2027 se čeká do 15. 7. 2027, podat ho můžete hned.",
        ],
    )


def test_owed_cycle_is_the_first_expected_one_that_has_not_come():
    on = date(2026, 11, 25)
    measure = reported(cycle=date(2026, 1, 1))
    assert owed_cycle(facts(Measure.objects.all(), on)[0]) == Cycle(date(2026, 4, 1), 3)
    report(measure, date(2026, 11, 1), phase="completed")
    assert owed_cycle(facts(Measure.objects.all(), on)[0]) is None


# Days that make a measure late

ON = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("due", "part", "said"),
    [
        (
            date(2026, 9, 9),
            Part.OVERDUE,
            "Milník „Studie“ měl být hotov 9. 9. 2026 a je otevřený.",
        ),
        (date(2026, 9, 10), Part.SOON, "Milník „Studie“ má být hotov do 10. 9. 2026."),
        (date(2026, 9, 24), Part.SOON, "Milník „Studie“ má být hotov do 24. 9. 2026."),
        (date(2026, 9, 25), Part.DONE, "Poslední hlášení je ke dni 10. 7. 2026, před 62 dny."),
    ],
)
def test_milestone_is_asked_fourteen_days_before(due, part, said):
    measure = reported()
    milestone(measure, due, title="Studie")
    assert asked(measure, ON) == (part, [said])


def test_review_and_planned_days_are_asked_too():
    suspended = reported(phase="suspended", review_date=date(2026, 9, 24))
    assert asked(suspended, ON) == (
        Part.SOON,
        ["Pozastavené opatření se má znovu posoudit do 24. 9. 2026."],
    )
    ending = make_measure("1.2", strategy=suspended.strategy)
    report(ending, date(2026, 7, 10))
    plan(ending, end=date(2026, 9, 20), kind=MeasureKind.CONTINUOUS)
    assert asked(ending, ON) == (Part.SOON, ["Opatření má skončit 20. 9. 2026."])
    starting = make_measure("1.3", strategy=suspended.strategy)
    plan(starting, start=date(2026, 9, 11))
    assert asked(starting, ON)[0] == Part.SOON


def test_everything_asked_is_said_and_the_most_pressing_part_wins():
    measure = reported()
    milestone(measure, date(2026, 10, 1), title="Studie")
    assert asked(measure, date(2026, 10, 10)) == (
        Part.OVERDUE,
        [
            "Milník „Studie“ měl být hotov 1. 10. 2026 a je otevřený.",
            "Hlášení za 3. čtvrtletí 2026 se čeká do 15. 10. 2026.",
        ],
    )


# Drafts


@pytest.mark.parametrize(
    ("state", "calm", "late"),
    [
        (DraftState.WRITING, Part.WRITING, Part.OVERDUE),
        (DraftState.RETURNED, Part.RETURNED, Part.OVERDUE),
        (DraftState.SUBMITTED, Part.SUBMITTED, Part.SUBMITTED),
    ],
)
def test_draft_gives_way_to_what_is_late_unless_it_was_submitted(state, calm, late):
    draft = factories.ReportDraftFactory(measure=reported(), state=state, comment="Doplňte.")
    assert asked(draft.measure, ON, draft)[0] == calm
    milestone(draft.measure, date(2026, 9, 1))
    assert asked(draft.measure, ON, draft)[0] == late
