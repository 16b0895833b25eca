"""The quarterly round: each row is saved by itself, with a script and without."""

import re
from datetime import timedelta

import pytest

from measures.models import Report, ReportDraft
from tests import factories
from tests.measures.acting import TROUBLE
from tests.measures.days import CYCLE, TODAY, days, said, typed
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

SIGN_IN = 2
"""Queries of a signed-in reader: the session, and the person with their roles."""
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def strategy():
    return factories.StrategyFactory()


@pytest.fixture
def measure(strategy):
    return factories.make_measure("1.2", strategy=strategy, short_name="Krizový fond")


@pytest.fixture
def other(strategy):
    return factories.make_measure("1.3", strategy=strategy, short_name="Dluhové poradny")


def row_of(measure):
    return f"/prace/kolo/{measure.pk}/"


def filled(client, measure, **changes):
    """Return what the row sends, with the ticket of a page opened now."""
    page = client.get("/prace/kolo/").content.decode().split(f'id="o{measure.pk}"')[1]
    ticket = re.search(r'name="listek" value="([^"]+)"', page)[1]
    values = {"kind": "progress", "phase": "running", "health": "on_track", **changes}
    return {f"o{measure.pk}-{name}": value for name, value in values.items()} | {"listek": ticket}


def states(response):
    """Return the state of each row by its code: form, draft or done."""
    return {
        row.measure.code: "done" if row.is_done else "form" if row.form else "draft"
        for row in response.context["rows"]
    }


def test_round_has_a_row_for_each_measure_in_the_order_of_the_plan(client_as, strategy):
    client = client_as("unit")
    me = client.get("/healthz").wsgi_request.user
    codes = ["4.10", "4.9", "1.1", "1.2", "1.3", "1.4"]
    tenth, ninth, done, written, ended, foreign = [
        factories.make_measure(code, strategy=strategy) for code in codes
    ]
    factories.report(done, days(-1), cycle=CYCLE, note="Hotová studie.")
    factories.report(ended, days(-400), phase="completed")
    factories.ReportDraftFactory(measure=written, author=me)
    factories.plan(foreign, owner=factories.UserFactory())
    factories.plan(ninth, owner=me)
    response = client.get("/prace/kolo/")
    assert list(states(response).items()) == [
        ("1.1", "done"),
        ("1.2", "draft"),
        ("1.3", "done"),
        ("4.9", "form"),
        ("4.10", "form"),
    ]
    text = text_of(response)
    assert "Hotovo 2 z 5." in text
    assert f"Hotovo: {said(days(-1))}, pokrok, běží, bez potíží. „Hotová studie.“" in text
    assert "Rozepsané hlášení" in text
    assert "Každý řádek se ukládá sám" in text
    assert states(client.get("/prace/kolo/?koho=moje")) == {"4.9": "form"}
    assert tenth.short_name in text


def test_row_is_published_and_the_page_opens_at_it_again(client_as, measure, other):
    client = client_as("unit")
    milestone = factories.milestone(measure, days(20), title="Studie").milestone
    values = filled(client, measure, note="Studie je hotová.", finished=[milestone.pk])
    response = client.post(row_of(measure), values)
    assert (response.status_code, response.url) == (302, f"/prace/kolo/?#o{measure.pk}")
    report = Report.objects.get()
    assert (report.measure, report.kind, report.phase) == (measure, "progress", "running")
    assert (report.note, report.as_of_date) == ("Studie je hotová.", TODAY)
    assert report.writing_seconds is not None
    assert milestone.versions.latest("pk").closed_on == TODAY
    response = client.get("/prace/kolo/")
    assert states(response) == {"1.2": "done", "1.3": "form"}
    assert "je zveřejněné" in text_of(response)


