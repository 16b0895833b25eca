"""The rule held to the check values of rules.md, to cases worked out by hand, and to what must
hold whatever the numbers are."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.accumulation import LeftOut, added
from indicators.models import Accumulation, Direction
from indicators.progress import Judgement, Task, progress

KNOWN = datetime(2040, 1, 1, tzinfo=UTC)
EARLY = datetime(2020, 1, 1, tzinfo=UTC)
BASE = date(2021, 1, 1)


@dataclass(frozen=True)
class Value:
    """An observation as far as the rule looks at it; by default of a single day."""

    value: Decimal | None
    period_end: date | None = None
    start: date | None = None
    is_uncertain: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    recorded_at: datetime = EARLY
    corrects_id: int | None = None
    pk: int = 0

    @property
    def period_start(self):
        return self.start or self.period_end


def years(count):
    return date(BASE.year + count, 1, 1)


def task(base, target, due=5, **fields):
    interim = fields.pop("interim", ())
    steps = tuple((years(year), Decimal(value)) for year, value in interim)
    return Task(Decimal(base), BASE, (*steps, (years(due), Decimal(target))), **fields)


def judged(asked, *values, on=None):
    on = on or max((row.period_end for row in values if row.period_end), default=BASE)
    return progress(asked, values, on, KNOWN)


def at(year, value, **fields):
    return Value(Decimal(value), years(year), **fields)


# The check values


@pytest.mark.parametrize(
    ("base", "target", "due", "year", "value", "a", "e", "p", "judgement"),
    [
        (10, 5, 5, 2, 8, "0.4", "0.4", "1.0", Judgement.ON_TRACK),
        (0, 2000, 4, 2, 400, "0.2", "0.5", "0.4", Judgement.FAR_BEHIND),
        (10, 5, 5, 2, 11, "-0.2", "0.4", "-0.5", Judgement.WORSE),
    ],
)
def test_check_values_of_the_rules(base, target, due, year, value, a, e, p, judgement):
    found = judged(task(base, target, due), at(year, value))
    assert found.judgement == judgement
    assert float(found.covered) == pytest.approx(float(a))
    assert float(found.elapsed) == pytest.approx(float(e), abs=0.001)
    assert float(found.pace) == pytest.approx(float(p), abs=0.001)


# The order of the rule, each line once


@pytest.mark.parametrize(
    ("asked", "values", "on", "judgement"),
    [
        (Task(targets=((years(5), 5),)), [at(2, 8)], years(2), Judgement.UNKNOWN),
        (Task(Decimal(10), BASE), [at(2, 8)], years(2), Judgement.UNKNOWN),
        (task(10, 5), [], years(9), Judgement.UNKNOWN),
        (task(10, 10), [at(2, 10)], years(2), Judgement.KEPT),
        (task(10, 10), [at(2, 11)], years(2), Judgement.NOT_KEPT),
        (task(10, 10, tolerance=Decimal(1)), [at(2, 11)], years(2), Judgement.KEPT),
        (task(10, 10, tolerance=Decimal(1)), [at(2, "8.9")], years(2), Judgement.NOT_KEPT),
        (task(10, 10, direction=Direction.UP), [at(2, 12)], years(2), Judgement.KEPT),
        (task(10, 10, direction=Direction.UP), [at(2, 9)], years(2), Judgement.NOT_KEPT),
        (task(10, 10, direction=Direction.DOWN), [at(2, 8)], years(2), Judgement.KEPT),
        (task(10, 10, direction=Direction.DOWN), [at(2, 11)], years(2), Judgement.NOT_KEPT),
        (task(10, 12, direction=Direction.MAINTAIN), [at(2, 11)], years(2), Judgement.KEPT),
        (task(10, 12, direction=Direction.MAINTAIN), [at(2, 13)], years(2), Judgement.NOT_KEPT),
        (task(10, 5), [at(5, 5)], years(5), Judgement.MET),
        (task(10, 5), [at(5, 4)], years(6), Judgement.MET),
        (task(10, 5), [at(5, 6)], years(6), Judgement.NOT_MET),
        (task(10, 5), [at(6, 12)], years(6), Judgement.NOT_MET),
        (task(10, 5), [at(4, 5)], years(5), Judgement.MET),
        (task(10, 5), [at(4, 5)], years(5) + timedelta(days=1), Judgement.MISSING),
        (task(10, 5), [at(1, 4)], years(1), Judgement.MET),
        (task(10, 5), [at(1, 11)], years(1), Judgement.WORSE),
        (task(10, 5), [at(0, 10)], BASE, Judgement.TOO_EARLY),
        (task(10, 5, due=100), [at(9, 10)], years(9), Judgement.TOO_EARLY),
        (task(0, 100, due=2), [at(1, 48)], years(1), Judgement.ON_TRACK),
        (task(0, 100, due=2), [at(1, 47)], years(1), Judgement.BEHIND),
        (task(0, 100, due=2), [at(1, 30)], years(1), Judgement.BEHIND),
        (task(0, 100, due=2), [at(1, 29)], years(1), Judgement.FAR_BEHIND),
        (task(10, 5), [at(2, 10)], years(2), Judgement.FAR_BEHIND),
    ],
)
def test_first_match_of_the_rule_holds(asked, values, on, judgement):
    assert judged(asked, *values, on=on).judgement == judgement


@pytest.mark.parametrize(
    ("share", "judgement"),
    [
        (Fraction(95, 100), Judgement.ON_TRACK),
        (Fraction(9499, 10000), Judgement.BEHIND),
        (Fraction(60, 100), Judgement.BEHIND),
        (Fraction(5999, 10000), Judgement.FAR_BEHIND),
    ],
)
def test_limits_of_the_pace_are_exact(share, judgement):
    # A hundred days of a thousand are gone: E is 0.1 to the last digit.
    due = BASE + timedelta(days=1000)
    asked = Task(Decimal(0), BASE, ((due, Decimal(100_000)),))
    number = Decimal(int(share * 10_000))
    found = judged(asked, Value(number, BASE + timedelta(days=100)))
    assert (found.elapsed, found.pace, found.judgement) == (Fraction(1, 10), share, judgement)


# Interim targets


def test_interim_targets_ask_step_by_step():
    asked = task(0, 100, interim=[(2, 20), (4, 80)])
    assert judged(asked, at(1, 5)).elapsed == 0
    assert judged(asked, at(1, 5)).judgement == Judgement.TOO_EARLY
    assert judged(asked, at(2, 20)).elapsed == Fraction(1, 5)
    assert judged(asked, at(2, 20)).judgement == Judgement.ON_TRACK
    assert judged(asked, at(3, 20)).elapsed == Fraction(1, 5)
    assert judged(asked, at(4, 40)).judgement == Judgement.FAR_BEHIND
    assert judged(asked, at(5, 90)).judgement == Judgement.NOT_MET


def test_later_interim_target_never_asks_for_less():
    asked = task(0, 100, interim=[(2, 50), (3, 30), (4, 300)])
    assert judged(asked, at(3, 10)).elapsed == Fraction(1, 2)
    assert judged(asked, at(4, 10)).elapsed == 1


# Which values count


def test_uncertain_value_is_left_out_and_said():
    doubtful = at(3, 1, is_uncertain=True)
    found = judged(task(10, 5), at(2, 8), doubtful)
    assert found.judgement == Judgement.ON_TRACK
    assert found.total.left_out == [(doubtful, LeftOut.UNCERTAIN)]


def test_only_uncertain_values_judge_nothing():
    found = judged(task(10, 5), at(2, 8, is_uncertain=True))
    assert found.judgement == Judgement.UNKNOWN


def test_value_counts_from_the_moment_it_was_recorded_until_it_is_corrected():
    moments = [datetime(2024, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4)]
    first = at(2, 8, pk=1, recorded_at=moments[0])
    mended = at(2, 11, pk=2, corrects_id=1, recorded_at=moments[2])
    rows, on, asked = [first, mended], years(3), task(10, 5)
    assert progress(asked, rows, on, moments[0]).judgement == Judgement.UNKNOWN
    assert progress(asked, rows, on, moments[1]).judgement == Judgement.ON_TRACK
    assert progress(asked, rows, on, moments[3]).judgement == Judgement.WORSE


def test_value_of_a_period_that_ends_after_the_day_does_not_count_yet():
    assert judged(task(10, 5), at(2, 8), at(3, 5), on=years(2)).total.amount == 8


def test_value_from_before_the_base_says_nothing():
    assert judged(task(10, 5), at(-1, 4), on=years(2)).judgement == Judgement.UNKNOWN


def test_percentage_is_made_of_its_numerator_and_denominator():
    row = Value(None, years(2), numerator=Decimal(1), denominator=Decimal(3))
    assert judged(task(50, 0), row).total.amount == Fraction(100, 3)


# Sums


def whole_year(year, value, **fields):
    return Value(
        value if value is None else Decimal(value), date(year, 12, 31), date(year, 1, 1), **fields
    )


def test_values_of_periods_add_up_from_the_base():
    asked = task(100, 2100, due=4, accumulation=Accumulation.SUM)
    found = judged(asked, whole_year(2021, 300), whole_year(2022, 100), on=years(3))
    assert found.total.amount == 500
    assert found.covered == Fraction(1, 5)
    assert found.total.day == date(2022, 12, 31)
    assert found.judgement == Judgement.FAR_BEHIND


def test_sum_leaves_out_what_is_uncertain_before_the_base_or_counted_already():
    asked = task(0, 2000, due=4, accumulation=Accumulation.SUM)
    quarter = Value(Decimal(50), date(2021, 3, 31), date(2021, 1, 1))
    astride = Value(Decimal(70), date(2021, 2, 1), date(2020, 12, 1))
    doubtful = whole_year(2022, 900, is_uncertain=True)
    undated = Value(Decimal(4879), is_uncertain=True)
    rows = [quarter, astride, doubtful, undated, whole_year(2021, 300)]
    found = judged(asked, *rows, on=years(3))
    assert found.total.amount == 300
    assert {reason: row for row, reason in found.total.left_out if row is not undated} == {
        LeftOut.OVERLAPS: quarter,
        LeftOut.BEFORE: astride,
        LeftOut.UNCERTAIN: doubtful,
    }
    assert (undated, LeftOut.UNCERTAIN) in found.total.left_out


def test_shares_are_added_and_divided_once_never_averaged():
    asked = task(0, 100, due=4, accumulation=Accumulation.SUM)
    one = whole_year(2021, None, numerator=Decimal(1), denominator=Decimal(2))
    other = whole_year(2022, None, numerator=Decimal(1), denominator=Decimal(8))
    found = judged(asked, one, other, whole_year(2023, 90), on=years(3))
    assert found.total.amount == 20
    assert [reason for _, reason in found.total.left_out] == [LeftOut.NO_SHARE]
    assert added([one, other]) == 20


def test_cumulative_value_is_taken_as_it_is():
    asked = task(0, 2000, due=4, accumulation=Accumulation.CUMULATIVE)
    found = judged(asked, whole_year(2021, 300), whole_year(2022, 400), on=years(3))
    assert found.total.amount == 400


# What holds whatever the numbers are

ORDER = [
    {Judgement.NOT_MET},
    {Judgement.WORSE},
    {Judgement.FAR_BEHIND},
    {Judgement.BEHIND},
    {Judgement.ON_TRACK},
    {Judgement.MET},
]
UNJUDGED = {Judgement.TOO_EARLY, Judgement.MISSING}


def rank(judgement):
    return next(place for place, words in enumerate(ORDER) if judgement in words)


numbers = st.decimals(-10_000, 10_000, places=2, allow_nan=False)
days = st.integers(0, 4000)
directions = st.sampled_from(Direction.values)


@st.composite
def tasks(draw, *, is_flat=False):
    base = draw(numbers)
    target = base if is_flat else draw(numbers.filter(lambda number: number != base))
    due = draw(st.integers(1, 3000))
    steps = draw(st.lists(st.tuples(st.integers(1, due), numbers), max_size=3))
    targets = {BASE + timedelta(days=day): value for day, value in steps}
    targets[BASE + timedelta(days=due)] = target
    return Task(
        base,
        BASE,
        tuple(targets.items()),
        direction=draw(directions),
        tolerance=draw(st.none() | st.decimals(0, 100, places=2)),
    )


def of(asked, value, day, on=None):
    when = BASE + timedelta(days=day)
    return progress(asked, [Value(value, when)], on or when, KNOWN)


@given(tasks(), numbers, numbers, days)
def test_better_value_is_never_judged_worse(asked, one, other, day):
    assume(asked.direction != Direction.MAINTAIN)
    rises = asked.goal[1] > asked.base
    worse, better = sorted((one, other), reverse=not rises)
    found = [of(asked, value, day).judgement for value in (worse, better)]
    assume(not UNJUDGED & set(found))
    assert rank(found[0]) <= rank(found[1])


@given(tasks() | tasks(is_flat=True), numbers, days)
def test_mirrored_numbers_are_judged_the_same(asked, value, day):
    turned = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}
    mirrored = Task(
        -asked.base,
        BASE,
        tuple((due, -target) for due, target in asked.targets),
        direction=turned.get(asked.direction, asked.direction),
        tolerance=asked.tolerance,
    )
    one, other = of(asked, value, day), of(mirrored, -value, day)
    assert one.judgement == other.judgement
    assert (one.covered, one.elapsed, one.pace) == (other.covered, other.elapsed, other.pace)


@given(tasks(), numbers, days, days)
def test_same_value_is_never_judged_better_later(asked, value, one, other):
    found = [of(asked, value, day).judgement for day in sorted((one, other))]
    if not UNJUDGED & set(found) and asked.direction != Direction.MAINTAIN:
        assert rank(found[1]) <= rank(found[0])
    elif asked.direction == Direction.MAINTAIN:
        assert found[0] == found[1]


@given(tasks(), numbers, days, days)
def test_waiting_without_a_new_value_never_makes_it_better(asked, value, day, wait):
    assume(asked.direction != Direction.MAINTAIN)
    now = of(asked, value, day).judgement
    later = of(asked, value, day, on=BASE + timedelta(days=day + wait)).judgement
    assert later in (now, Judgement.MISSING)


@given(st.none() | numbers, tasks() | tasks(is_flat=True), days)
def test_zero_base_and_equal_target_are_safe(value, asked, day):
    zero = Task(Decimal(0), BASE, asked.targets, direction=asked.direction)
    for one in (asked, zero):
        rows = [] if value is None else [Value(value, BASE + timedelta(days=day))]
        found = progress(one, rows, BASE + timedelta(days=day), KNOWN)
        assert found.judgement in Judgement
        assert found.elapsed is None or 0 <= found.elapsed <= 1


@given(tasks(is_flat=True), numbers, days)
def test_target_that_is_the_base_is_kept_or_not(asked, value, day):
    assert of(asked, value, day).judgement in {Judgement.KEPT, Judgement.NOT_KEPT}
