"""The feed of changes and the calendar of deadlines. „Today“ is 12. 9. 2026."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import HEAD
from common.history import recording
from common.models import REMOVED
from measures import moment as moments
from measures.actions import redact_record
from measures.models import MilestoneVersion
from tests import factories as make
from tests.factories import moment
from tests.indicators.factories import IndicatorFactory, ObservationFactory
from tests.meetings.factories import BodyFactory, MeetingFactory
from tests.meetings.frozen import frozen
from tests.meetings.small import small

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)
FEED, CALENDAR = "/strategie/kk/zmeny.atom", "/strategie/kk/terminy.ics"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def today(monkeypatch, settings):
    monkeypatch.setattr(moments, "today", lambda: ON)
    settings.PORTAL_URL = "https://portal.example.cz"


@pytest.fixture
def kk():
    return make.StrategyFactory(
        slug="kk", short_name="Strategie kraje", loaded_at=moment("2026-01-01 10:00")
    )


@pytest.fixture
def fund(kk):
    return make.make_measure("1.2", strategy=kk, short_name="Garanční fond", name="Garanční fond")


def read(client, page=FEED):
    return ElementTree.fromstring(client.get(page).content)


def entries(client, page=FEED):
    """Return (title, moment, summary) of each entry."""
    names = ("title", "updated", "summary")
    found = read(client, page).iterfind(f"{ATOM}entry")
    return [tuple(entry.findtext(f"{ATOM}{name}") for name in names) for entry in found]


def events(client):
    """Return the events of the calendar as dictionaries of their lines."""
    body = client.get(CALENDAR).content.replace(b"\r\n ", b"").decode()
    blocks = [block.split("END:VEVENT")[0] for block in body.split("BEGIN:VEVENT\r\n")[1:]]
    return [dict(line.split(":", 1) for line in block.strip().split("\r\n")) for block in blocks]


def test_feed_has_what_a_feed_must_have(client, fund):
    make.output(fund, date(2026, 9, 1), title="Beseda", recorded_at=moment("2026-09-01 10:00"))
    answer = client.get(FEED)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = read(client)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == "tag:portal.example.cz,2026:strategie/kk"
    assert root.findtext(f"{ATOM}title") == "Co je nového: Strategie kraje"
    assert root.findtext(f"{ATOM}updated") == "2026-09-01T08:00:00+00:00"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in root.iterfind(f"{ATOM}link")}
    assert links == {
        "alternate": "https://portal.example.cz/strategie/kk/zmeny/",
        "self": "https://portal.example.cz/strategie/kk/zmeny.atom",
    }
    [entry] = root.iterfind(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == (
        f"tag:portal.example.cz,2026:opatreni/{fund.pk}/vyvoj/2026-09-01T08%3A00%3A00%2B00%3A00/0"
    )
    assert entry.find(f"{ATOM}link").get("href") == (
        "https://portal.example.cz/strategie/kk/opatreni/1.2/"
    )


def test_feed_tells_acts_and_what_time_brought_the_newest_first(client, fund):
    make.milestone(
        fund, date(2026, 8, 9), title="Model & <plán>", recorded_at=moment("2026-06-01 10:00")
    )
    make.report(fund, date(2026, 6, 5), note="Volal mi Jan Novák, jan@novak.cz.")
    with recording(by=None, moment=moment("2026-05-01 08:00")):
        fund.save()
    with recording(by=make.UserFactory(name="Jana Tajná"), moment=moment("2026-09-02 08:00")):
        fund.name = "Fond"
        fund.save()
    assert entries(client) == [
        (
            "1.2 Garanční fond: úprava opatření",
            "2026-09-02T06:00:00+00:00",
            "název: Garanční fond → Fond",
        ),
        (
            "1.2 Garanční fond: odvozeno z termínu",
            "2026-08-09T22:00:00+00:00",
            "Milník „Model &amp; &lt;plán&gt;“ měl být hotov 9. 8. 2026 a je otevřený."
            "<br>stav: podle plánu → zpožděno",
        ),
        (
            "1.2 Garanční fond: hlášení, Implementační jednotka",
            "2026-06-05T10:00:00+00:00",
            "Pokrok.<br>stav: bez hlášení → podle plánu<br>fáze: běží<br>jak to jde: bez potíží",
        ),
        (
            "1.2 Garanční fond: milník",
            "2026-06-01T08:00:00+00:00",
            "Nový milník „Model &amp; &lt;plán&gt;“.<br>termín: 9. 8. 2026",
        ),
    ]
    shown = client.get(FEED).content.decode()
    assert "Novák" not in shown
    assert "Tajná" not in shown
    assert "jan@" not in shown


def test_feed_holds_fifty_of_the_last_hundred_and_eighty_days(client, fund):
    """180 days before 12. 9. 2026 is 16. 3. 2026; what came that day is left out."""
    make.output(fund, date(2026, 3, 16), title="Stará")
    make.output(fund, date(2026, 3, 17), title="Nová")
    assert [summary for _, _, summary in entries(client)] == ["Nová."]
    for number in range(60):
        make.output(fund, date(2026, 6, 1) + timedelta(days=number), title=f"Akce {number}")
    found = entries(client)
    assert len(found) == 50
    assert (found[0][2], found[-1][2]) == ("Akce 59.", "Akce 10.")


def test_names_of_entries_stay_when_more_is_recorded(client, fund):
    make.report(fund, date(2026, 6, 5))
    make.milestone(fund, date(2026, 8, 9), recorded_at=moment("2026-06-01 10:00"))

    def names():
        return {entry.findtext(f"{ATOM}id") for entry in read(client).iterfind(f"{ATOM}entry")}

    before = names()
    assert len(before) == 3
    make.report(fund, date(2026, 6, 3), published_at=moment("2026-09-10 10:00"))
    make.milestone(fund, date(2026, 12, 9), recorded_at=moment("2026-09-11 10:00"))
    assert before < names()


def test_feed_without_entries_is_as_old_as_the_strategy(client, kk):
    root = read(client)
    assert root.findtext(f"{ATOM}updated") == "2026-01-01T09:00:00+00:00"
    assert root.findall(f"{ATOM}entry") == []


def test_feed_of_a_strategy_without_reports_tells_its_wording(client):
    lk = make.StrategyFactory(slug="lk", is_monitored=False)
    with recording(by=None, moment=moment("2026-05-01 08:00")):
        measure = make.make_measure("I", strategy=lk, name="Byty", short_name="Byty")
    make.output(measure, date(2026, 8, 1))
    with recording(by=None, moment=moment("2026-09-02 08:00")):
        measure.name = "Dostupné byty"
        measure.save()
    assert [
        (title, summary) for title, _, summary in entries(client, "/strategie/lk/zmeny.atom")
    ] == [("I Byty: úprava opatření", "název: Byty → Dostupné byty")]


def test_feed_survives_signs_xml_cannot_write(client, fund):
    make.output(fund, date(2026, 9, 1), title="Beseda\x0b\x07 v Chebu")
    assert [summary for _, _, summary in entries(client)] == ["Beseda v Chebu."]


@pytest.mark.parametrize("page", [FEED, CALENDAR])
def test_what_has_not_changed_is_not_sent_again(client, fund, page):
    make.milestone(fund, date(2026, 12, 9), recorded_at=moment("2026-09-01 10:00"))
    tag = client.get(page).headers["ETag"]
    again = client.get(page, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    make.milestone(fund, date(2026, 12, 10), recorded_at=moment("2026-09-02 10:00"))
    assert client.get(page, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("page", [FEED, CALENDAR])
def test_removed_text_is_sent_as_removed_even_to_those_who_had_it(client, fund, page):
    version = make.milestone(
        fund, date(2026, 12, 9), title="Byt Jana Nováka", recorded_at=moment("2026-09-01 10:00")
    )
    first = client.get(page)
    assert "Nováka" in first.content.decode().replace("\r\n ", "")
    record = MilestoneVersion.objects.get(pk=version.pk)
    head = make.UserFactory(roles=[HEAD])
    redact_record(record=record, by=head, texts=["title"], reference="DPO 1/2026")
    again = client.get(page, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    shown = again.content.replace(b"\r\n ", b"").decode()
    assert "Nováka" not in shown
    assert REMOVED in shown


def test_feed_takes_the_same_queries_for_one_and_thirty_measures(client, kk):
    def grow(code):
        made = make.make_measure(code, strategy=kk)
        make.plan(made, recorded_at=moment("2026-08-10 10:00"))
        make.milestone(made, date(2026, 8, 1))
        make.report(made, date(2026, 8, 20))
        make.output(made, date(2026, 8, 20))

    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    grow("1.1")
    assert (queries(FEED), queries(CALENDAR)) == (12, 6)
    for number in range(29):
        grow(f"2.{number}")
    assert (queries(FEED), queries(CALENDAR)) == (12, 6)


# The calendar


def test_calendar_holds_each_milestone_on_its_due_day(client, fund):
    first = make.milestone(
        fund, date(2026, 12, 9), title="Smlouvy, dodatky", recorded_at=moment("2026-06-01 10:00")
    )
    make.restate(first, due_date=date(2026, 12, 31), recorded_at=moment("2026-09-01 10:00"))
    answer = client.get(CALENDAR)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="terminy-kk.ics"'
    assert events(client) == [
        {
            "UID": f"milnik-{first.milestone_id}@portal.example.cz",
            "DTSTAMP": "20260901T080000Z",
            "LAST-MODIFIED": "20260901T080000Z",
            "SEQUENCE": "1",
            "DTSTART;VALUE=DATE": "20261231",
            "DTEND;VALUE=DATE": "20270101",
            "SUMMARY": r"1.2 Garanční fond: Smlouvy\, dodatky",
            "DESCRIPTION": "Milník opatření 1.2 Garanční fond",
            "URL": "https://portal.example.cz/strategie/kk/opatreni/1.2/",
            "STATUS": "CONFIRMED",
            "TRANSP": "TRANSPARENT",
        }
    ]


def test_calendar_tells_what_ended(client, fund):
    done, dropped = (make.milestone(fund, date(2026, 10, day), title="Krok") for day in (1, 2))
    make.finish(done, date(2026, 9, 1))
    make.drop(dropped, date(2026, 9, 1))
    found = [(one["SUMMARY"], one["STATUS"]) for one in events(client)]
    assert found == [
        ("Hotovo: 1.2 Garanční fond: Krok", "CONFIRMED"),
        ("1.2 Garanční fond: Krok", "CANCELLED"),
    ]


def test_open_milestones_of_a_cancelled_measure_leave_calendars(client, fund):
    make.milestone(fund, date(2026, 10, 1), recorded_at=moment("2026-06-01 10:00"))
    make.report(fund, date(2026, 9, 1), phase="cancelled")
    [event] = events(client)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")
    assert event["DTSTAMP"] == "20260901T100000Z"


def test_calendar_of_a_strategy_without_reports_is_empty(client):
    make.StrategyFactory(slug="lk", is_monitored=False)
    body = client.get("/strategie/lk/terminy.ics").content
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"VEVENT" not in body


def test_calendar_holds_meetings_whose_briefing_is_frozen(client, fund):
    body = BodyFactory(strategy=fund.strategy, name="Rada kraje", slug="rada")
    held = MeetingFactory(body=body, meeting_date=date(2026, 9, 30))
    MeetingFactory(body=body, meeting_date=date(2026, 10, 30))
    frozen(held, small(on=date(2026, 9, 1), known=moment("2026-09-01 10:00")))
    assert events(client) == [
        {
            "UID": f"zasedani-{held.pk}@portal.example.cz",
            "DTSTAMP": "20260901T080000Z",
            "LAST-MODIFIED": "20260901T080000Z",
            "SEQUENCE": "0",
            "DTSTART;VALUE=DATE": "20260930",
            "DTEND;VALUE=DATE": "20261001",
            "SUMMARY": "Zasedání: Rada kraje",
            "DESCRIPTION": "Podklad se stavem k 1. 9. 2026 je zmrazený a veřejný.",
            "URL": "https://portal.example.cz/zasedani/2026-09-30-rada/",
            "STATUS": "CONFIRMED",
            "TRANSP": "TRANSPARENT",
        }
    ]


def test_feed_tells_a_corrected_value_of_an_indicator(client, kk):
    """Known before the feed begins to tell, so that what it tells is the correction."""
    own = IndicatorFactory(strategy=kk, region=kk.region, name="Lidé v exekuci", unit="osob")
    first = ObservationFactory(indicator=own, value=10, recorded_at=moment("2026-01-05 10:00"))
    ObservationFactory(
        indicator=own, value=12, corrects=first, recorded_at=moment("2026-09-02 10:00")
    )
    told = [summary.replace("\u00a0", " ") for _, _, summary in entries(client)]
    assert [text for text in told if "Opravená hodnota: 12 osob" in text]
    assert not [text for text in told if "Nová hodnota" in text]
