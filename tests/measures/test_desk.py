"""Who may come to the unit's desk, and what it lists."""

import re

import pytest
from django.utils import timezone

from measures.cycles import cycle_of
from measures.desk import queue
from measures.models import Report
from tests import factories
from tests.measures.days import CYCLE, TODAY, days, said
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
        f"/prace/opatreni/{measure.pk}/beze-zmeny/",
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
    assert [client.get(page).status_code for page in pages(measure)] == [200] * 7


def test_pages_of_a_measure_of_somebody_else_are_closed(client_as, make_user, measure):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    client = client_as("unit")
    desk, *rest = pages(measure)
    assert [client.get(page).status_code for page in rest] == [403] * 6
    assert [client.post(page, {"akce": "zverejnit"}).status_code for page in rest] == [403] * 6
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
        "/prace/opatreni/{}/beze-zmeny/",
        "/prace/kolo/{}/",
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
    assert [client.get(page).status_code for page in rest] == [404] * 6
    assert measure.short_name not in text_of(client.get(desk))


def test_desk_is_kept_by_no_browser(client_as, measure):
    assert "no-store" in client_as("unit").get("/prace/").headers["Cache-Control"]


# The desk


def reported(code, strategy, ago=1, cycle=None):
    """Return a measure last reported on so many days ago, for the current quarter unless named."""
    measure = factories.make_measure(code, strategy=strategy)
    factories.report(measure, days(-ago), cycle=cycle or CYCLE)
    return measure


def test_desk_lists_the_most_pressing_first(client_as):
    strategy = factories.StrategyFactory()
    late, very_late, near, fine, tenth = [
        reported(code, strategy) for code in ["1.1", "1.2", "1.3", "4.9", "4.10"]
    ]
    stale = reported("2.1", strategy, ago=400, cycle=cycle_of(days(-400), 3).start)
    silent = factories.make_measure("2.2", strategy=strategy, loaded_at=timezone.now())
    returned, written, submitted = [reported(f"3.{n}", strategy) for n in (1, 2, 3)]
    factories.milestone(late, days(-1), title="Nájem")
    factories.milestone(very_late, days(-34), title="Smlouva")
    factories.milestone(near, days(14), title="Zpráva")
    client = client_as("unit")
    me = client.get("/prace/").wsgi_request.user
    head = factories.UserFactory(name="Věra Vedoucí")
    for measure, fields in [
        (returned, {"state": "returned", "comment": "Doplňte, kdo.", "returned_by": head}),
        (written, {}),
        (submitted, {"state": "submitted", "submitted_at": timezone.now()}),
    ]:
        factories.ReportDraftFactory(measure=measure, author=me, **fields)
    response = client.get("/prace/")
    found = [
        (section.heading, [task.measure for task in section.tasks])
        for section in response.context["sections"]
    ]
    assert found == [
        ("Po termínu", [very_late, late]),
        ("Do 14 dnů", [near]),
        ("Neaktuální", [stale]),
        ("Vrácené", [returned]),
        ("Koncepty", [written]),
        ("Zatím bez hlášení", [silent]),
        ("Odevzdané, čeká na schválení", [submitted]),
        ("Hotovo v tomto kole", [fine, tenth]),
    ]
    text = text_of(response)
    for said_ in [
        "7 věcí",
        "zpožděno o 34 dní",
        f"Milník „Smlouva“ měl být hotov {said(days(-34))} a je otevřený.",
        f"Milník „Zpráva“ má být hotov do {said(days(14))}.",
        f"Poslední hlášení je ke dni {said(days(-400))}, před 400 dny.",
        "Hlášení nikdy nepřišlo.",
        "Vráceno: „Doplňte, kdo.“ Věra Vedoucí. Koncept uložen",
        "Hotovo v tomto kole (2)",
        "Odevzdané, čeká na schválení (1)",
    ]:
        assert said_ in text
    assert queue(me, TODAY) == [
        task for s in response.context["sections"] if not s.is_folded for task in s.tasks
    ]
    assert [t.measure for t in queue(me, TODAY)] == [
        *(very_late, late, near, stale, returned, written, silent)
    ]


def test_desk_says_once_what_many_would_say_alike(client_as):
    strategy = factories.StrategyFactory()
    for n in range(3):
        factories.make_measure(f"1.{n}", strategy=strategy, loaded_at=timezone.now())
    text = text_of(client_as("unit").get("/prace/"))
    assert text.count("Hlášení nikdy nepřišlo.") == 1
    assert text.count("podat ho můžete hned.") == 1
    assert "Žádné z těchto opatření zatím nemá odpovědného" in text
    assert "Opatření nemá odpovědného." not in text


