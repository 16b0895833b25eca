"""Who may come to the unit's desk, and what it lists."""

import pytest
from django.utils import timezone

from measures.models import Report
from tests import factories
from tests.measures.days import days, said
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

SIGN_IN = 2
"""Queries of a signed-in reader: the session, and the person with their roles."""


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


# Who may come in


def pages(measure):
    milestone = factories.milestone(measure, days(5)).milestone
    report = factories.report(measure, days(-1))
    return [
        "/prace/",
        f"/prace/opatreni/{measure.pk}/hlaseni/",
        f"/prace/hlaseni/{report.pk}/oprava/",
        f"/prace/opatreni/{measure.pk}/milnik/",
        f"/prace/milnik/{milestone.pk}/hotovo/",
        f"/prace/milnik/{milestone.pk}/zrusit/",
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_desk_sends_a_stranger_to_sign_in(client, measure, method):
    for page in pages(measure):
        response = getattr(client, method)(page)
        assert response.status_code == 302
        assert response.url == f"/ucet/login/?next={page}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["councillor", "admin"])
def test_desk_is_closed_to_other_roles(client_as, measure, role, method):
    client = client_as(role)
    for page in pages(measure):
        assert getattr(client, method)(page).status_code == 403


def test_desk_is_open_to_the_head(client_as, measure):
    client = client_as("head")
    assert [client.get(page).status_code for page in pages(measure)] == [200] * 6


def test_pages_of_a_measure_of_somebody_else_are_closed(client_as, make_user, measure):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    client = client_as("unit")
    desk, *rest = pages(measure)
    assert [client.get(page).status_code for page in rest] == [403] * 5
    assert [client.post(page, {"akce": "zverejnit"}).status_code for page in rest] == [403] * 5
    assert "Krizový fond" not in text_of(client.get(desk))
    assert not Report.objects.filter(published_at__gte=timezone.now()).exists()


def test_report_of_a_colleague_is_corrected_by_the_head_only(client_as, measure):
    report = factories.report(measure, days(-1))
    page = f"/prace/hlaseni/{report.pk}/oprava/"
    assert client_as("unit").get(page).status_code == 403
    assert client_as("head").get(page).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/prace/opatreni/{}/hlaseni/",
        "/prace/opatreni/{}/milnik/",
        "/prace/milnik/{}/hotovo/",
        "/prace/milnik/{}/zrusit/",
        "/prace/hlaseni/{}/oprava/",
    ],
)
@pytest.mark.parametrize("pk", ["999999", "99999999999999999999", "x", "-1"])
def test_unknown_record_is_not_found(client_as, address, pk):
    assert client_as("head").get(address.format(pk)).status_code == 404


def test_pages_of_a_strategy_that_is_not_monitored_are_not_found(client_as):
    measure = factories.make_measure("IX", strategy__is_monitored=False)
    client = client_as("head")
    desk, *rest = pages(measure)
    assert [client.get(page).status_code for page in rest] == [404] * 5
    assert measure.short_name not in text_of(client.get(desk))


def test_desk_is_kept_by_no_browser(client_as, measure):
    assert "no-store" in client_as("unit").get("/prace/").headers["Cache-Control"]


# The desk


def test_desk_lists_the_most_pressing_first(client_as):
    strategy = factories.StrategyFactory()
    late, very_late, stale, silent, fine, tenth = [
        factories.make_measure(code, strategy=strategy)
        for code in ["1.1", "1.2", "2.1", "2.2", "4.9", "4.10"]
    ]
    factories.milestone(late, days(-1), title="Nájem")
    factories.milestone(very_late, days(-34), title="Smlouva")
    factories.report(stale, days(-400))
    for measure in (fine, tenth):
        factories.report(measure, days(-1))
        factories.milestone(measure, days(60), title="Zpráva")
    response = client_as("unit").get("/prace/")
    found = [
        (section.heading, [task.measure for task in section.tasks])
        for section in response.context["sections"]
    ]
    assert found == [
        ("Po termínu", [very_late, late]),
        ("Neaktuální a bez hlášení", [stale, silent]),
        ("Ostatní", [fine, tenth]),
    ]
    text = text_of(response)
    assert "zpožděno o 34 dní" in text
    assert f"Milník „Smlouva“ měl být {said(days(-34))}." in text
    assert f"Milník „Zpráva“ má být {said(days(60))}." in text
    assert f"Poslední hlášení {said(days(-400))}, neaktuální" in text
    assert "Hlášení nikdy nepřišlo; opatření nemá odpovědného." in text


def test_desk_of_the_unit_holds_own_deputised_and_unowned(client_as, make_user):
    client = client_as("unit")
    me = client.get("/prace/").wsgi_request.user
    other = make_user("unit", email="kolega@portal.test")
    strategy = factories.StrategyFactory()
    plans = [{"owner": me}, {"owner": other, "deputy": me}, {}, {"owner": other}]
    for n, plan in enumerate(plans):
        factories.plan(factories.make_measure(f"1.{n}", strategy=strategy), **plan)
    sections = client.get("/prace/").context["sections"]
    assert [task.measure.code for s in sections for task in s.tasks] == ["1.0", "1.1", "1.2"]


def test_desk_without_anything_says_so(client_as):
    assert "Žádné opatření teď na vaše hlášení nečeká." in text_of(client_as("unit").get("/prace/"))


def test_desk_marks_drafts_of_the_person_only(client_as, measure, make_user):
    factories.ReportDraftFactory(measure=measure)
    client = client_as("unit")
    assert "Koncept" not in text_of(client.get("/prace/"))
    factories.ReportDraftFactory(measure=measure, author=client.get("/prace/").wsgi_request.user)
    text = text_of(client.get("/prace/"))
    assert "Koncept" in text
    assert "Pokračovat , opatření 1.2" in text


@pytest.mark.parametrize("role", ["unit", "head"])
@pytest.mark.parametrize("number", [1, 30])
def test_desk_takes_the_same_queries_for_many(client_as, django_assert_num_queries, role, number):
    strategy = factories.StrategyFactory()
    client = client_as(role)
    for n in range(number):
        measure = factories.make_measure(f"1.{n}", strategy=strategy)
        factories.plan(measure, owner=client.get("/healthz").wsgi_request.user)
        factories.milestone(measure, days(n - 5))
        factories.report(measure, days(-n))
        factories.output(measure, days(-n))
    with django_assert_num_queries(6 + SIGN_IN):
        client.get("/prace/")
