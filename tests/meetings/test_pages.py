"""The public pages of meetings: who sees what, and that a frozen one is the snapshot alone."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from common.czech import PRAGUE
from measures.actions import redact_record
from meetings.briefing import briefing
from meetings.content import Words
from meetings.models import ResolutionDecision
from strategy.models import Strategy
from tests import factories as make
from tests.factories import EARLY
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory
from tests.meetings.frozen import frozen
from tests.meetings.sample import sample
from tests.meetings.small import small
from tests.portal.reading import main_of, text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=PRAGUE)
URL = "/zasedani/2026-11-26-rada/"


@pytest.fixture
def council():
    return BodyFactory(name="Rada Karlovarského kraje", slug="rada", strategy__slug="kk")


@pytest.fixture
def meeting(council):
    return MeetingFactory(body=council, meeting_date=date(2026, 11, 26))


@pytest.fixture
def shown(meeting):
    return frozen(meeting, sample())


def page(client, url=URL):
    answer = client.get(url)
    assert answer.status_code == 200
    return text_of(answer)


# Who sees what


def test_open_briefing_is_hidden_from_the_public_and_the_administrator(meeting, client_as):
    assert Client().get(URL).status_code == 404
    assert client_as("admin").get(URL).status_code == 404


@pytest.mark.parametrize("role", ["unit", "head", "councillor"])
def test_open_briefing_is_a_draft_for_those_who_may_see_it(meeting, client_as, role):
    answer = client_as(role).get(URL)
    text = text_of(answer)
    assert "Návrh stav k " in text
    assert "Otisk" not in text
    assert ("Je podklad hotov?" in text) == (role != "councillor")
    assert "no-store" in answer["Cache-Control"]


def test_frozen_briefing_is_read_by_everybody_alike(shown, client_as):
    public = main_of(Client().get(URL))
    assert shown.sha256 in public
    assert main_of(client_as("councillor").get(URL)) == public


@pytest.mark.parametrize(
    "url",
    [
        "/zasedani/2026-11-27-rada/",
        "/zasedani/2026-13-26-rada/",
        "/zasedani/2026-11-26-vybor/",
        "/zasedani/2026-11-26-rada/oprava/1/",
        "/zasedani/2026-11-26-rada/oprava/9999/",
    ],
)
def test_unknown_meeting_is_not_found(shown, client, url):
    assert client.get(url).status_code == 404


def test_open_meeting_has_no_corrections(meeting, client_as):
    assert client_as("head").get(f"{URL}oprava/0/").status_code == 404


# What stands on a frozen page


def test_frozen_page_says_what_the_briefing_says(shown, client):
    text = page(client)
    assert "Rada Karlovarského kraje 26. 11. 2026" in text
    assert "Podklad · stav k 14. 11. 2026, 8:00 · zmrazeno 14. 11. 2026 8:00" in text
    assert "Rada se žádá o rozhodnutí" in text
    assert "Schválit předložení statutu garančního a krizového fondu" in text
    assert "předkládá odbor sociálních věcí · potřebné do 10. 12. 2026" in text
    assert "Od minulého zasedání 10. 9. 2026: 2 zhoršení, 3 zlepšení" in text
    assert "RK 1012/09/26" in text
    assert "26 ze 133 obcí má vysokou hodnotu indexu" in text


def test_frozen_page_names_each_measure_in_the_mosaic_and_under_its_priority(shown, client):
    html = main_of(client.get(URL))
    assert html.count('class="tile ') == 31
    for one in sample().measures:
        assert html.count(f'href="{one.url}"') >= 2, one.code


def test_late_measures_stand_with_reason_step_who_and_until(shown, client):
    html = main_of(client.get(URL))
    rows = html.split('id="zpozdeno"')[1].split("</table>")[0]
    for one in sample().late:
        for text in (one.short_name, one.why, one.next_step, one.who):
            first = text.split()[0]
            assert first in rows, (one.code, text)


def test_map_has_every_municipality_with_a_link_and_the_table_too(shown, client):
    html = main_of(client.get(URL))
    with_cell = [one for one in sample().region.places if one.hex_q is not None]
    assert html.count("data-q=") == len(with_cell) > 100
    assert "Kraslice: 13, vysok" in html
    table = html.split('id="obce"')[1]
    assert table.count("<tr>") == len(sample().region.places) + 1


def test_frozen_page_asks_few_queries(shown, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(URL)


def test_frozen_page_sets_no_cookie_and_can_be_kept(shown, client):
    answer = client.get(URL)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_frozen_page_offers_its_documents_with_their_fingerprints(shown, client):
    html = main_of(client.get(URL))
    for file in shown.files.all():
        assert f'href="{URL}{file.name}"' in html
        assert file.sha256 in html
    assert "sha256sum" in html


def test_fingerprint_on_the_page_is_that_of_the_json_it_offers(shown, client):
    assert shown.files.get(name="zprava.json").sha256 == shown.sha256


def test_text_with_signs_of_html_stands_as_it_was_written(meeting, client):
    frozen(meeting, small())
    html = main_of(client.get(URL))
    assert "Chybí peníze #1 &lt;b&gt; $x$ @jan \\ *" in html
    assert "<b> $x$" not in html


def test_long_note_unfolds_and_nothing_of_it_is_lost(meeting, client):
    words = " ".join(f"slovo{n}" for n in range(1200))
    late = replace(sample().late[0], why=Words(words))
    frozen(meeting, sample(late=(late,)))
    html = main_of(client.get(URL))
    assert '<details class="rest">' in html
    assert re.findall(r"slovo(\d+)", html) == [str(n) for n in range(1200)]


def test_strategy_without_measures_and_monitoring_says_so(meeting, client):
    frozen(meeting, small(late=(), decisions=(), resolutions=()))
    text = page(client)
    assert "Rada se o žádné rozhodnutí nežádá" in text
    assert "Strategie zatím nemá žádné opatření." in text
    assert "Dřívější zasedání, se kterým by se dalo srovnávat, zapsáno není." in text


def test_redacted_text_is_replaced_and_the_page_says_so(
    meeting, client, make_user, settings, tmp_path
):
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    report = make.report(measure, date(2026, 10, 1), obstacle="Klient Jan Novák dluží.")
    late = replace(small().late[0], why=Words("Klient Jan Novák dluží."))
    frozen(meeting, small(late=(late,)))
    assert "Jan Novák" in page(client)
    redact_record(record=report, by=make_user("head"), texts=["obstacle"], reference="DPO 1")
    text = page(client)
    assert "Jan Novák" not in text
    assert "[odstraněno z důvodu ochrany osobních údajů]" in text
    assert "Z podkladu byly odstraněny osobní údaje." in text
    assert "sha256sum" not in text


# Later edits


def test_frozen_page_does_not_change_after_later_edits(meeting, client):
    measure = make.make_measure("1.2", strategy=meeting.body.strategy, short_name="Krizový fond")
    make.milestone(measure, date(2026, 10, 1), title="Smlouva")
    make.report(measure, date(2026, 11, 1), obstacle="Chybí peníze.", health="serious")
    frozen(meeting, briefing(meeting, NOW.date(), NOW))
    before = main_of(client.get(URL))
    assert "Chybí peníze." in before
    make.report(
        measure, date(2026, 11, 20), obstacle="Jinak.", published_at=NOW + timedelta(days=6)
    )
    Strategy.objects.filter(pk=measure.strategy_id).update(short_name="Jiná")
    assert main_of(client.get(URL)) == before


def test_frozen_page_equals_the_live_one_at_the_moment_of_freezing(meeting, client_as, monkeypatch):
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    make.milestone(measure, date(2026, 10, 1), title="Smlouva")
    make.report(measure, date(2026, 11, 1), obstacle="Chybí peníze.")
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    client = client_as("councillor")
    live = main_of(client.get(URL))
    frozen(meeting, briefing(meeting, NOW.date(), NOW))
    make.report(measure, date(2026, 11, 2), obstacle="Po zmrazení.", published_at=NOW)
    kept = main_of(client.get(URL))

    def body(html):
        start = html.index('aria-label="Na této stránce"')
        return html[html.index("</nav>", start) :].split('aria-labelledby="otisk"')[0]

    assert len(body(live)) > 2000
    assert body(kept).rsplit("<section", 1)[0].strip() in body(live)


# Corrections


def test_correction_stands_at_the_address_and_leads_to_what_it_corrects(shown, meeting, client):
    second = frozen(
        meeting, sample(lead="Opravená věta."), number=1, corrects=shown, reason="Chybělo číslo."
    )
    text = page(client)
    assert "Podklad, oprava č. 1 ·" in text
    assert "Toto je oprava č. 1: Chybělo číslo." in text
    assert "Opravená věta." in text
    assert second.sha256 in text
    assert f'href="{URL}oprava/0/"' in main_of(client.get(URL))
    old = page(client, f"{URL}oprava/0/")
    assert "Tento podklad byl opraven. Oprava č. 1 : Chybělo číslo." in old
    assert "Opravená věta." not in old
    assert shown.sha256 in old
    assert f'href="{URL}oprava/0/zprava.pdf"' in main_of(client.get(f"{URL}oprava/0/"))


# The list


def test_list_without_meetings_is_a_sentence(client):
    assert "Žádný podklad pro zasedání tu zatím není." in page(client, "/zasedani/")


def test_list_shows_the_public_only_what_is_frozen(council, client_as):
    today = timezone.localdate()
    open_one = MeetingFactory(body=council, meeting_date=today + timedelta(days=12))
    public = Client().get("/zasedani/")
    assert open_one.slug not in public.content.decode()
    text = page(client_as("councillor"), "/zasedani/")
    assert "návrh, nezmrazeno" in text
    assert "Zasedá se za 12 dní. O žádné rozhodnutí se nežádá." in text
    frozen(open_one, sample())
    text = page(Client(), "/zasedani/")
    assert "Zasedá se za 12 dní. Žádá se o 2 rozhodnutí" in text


def test_list_tells_decisions_asked_and_settled(council, client):
    held = MeetingFactory(body=council, meeting_date=date(2024, 3, 1))
    measure = make.make_measure("1.2", strategy=council.strategy)
    reports = [
        make.report(measure, date(2024, 2, day), needs_decision=True, decision=f"Věc {day}.")
        for day in (1, 2, 3)
    ]
    asked = tuple(
        replace(small().decisions[0], number=n, report=report.pk)
        for n, report in enumerate(reports, start=1)
    )
    snapshot = frozen(held, small(decisions=asked, known=EARLY))
    assert "Žádá se o 3 rozhodnutí, usnesení o nich zatím zapsáno není." in page(
        client, "/zasedani/"
    )
    resolution = ResolutionFactory(meeting=held, recorded_at=timezone.now())
    ResolutionDecision.objects.create(resolution=resolution, report=reports[0])
    text = page(client, "/zasedani/")
    assert "Žádá se o 3 rozhodnutí, usnesením je vyřízené 1." in text
    assert f"otisk {snapshot.sha256[:12]}" in text
    for report in reports[1:]:
        ResolutionDecision.objects.create(resolution=resolution, report=report)
    assert "všechna jsou vyřízená usnesením" in page(client, "/zasedani/")


def test_decision_settled_through_a_correction_of_its_report_counts(council, client):
    held = MeetingFactory(body=council, meeting_date=date(2024, 3, 1))
    measure = make.make_measure("1.2", strategy=council.strategy)
    report = make.report(measure, date(2024, 2, 1))
    mended = make.report(measure, date(2024, 2, 1), corrects=report)
    decision = replace(small().decisions[0], report=report.pk)
    frozen(held, small(decisions=(decision,), known=EARLY))
    resolution = ResolutionFactory(meeting=held, recorded_at=timezone.now())
    ResolutionDecision.objects.create(resolution=resolution, report=mended)
    assert "Žádá se o 1 rozhodnutí, je vyřízené usnesením." in page(client, "/zasedani/")


@pytest.mark.parametrize(("words", "is_settled"), [("Schválit.", True), ("Zamítnout.", False)])
def test_decision_asked_again_in_the_same_words_is_the_same_one(council, client, words, is_settled):
    held = MeetingFactory(body=council, meeting_date=date(2024, 3, 1))
    measure = make.make_measure("1.2", strategy=council.strategy)
    first = make.report(measure, date(2024, 2, 1), needs_decision=True, decision=words)
    again = make.report(measure, date(2024, 2, 9), needs_decision=True, decision="Schválit.")
    decision = replace(small().decisions[0], report=again.pk)
    frozen(held, small(decisions=(decision,), known=EARLY))
    resolution = ResolutionFactory(meeting=held, recorded_at=timezone.now())
    ResolutionDecision.objects.create(resolution=resolution, report=first)
    assert ("je vyřízené usnesením" in page(client, "/zasedani/")) == is_settled


def test_resolution_from_before_the_freezing_settles_nothing_of_it(council, client):
    held = MeetingFactory(body=council, meeting_date=date(2024, 3, 1))
    measure = make.make_measure("1.2", strategy=council.strategy)
    report = make.report(measure, date(2024, 2, 1), needs_decision=True, decision="Schválit.")
    decision = replace(small().decisions[0], report=report.pk)
    frozen(held, small(decisions=(decision,), known=EARLY + timedelta(days=1)))
    resolution = ResolutionFactory(meeting=held, recorded_at=EARLY)
    ResolutionDecision.objects.create(resolution=resolution, report=report)
    assert "usnesení o něm zatím zapsáno není" in page(client, "/zasedani/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("organ=rada", {"2024-03-01-rada", "2025-03-01-rada"}),
        ("organ=vybor", {"2024-03-01-vybor"}),
        ("rok=2024", {"2024-03-01-rada", "2024-03-01-vybor"}),
        ("strategie=lk", {"2024-03-01-vybor"}),
        ("organ=rada&rok=2025", {"2025-03-01-rada"}),
        ("organ=x", {"2024-03-01-rada", "2025-03-01-rada", "2024-03-01-vybor"}),
        ("rok=x&strategie=lk", {"2024-03-01-vybor"}),
        ("organ=vybor&rok=2025", set()),
    ],
)
def test_list_is_narrowed_by_body_strategy_and_year(council, client, query, found):
    other = BodyFactory(name="Výbor", slug="vybor", strategy__slug="lk")
    for body, year in ((council, 2024), (council, 2025), (other, 2024)):
        frozen(MeetingFactory(body=body, meeting_date=date(year, 3, 1)), small())
    html = main_of(client.get(f"/zasedani/?{query}"))
    assert set(re.findall(r'href="/zasedani/([^"/]+)/"', html)) == found
    assert ("se nepoužil" in html) == ("=x" in query)
    assert ("Výběru tu žádné zasedání neodpovídá." in html) == (not found)


def test_list_is_ordered_by_body_and_year(council, client):
    other = BodyFactory(name="Výbor", slug="vybor")
    days = [(other, 2025), (council, 2024), (council, 2025), (other, 2024)]
    for body, year in days:
        frozen(MeetingFactory(body=body, meeting_date=date(year, 3, 1)), small())
    html = main_of(client.get("/zasedani/"))
    assert re.findall(r'href="/zasedani/([^"/]+)/"', html) == [
        "2025-03-01-rada",
        "2024-03-01-rada",
        "2025-03-01-vybor",
        "2024-03-01-vybor",
    ]


def test_list_asks_the_same_queries_for_one_and_thirty(council, client, django_assert_num_queries):
    first = MeetingFactory(body=council, meeting_date=date(2020, 1, 1))
    frozen(first, small(on=date(2020, 1, 1)))
    with django_assert_num_queries(7):
        client.get("/zasedani/")
    for n in range(2, 31):
        other = MeetingFactory(body=council, meeting_date=date(2020, 1, n))
        frozen(other, small(on=date(2020, 1, n)))
    with django_assert_num_queries(7):
        client.get("/zasedani/")
    # What is frozen is remembered.
    with django_assert_num_queries(6):
        client.get("/zasedani/")


@pytest.mark.parametrize("url", ["/zasedani/", URL, f"{URL}oprava/0/"])
def test_pages_take_no_post(shown, client, url):
    assert client.post(url).status_code == 405