def test_script_gets_the_row_and_the_count_only(client_as, measure, other):
    client = client_as("unit")
    response = client.post(row_of(measure), filled(client, measure), **HTMX)
    assert response.status_code == 200
    text = text_of(response)
    assert "Krizový fond" in text
    assert "Dluhové poradny" not in text
    assert "Hlášení k opatření 1.2 je zveřejněné. Hotovo 1 ze 2." in text
    assert 'hx-swap-oob="true"' in response.content.decode()
    assert "je zveřejněné" not in text_of(client.get("/prace/kolo/"))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "script"])
def test_wrong_row_says_what_is_wrong_and_keeps_what_was_typed(client_as, measure, headers):
    client = client_as("unit")
    trouble = {"kind": "risk", "phase": "", "health": "minor", "obstacle": "Nic."}
    values = filled(client, measure, act_by_date="brzy", **trouble)
    response = client.post(row_of(measure), values, **headers)
    assert response.status_code == 422
    text = text_of(response)
    for sentence in [
        "Řádek se neuložil.",
        "Vyberte fázi.",
        "Datum napište jako 15. 12. 2026.",
        "Hlášení „riziko“ potřebuje poznámku",
        "Uveďte, kdo jedná: organizaci nebo roli.",
    ]:
        assert text.count(sentence) == 1, sentence
    assert 'value="brzy"' in response.content.decode()
    assert ">\nNic.</textarea>" in response.content.decode()
    assert not Report.objects.exists()


def test_empty_row_asks_for_what_it_needs(client_as, measure):
    client = client_as("unit")
    response = client.post(row_of(measure), filled(client, measure, kind="", phase=""))
    assert response.status_code == 422
    text = text_of(response)
    assert "Vyberte, co se stalo." in text
    assert "Vyberte fázi." in text
    assert not Report.objects.exists()


def test_row_of_trouble_is_published_with_who_and_until_when(client_as, measure):
    client = client_as("unit")
    said_ = TROUBLE | {"act_by_date": typed(days(30))}
    assert client.post(row_of(measure), filled(client, measure, **said_)).status_code == 302
    report = Report.objects.get()
    assert [getattr(report, name) for name in TROUBLE] == list(TROUBLE.values())


def test_what_trouble_asked_for_goes_with_the_trouble(client_as, measure):
    factories.report(measure, days(-100), cycle=last_but_one(), **TROUBLE)
    client = client_as("unit")
    values = filled(client, measure, obstacle="Chybí povolení.", actor_role="stavební úřad")
    client.post(row_of(measure), values)
    report = Report.objects.latest("pk")
    assert (report.obstacle, report.actor_role, report.act_by_date) == ("", "", None)


def test_row_starts_from_what_the_unit_said_last(client_as, measure):
    actor = factories.OrganisationFactory(name="Stavební úřad")
    trouble = TROUBLE | {"actor": actor, "actor_role": ""}
    last = factories.report(
        measure, days(-95), cycle=last_but_one(), **trouble, phase="suspended", review_date=days(9)
    )
    client = client_as("unit")
    form = client.get("/prace/kolo/").context["rows"][0].form
    start = {name: form[name].value() for name in ("phase", "health", "obstacle", "actor_role")}
    assert start == {
        "phase": "suspended",
        "health": "minor",
        "obstacle": "Chybí povolení.",
        "actor_role": "Stavební úřad",
    }
    sent = start | {"kind": "no_change", "act_by_date": typed(days(30)), "note": "Čekáme."}
    assert client.post(row_of(measure), filled(client, measure, **sent)).status_code == 302
    report = Report.objects.latest("pk")
    assert (report.actor, report.actor_role, report.note) == (actor, "", "Čekáme.")
    assert report.review_date == last.review_date


def last_but_one():
    """The first day of the cycle before the last finished one: a report of it is not yet old."""
    start = CYCLE
    for _ in range(2):
        start = factories.quarter_start(start.replace(day=1) - timedelta(days=1))
    return start


