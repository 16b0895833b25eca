"""A person's own notices and absences."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Absence
from tests import factories
from tests.measures.days import TODAY, days, said, typed
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/ucet/upozorneni/"
SIGN_IN = 2
"""Queries of a signed-in reader: the session, and the person with their roles."""


def me_of(client):
    return client.get("/healthz").wsgi_request.user


def away(start, end):
    return {"start_date": typed(start), "end_date": typed(end)}


def periods():
    return list(Absence.objects.order_by("start_date").values_list("start_date", "end_date"))


def end_page(absence):
    return f"{PAGE}nepritomnost/{absence.pk}/zrusit/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_is_sent_to_sign_in(client, method):
    absence = factories.AbsenceFactory(start_date=days(1), end_date=days(2))
    for page in (PAGE, end_page(absence)):
        response = getattr(client, method)(page, away(days(1), days(2)))
        assert response.url.startswith(f"/ucet/login/?next={page}")
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "is_reminded", "is_head"),
    [("unit", True, False), ("head", True, True), ("councillor", False, False)],
)
def test_page_says_which_mails_come(client_as, role, is_reminded, is_head):
    response = client_as(role).get(PAGE)
    text = text_of(response)
    assert f"Na adresu {role}@portal.test posílá portál:" in text
    assert ("7 dní před termínem" in text) is is_reminded
    assert ("Kdy budete pryč" in text) is is_reminded
    assert ("14 dní po termínu" in text) is is_head
    assert "no-store" in response.headers["Cache-Control"]


def test_absence_is_noted_and_listed(client_as):
    client = client_as("unit")
    response = client.post(PAGE, away(TODAY, days(10)), follow=True)
    assert periods() == [(TODAY, days(10))]
    assert Absence.objects.get().user == me_of(client)
    text = text_of(response)
    assert f"Nepřítomnost {said(TODAY)} – {said(days(10))} je zapsaná." in text
    assert "Už jsem zpět" in text


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (days(5), days(4), "Poslední den je dřív než první."),
        (days(-5), days(-1), "Tyto dny už minuly"),
        (days(1), days(401), "nejvýš 400 dní"),
        (days(15), days(30), "už nepřítomnost zapsanou máte"),
        (days(10), days(20), "už nepřítomnost zapsanou máte"),
    ],
)
def test_days_that_make_no_sense_are_refused(client_as, start, end, sentence):
    client = client_as("unit")
    factories.AbsenceFactory(user=me_of(client), start_date=days(10), end_date=days(20))
    factories.AbsenceFactory(start_date=days(1), end_date=days(9))
    response = client.post(PAGE, away(start, end))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Absence.objects.count() == 2


@pytest.mark.parametrize("written", ["", "zítra", "31. 2. 2026"])
def test_day_that_cannot_be_read_is_refused(client_as, written):
    data = {"start_date": written, "end_date": typed(days(2))}
    response = client_as("unit").post(PAGE, data)
    assert response.status_code == 422
    assert not Absence.objects.exists()


def test_absence_of_a_colleague_does_not_stand_in_the_way_nor_show(client_as):
    factories.AbsenceFactory(start_date=days(1), end_date=days(9))
    client = client_as("unit")
    assert said(days(9)) not in text_of(client.get(PAGE))
    assert client.post(PAGE, away(days(1), days(9))).status_code == 302


def test_future_absence_is_taken_back_and_one_that_runs_ends_yesterday(client_as):
    client = client_as("unit")
    me = me_of(client)
    past = factories.AbsenceFactory(user=me, start_date=days(-9), end_date=days(-8))
    running = factories.AbsenceFactory(user=me, start_date=days(-2), end_date=days(2))
    begun = factories.AbsenceFactory(user=me, start_date=TODAY, end_date=TODAY)
    future = factories.AbsenceFactory(user=me, start_date=days(5), end_date=days(6))
    for absence in (past, running, begun, future):
        assert client.get(end_page(absence)).status_code == 405
    assert Absence.objects.count() == 4
    for absence in (past, running, begun, future):
        assert client.post(end_page(absence)).url == PAGE
    assert periods() == [(days(-9), days(-8)), (days(-2), days(-1))]
    assert client.post(end_page(future)).status_code == 404


def test_absence_of_a_colleague_cannot_be_taken_back(client_as):
    absence = factories.AbsenceFactory(start_date=days(5), end_date=days(6))
    assert client_as("head").post(end_page(absence)).status_code == 404
    assert Absence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_double_submit_notes_one_absence(make_user):
    me = make_user("unit")
    barrier = Barrier(2)

    def submit(_):
        client = Client()
        client.force_login(me, backend="accounts.backends.EmailBackend")
        barrier.wait()
        try:
            return client.post(PAGE, away(days(1), days(2))).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(submit, range(2))) == [302, 422]
    assert Absence.objects.count() == 1


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_the_same_queries_for_many(client_as, django_assert_num_queries, number):
    client = client_as("unit")
    for n in range(number):
        factories.AbsenceFactory(user=me_of(client), start_date=days(n), end_date=days(n))
    with django_assert_num_queries(1 + SIGN_IN):
        client.get(PAGE)


def test_account_page_leads_to_the_notices(client_as):
    assert f'href="{PAGE}"' in client_as("unit").get("/ucet/email/").content.decode()
