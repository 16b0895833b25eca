"""Reporting an error: what a reader may, what the staff see, what the public reads of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from common.history import history_model
from portal import actions
from portal.models import ErrorReport
from tests import factories as make
from tests.portal.reading import main_of, text_of
from tests.post_office import deliver_to, post_office

pytestmark = pytest.mark.django_db

FORM = "/nahlasit/"
SAID = {"text": "Aš má víc obyvatel, než tu stojí.", "email": "ctenar@priklad.test"}


@pytest.fixture
def cheb():
    region = make.RegionFactory()
    orp = make.OrpFactory(name="Cheb", region=region)
    return make.MunicipalityFactory(code="554481", name="Cheb", orp=orp)


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    def send(**said):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(FORM, {**SAID, **said})

    return send


# The page it came from


def test_form_names_the_page_it_came_from_in_words(client, cheb):
    page = main_of(client.get(f"{FORM}?z=/obce/554481-cheb/"))
    assert '<a href="/obce/554481-cheb/">obec Cheb</a>' in page
    assert '<input type="hidden" name="page" value="/obce/554481-cheb/"' in page


def test_form_rebuilds_the_address_so_that_no_word_from_outside_gets_through(client, cheb):
    page = main_of(client.get(f"{FORM}?z=/obce/554481-zavolejte-777123456/?a=b"))
    assert '<a href="/obce/554481-cheb/">obec Cheb</a>' in page
    assert "777123456" not in page


@pytest.mark.parametrize(
    "address",
    [
        "https://zlo.test/obce/554481-cheb/",
        "//zlo.test/obce/554481-cheb/",
        "/\\zlo.test/",
        "javascript:alert(1)",
        "/obce/999999-nikde/",
        "/metodika/zlo/",
        "/neni-tu/",
        "/obce/554481-<b>/",
        "/dotaz/tajny-klic/",
        "/ucet/login/",
        "/prace/",
        "/" + 500 * "a",
        "\x00",
    ],
)
def test_address_of_no_public_page_of_ours_is_dropped(client, cheb, address):
    response = client.get(FORM, {"z": address})
    assert response.status_code == 200
    assert 'name="page" value' not in main_of(response) or 'value=""' in main_of(response)
    assert "Napište prosím i na které" not in text_of(response)
    assert "Napište prosím i to, na které stránce chyba je." in text_of(response)


def test_posted_address_is_checked_as_well(send, cheb):
    send(page="https://zlo.test/", text="jedna")
    send(page="/obce/554481-zlo/", text="dvě")
    assert set(ErrorReport.objects.values_list("text", "page")) == {
        ("jedna", ""),
        ("dvě", "/obce/554481-cheb/"),
    }


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "úvodní stránka"),
        ("/obce/", "obce"),
        ("/strategie/kk/", "Strategie KK"),
        ("/strategie/kk/o-strategii/", "Strategie KK, stránka /strategie/kk/o-strategii/"),
        ("/strategie/kk/opatreni/1.2/", "opatření 1.2 Krajský fond"),
        ("/metodika/stav/", "metodika: Stav opatření"),
        ("/metodika/opravy-dat/", "metodika: Opravy dat"),
    ],
)
def test_pages_have_names(client, path, name):
    strategy = make.StrategyFactory(slug="kk", short_name="Strategie KK")
    make.MeasureFactory(strategy=strategy, code="1.2", short_name="Krajský fond")
    assert f"Na stránce: {name}" in text_of(client.get(FORM, {"z": path}))


def foot_link(response):
    foot = response.content.decode().split("<footer")[1]
    before = foot.split("Nahlásit chybu na této stránce")[0]
    return before.rsplit('href="', 1)[1].split('"')[0]


@pytest.mark.parametrize("path", ["/", "/obce/", "/metodika/stav/", "/obce/?pasmo=vysoky&x=1"])
def test_foot_of_a_page_leads_to_the_form_by_its_path_only_and_sets_no_cookie(client, path):
    response = client.get(path)
    assert foot_link(response) == f"/nahlasit/?z={path.split('?')[0]}"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_foot_hands_no_secret_address_on(client):
    assert foot_link(client.get("/dotaz/tajny-klic/")) == "/nahlasit/"
    assert foot_link(client.get("/ucet/login/")) == "/nahlasit/"


def test_only_the_form_sets_a_cookie(client):
    assert set(client.get(FORM).cookies) == {"csrftoken"}
    assert not Client().get("/nahlasit/dekujeme/").cookies


# Sending


def test_report_is_kept_and_thanked_for(send, client, cheb):
    response = send(page="/obce/554481-cheb/")
    assert (response.status_code, response.url) == (302, "/nahlasit/dekujeme/")
    kept = ErrorReport.objects.get()
    assert (kept.text, kept.email, kept.page, kept.is_open) == (
        "Aš má víc obyvatel, než tu stojí.",
        "ctenar@priklad.test",
        "/obce/554481-cheb/",
        True,
    )
    assert "Děkujeme za upozornění" in text_of(client.get(response.url))


def test_forged_form_is_refused():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(FORM, SAID).status_code == 403
    assert not ErrorReport.objects.exists()


def test_same_form_sent_twice_is_one_report(send):
    assert send().status_code == send().status_code == 302
    assert ErrorReport.objects.count() == 1


def test_other_words_are_another_report(send):
    send()
    send(text="A ještě název.")
    assert ErrorReport.objects.count() == 2


def test_empty_text_and_wrong_address_are_refused_with_what_was_typed(send):
    response = send(text="", email="jana@")
    assert response.status_code == 422
    text = text_of(response)
    assert "Napište, co je na stránce špatně." in text
    assert "Napište celou adresu, třeba jana@priklad.cz" in text
    assert 'value="jana@"' in main_of(response)
    assert not ErrorReport.objects.exists()


def test_trap_for_programs_keeps_nothing_and_takes_nothing_from_a_person(send):
    response = send(web="https://spam.test")
    assert response.status_code == 422
    assert not ErrorReport.objects.exists()
    assert "Vyprázdnili jsme ho, odešlete formulář znovu." in text_of(response)
    page = main_of(response)
    assert SAID["text"] in page
    assert "spam.test" not in page


def test_trap_is_out_of_sight_of_the_eye_and_of_the_keyboard_and_named_for_ears(client):
    page = main_of(client.get(FORM))
    trap = page.split('<div class="visually-hidden">')[1].split("</div>")[0]
    assert ">Nevyplňujte</label>" in trap
    assert 'tabindex="-1"' in page


def test_form_warns_of_clients_data(client):
    assert "Žádné údaje o klientech" in text_of(client.get(FORM))


def test_sixth_report_in_an_hour_is_put_off_with_what_was_typed(send):
    for number in range(5):
        assert send(text=f"chyba {number}").status_code == 302
    response = send(text="šestá chyba")
    assert response.status_code == 429
    assert "přišlo za hodinu už 5 hlášení" in text_of(response)
    assert "šestá chyba" in main_of(response)
    assert ErrorReport.objects.count() == 5


def test_report_put_off_is_taken_later(send, monkeypatch):
    for number in range(6):
        send(text=f"chyba {number}")
    later = timezone.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert send(text="chyba 5").status_code == 302
    assert ErrorReport.objects.count() == 6


# Heads are told


def test_heads_get_one_letter_an_hour_without_the_words_of_readers(send, make_user, monkeypatch):
    make_user("head", email="vedouci@portal.test")
    make_user("unit", email="jednotka@portal.test")
    send(text="tajná slova jedna")
    send(text="tajná slova dvě")
    assert [letter.to for letter in mail.outbox] == [["vedouci@portal.test"]]
    assert "Čeká 1 nahlášená chyba." in mail.outbox[0].body
    assert "/prace/chyby/" in mail.outbox[0].body
    assert "tajná slova" not in mail.outbox[0].body + mail.outbox[0].subject
    assert SAID["email"] not in mail.outbox[0].body
    later = timezone.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    send(text="tajná slova tři")
    assert len(mail.outbox) == 2
    assert "Čekají 3 nahlášené chyby." in mail.outbox[1].body


def test_report_is_kept_although_the_mail_server_is_dead(send, make_user, settings):
    make_user("head", email="vedouci@portal.test")
    with post_office() as office:
        office.is_dead = True
        deliver_to(office, settings)
        assert send().status_code == 302
    assert ErrorReport.objects.count() == 1


# The staff


@pytest.mark.parametrize(
    ("roles", "status"), [((), 403), (("councillor",), 403), (("admin",), 403), (("unit",), 200)]
)
def test_only_the_unit_sees_what_was_reported(client_as, roles, status):
    error = make.ErrorReportFactory()
    client = client_as(*roles)
    assert client.get("/prace/chyby/").status_code == status
    assert client.get(f"/prace/chyby/{error.pk}/").status_code == status


def test_reader_is_sent_to_sign_in(client):
    error = make.ErrorReportFactory()
    for path in ["/prace/chyby/", f"/prace/chyby/{error.pk}/"]:
        assert client.get(path).url.startswith("/ucet/login/")


def closed(**fields):
    moment = fields.pop("closed_at", make.EARLY)
    return make.ErrorReportFactory(state="closed", closed_at=moment, **fields)


def test_open_reports_stand_first_the_newest_before_the_older(client_as):
    closed(text="zavřená", reported_at=make.moment("2026-03-01"))
    make.ErrorReportFactory(text="starší", reported_at=make.moment("2026-01-01"))
    make.ErrorReportFactory(text="novější", reported_at=make.moment("2026-02-01"))
    text = text_of(client_as("unit").get("/prace/chyby/"))
    assert text.index("novější") < text.index("starší") < text.index("zavřená")
    assert "Na vyřízení čekají 2." in text


def test_list_is_filtered_and_says_what_it_did_not_understand(client_as):
    closed(text="zavřená")
    make.ErrorReportFactory(text="otevřená")
    client = client_as("unit")
    text = text_of(client.get("/prace/chyby/?stav=cekaji"))
    assert "otevřená" in text
    assert "zavřená" not in text
    text = text_of(client.get("/prace/chyby/?stav=vyrizene"))
    assert "zavřená" in text
    assert "otevřená" not in text
    text = text_of(client.get("/prace/chyby/?stav=nic&razeni=nic"))
    assert "výběr podle stavu se nepoužil" in text
    assert "řazení se nepoužilo" in text
    assert "zavřená" in text
    assert "otevřená" in text


@pytest.mark.parametrize("order", ["nahlaseno", "-nahlaseno", "stranka", "-stranka", "stav"])
def test_list_sorts_by_every_column(client_as, order):
    make.ErrorReportFactory(text="první", reported_at=make.moment("2026-01-01"), page="/obce/")
    closed(text="druhá", reported_at=make.moment("2026-02-01"), page="/projekty/")
    text = text_of(client_as("unit").get(f"/prace/chyby/?razeni={order}"))
    is_first_first = text.index("první") < text.index("druhá")
    assert is_first_first == (not order.startswith("-"))


def test_list_asks_the_same_number_of_queries_for_1_and_30(
    client_as, cheb, django_assert_max_num_queries
):
    def count(client):
        with django_assert_max_num_queries(100) as queries:
            client.get("/prace/chyby/")
        return len(queries)

    client = client_as("unit")
    make.ErrorReportFactory(page="/obce/554481-cheb/")
    one = count(client)
    for _ in range(29):
        town = make.MunicipalityFactory(orp=cheb.orp)
        make.ErrorReportFactory(page=town.get_absolute_url())
    assert count(client) == one


@pytest.fixture
def act(client_as):
    client = client_as("unit")

    def act(error, name, **said):
        return client.post(f"/prace/chyby/{error.pk}/", {"akce": name, **said}, follow=True)

    return act


@pytest.mark.django_db(transaction=True)
def test_answer_goes_to_the_reader_without_the_name_of_staff(act, cheb):
    error = make.ErrorReportFactory(
        email="ctenar@priklad.test",
        page="/obce/554481-cheb/",
        text="slova čtenáře",
        reported_at=make.moment("2026-11-20 10:00"),
    )
    page = act(error, "odpovedet", answer="Děkujeme, opravili jsme to.")
    assert "Odpověď odešla na ctenar@priklad.test." in text_of(page)
    (letter,) = mail.outbox
    assert letter.to == ["ctenar@priklad.test"]
    assert "Děkujeme, opravili jsme to." in letter.body
    assert "20. 11. 2026 jste na portálu nahlásili chybu (obec Cheb, http" in letter.body
    assert "unit@portal.test" not in letter.body
    assert "slova čtenáře" not in letter.body
    error.refresh_from_db()
    assert error.answered_at is not None
    act(error, "odpovedet", answer="Ještě jednou.")
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_answer_the_server_would_not_take_is_kept_and_said(act, settings):
    error = make.ErrorReportFactory(email="ctenar@priklad.test")
    with post_office() as office:
        office.refused["ctenar@priklad.test"] = "550 no such user"
        deliver_to(office, settings)
        page = act(error, "odpovedet", answer="Opravili jsme to.")
    text = text_of(page)
    assert "Poštovní server odpověď nepřevzal." in text
    assert "Opravili jsme to." in main_of(page)
    error.refresh_from_db()
    assert error.answered_at is None
    from measures.models import RefusedMail

    assert not RefusedMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_second_press_sends_no_second_letter(act, settings):
    error = make.ErrorReportFactory(email="ctenar@priklad.test")
    with post_office() as office:
        office.refused["ctenar@priklad.test"] = "451 later"
        deliver_to(office, settings)
        act(error, "odpovedet", answer="Opravili jsme to.")
        page = act(error, "odpovedet", answer="Opravili jsme to.")
    assert "Odpověď se právě odesílá." in text_of(page)


@pytest.mark.django_db(transaction=True)
def test_report_without_an_address_cannot_be_answered(act):
    error = make.ErrorReportFactory()
    assert "Odpovědět čtenáři" not in text_of(act(error, "nic"))
    act(error, "odpovedet", answer="Nikomu.")
    assert mail.outbox == []


def test_closing_says_who_and_when_and_the_sentence_stands_in_public(act, client, cheb):
    error = make.ErrorReportFactory(
        text="slova čtenáře", email="ctenar@priklad.test", page="/obce/554481-cheb/"
    )
    page = act(error, "vyridit", correction="Opravili jsme počet obyvatel.")
    assert "Chyba je vyřízená." in text_of(page)
    assert "unit@portal.test" in text_of(page)
    public = Client().get("/metodika/opravy-dat/")
    assert "Opravili jsme počet obyvatel. ( obec Cheb )" in text_of(public)
    for secret in ["slova čtenáře", "ctenar@priklad.test", "unit@portal.test"]:
        assert secret not in public.content.decode()


def test_open_report_and_one_without_a_sentence_are_not_public(client):
    make.ErrorReportFactory(correction="Ještě nehotová věta.")
    closed(text="bez opravy")
    text = text_of(client.get("/metodika/opravy-dat/"))
    assert "Ještě nehotová věta." not in text
    assert "Zatím nic." in text


def test_sentence_of_a_closed_report_can_be_mended_without_changing_its_day(act):
    error = closed(correction="Opravli jsme to.")
    act(error, "vyridit", correction="Opravili jsme to.")
    error.refresh_from_db()
    assert (error.correction, error.closed_at) == ("Opravili jsme to.", make.EARLY)


def test_closed_report_can_be_taken_up_again(act, client):
    error = closed(correction="Opravili jsme to.")
    assert "Chyba je znovu otevřená." in text_of(act(error, "otevrit"))
    error.refresh_from_db()
    assert error.is_open
    assert "Opravili jsme to." not in text_of(Client().get("/metodika/opravy-dat/"))


def test_act_of_somebody_else_is_refused(make_user):
    from django.core.exceptions import PermissionDenied

    error = make.ErrorReportFactory(email="ctenar@priklad.test")
    for action, said in [
        (actions.answer_error, {"answer": "Ne."}),
        (actions.close_error, {"correction": ""}),
        (actions.reopen_error, {}),
    ]:
        with pytest.raises(PermissionDenied):
            action(error=error, by=make_user("admin", email=f"{action.__name__}@x.test"), **said)


def test_history_says_who_closed_and_never_had_the_address(act):
    error = make.ErrorReportFactory(email="ctenar@priklad.test")
    act(error, "vyridit", correction="Opravili jsme to.")
    rows = list(error.history.order_by("history_id"))
    assert [row.state for row in rows] == ["open", "closed"]
    assert rows[-1].history_user.email == "unit@portal.test"
    assert "email" not in {field.name for field in history_model(ErrorReport)._meta.fields}


def test_corrections_ask_the_same_number_of_queries_for_1_and_30(
    client, cheb, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(100) as queries:
            client.get("/metodika/opravy-dat/")
        return len(queries)

    closed(correction="Jedna.", page="/obce/554481-cheb/")
    one = count()
    for _ in range(29):
        town = make.MunicipalityFactory(orp=cheb.orp)
        closed(correction="Další.", page=town.get_absolute_url())
    assert count() == one == 2


# Personal data


def test_address_is_erased_a_year_after_closing(capsys):
    now = timezone.now()
    long_ago, lately = now - timedelta(days=367), now - timedelta(days=360)
    old = closed(closed_at=long_ago, email="stary@priklad.test")
    new = closed(closed_at=lately, email="novy@priklad.test")
    waiting = make.ErrorReportFactory(email="ceka@priklad.test")
    call_command("clean_errors", "--dry-run")
    assert "před rokem: 1" in capsys.readouterr().out
    assert ErrorReport.objects.get(pk=old.pk).email == "stary@priklad.test"
    call_command("clean_errors")
    assert "před rokem: 1" in capsys.readouterr().out
    kept = dict(ErrorReport.objects.values_list("pk", "email"))
    assert kept == {
        old.pk: "",
        new.pk: "novy@priklad.test",
        waiting.pk: "ceka@priklad.test",
    }
    assert ErrorReport.objects.get(pk=old.pk).text == old.text


def test_year_is_counted_by_days_of_prague():
    from datetime import date

    from portal.error_addresses import kept_too_long

    closed(closed_at=make.moment("2024-02-29 23:30"), email="a@priklad.test")
    assert kept_too_long(date(2025, 2, 27)).count() == 0
    assert kept_too_long(date(2025, 3, 1)).count() == 1