def test_row_offers_no_phase_that_asks_for_more(client_as, measure):
    client = client_as("unit")
    form = client.get("/prace/kolo/").context["rows"][0].form
    assert [value for value, _ in form.fields["phase"].choices] == [
        *("", "not_started", "preparing", "running", "completed")
    ]
    response = client.post(row_of(measure), filled(client, measure, phase="cancelled"))
    assert response.status_code == 422


def test_row_sent_twice_is_published_once(client_as, measure):
    client = client_as("unit")
    values = filled(client, measure)
    for _ in range(2):
        assert client.post(row_of(measure), values).status_code == 302
    assert Report.objects.count() == 1


def test_report_that_came_meanwhile_stops_the_row_and_shows_itself(client_as, measure):
    client = client_as("unit")
    values = filled(client, measure, note="Moje věta.")
    factories.report(measure, TODAY, cycle=CYCLE, note="Cizí věta.")
    response = client.post(row_of(measure), values, **HTMX)
    assert response.status_code == 409
    text = text_of(response)
    assert "Mezitím k opatření přišlo jiné hlášení." in text
    assert "Cizí věta." in text
    assert "Moje věta." in response.content.decode()
    values["listek"] = re.search(r'name="listek" value="([^"]+)"', response.content.decode())[1]
    assert client.post(row_of(measure), values, **HTMX).status_code == 200
    assert Report.objects.latest("pk").note == "Moje věta."


def test_row_never_throws_a_draft_away(client_as, measure):
    client = client_as("unit")
    values = filled(client, measure)
    me = client.get("/healthz").wsgi_request.user
    factories.ReportDraftFactory(measure=measure, author=me)
    response = client.post(row_of(measure), values)
    assert response.status_code == 422
    assert "máte rozepsaný koncept" in text_of(response)
    assert (Report.objects.count(), ReportDraft.objects.count()) == (0, 1)


def test_strange_ticket_publishes_nothing(client_as, measure, other):
    client = client_as("unit")
    values = filled(client, measure) | {"listek": filled(client, other)["listek"]}
    response = client.post(row_of(measure), values)
    assert response.status_code == 422
    assert "Zkontrolujte ho a uložte znovu." in text_of(response)
    assert not Report.objects.exists()


def test_row_of_somebody_elses_measure_is_closed(client_as, make_user, measure):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    client = client_as("unit")
    assert client.get(row_of(measure)).status_code == 403
    assert client.post(row_of(measure), {}).status_code == 403
    assert states(client.get("/prace/kolo/")) == {}


def test_script_of_a_stranger_is_told_so_and_gets_no_page_of_sign_in(client, measure):
    assert client.post(row_of(measure), {}, **HTMX).status_code == 401
    assert client.post(row_of(measure), {}).url == f"/ucet/login/?next={row_of(measure)}"
    assert client.get("/prace/kolo/").url == "/ucet/login/?next=/prace/kolo/"


@pytest.mark.parametrize("role", ["councillor", "admin"])
def test_round_is_closed_to_other_roles(client_as, measure, role):
    client = client_as(role)
    assert client.get("/prace/kolo/").status_code == 403
    assert client.post(row_of(measure), {}, **HTMX).status_code == 403


def test_opened_row_leads_to_the_round(client_as, measure):
    assert client_as("unit").get(row_of(measure)).url == f"/prace/kolo/?#o{measure.pk}"


@pytest.mark.parametrize("number", [1, 30])
def test_round_takes_the_same_queries_for_many(
    client_as, strategy, django_assert_num_queries, number
):
    client = client_as("unit")
    me = client.get("/healthz").wsgi_request.user
    for n in range(number):
        measure = factories.make_measure(f"1.{n}", strategy=strategy)
        factories.plan(measure, owner=me)
        factories.milestone(measure, days(n))
        factories.output(measure, days(-n))
        actor = factories.OrganisationFactory()
        factories.report(measure, days(-200), **TROUBLE | {"actor": actor})
    # Facts 3 and the person's drafts.
    with django_assert_num_queries(4 + SIGN_IN):
        client.get("/prace/kolo/")
