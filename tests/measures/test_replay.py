"""What the code says of random histories, against a naive replay of their events."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.freshness import FreshnessKey, freshness
from measures.models import Measure
from measures.status import StatusKey, facts, status
from tests.factories import PRAGUE, StrategyFactory, UserFactory, make_measure
from tests.measures.histories import histories, write
from tests.measures.naive_replay import replay_freshness, replay_status

BOUNDED = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REASONS = {
    "milestone_late": "milestone",
    "review_late": "review",
    "start_late": "start",
    "end_late": "end",
}


def assert_agree(found, expected):
    """Compare a Status with the Answer of the replay."""
    assert (found.key.label, found.word) == (expected.stav, expected.word)
    if found.is_late:
        assert (found.day, found.days) == (expected.day, expected.days)
        assert REASONS[found.cause] in expected.why
    assert (found.last_known is None) == (expected.last_known is None)
    if found.last_known:
        assert_agree(found.last_known, expected.last_known)


def midnight_after(on):
    return datetime.combine(on + timedelta(days=1), datetime.min.time(), tzinfo=PRAGUE)


@pytest.mark.django_db
def test_status_and_freshness_agree_with_a_naive_replay_of_random_histories():
    strategies = {months: StrategyFactory(cycle_months=months) for months in (1, 3, 6, 12)}
    author = UserFactory()
    seen, last_known = Counter(), Counter()

    def compare(found, events, on, known, months):
        expected = replay_status(events, on, known, months)
        assert_agree(status(found, on), expected)
        fresh = freshness(found, on).word
        assert fresh == replay_freshness(events, on, known, months)
        seen.update([expected.stav, fresh])
        last_known.update([expected.last_known.stav] if expected.last_known else [])

    @BOUNDED
    @given(histories())
    def check(history):
        months, all_events, questions = history
        with transaction.atomic():
            for number, events in enumerate(all_events):
                write(events, make_measure(f"1.{number}", strategy=strategies[months]), author)
            for on, known in questions:
                all_facts = facts(Measure.objects.in_plan_order(), on, known)
                for found, events in zip(all_facts, all_events, strict=True):
                    compare(found, events, on, known or midnight_after(on), months)
            transaction.set_rollback(True)

    check()
    assert set(seen) == {*StatusKey.labels, *FreshnessKey.labels}, "some case was never tried"
    assert len(last_known) >= 5


@settings(BOUNDED, max_examples=50)
@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_naive_replay_of_no_events_knows_nothing(on):
    assert replay_status([], on, midnight_after(on)).stav == "bez hlášení"
    assert replay_freshness([], on, midnight_after(on)) == "bez hlášení"