def test_own_measures_come_first_and_those_of_others_only_when_asked_for(client_as, make_user):
    client = client_as("head")
    me = client.get("/prace/").wsgi_request.user
    other = make_user("unit", email="kolega@portal.test")
    strategy = factories.StrategyFactory()
    plans = [{"owner": other}, {}, {"owner": other, "deputy": me}, {"owner": me}]
    for n, plan in enumerate(plans):
        measure = factories.make_measure(f"1.{n}", strategy=strategy)
        factories.plan(measure, **plan)
        factories.milestone(measure, days(-40 + n))
    codes = {
        query: [
            task.measure.code
            for section in client.get(f"/prace/{query}").context["sections"]
            for task in section.tasks
        ]
        for query in ("", "?koho=moje", "?koho=vsechna", "?koho=cizi")
    }
    assert codes == {
        "": ["1.2", "1.3", "1.1"],
        "?koho=moje": ["1.2", "1.3"],
        "?koho=vsechna": ["1.2", "1.3", "1.1", "1.0"],
        "?koho=cizi": ["1.2", "1.3", "1.1"],
    }
    assert [task.measure.code for task in queue(me, TODAY)] == ["1.2", "1.3", "1.1"]
    text = text_of(client.get("/prace/?koho=vsechna"))
    assert "Jen moje 2 Moje a bez odpovědného 3 I opatření ostatních 4" in text
    assert text.count("Odpovídá kolega@portal.test.") == 2
    assert text.count("Opatření nemá odpovědného.") == 1


def test_no_change_is_offered_where_a_member_of_the_unit_reported_lately(client_as):
    strategy = factories.StrategyFactory()
    client = client_as("unit")
    me = client.get("/prace/").wsgi_request.user
    offered, drafted, foreign, done = [reported(f"1.{n}", strategy) for n in range(4)]
    for measure in (offered, drafted):
        factories.milestone(measure, days(3))
    factories.ReportDraftFactory(measure=drafted, author=me)
    factories.document_report(foreign, TODAY)
    factories.milestone(foreign, days(3))
    page = client.get("/prace/").content.decode()
    links = re.findall(r"/prace/opatreni/(\d+)/beze-zmeny/", page)
    assert links == [str(offered.pk)]
    assert f"/prace/opatreni/{done.pk}/hlaseni/" in page


def test_answer_of_a_partner_waits_in_the_queue(client_as, measure):
    client = client_as("unit")
    me = client.get("/healthz").wsgi_request.user
    factories.report(measure, days(-1), cycle=CYCLE)
    factories.ReportDraftFactory(
        measure=measure, author=me, source="partner", source_text="Člověk v tísni"
    )
    response = client.get("/prace/")
    assert [section.key for section in response.context["sections"]] == ["koncepty"]
    text = text_of(response)
    assert "Odpověděl partner (Člověk v tísni)" in text
    assert "Rozepsáno" not in text


def test_head_sees_first_what_others_submitted(client_as, measure):
    factories.report(measure, days(-1), cycle=CYCLE)
    author = factories.UserFactory(name="Jana Nová")
    draft = factories.ReportDraftFactory(
        measure=measure, author=author, state="submitted", submitted_at=timezone.now()
    )
    assert "Ke schválení" not in text_of(client_as("unit").get("/prace/"))
    client = client_as("head")
    me = client.get("/healthz").wsgi_request.user
    own = factories.make_measure("1.3", strategy=measure.strategy)
    factories.ReportDraftFactory(measure=own, author=me, state="submitted")
    response = client.get("/prace/")
    assert [found.pk for found, _ in response.context["approvals"]] == [draft.pk]
    text = text_of(response)
    assert "1 hlášení ke schválení" in text
    assert "Ke schválení 1 1.2 Krizový fond pokrok; odevzdal(a) Jana Nová" in text


def test_pages_of_the_desk_lead_to_each_other(client_as, measure):
    factories.report(measure, days(-1), cycle=CYCLE)
    client = client_as("head")
    pages = {
        "/prace/": ["/prace/kolo/", "/prace/kvalita/"],
        "/prace/kolo/": ["/prace/", "/prace/kvalita/"],
        "/prace/kvalita/": ["/prace/", "/prace/kolo/"],
        measure.get_absolute_url(): [
            f"/prace/#o{measure.pk}",
            f"/prace/opatreni/{measure.pk}/beze-zmeny/",
        ],
    }
    for page, links in pages.items():
        tools = client.get(page).content.decode().split('class="tools"')[1].split("</div>")[0]
        assert [link for link in links if f'href="{link}"' not in tools] == [], page
    assert "kvalita" not in client_as("unit").get("/prace/").content.decode()


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
    assert "Rozepsáno" not in text_of(client.get("/prace/"))
    factories.ReportDraftFactory(measure=measure, author=client.get("/prace/").wsgi_request.user)
    text = text_of(client.get("/prace/"))
    assert "Rozepsáno" in text
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
        factories.ReportDraftFactory(measure=measure, state="submitted")
        if n % 2:
            head = factories.UserFactory()
            factories.ReportDraftFactory(
                measure=measure,
                author=client.get("/healthz").wsgi_request.user,
                state="returned",
                comment="Doplňte.",
                returned_by=head,
            )
    # Facts 3 and the person's drafts; for the head what waits for approval.
    with django_assert_num_queries((5 if role == "head" else 4) + SIGN_IN):
        client.get("/prace/")
