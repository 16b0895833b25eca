"""What is known of a measure, put together without a database for tests of the pure rules."""

from datetime import date

from measures.models import Measure, MilestoneVersion, PlanVersion, Report
from measures.status import Facts
from strategy.models import Strategy


def plan(start=None, end=None, kind="deliverable"):
    return PlanVersion(start_date=start, end_date=end, kind=kind)


def said(phase="running", health="on_track", as_of=date(2026, 9, 1), review=None, cycle=None):
    """A report as of 1 September 2026 for the third quarter, unless the test says otherwise."""
    return Report(
        phase=phase,
        health=health,
        as_of_date=as_of,
        review_date=review,
        cycle_start=cycle or date(2026, 7, 1),
    )


def promise(due, expected=None):
    return MilestoneVersion(due_date=due, expected_date=expected, state="open")


def done(due, day, expected=None):
    return MilestoneVersion(due_date=due, expected_date=expected, state="done", closed_on=day)


def dropped(due, day):
    return MilestoneVersion(due_date=due, state="dropped", closed_on=day)


def known(*, plan=None, report=None, milestones=(), outputs=(), months=3, monitored=True, **fields):
    """Return the Facts of a measure; the newest cycle reported on is the last report's, unless
    `latest_cycle` is named."""
    strategy = Strategy(cycle_months=months, is_monitored=monitored)
    cycle = fields.pop("latest_cycle", report.cycle_start if report else None)
    return Facts(
        measure=Measure(strategy=strategy, **fields),
        plan=plan,
        report=report,
        latest_cycle=cycle,
        milestones=tuple(milestones),
        output_days=tuple(outputs),
    )
