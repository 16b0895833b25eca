"""„Beze změny“: shown on GET, said once by POST, only while it is true."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.utils import timezone

from measures.models import Report, ReportDraft
from measures.status import Facts
from measures.tickets import new_ticket, ticket_from
from tests import factories
from tests.measures.acting import TROUBLE
from tests.measures.days import CYCLE, TODAY, days, said
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

SIGN_IN = 2
"""Queries of a signed-in reader: the session, and the person with their roles."""


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def last(measure):
    """A report of trouble by a member of the unit, as of yesterday."""
    return factories.report(
        measure,
        days(-1),
        cycle=CYCLE,
        **TROUBLE,
        phase="preparing",
        next_step="Zavolat.",
        needs_decision=True,
        decision="Schválit dotaci.",
        link="https://example.cz/",
    )


def page_of(measure):
    return f"/prace/opatreni/{measure.pk}/beze-zmeny/"


def ticket_in(response):
    return re.search(r'name="listek" value="([^"]+)"', response.content.decode())[1]


def confirm(client, measure):
    """Open the page and press its button."""
    ticket = ticket_in(client.get(page_of(measure)))
    return client.post(page_of(measure), {"listek": ticket})


def test_page_shows_the_last_report_and_what_will_be_said(client_as, measure, last):
    response = client_as("unit").get(page_of(measure))
    text = text_of(response)
    for sentence in [
        f"Minule ({said(days(-1))}, riziko): Stavba stojí.",
        "Co se stalo beze změny",
        "Fáze připravuje se",
        "Jak to jde menší potíže",
        "Co brání Chybí povolení.",
        f"Kdo jedná stavební úřad, do {said(days(30))}",
        "Rozhodnutí rady Schválit dotaci.",
        f"Ke dni {said(TODAY)}",
        "Stav bude: ohroženo",
        "Potvrdit: beze změny",
    ]:
        assert sentence in text
    assert response.content.decode().count("<button") == 3  # search, sign-out, and the one


def test_nothing_is_written_on_get(client_as, measure, last):
    client = client_as("unit")
    for _ in range(2):
        client.get(page_of(measure))
    assert (Report.objects.count(), ReportDraft.objects.count()) == (1, 0)


def test_confirmation_says_the_same_again_without_the_old_note(client_as, measure, last):
    client = client_as("unit")
    response = confirm(client, measure)
    assert (response.status_code, response.url) == (302, "/prace/")
    report = Report.objects.latest("pk")
    assert report.kind == "no_change"
    same = [*("phase", "health", "obstacle", "actor_role", "act_by_date", "next_step")]
    same += ["needs_decision", "decision"]
    assert [getattr(report, name) for name in same] == [getattr(last, name) for name in same]
    assert (report.note, report.link, report.as_of_date) == ("", "", TODAY)
    assert report.submission is not None
    assert report.writing_seconds is not None
    assert "Hlášení k opatření 1.2 je zveřejněné." in text_of(client.get("/prace/"))


def test_queue_opens_again_at_what_comes_next(client_as, measure, last):
    following = factories.make_measure("1.3", strategy=measure.strategy)
    factories.report(following, days(-1), cycle=CYCLE)
    factories.milestone(measure, days(3))
    factories.milestone(following, days(5))
    assert confirm(client_as("unit"), measure).url == f"/prace/#o{following.pk}"


def test_double_click_publishes_once(client_as, measure, last):
    client = client_as("unit")
    ticket = ticket_in(client.get(page_of(measure)))
    for _ in range(2):
        assert client.post(page_of(measure), {"listek": ticket}).status_code == 302
    assert Report.objects.count() == 2
    assert "podruhé se nezapsalo" in text_of(client.get("/prace/"))


def test_report_that_came_meanwhile_is_shown_and_nothing_published(client_as, measure, last):
    client = client_as("unit")
    ticket = ticket_in(client.get(page_of(measure)))
    factories.report(measure, TODAY, cycle=CYCLE, note="Povolení přišlo.")
    response = client.post(page_of(measure), {"listek": ticket})
    assert response.status_code == 409
    text = text_of(response)
    assert "Mezitím k opatření přišlo jiné hlášení." in text
    assert "Povolení přišlo." in text
    assert Report.objects.count() == 2
    fresh = ticket_in(response)
    assert client.post(page_of(measure), {"listek": fresh}).status_code == 302
    assert Report.objects.latest("pk").health == "on_track"


@pytest.mark.parametrize("alter", [lambda t: "", lambda t: t[:-1] + "x", lambda t: "null"])
def test_altered_ticket_publishes_nothing(client_as, measure, last, alter):
    client = client_as("unit")
    ticket = alter(ticket_in(client.get(page_of(measure))))
    response = client.post(page_of(measure), {"listek": ticket})
    assert response.status_code == 422
    assert "Potvrďte prosím znovu." in text_of(response)
    assert Report.objects.count() == 1


def test_ticket_is_good_for_its_person_and_measure_and_a_sign_in_only(
    make_user, measure, last, monkeypatch
):
    me, other = make_user("unit", email="ja@portal.test"), make_user("head")
    another = factories.make_measure("1.3", strategy=measure.strategy)
    ticket = new_ticket(Facts(measure=measure, report=last), me)
    sealed = ticket.sealed()
    assert ticket_from(sealed, measure, me) == ticket
    assert ticket_from(sealed, measure, other) is None
    assert ticket_from(sealed, another, me) is None
    hours = settings.SESSION_COOKIE_AGE
    monkeypatch.setattr(signing.time, "time", lambda: timezone.now().timestamp() + hours + 1)
    assert ticket_from(sealed, measure, me) is None
    assert ticket.seconds(timezone.now() + timedelta(seconds=48)) in (48, 49)


def test_draft_is_never_thrown_away(client_as, measure, last):
    client = client_as("unit")
    ticket = ticket_in(client.get(page_of(measure)))
    me = client.get("/healthz").wsgi_request.user
    draft = factories.ReportDraftFactory(measure=measure, author=me, note="Rozepsáno.")
    for response in [
        client.get(page_of(measure)),
        client.post(page_of(measure), {"listek": ticket}),
    ]:
        assert response.url == f"/prace/opatreni/{measure.pk}/hlaseni/"
    assert "rozepsané hlášení" in text_of(client.get(response.url))
    assert ReportDraft.objects.get() == draft
    assert Report.objects.count() == 1


def test_submitted_report_is_sent_once_too(client_as, measure, last):
    client = client_as("unit")
    ticket = ticket_in(client.get(page_of(measure)))
    me = client.get("/healthz").wsgi_request.user
    factories.ReportDraftFactory(measure=measure, author=me, state="submitted")
    response = client.post(page_of(measure), {"listek": ticket}, follow=True)
    assert response.redirect_chain[0][0] == "/prace/"
    assert "podruhé se nezapsalo" in text_of(response)
    assert "už čeká na schválení" in text_of(client.get(page_of(measure), follow=True))
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "history",
    [
        lambda measure: None,
        lambda measure: factories.document_report(measure, TODAY),
        lambda measure: factories.report(measure, days(-400)),
        lambda measure: factories.report(measure, TODAY, cycle=CYCLE, phase="completed"),
    ],
    ids=["never", "document", "old", "completed"],
)
def test_no_change_is_refused_where_it_may_not_be_said(client_as, measure, history):
    history(measure)
    before = Report.objects.count()
    client = client_as("unit")
    me = client.get("/healthz").wsgi_request.user
    ticket = new_ticket(Facts(measure=measure, report=Report.objects.first()), me).sealed()
    for response in [
        client.get(page_of(measure)),
        client.post(page_of(measure), {"listek": ticket}),
    ]:
        assert response.status_code == 302
        assert response.url == f"/prace/opatreni/{measure.pk}/hlaseni/"
    assert Report.objects.count() == before


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_the_same_queries_for_many(
    client_as, measure, last, django_assert_num_queries, number
):
    client = client_as("unit")
    factories.plan(measure, owner=client.get("/healthz").wsgi_request.user)
    for n in range(number):
        factories.milestone(measure, days(n))
        factories.output(measure, days(-n))
    # Facts 3 and the person's drafts.
    with django_assert_num_queries(4 + SIGN_IN):
        client.get(page_of(measure))
