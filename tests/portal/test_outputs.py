"""Outputs in public: on the page of a measure and of a municipality and in the list of a strategy.
Days are worked out by hand for 12. 9. 2026."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures import moment as moments
from tests import factories as make
from tests.factories import moment
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def fund():
    return make.make_measure("1.2", strategy__slug="kk", short_name="Krizový fond")


@pytest.fixture
def read(client, fund):
    """Return a function that reads the page of the measure as text."""
    return lambda query="": text_of(client.get(f"{fund.get_absolute_url()}{query}"))


def seminar(measure, day, **fields):
    return make.output(measure, day, **{"title": f"Seminář {day:%d%m%y}", **fields})


# The page of a measure


def test_measure_without_outputs_says_so(read):
    assert "Výstupy Žádný výstup zatím zapsán není. Všechny výstupy strategie" in read()


def test_outputs_are_counted_for_12_months_and_together(read, fund):
    """The last 12 months begin with 13. 9. 2025; what happened on the 12th is older."""
    seminar(fund, date(2025, 9, 12))
    seminar(fund, date(2025, 9, 13), participants=20)
    seminar(fund, date(2026, 9, 12), participants=14)
    make.output(fund, date(2026, 3, 1), kind="stay", title="Stáž v Chebu")
    text = read()
    assert "Výstupy za posledních 12 měsíců 2 semináře, 1 stáž · celkem 4 výstupy" in text
    assert "U 2 ze 4 výstupů je znám počet účastníků: 34." in text


def test_no_output_of_the_last_year_is_said(read, fund):
    seminar(fund, date(2025, 9, 12))
    assert "za posledních 12 měsíců žádný · celkem 1 výstup" in read()


def test_newest_five_outputs_stand_first_and_the_rest_is_folded(client, fund):
    for month in range(1, 8):
        seminar(fund, date(2026, month, 1))
    outputs = client.get(fund.get_absolute_url()).context["standing"].outputs
    assert [row.output.happened_on.month for row in outputs.first] == [7, 6, 5, 4, 3]
    assert [row.output.happened_on.month for row in outputs.rest] == [2, 1]


def test_row_says_kind_places_organiser_and_people_as_far_as_known(read, fund):
    charita = make.OrganisationFactory(name="Charita Sokolov")
    one = seminar(fund, date(2026, 9, 1), title="Dluhy", organiser=charita, participants=0)
    make.OutputMunicipalityFactory(output=one, municipality=make.MunicipalityFactory(name="Cheb"))
    seminar(fund, date(2026, 8, 1), title="Exekuce")
    text = read()
    assert "1. 9. 2026 Dluhy seminář · Cheb · pořádá Charita Sokolov · 0 účastníků" in text
    assert "1. 8. 2026 Exekuce seminář " in text


def test_past_day_shows_what_was_known_and_had_happened(client, read, fund):
    """On 1. 6.: the correction came on 5. 6., the second one was written on 2. 6., the third was
    withdrawn later."""
    wrong = seminar(fund, date(2026, 5, 1), title="Starý", participants=10)
    make.output(
        fund,
        date(2026, 5, 2),
        title="Opravený",
        participants=30,
        corrects=wrong,
        recorded_at=moment("2026-06-05 10:00"),
    )
    seminar(fund, date(2026, 5, 20), title="Pozdě", recorded_at=moment("2026-06-02 10:00"))
    gone = seminar(fund, date(2026, 5, 10), title="Zrušený", participants=5)
    make.output(
        fund,
        date(2026, 5, 10),
        title="Zrušený",
        corrects=gone,
        is_withdrawn=True,
        recorded_at=moment("2026-06-20 10:00"),
    )
    pages = [client.get(f"{fund.get_absolute_url()}{query}") for query in ("?k=2026-06-01", "")]
    then, now = [
        [row.output.title for row in page.context["standing"].outputs.rows] for page in pages
    ]
    assert then == ["Zrušený", "Starý"]
    assert now == ["Pozdě", "Opravený"]
    assert "U 2 ze 2 výstupů je znám počet účastníků: 15." in read("?k=2026-06-01")
    listed = "/strategie/kk/vystupy/"
    assert titles(client.get(f"{listed}?k=2026-06-01")) == ["Zrušený", "Starý"]
    assert titles(client.get(listed)) == ["Pozdě", "Opravený"]


def test_output_of_a_day_to_come_is_not_shown_yet(client, fund):
    seminar(fund, date(2026, 9, 13), recorded_at=moment("2026-09-01 10:00"))
    assert not client.get(fund.get_absolute_url()).context["standing"].outputs
    assert titles(client.get("/strategie/kk/vystupy/")) == []


@pytest.mark.parametrize(
    ("role", "may"), [(None, False), ("unit", True), ("head", True), ("councillor", False)]
)
def test_outputs_are_kept_by_those_who_may(client, client_as, fund, role, may):
    one = seminar(fund, date(2026, 9, 1))
    reader = client_as(role) if role else client
    html = reader.get(fund.get_absolute_url()).content.decode()
    for address in (f"/prace/opatreni/{fund.pk}/vystup/", f"/prace/vystup/{one.pk}/oprava/"):
        assert (f'href="{address}"' in html) is may


def test_nothing_is_kept_on_a_past_day(client_as, fund):
    one = seminar(fund, date(2026, 9, 1))
    html = client_as("head").get(f"{fund.get_absolute_url()}?k=2026-09-10").content.decode()
    assert f"/prace/vystup/{one.pk}/" not in html


def test_measure_page_of_the_unit_without_a_plan_stays_within_14_queries(client_as, fund):
    client = client_as("unit")
    one = seminar(fund, date(2026, 9, 1))
    make.OutputMunicipalityFactory(output=one)
    make.report(fund, date(2026, 9, 1))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(fund.get_absolute_url()).status_code == 200
    assert len(captured) <= 14


def test_words_of_people_are_escaped(client, fund):
    seminar(fund, date(2026, 9, 1), title="<script>alert(1)</script>", link="https://x.test/?a=1&b")
    for path in (fund.get_absolute_url(), "/strategie/kk/vystupy/"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert 'href="https://x.test/?a=1&amp;b"' in html


def test_correction_shows_what_it_changed(read, fund):
    cheb = make.MunicipalityFactory(name="Cheb")
    charita = make.OrganisationFactory(name="Charita")
    old = seminar(fund, date(2026, 9, 1), title="Dluhy", participants=20)
    new = make.output(
        fund,
        date(2026, 9, 2),
        kind="stay",
        title="Dluhy a exekuce",
        organiser=charita,
        corrects=old,
        recorded_at=moment("2026-09-03 10:00"),
    )
    make.OutputMunicipalityFactory(output=new, municipality=cheb)
    text = read()
    for change in (
        "druh seminář → stáž nebo pobyt",
        "název Dluhy → Dluhy a exekuce",
        "den 1. 9. 2026 → 2. 9. 2026 (+1 den)",
        "počet účastníků 20 → neuvedeno",
        "pořadatel neuvedeno → Charita",
        "obce neuvedeno → Cheb",
        "Opravuje: zápis ze dne 1. 9. 2026",
    ):
        assert change in text, change


# The page of a municipality


def test_municipality_shows_the_outputs_that_name_it(client, fund):
    cheb = make.MunicipalityFactory(code="554481", name="Cheb")
    for day, places in [
        (date(2026, 9, 1), [cheb, make.MunicipalityFactory(name="Aš")]),
        (date(2026, 8, 1), [make.MunicipalityFactory(name="Sokolov")]),
        (date(2024, 7, 1), [cheb]),
    ]:
        one = seminar(fund, day)
        for place in places:
            make.OutputMunicipalityFactory(output=one, municipality=place)
    gone = seminar(fund, date(2026, 7, 1), title="Zrušený")
    make.OutputMunicipalityFactory(output=gone, municipality=cheb)
    make.output(fund, date(2026, 7, 1), title="Zrušený", corrects=gone, is_withdrawn=True)
    answer = client.get(cheb.get_absolute_url())
    text = text_of(answer)
    assert "1. 9. 2026 Seminář 010926 seminář · Aš, Cheb · opatření 1.2 Krizový fond" in text
    assert "celkem 2 výstupy" in text
    assert "Seminář 010826" not in text
    assert "Zrušený" not in text


def test_municipality_without_outputs_says_so(client):
    place = make.MunicipalityFactory(name="Cheb")
    text = text_of(client.get(place.get_absolute_url()))
    assert "Žádný zapsaný výstup tuto obec nejmenuje." in text


def test_military_area_has_no_outputs(client):
    place = make.MunicipalityFactory(name="Hradiště", kind="vojensky_ujezd")
    assert "Co se tu konalo" not in text_of(client.get(place.get_absolute_url()))


# The list of a strategy

LIST = "/strategie/kk/vystupy/"


def titles(response):
    return [row.record.title for row in response.context["table"].rows]


def test_list_holds_the_outputs_of_its_strategy_only(client, fund):
    seminar(fund, date(2026, 9, 1), title="Náš", participants=100)
    seminar(fund, date(2026, 8, 1), title="Taky náš")
    seminar(make.make_measure("1.2"), date(2026, 9, 1), title="Cizí")
    answer = client.get(LIST)
    assert titles(answer) == ["Náš", "Taky náš"]
    text = text_of(answer)
    assert "2 výstupy: 2 semináře. U 1 ze 2 výstupů je znám počet účastníků: 100." in text
    assert "Kdo přišel víckrát, je započten pokaždé." in text
    assert "1.2 Krizový fond" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("opatreni=1.10", ["Stáž"]),
        ("druh=seminar", ["Letos", "Loni"]),
        ("rok=2025", ["Loni"]),
        ("druh=seminar&rok=2026", ["Letos"]),
        ("opatreni=9.9", ["Letos", "Stáž", "Loni"]),
        ("razeni=vystup", ["Letos", "Loni", "Stáž"]),
    ],
)
def test_list_is_narrowed_and_sorted(client, fund, query, found):
    seminar(fund, date(2026, 9, 1), title="Letos")
    seminar(fund, date(2025, 9, 1), title="Loni")
    other = make.make_measure("1.10", strategy=fund.strategy)
    make.output(other, date(2026, 1, 1), title="Stáž", kind="stay")
    assert titles(client.get(f"{LIST}?{query}")) == found


def test_list_on_a_past_day_stays_there(client, fund):
    seminar(fund, date(2026, 5, 1), title="Seminář")
    html = client.get(f"{LIST}?k=2026-06-01").content.decode()
    assert '<input type="hidden" name="k" value="2026-06-01">' in html
    assert 'href="/strategie/kk/opatreni/1.2/?k=2026-06-01"' in html


def test_list_before_the_first_record_says_so(client, fund):
    seminar(fund, date(2026, 5, 1))
    assert "Portál tehdy ještě neběžel." in text_of(client.get(f"{LIST}?k=2020-01-01"))


def test_list_of_a_strategy_that_is_not_monitored(client):
    make.StrategyFactory(slug="lk", is_monitored=False)
    text = text_of(client.get("/strategie/lk/vystupy/"))
    assert "Hlášení ani výstupy se zde nevedou." in text
    assert client.get("/strategie/xx/vystupy/").status_code == 404


def test_empty_list_says_so(client, fund):
    assert "Výběru neodpovídá žádný výstup." in text_of(client.get(LIST))


def test_list_takes_the_same_queries_for_1_and_30_rows(client, fund):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    def grow(number):
        for n in range(number):
            measure = make.make_measure(f"3.{n}{number}", strategy=fund.strategy)
            one = seminar(measure, date(2026, 9, 1), organiser=make.OrganisationFactory())
            make.OutputMunicipalityFactory(output=one)

    grow(1)
    first = queries()
    grow(30)
    # Strategy, years, measures, outputs, their places 2.
    assert (first, queries()) == (6, 6)


def test_list_is_only_read_and_opens_no_session(client, fund):
    assert client.post(LIST).status_code == 405
    assert not client.get(LIST).cookies


def test_strategy_leads_to_its_outputs(client, fund):
    assert 'href="/strategie/kk/vystupy/"' in client.get("/strategie/kk/").content.decode()
