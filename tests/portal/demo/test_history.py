"""The made-up history is one the portal itself could have produced, on whatever day it is made."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from common.append_only import missing_triggers
from common.czech import PRAGUE
from common.loading import load_files
from measures import checks
from measures.history import ATOM, history_of
from measures.models import (
    DraftState,
    Measure,
    MeasureKind,
    MilestoneState,
    MilestoneVersion,
    Output,
    PartnerRequest,
    PlanVersion,
    Report,
    ReportDraft,
)
from measures.models.report import ENDED
from measures.moment import first_day
from measures.status import StatusKey, end_of, facts, status
from portal.data import FILES
from portal.demo.build import STEPS, build
from tests.measures.naive_replay import replay_status
from tests.measures.test_replay import assert_agree
from tests.portal.demo.events import events_of

# Within the round of a new cycle, right after it, at the end of a quarter, on a leap day, on the
# first and the last day of a year.
DAYS = [
    date(2026, 11, 25),
    date(2026, 10, 1),
    date(2026, 10, 12),
    date(2026, 10, 22),
    date(2026, 10, 23),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 29),
]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Our data files, loaded once for all the tests here and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        list(load_files(FILES))
        yield
        transaction.set_rollback(True)


@contextmanager
def made(day):
    """Make the history up as on the afternoon of a day; nothing of it stays. Of meetings, whose
    documents take a while, there is a test of its own."""
    with transaction.atomic():
        build(datetime.combine(day, time(15), PRAGUE), day, STEPS[:-1])
        yield list(Measure.objects.monitored().in_plan_order())
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request):
    return request.param


@pytest.fixture(scope="module")
def measures(loaded, today, django_db_blocker):
    with django_db_blocker.unblock(), made(today) as found:
        yield found


# First, before a history stands: there can be only one.
def test_same_day_makes_the_same_history(loaded):
    def told():
        return list(Report.objects.order_by("pk").values_list("note", "published_at", "submission"))

    with made(DAYS[0]):
        first = told()
    with made(DAYS[0]):
        assert told() == first


def test_all_statuses_occur_and_agree_with_the_naive_replay(measures, today):
    seen = set()
    for on in (today, today - timedelta(days=100), today - timedelta(days=300)):
        known = end_of(on)
        for found in facts(Measure.objects.monitored().in_plan_order(), on, known):
            answer = status(found, on)
            assert_agree(answer, replay_status(events_of(found.measure), on, known))
            seen.add(answer.key) if on == today else None
    assert seen == set(StatusKey)


def test_every_report_passes_the_checks_of_its_day(measures, today):
    for measure in measures:
        history = history_of(measure, end_of(today))
        for report in history.reports:
            if not report.author_id:
                continue
            day = timezone.localdate(report.published_at, PRAGUE)
            before = history.facts(day, report.published_at)
            assert before.report is None or before.report.phase not in ENDED, measure.code
            assert report.published_at < datetime.combine(today, time(), PRAGUE)
            if report.corrects_id is None:
                checks.check_report(report, today=day, last=before.report)
            assert report.approver_id not in (None, report.author_id)
            left = history.facts(day, report.published_at + ATOM).open_milestones(day)
            assert not (report.phase in ENDED and left), f"{measure.code} ends with a milestone"


def test_corrections_keep_cycle_and_day(measures):
    corrections = list(Report.objects.exclude(corrects=None).select_related("corrects"))
    assert len(corrections) == 1
    for report in corrections:
        old = report.corrects
        assert (report.cycle_start, report.as_of_date) == (old.cycle_start, old.as_of_date)
        assert report.published_at > old.published_at
        assert report.note != old.note


def test_milestones_live_as_the_actions_let_them(measures, today):
    for measure in measures:
        history = history_of(measure, end_of(today))
        for version in history.milestones:
            day = timezone.localdate(version.recorded_at, PRAGUE)
            before = history.facts(day, version.recorded_at)
            old = {v.milestone_id: v for v in before.milestones}.get(version.milestone_id)
            assert day < today
            assert before.report is None or before.report.phase not in ENDED, version
            checks.check_due_date(version.due_date, before.plan)
            checks.check_repeat(version.due_date, version.repeat_months, version.repeat_until)
            version.full_clean()
            if old is None:
                assert (version.state, version.expected_date) == (MilestoneState.OPEN, None)
                continue
            assert old.state == MilestoneState.OPEN, f"{version} was closed already"
            if version.due_date != old.due_date:
                assert version.reason or version.resolution
            if version.state == MilestoneState.OPEN:
                assert (version.due_date, version.expected_date) != (
                    old.due_date,
                    old.expected_date,
                )
            else:
                assert version.closed_on == day


def test_plans_leave_no_milestone_before_their_start(measures, today):
    for measure in measures:
        history = history_of(measure, end_of(today))
        for plan in history.plans:
            day = timezone.localdate(plan.recorded_at, PRAGUE)
            checks.check_plan(plan, history.facts(day, plan.recorded_at).open_milestones(day))


def test_finished_repeating_milestones_open_the_next_one(measures):
    done = MilestoneVersion.objects.filter(
        state=MilestoneState.DONE, repeat_months__isnull=False
    ).select_related("milestone__next_in_series")
    assert done.count() >= 10
    for version in done:
        following = version.milestone.next_in_series.versions.earliest("recorded_at")
        assert following.due_date == version.following().due_date
        assert following.recorded_at == version.recorded_at


def test_outputs_are_written_down_after_they_happened(measures, today):
    for output in Output.objects.select_related("corrects"):
        day = timezone.localdate(output.recorded_at, PRAGUE)
        assert output.happened_on <= day < today
        assert output.corrects is None or output.recorded_at > output.corrects.recorded_at
    assert Output.objects.filter(is_withdrawn=True).count() == 1


def test_history_begins_a_year_and_a_half_ago_and_holds_all_kinds(measures, today):
    assert 17 * 30 <= (today - first_day()).days <= 23 * 31
    assert {p.kind for p in PlanVersion.objects.all()} == set(MeasureKind.values)
    assert {d.state for d in ReportDraft.objects.all()} == set(DraftState.values)
    states = {v.state for v in MilestoneVersion.objects.all()}
    assert states == set(MilestoneState.values)
    assert MilestoneVersion.objects.filter(state="dropped").count() == 2
    requests = PartnerRequest.objects
    assert requests.filter(answered_at__isnull=False).exists()
    late = datetime.combine(today, time(15), PRAGUE)
    assert requests.filter(answered_at=None, expires_at__lt=late).exists()
    assert requests.filter(answered_at=None, expires_at__gt=late).exists()


def test_submitted_drafts_could_have_been_submitted(measures, today):
    for draft in ReportDraft.objects.exclude(state=DraftState.WRITING):
        found = facts(Measure.objects.filter(pk=draft.measure_id), today)[0]
        names = [f.name for f in ReportDraft._meta.get_fields() if hasattr(Report, f.name)]
        shared = set(names) & {f.name for f in Report._meta.concrete_fields} - {"id"}
        report = Report(**{name: getattr(draft, name) for name in shared})
        checks.check_report(report, today=today, last=found.report)


def test_everybody_is_invented(measures):
    people = get_user_model().objects.all()
    assert people.count() == 10
    assert all(person.email.endswith("@portal.test") for person in people)
    for role, number in (("unit", 6), ("head", 2), ("councillor", 1), ("admin", 1)):
        assert people.filter(groups__name=role).count() == number


def test_guard_stands_again(measures):
    assert missing_triggers(connection) == []
