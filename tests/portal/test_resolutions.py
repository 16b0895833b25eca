"""Resolutions in public: on the page of a measure, as news, in search, beside promises."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.actions.resolutions import (
    correct_resolution,
    record_resolution,
    withdraw_resolution,
)
from meetings.news import other_items
from portal.changes.feed import entries_of
from tests import factories as make
from tests.factories import moment, noon
from tests.measures.days import said
from tests.meetings.factories import (
    BodyFactory,
    MeetingFactory,
    ResolutionFactory,
    SnapshotFactory,
)
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

FUND = "Schválit statut fondu."
PAGE = "/strategie/kk/opatreni/1.2/"
MET = date(2026, 10, 8)


@pytest.fixture
def body():
    return BodyFactory(slug="rada", name="Rada kraje", strategy__slug="kk")


@pytest.fixture
def meeting(body):
    return MeetingFactory(body=body, meeting_date=MET)


@pytest.fixture
def measure(body):
    return make.make_measure("1.2", strategy=body.strategy, short_name="Garanční fond")


@pytest.fixture
def asked(measure):
    return make.report(measure, date(2026, 9, 1), needs_decision=True, decision=FUND)


@pytest.fixture
def head(make_user):
    return make_user("head")


def resolved(meeting, *, recorded_at=None, **links):
    """Record a resolution of the day of its meeting at noon."""
    one = ResolutionFactory(
        meeting=meeting,
        number="RK 123/11/26",
        text="Rada schvaluje statut fondu.",
        recorded_at=recorded_at or noon(meeting.meeting_date),
    )
    for name, (field, row) in links.items():
        getattr(one, f"{name}_links").create(**{field: row})
    return one


def test_line_of_time_tells_a_resolution_with_what_it_settled(client, meeting, measure, asked):
    SnapshotFactory(meeting=meeting)
    milestone = make.milestone(measure, date(2027, 1, 31), title="Podepsaná smlouva")
    resolved(meeting, decision=("report", asked), milestone=("milestone", milestone.milestone))
    answer = client.get(PAGE)
    assert (
        "8. 10. 2026 · usnesení RK 123/11/26, Rada kraje Rada schvaluje statut fondu. "
        "Rozhodlo o: Schválit statut fondu. Milník: Podepsaná smlouva Zasedání"
    ) in text_of(answer)
    assert 'href="/zasedani/2026-10-08-rada/#usneseni-rk-123-11-26"' in answer.content.decode()


@pytest.mark.parametrize("kind", ["measure", "milestone", "plan", "decision"])
def test_resolution_about_anything_of_the_measure_is_told(client, meeting, measure, asked, kind):
    links = {
        "measure": ("measure", measure),
        "milestone": ("milestone", make.milestone(measure, date(2027, 1, 31)).milestone),
        "plan": ("plan", make.plan(measure)),
        "decision": ("report", asked),
    }
    resolved(meeting, **{kind: links[kind]})
    assert "usnesení RK 123/11/26, Rada kraje" in text_of(client.get(PAGE))


def test_resolution_about_another_measure_is_not_told(client, meeting, measure):
    resolved(meeting, measure=("measure", make.make_measure("1.3", strategy=measure.strategy)))
    assert "RK 123/11/26" not in text_of(client.get(PAGE))


def test_meeting_that_is_not_public_is_not_linked(client, meeting, measure):
    resolved(meeting, measure=("measure", measure))
    assert "/zasedani/2026-10-08-rada/" not in client.get(PAGE).content.decode()


def test_past_day_knows_only_what_was_recorded_by_then(client, meeting, measure, asked):
    resolved(meeting, recorded_at=noon(date(2026, 10, 12)), decision=("report", asked))
    before = text_of(client.get(f"{PAGE}?k=2026-10-11"))
    assert "RK 123/11/26" not in before
    assert "Žádost o rozhodnutí rady je otevřená od 1. 9. 2026." in before
    after = text_of(client.get(f"{PAGE}?k=2026-10-12"))
    assert "usnesení RK 123/11/26" in after
    assert (
        "Žádost o rozhodnutí rady ze dne 1. 9. 2026 je vyřízená: 8. 10. 2026 o ní rozhodlo "
        "usnesení RK 123/11/26."
    ) in after


def test_measure_that_asks_for_nothing_says_nothing_of_decisions(client, measure):
    make.report(measure, date(2026, 9, 1))
    assert "Žádost o rozhodnutí" not in text_of(client.get(PAGE))


def test_correction_stands_beside_what_it_corrects(client, meeting, measure, head):
    links = {"measures": [measure]}
    wrong = record_resolution(
        meeting=meeting, by=head, number="R 1", text="Omyl.", adopted_on=MET, **links
    )
    correct_resolution(
        resolution=wrong, by=head, number="R 1", text="Správně.", adopted_on=MET, **links
    )
    page, day = text_of(client.get(PAGE)), said(timezone.localdate())
    assert f"Omyl. Opraveno: novým zápisem ze dne {day}" in page
    assert f"Správně. Opravuje: zápis ze dne {day}" in page


def test_withdrawn_resolution_says_so(client, meeting, measure, asked, head):
    wrong = record_resolution(
        meeting=meeting, by=head, number="R 1", text="Omyl.", adopted_on=MET, decisions=[asked]
    )
    withdraw_resolution(resolution=wrong, by=head)
    page = text_of(client.get(PAGE))
    assert f"Zrušeno: {said(timezone.localdate())}: usnesení přijato nebylo" in page
    assert "Žádost o rozhodnutí rady je otevřená od 1. 9. 2026." in page


def test_strategy_that_is_not_monitored_shows_resolutions_too(client):
    body = BodyFactory(strategy__slug="lk", strategy__is_monitored=False)
    measure = make.make_measure("IX", strategy=body.strategy)
    meeting = MeetingFactory(body=body, meeting_date=MET)
    resolved(meeting, measure=("measure", measure))
    assert "usnesení RK 123/11/26" in text_of(client.get("/strategie/lk/opatreni/IX/"))


def test_number_beside_a_promise_leads_to_the_meeting(client, meeting, measure):
    SnapshotFactory(meeting=meeting)
    resolved(meeting)
    make.milestone(measure, date(2027, 1, 31), resolution="RK 123/11/26")
    make.milestone(measure, date(2027, 2, 28), resolution="RK 999/11/26")
    make.plan(measure, resolution="RK 123/11/26")
    html = client.get(PAGE).content.decode()
    link = 'usnesení <a href="/zasedani/2026-10-08-rada/#usneseni-rk-123-11-26">RK 123/11/26</a>'
    assert html.count(link) == 1
    assert html.count('#usneseni-rk-123-11-26">RK 123/11/26</a>') == 2
    assert "RK 999/11/26</a>" not in html


def test_measure_costs_the_same_for_one_and_thirty_resolutions(client, meeting, measure, asked):
    def add(number):
        for n in range(number):
            one = ResolutionFactory(meeting=meeting, number=f"R {number}/{n}")
            one.measure_links.create(measure=measure)
            one.milestone_links.create(milestone=milestone.milestone)
            one.plan_links.create(plan=plan)
            one.decision_links.create(report=asked)

    milestone, plan = make.milestone(measure, date(2027, 1, 31)), make.plan(measure)
    add(1)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    add(29)
    with CaptureQueriesContext(connection) as many:
        events = client.get(PAGE).context["standing"].events
    assert sum(event.heading.startswith("usnesení R ") for event in events) == 30
    assert len(many) == len(one)


# News


def news(strategy, since="2026-10-01", until="2026-11-01"):
    found = other_items([strategy], moment(since), moment(until))
    return [item for item in found if item.key.startswith("usneseni/")]


def test_recorded_resolution_is_news_without_its_words(body, meeting, measure, asked):
    SnapshotFactory(meeting=meeting)
    one = resolved(meeting, decision=("report", asked))
    (item,) = news(body.strategy)
    assert (item.name, item.key) == ("Usnesení RK 123/11/26", f"usneseni/{one.pk}")
    assert item.url == "/zasedani/2026-10-08-rada/#usneseni-rk-123-11-26"
    assert item.sentence.replace("\u00a0", " ") == (
        "Rada kraje: usnesení přijaté 8. 10. 2026; rozhodlo o žádosti opatření 1.2."
    )
    assert news(body.strategy, until="2026-10-08") == []
    assert news(body.strategy, since="2026-10-09") == []


def test_news_of_a_meeting_that_is_not_public_leads_to_its_measure(body, meeting, measure):
    resolved(meeting, measure=("measure", measure))
    assert news(body.strategy)[0].url == PAGE


def test_only_the_last_record_is_news(body, meeting):
    wrong = resolved(meeting)
    ResolutionFactory(meeting=meeting, corrects=wrong, recorded_at=moment("2026-10-20"))
    assert [item.sentence.replace("\u00a0", " ") for item in news(body.strategy)] == [
        "Rada kraje: oprava zápisu usnesení přijatého 8. 10. 2026."
    ]


def test_withdrawal_is_news_to_those_who_could_read_the_record(body, meeting):
    wrong = resolved(meeting)
    ResolutionFactory(
        meeting=meeting, corrects=wrong, is_withdrawn=True, recorded_at=moment("2026-10-20")
    )
    assert news(body.strategy) == []
    (item,) = news(body.strategy, since="2026-10-15")
    assert "zápis usnesení z 8. 10. 2026 se zrušil" in item.sentence.replace("\u00a0", " ")


def test_news_of_another_strategy_are_not_told(meeting):
    resolved(meeting)
    assert news(make.StrategyFactory()) == []


def test_news_cost_the_same_for_one_and_thirty(body, meeting, measure):
    def add(number):
        for _ in range(number):
            one = ResolutionFactory(meeting=meeting, recorded_at=noon(MET))
            one.measure_links.create(measure=measure)

    add(1)
    with CaptureQueriesContext(connection) as one:
        news(body.strategy)
    add(29)
    with CaptureQueriesContext(connection) as many:
        assert len(news(body.strategy)) == 30
    assert len(many) == len(one)


def test_feed_names_the_resolution(body, meeting, measure):
    resolved(meeting, measure=("measure", measure))
    (entry,) = entries_of(body.strategy, date(2026, 10, 31))
    assert entry.title == "Usnesení RK 123/11/26: Rada kraje"
    assert "schvaluje" not in " ".join(entry.lines)


def test_changes_page_lists_the_resolution(client, meeting, asked):
    resolved(meeting)
    page = text_of(client.get("/strategie/kk/zmeny/?od=2026-10-01&do=2026-10-31"))
    assert "Usnesení RK 123/11/26" in page


# Search


@pytest.mark.parametrize("typed", ["RK 123/11/26", "usnesení 123/11/26", "rk 123"])
def test_resolution_is_found_by_its_number(client, meeting, typed):
    SnapshotFactory(meeting=meeting)
    resolved(meeting)
    hit = client.get("/hledat/", {"q": typed}).context["results"].hits[0]
    assert hit.entry.name == "Usnesení RK 123/11/26"
    assert hit.entry.url == "/zasedani/2026-10-08-rada/#usneseni-rk-123-11-26"


def test_withdrawn_resolution_is_not_found(client, meeting, head):
    kept = record_resolution(
        meeting=meeting, by=head, number="RK 123/11/26", text="Omyl.", adopted_on=MET
    )
    withdraw_resolution(resolution=kept, by=head)
    hits = client.get("/hledat/", {"q": "RK 123/11/26"}).context["results"].hits
    assert all("123/11/26" not in hit.entry.name for hit in hits)
