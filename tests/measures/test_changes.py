"""What changed of measures between two days. Every expected item is worked out by hand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import HEAD
from common.history import recording
from common.models import REMOVED
from common.news import Group
from measures.actions import redact_record
from measures.changes import Point, changes
from measures.models import Measure, MeasureKind, MilestoneVersion, Territory
from tests import factories as make
from tests.factories import moment

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2026, 7, 1), date(2026, 9, 12)


@pytest.fixture
def measure():
    return make.make_measure("1.2", short_name="Garanční fond")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2060", "")


def between(since=SINCE, until=UNTIL, measures=None):
    measures = measures if measures is not None else Measure.objects.in_plan_order()
    return changes(measures, Point.end_of(since), Point.end_of(until))


def told(since=SINCE, until=UNTIL):
    """Return the items as (group, code, sentence, day)."""
    return [
        (item.group, item.code, plain(item.sentence), item.day.isoformat())
        for item in between(since, until).items
    ]


def sentences(group, since=SINCE, until=UNTIL):
    return [said for kind, _, said, _ in told(since, until) if kind is group]


def moves(since=SINCE, until=UNTIL):
    """Return how statuses moved, as (group, before, after, day)."""
    return [
        (item.group, item.before.word, item.after.word, item.day.isoformat())
        for item in between(since, until).items
        if item.after
    ]


# Worse and better


def test_nothing_recorded_is_no_news(measure):
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20))
    assert told() == []


def test_overdue_milestone_is_worse_from_the_day_after_its_due_day(measure):
    make.milestone(measure, date(2026, 8, 9), title="Model garancí")
    make.report(measure, date(2026, 6, 20))
    [item] = between().items
    assert (item.group, item.code, item.name, item.url) == (
        Group.WORSE,
        "1.2",
        "Garanční fond",
        measure.get_absolute_url(),
    )
    assert (item.before.word, item.after.word, plain(item.after.extra)) == (
        "podle plánu",
        "zpožděno",
        "o 34 dní",
    )
    sentence = "Milník „Model garancí“ měl být hotov 9. 8. 2026 a je otevřený."
    assert plain(item.sentence) == sentence
    assert item.moment == moment("2026-08-10 00:00")


def test_late_milestone_recorded_afterwards_is_worse_from_its_recording(measure):
    make.report(measure, date(2026, 6, 20))
    make.milestone(measure, date(2026, 8, 9), recorded_at=moment("2026-09-01 10:00"))
    worse = [item for item in between().items if item.group is Group.WORSE]
    assert [(item.before.word, item.moment) for item in worse] == [
        ("probíhá bez termínů", moment("2026-09-01 10:00"))
    ]


def test_reported_trouble_is_worse_with_the_moment_of_the_report(measure):
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20))
    make.report(measure, date(2026, 8, 20), health="minor")
    [item] = between().items
    assert (item.group, item.after.word) == (Group.WORSE, "ohroženo")
    assert plain(item.sentence) == "Podle hlášení ke dni 20. 8. 2026 má opatření menší potíže."
    assert item.moment == moment("2026-08-20 12:00")


def test_serious_trouble_is_worse_than_minor(measure):
    make.report(measure, date(2026, 6, 20), health="minor")
    make.report(measure, date(2026, 8, 20), health="serious")
    assert moves() == [(Group.WORSE, "ohroženo", "vážné potíže", "2026-08-20")]


def test_trouble_that_came_and_went_is_no_news(measure):
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20))
    make.report(measure, date(2026, 7, 20), health="serious")
    make.report(measure, date(2026, 8, 20))
    assert told() == []
    assert plain(between().reports) == "Přišla 2 hlášení k 1 opatření."


def test_trouble_that_ended_is_better(measure):
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20), health="minor")
    make.report(measure, date(2026, 8, 20))
    assert moves() == [(Group.BETTER, "ohroženo", "podle plánu", "2026-08-20")]


def test_measure_gone_stale_is_worse_on_the_first_day_of_the_third_cycle(measure):
    """Reported for the 4th quarter of 2025; the 1st and 2nd of 2026 ended without a report."""
    make.milestone(measure, date(2027, 1, 31))
    make.report(measure, date(2025, 12, 20))
    since = date(2026, 6, 30)
    assert moves(since) == [(Group.WORSE, "podle plánu", "neaktuální", "2026-07-01")]


def test_on_track_and_continuous_are_alike(measure):
    make.plan(measure, kind=MeasureKind.DELIVERABLE)
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20))
    make.plan(measure, kind=MeasureKind.CONTINUOUS, recorded_at=moment("2026-08-01 10:00"))
    assert moves() == []
    assert sentences(Group.WORDING) == ["Druh opatření: průběžná činnost, dřív výstup s termínem."]


def test_giving_a_measure_up_is_no_improvement(measure):
    make.milestone(measure, date(2026, 6, 9))
    make.report(measure, date(2026, 6, 20))
    make.report(measure, date(2026, 8, 20), phase="cancelled")
    [item] = between().items
    assert (item.group, item.before.word, item.after.word) == (
        Group.WORSE,
        "zpožděno",
        "zrušeno",
    )
    assert plain(item.sentence) == "Podle hlášení ke dni 20. 8. 2026 je opatření zrušeno."


def test_reopened_measure_is_worse(measure):
    make.report(measure, date(2026, 6, 20), phase="completed")
    make.report(measure, date(2026, 8, 20))
    assert moves() == [(Group.WORSE, "splněno", "probíhá bez termínů", "2026-08-20")]


def test_cancelled_and_reopened_between_is_no_news(measure):
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20))
    make.report(measure, date(2026, 7, 20), phase="cancelled")
    make.report(measure, date(2026, 8, 20))
    assert told() == []


def test_worst_comes_first_the_rest_by_the_plan():
    for code, due in (("1.9", date(2026, 12, 31)), ("1.10", date(2026, 8, 1))):
        made = make.make_measure(code)
        make.milestone(made, due)
        make.report(made, date(2026, 6, 20))
        if code == "1.9":
            make.report(made, date(2026, 8, 20), health="minor")
    for code in ("2.10", "2.9"):
        made = make.make_measure(code)
        make.report(made, date(2026, 8, 20), phase="completed")
    assert [(item.group, item.code) for item in between().items] == [
        (Group.WORSE, "1.10"),
        (Group.WORSE, "1.9"),
        (Group.BETTER, "2.9"),
        (Group.BETTER, "2.10"),
    ]


# The two times


def test_back_dated_report_is_news_from_its_publishing(measure):
    """Of 20 June, published on 3 September: on 1 July nobody knew of it."""
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20), published_at=moment("2026-09-03 10:00"))
    assert moves() == [(Group.BETTER, "bez hlášení", "podle plánu", "2026-09-03")]
    assert moves(until=date(2026, 9, 2)) == []


def test_same_day_twice_gives_nothing(measure):
    make.milestone(measure, date(2026, 8, 9), recorded_at=moment("2026-09-12 10:00"))
    make.report(measure, UNTIL, health="serious")
    make.output(measure, UNTIL)
    assert told(UNTIL, UNTIL) == []
    assert between(UNTIL, UNTIL).reports == ""


def test_day_ends_at_midnight_in_prague(measure):
    make.output(measure, SINCE, title="Dřív", recorded_at=moment("2026-07-01 23:59"))
    make.output(measure, SINCE, title="Potom", recorded_at=moment("2026-07-02 00:00"))
    make.output(measure, UNTIL, title="Ještě", recorded_at=moment("2026-09-12 23:59"))
    make.output(measure, UNTIL, title="Už ne", recorded_at=moment("2026-09-13 00:00"))
    assert sentences(Group.DATA) == ["Seminář 1. 7. 2026: Potom.", "Seminář 12. 9. 2026: Ještě."]


def test_nothing_recorded_later_shows(measure):
    make.milestone(measure, date(2026, 12, 31))
    make.report(measure, date(2026, 6, 20))
    late = date(2026, 9, 13)
    make.report(measure, UNTIL, health="serious", published_at=make.noon(late))
    make.milestone(measure, date(2026, 8, 1), recorded_at=make.noon(late))
    make.plan(measure, end=date(2026, 8, 1), recorded_at=make.noon(late))
    make.output(measure, UNTIL, recorded_at=make.noon(late))
    with recording(by=None, moment=make.noon(late)):
        measure.name = "Jinak"
        measure.save()
    assert told() == []


def test_two_moments_of_a_briefing_within_a_day(measure):
    """What a later freeze of the same day knows more than an earlier one."""
    make.output(measure, UNTIL, title="Ráno", recorded_at=moment("2026-09-12 07:00"))
    make.output(measure, UNTIL, title="Dopoledne", recorded_at=moment("2026-09-12 09:00"))
    since, until = (
        Point(UNTIL, moment("2026-09-12 08:00")),
        Point(UNTIL, moment("2026-09-12 10:00")),
    )
    found = changes(Measure.objects.all(), since, until).items
    assert [plain(item.sentence) for item in found] == ["Seminář 12. 9. 2026: Dopoledne."]


# Deadlines


def test_milestone_moved_twice_is_told_from_first_to_last(measure):
    make.report(measure, date(2026, 6, 20))
    first = make.milestone(measure, date(2026, 10, 1), title="Model")
    make.restate(first, due_date=date(2026, 10, 31), recorded_at=moment("2026-07-10 10:00"))
    make.restate(first, due_date=date(2026, 12, 15), recorded_at=moment("2026-08-10 10:00"))
    assert told() == [
        (
            Group.DEADLINE,
            "1.2",
            "Milník „Model“: termín 1. 10. 2026 → 15. 12. 2026 (+75 dní).",
            "2026-08-10",
        )
    ]
    assert sentences(Group.DEADLINE, until=date(2026, 8, 1)) == [
        "Milník „Model“: termín 1. 10. 2026 → 31. 10. 2026 (+30 dní)."
    ]


def test_milestone_moved_there_and_back_is_no_news(measure):
    make.report(measure, date(2026, 6, 20))
    first = make.milestone(measure, date(2026, 10, 1))
    make.restate(first, due_date=date(2026, 12, 1), recorded_at=moment("2026-07-10 10:00"))
    make.restate(first, due_date=date(2026, 10, 1), recorded_at=moment("2026-08-10 10:00"))
    assert told() == []


def test_move_names_its_resolution(measure):
    first = make.milestone(measure, date(2026, 10, 1), title="Model")
    make.restate(
        first,
        due_date=date(2026, 9, 30),
        resolution="RK 512/05/26",
        recorded_at=moment("2026-08-10 10:00"),
    )
    assert sentences(Group.DEADLINE) == [
        "Milník „Model“: termín 1. 10. 2026 → 30. 9. 2026 (−1 den), usnesení RK 512/05/26."
    ]


def test_new_done_dropped_and_reopened_milestones(measure):
    done, dropped, reopened = [
        make.milestone(measure, date(2026, 12, day), title=title)
        for day, title in ((1, "Hotový"), (2, "Zrušený"), (3, "Otevřený"))
    ]
    reopened = make.finish(reopened, date(2026, 6, 1))
    make.milestone(measure, date(2026, 12, 4), title="Nový", recorded_at=make.noon(UNTIL))
    new = make.milestone(
        measure, date(2026, 12, 5), title="Rychlý", recorded_at=moment("2026-08-01 10:00")
    )
    make.finish(new, date(2026, 8, 5))
    make.finish(done, date(2026, 8, 3), recorded_at=moment("2026-08-10 10:00"))
    make.drop(dropped, date(2026, 8, 4))
    make.restate(reopened, state="open", closed_on=None, recorded_at=moment("2026-08-06 10:00"))
    assert [(said, day) for group, _, said, day in told() if group is Group.DEADLINE] == [
        ("Milník „Hotový“ byl splněn 3. 8. 2026.", "2026-08-10"),
        ("Milník „Zrušený“ byl zrušen 4. 8. 2026.", "2026-08-04"),
        ("Milník „Otevřený“ je znovu otevřený, termín 3. 12. 2026.", "2026-08-06"),
        ("Nový milník „Nový“, termín 4. 12. 2026.", "2026-09-12"),
        (
            "Nový milník „Rychlý“, termín 5. 12. 2026. Milník „Rychlý“ byl splněn 5. 8. 2026.",
            "2026-08-05",
        ),
    ]


def test_milestone_moved_and_done_says_both(measure):
    first = make.milestone(measure, date(2026, 7, 10), title="Model")
    moved = make.restate(first, due_date=date(2026, 8, 10), recorded_at=moment("2026-07-05 10:00"))
    make.finish(moved, date(2026, 8, 9))
    assert sentences(Group.DEADLINE) == [
        "Milník „Model“: termín 10. 7. 2026 → 10. 8. 2026 (+31 dní). "
        "Milník „Model“ byl splněn 9. 8. 2026."
    ]


def test_expected_day_of_an_open_milestone(measure):
    first = make.milestone(measure, date(2026, 10, 17), title="Model")
    make.restate(first, expected_date=date(2026, 12, 18), recorded_at=moment("2026-08-01 10:00"))
    assert sentences(Group.DEADLINE) == [
        "Milník „Model“ s termínem 17. 10. 2026 se čeká 18. 12. 2026."
    ]


def test_renamed_milestone_is_wording(measure):
    first = make.milestone(measure, date(2026, 10, 17), title="Model")
    make.restate(first, title="Model garancí", recorded_at=moment("2026-08-01 10:00"))
    assert [(group, said) for group, _, said, _ in told()] == [
        (Group.WORDING, "Milník „Model“ se teď jmenuje „Model garancí“.")
    ]


def test_planned_days_that_moved(measure):
    make.plan(measure, end=date(2026, 12, 31))
    make.plan(
        measure,
        start=date(2026, 9, 1),
        end=date(2027, 12, 31),
        recorded_at=moment("2026-08-01 10:00"),
    )
    assert sentences(Group.DEADLINE) == [
        "Plánovaný začátek je nově 1. 9. 2026.",
        "Plánovaný konec 31. 12. 2026 → 31. 12. 2027 (+365 dní).",
    ]


def test_first_plan_of_a_measure_moves_nothing(measure):
    make.plan(measure, end=date(2027, 12, 31), recorded_at=moment("2026-08-01 10:00"))
    assert told() == []


# Data


def test_corrected_report_is_told_against_what_was_known(measure):
    """Corrected twice: from running without trouble to minor trouble, in the end to serious."""
    old = make.report(measure, date(2026, 6, 20))
    middle = make.report(
        measure,
        date(2026, 6, 20),
        health="minor",
        corrects=old,
        published_at=moment("2026-07-10 10:00"),
    )
    make.report(
        measure,
        date(2026, 6, 20),
        health="serious",
        corrects=middle,
        published_at=moment("2026-07-20 10:00"),
    )
    [item] = [item for item in between().items if item.group is Group.DATA]
    assert plain(item.sentence) == "Hlášení ke dni 20. 6. 2026 bylo opraveno."
    assert item.moment == moment("2026-07-20 10:00")
    assert [(c.label, c.before, c.after) for c in item.changes] == [
        ("jak to jde", "bez potíží", "vážné potíže")
    ]
    assert moves() == [(Group.WORSE, "probíhá bez termínů", "vážné potíže", "2026-07-20")]


def test_report_published_and_corrected_between_is_but_a_report(measure):
    make.report(measure, date(2026, 6, 20))
    old = make.report(measure, date(2026, 8, 20))
    make.report(measure, date(2026, 8, 20), corrects=old, published_at=moment("2026-08-25 10:00"))
    assert told() == []


def test_output_new_corrected_and_withdrawn(measure):
    known = make.output(measure, date(2026, 6, 1), title="Beseda", participants=20)
    make.output(
        measure,
        date(2026, 6, 1),
        title="Beseda",
        participants=24,
        corrects=known,
        recorded_at=moment("2026-07-10 10:00"),
    )
    wrong = make.output(measure, date(2026, 6, 2), title="Omyl")
    make.output(
        measure,
        date(2026, 6, 2),
        title="Omyl",
        corrects=wrong,
        is_withdrawn=True,
        recorded_at=moment("2026-07-10 10:00"),
    )
    fresh = make.output(measure, date(2026, 8, 1), title="Seminar")
    make.output(
        measure,
        date(2026, 8, 1),
        title="Seminář v Chebu",
        participants=34,
        corrects=fresh,
        recorded_at=moment("2026-08-03 10:00"),
    )
    gone = make.output(measure, date(2026, 8, 2), title="Nic")
    make.output(
        measure,
        date(2026, 8, 2),
        title="Nic",
        corrects=gone,
        is_withdrawn=True,
        recorded_at=moment("2026-08-04 10:00"),
    )
    assert [(said, day) for _, _, said, day in told()] == [
        ("Oprava výstupu: Beseda, 24 účastníků.", "2026-07-10"),
        ("Výstup „Omyl“ se nekonal, zápis se ruší.", "2026-07-10"),
        ("Seminář 1. 8. 2026: Seminář v Chebu, 34 účastníků.", "2026-08-03"),
    ]
    [mended, *_] = between().items
    assert [(c.label, c.before, c.after) for c in mended.changes] == [
        ("počet účastníků", "20", "24")
    ]


# Wording


@pytest.fixture
def worded():
    with recording(by=None, moment=moment("2026-01-01 08:00")):
        found = make.make_measure("1.2", name="Fond", strategy__slug="kk")
        make.ActivityFactory(measure=found, order=1, text="Vytvoříme fond.")
    return found


def edit(record, at, **values):
    with recording(by=make.UserFactory(name="Jana Tajná"), moment=moment(at)):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def test_wording_is_told_from_first_to_last(worded):
    edit(worded, "2026-07-10 10:00", name="Fond záruk", territory=Territory.REGION)
    edit(worded, "2026-08-10 10:00", name="Garanční fond")
    with recording(by=None, moment=moment("2026-08-11 10:00")):
        added = make.ActivityFactory(measure=worded, order=2, text="Školíme.")
    edit(added, "2026-08-12 10:00", text="Školíme lidi.")
    [item] = between().items
    assert (item.group, item.moment) == (Group.WORDING, moment("2026-08-12 10:00"))
    assert item.sentence == "Změnilo se: název, území, nová aktivita."
    assert [(c.label, c.before, c.after) for c in item.changes] == [
        ("název", "Fond", "Garanční fond"),
        ("území", "území neurčeno", "celý kraj"),
        ("nová aktivita", "", "Školíme lidi."),
    ]
    assert "Tajná" not in str(between())


def test_wording_changed_there_and_back_is_no_news(worded):
    edit(worded, "2026-07-10 10:00", name="Fond záruk")
    edit(worded, "2026-08-10 10:00", name="Fond")
    assert told() == []


def test_measure_loaded_between_is_new_and_did_not_get_better():
    added = make.make_measure("1.3", loaded_at=moment("2026-08-01 10:00"))
    make.milestone(added, date(2026, 12, 31), title="Model", recorded_at=moment("2026-08-02 10:00"))
    make.report(added, date(2026, 8, 20))
    assert [(group, said) for group, _, said, _ in told()] == [
        (Group.DEADLINE, "Nový milník „Model“, termín 31. 12. 2026."),
        (Group.WORDING, "Opatření do strategie přibylo."),
    ]


def test_measure_loaded_with_its_strategy_is_no_news():
    at = moment("2026-08-01 10:00")
    make.make_measure("1.3", loaded_at=at, strategy=make.StrategyFactory(loaded_at=at))
    assert told() == []


def test_department_is_told_and_people_are_not(measure):
    odbor = make.OrganisationFactory(name="odbor sociálních věcí")
    make.plan(measure)
    make.plan(
        measure,
        department=odbor,
        owner=make.UserFactory(name="Jana Tajná"),
        recorded_at=moment("2026-08-01 10:00"),
    )
    assert sentences(Group.WORDING) == ["Odpovídá odbor sociálních věcí, dřív neuvedeno."]


def test_strategy_without_reports_has_only_wording():
    lk = make.StrategyFactory(slug="lk", is_monitored=False)
    with recording(by=None, moment=moment("2026-01-01 08:00")):
        measure = make.make_measure("I", strategy=lk, name="Byty")
    make.milestone(measure, date(2026, 8, 1))
    make.output(measure, date(2026, 8, 1))
    edit(measure, "2026-08-01 10:00", name="Dostupné byty")
    assert [(group, said) for group, _, said, _ in told()] == [
        (Group.WORDING, "Změnilo se: název.")
    ]


def test_redacted_texts_show_the_placeholder_only(measure):
    first = make.milestone(measure, date(2026, 10, 1), title="Byt pro Jana Nováka")
    make.restate(first, due_date=date(2026, 12, 1), recorded_at=moment("2026-07-10 10:00"))
    make.output(measure, date(2026, 8, 1), title="Byt pro Jana Nováka")
    assert "Nováka" in str(told())
    record = MilestoneVersion.objects.get(pk=first.pk)
    head = make.UserFactory(roles=[HEAD])
    redact_record(record=record, by=head, texts=["title"], reference="DPO 1/2026")
    assert "Nováka" not in str(between())
    assert sentences(Group.DEADLINE) == [
        f"Milník „{REMOVED}“: termín 1. 10. 2026 → 1. 12. 2026 (+61 dní)."
    ]


# Queries


def test_eight_queries_for_one_and_thirty_measures():
    kk = make.StrategyFactory()

    def grow(code):
        made = make.make_measure(code, strategy=kk)
        make.plan(made)
        make.plan(made, end=date(2027, 1, 1), recorded_at=moment("2026-08-01 10:00"))
        first = make.milestone(made, date(2026, 10, 1))
        make.restate(first, due_date=date(2026, 12, 1), recorded_at=moment("2026-07-10 10:00"))
        old = make.report(made, date(2026, 6, 20))
        make.report(made, date(2026, 6, 20), corrects=old, published_at=make.noon(UNTIL))
        known = make.output(made, date(2026, 6, 1))
        mended = make.output(made, date(2026, 6, 1), corrects=known, recorded_at=make.noon(UNTIL))
        for place in (known, mended):
            make.OutputMunicipalityFactory(output=place)
        edit(made, "2026-01-01 10:00", note="a")
        edit(made, "2026-08-01 10:00", note="b")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            found = between()
        return len(captured), len(found.items)

    grow("1.1")
    assert queries() == (8, 5)
    for number in range(29):
        grow(f"2.{number}")
    assert queries() == (8, 150)


def test_no_measures_at_all():
    assert between().items == ()
