"""Recording what a meeting resolved: what is kept, what is refused, what becomes of decisions."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.actions.resolutions import (
    correct_resolution,
    record_resolution,
    withdraw_resolution,
)
from meetings.decisions import open_decisions
from meetings.models import Meeting, Resolution, ResolutionMeasure
from tests import factories as make
from tests.measures.days import days
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

FUND = "Schválit statut fondu."


@pytest.fixture
def head(make_user):
    return make_user("head")


@pytest.fixture
def body():
    return BodyFactory(slug="rada", name="Rada kraje", strategy__slug="kk")


@pytest.fixture
def meeting(body):
    return MeetingFactory(body=body, meeting_date=days(-5))


@pytest.fixture
def measure(body):
    return make.make_measure("1.2", strategy=body.strategy)


@pytest.fixture
def asked(measure):
    return make.report(measure, days(-20), needs_decision=True, decision=FUND)


def record(meeting, by, **changes):
    said = {"number": "RK 1/11/26", "text": "Rada schvaluje statut.", "adopted_on": days(-5)}
    return record_resolution(meeting=meeting, by=by, **(said | changes))


def refused(action, *args, **arguments):
    """Return what an action says by field; nothing may be kept."""
    before = Resolution.objects.count()
    with pytest.raises(ValidationError) as caught:
        action(*args, **arguments)
    assert Resolution.objects.count() == before
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def still_open(measure):
    found = open_decisions(measure.strategy, timezone.localdate(), timezone.now())
    return [one.report for one in found]


def subjects(resolution):
    return {
        "measures": [one.measure for one in resolution.measure_links.all()],
        "milestones": [one.milestone for one in resolution.milestone_links.all()],
        "plans": [one.plan for one in resolution.plan_links.all()],
        "decisions": [one.report for one in resolution.decision_links.all()],
    }


def test_resolution_is_kept_with_all_it_speaks_of(meeting, head, measure, asked):
    plan = make.plan(measure)
    milestone = make.milestone(measure, days(30)).milestone

    record(
        meeting,
        head,
        number="  RK  1/11/26 ",
        text=" Rada schvaluje statut.\r\nRada ukládá. ",
        link="https://kraj.test/1",
        measures=[measure, measure],
        milestones=[milestone],
        plans=[plan],
        decisions=[asked],
    )

    kept = Resolution.objects.get()
    assert (kept.meeting, kept.author, kept.number) == (meeting, head, "RK 1/11/26")
    assert kept.text == "Rada schvaluje statut.\nRada ukládá."
    assert (kept.adopted_on, kept.link) == (days(-5), "https://kraj.test/1")
    assert subjects(kept) == {
        "measures": [measure],
        "milestones": [milestone],
        "plans": [plan],
        "decisions": [asked],
    }
    assert still_open(measure) == []


@pytest.mark.parametrize("role", ["unit", "councillor", "admin"])
def test_only_the_head_records(meeting, head, make_user, role):
    kept = record(meeting, head)
    other = make_user(role)
    said = {"number": "2", "text": "Něco.", "adopted_on": days(-5)}
    with pytest.raises(PermissionDenied):
        record(meeting, other, number="2")
    with pytest.raises(PermissionDenied):
        correct_resolution(resolution=kept, by=other, **said)
    with pytest.raises(PermissionDenied):
        withdraw_resolution(resolution=kept, by=other)
    assert Resolution.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("number", "  ", "Napište číslo usnesení, například RK 1234/11/26."),
        ("number", "–/–", "Napište číslo usnesení, například RK 1234/11/26."),
        ("text", " \r\n ", "Napište, o čem orgán rozhodl."),
        ("adopted_on", None, "Napište, kdy orgán usnesení přijal."),
        (
            "adopted_on",
            days(1),
            "Den přijetí ještě nenastal. Usnesení se zapisuje, až je přijaté.",
        ),
    ],
)
def test_wrong_value_is_refused_at_its_field(meeting, head, field, value, says):
    assert refused(record, meeting, head, **{field: value}) == {field: [says]}


def test_link_that_is_none_is_refused(meeting, head):
    assert list(refused(record, meeting, head, link="javascript:alert(1)")) == ["link"]


def test_day_before_the_meeting_is_refused(body, head):
    meeting = MeetingFactory(body=body, meeting_date=date(2026, 9, 17))
    assert refused(record, meeting, head, adopted_on=date(2026, 9, 16)) == {
        "adopted_on": [
            "Usnesení nemohlo být přijato dřív, než orgán zasedal: 17.\u00a09.\u00a02026."
        ]
    }


def test_interrupted_meeting_resolves_until_the_body_meets_again(body, head):
    meeting = MeetingFactory(body=body, meeting_date=date(2026, 9, 17))
    MeetingFactory(body=body, meeting_date=date(2026, 10, 15))
    assert record(meeting, head, adopted_on=date(2026, 10, 14)).pk
    assert refused(record, meeting, head, number="2", adopted_on=date(2026, 10, 15)) == {
        "adopted_on": ["Orgán mezitím zasedal znovu, 15.\u00a010.\u00a02026. Zapište ho tam."]
    }


def test_text_of_ten_thousand_signs_is_kept_and_one_more_is_not(meeting, head):
    assert len(record(meeting, head, text="ž" * 10_000).text) == 10_000
    assert refused(record, meeting, head, number="2", text="ž" * 10_001) == {
        "text": [
            "Text má 10\u00a0001 znaků, vejde se jich nejvýše 10\u00a0000. Zkraťte ho, úplné "
            "znění dejte do odkazu."
        ]
    }


def test_signs_of_other_languages_stay_as_they_are(meeting, head):
    text = "#let x = $1 <b>*tučně*</b> @odkaz \\ konec"
    assert record(meeting, head, text=text).text == text


@pytest.mark.parametrize("twin", ["RK 1/11/26", "rk  1 / 11 / 26"])
def test_number_stands_once_in_a_body(body, meeting, head, twin):
    record(meeting, head)
    other = MeetingFactory(body=body, meeting_date=days(-3))
    says = refused(record, other, head, number=twin, adopted_on=days(-3))
    assert list(says) == ["number"]
    assert says["number"][0].startswith("Usnesení RK 1/11/26 už je zapsané, přijaté ")
    elsewhere = MeetingFactory(body=BodyFactory(strategy=body.strategy), meeting_date=days(-5))
    assert record(elsewhere, head, number=twin).pk


def test_number_of_a_withdrawn_resolution_is_free_again(meeting, head):
    withdraw_resolution(resolution=record(meeting, head), by=head)
    assert record(meeting, head).pk


def test_what_belongs_to_another_strategy_is_refused(meeting, head):
    foreign = make.make_measure("1.2", strategy=make.StrategyFactory())
    asked = make.report(foreign, days(-20), needs_decision=True, decision=FUND)
    says = refused(
        record,
        meeting,
        head,
        measures=[foreign],
        milestones=[make.milestone(foreign, days(3)).milestone],
        plans=[make.plan(foreign)],
        decisions=[asked],
    )
    sentence = ["Vyberte jen to, co patří ke strategii tohoto orgánu."]
    assert says == dict.fromkeys(["measures", "milestones", "plans", "decisions"], sentence)


def test_decision_settled_by_another_resolution_is_refused_with_its_number(meeting, head, asked):
    record(meeting, head, decisions=[asked])
    says = refused(record, meeting, head, number="RK 2/11/26", decisions=[asked])
    assert list(says) == ["decisions"]
    assert "O žádosti k opatření 1.2 už rozhodlo usnesení RK 1/11/26 z " in says["decisions"][0]


def test_decision_that_was_withdrawn_or_asked_later_is_refused(meeting, head, measure, asked):
    make.report(measure, days(-10))
    says = refused(record, meeting, head, decisions=[asked])
    assert "Opatření 1.2 ke dni " in says["decisions"][0]
    assert "o rozhodnutí nežádá" in says["decisions"][0]
    later = make.report(measure, days(-4), needs_decision=True, decision="Něco jiného.")
    assert list(refused(record, meeting, head, decisions=[later])) == ["decisions"]


def test_decision_asked_on_the_day_is_settled_though_a_later_report_is_silent(
    meeting, head, measure, asked
):
    make.report(measure, days(-2))
    assert record(meeting, head, decisions=[asked]).decision_links.get().report == asked


def test_correction_takes_the_place_of_the_former_record(meeting, head, measure, asked):
    other = make.make_measure("1.3", strategy=measure.strategy)
    former = record(meeting, head, measures=[measure], decisions=[asked])

    new = correct_resolution(
        resolution=former,
        by=head,
        number="RK 1/11/26",
        text="Rada neschvaluje.",
        adopted_on=days(-5),
        measures=[other],
        decisions=[asked],
    )

    former.refresh_from_db()
    assert (former.text, new.corrects, new.meeting) == ("Rada schvaluje statut.", former, meeting)
    assert [one.measure for one in former.measure_links.all()] == [measure]
    assert subjects(new)["measures"] == [other]
    assert still_open(measure) == []


def test_correction_that_no_longer_settles_opens_the_decision_again(meeting, head, measure, asked):
    former = record(meeting, head, decisions=[asked])
    said = {"number": "RK 1/11/26", "text": "Rada odkládá.", "adopted_on": days(-5)}
    correct_resolution(resolution=former, by=head, **said)
    assert still_open(measure) == [asked]


def test_withdrawn_resolution_opens_what_it_settled(meeting, head, measure, asked):
    former = record(meeting, head, decisions=[asked], measures=[measure])
    gone = withdraw_resolution(resolution=former, by=head)
    assert (gone.is_withdrawn, gone.corrects, gone.number) == (True, former, "RK 1/11/26")
    assert still_open(measure) == [asked]


def test_record_is_corrected_or_withdrawn_once(meeting, head):
    former = record(meeting, head)
    said = {"number": "RK 1/11/26", "text": "Jinak.", "adopted_on": days(-5)}
    correct_resolution(resolution=former, by=head, **said)
    says = ["Zápis tohoto usnesení mezitím někdo opravil nebo zrušil. Načtěte stránku znovu."]
    assert refused(correct_resolution, resolution=former, by=head, **said) == says
    assert refused(withdraw_resolution, resolution=former, by=head) == says
    gone = withdraw_resolution(resolution=Resolution.objects.get(corrects=former), by=head)
    assert refused(correct_resolution, resolution=gone, by=head, **said) == says


def test_nothing_is_half_written_when_a_link_fails(meeting, head, measure, monkeypatch):
    def fail(rows):
        raise RuntimeError("Disk je plný.")

    monkeypatch.setattr(ResolutionMeasure.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        record(meeting, head, measures=[measure])
    assert not Resolution.objects.exists()


def test_meeting_that_is_gone_takes_no_resolution(meeting, head):
    Meeting.objects.filter(pk=meeting.pk).delete()
    assert refused(record, meeting, head) == ["Zasedání už v\u00a0portálu není."]


def test_numbers_of_many_resolutions_are_looked_through_at_once(
    meeting, head, measure, asked, django_assert_num_queries
):
    assert head.has_perm("meetings.record_resolution")
    with CaptureQueriesContext(connection) as one:
        record(meeting, head, number="N 0", measures=[measure], decisions=[asked])
    for n in range(1, 30):
        ResolutionFactory(meeting=meeting, number=f"N {n}")
    again = make.report(measure, days(-5), needs_decision=True, decision="Jiná věc.")
    with django_assert_num_queries(len(one)):
        record(meeting, head, number="N 99", measures=[measure], decisions=[again])
