"""Questions to partner organisations: asked, answered once over their link, drafted."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.utils import timezone

from common.models import Throttle
from measures import actions
from measures.models import PartnerRequest, RefusedMail, ReportDraft
from measures.partners import VALID, digest_of, new_link, standing
from tests import factories
from tests.measures.days import TODAY, days
from tests.municipalities.pages import text_of
from tests.post_office import deliver_to, free_port, post_office

pytestmark = pytest.mark.django_db

SIGN_IN = 2
"""Queries of a signed-in reader: the session, and the person with their roles."""


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def organisation():
    return factories.OrganisationFactory(name="Nadace Květina", mailbox="info@kvetina.cz")


@pytest.fixture
def link(measure, organisation):
    """Return the link of a question that waits for its answer."""
    link, digest = new_link()
    now = timezone.now()
    factories.PartnerRequestFactory(
        measure=measure,
        organisation=organisation,
        question="Jak pokračuje fond?",
        asked_by=factories.UserFactory(email="tazatel@example.cz", roles=["unit"]),
        asked_at=now,
        sent_at=now,
        expires_at=now + VALID,
        digest=digest,
    )
    return link


def the_request():
    return PartnerRequest.objects.get()


def page(link):
    return f"/dotaz/{link}/"


def asking(chosen, **changes):
    values = {
        "organisation": chosen.pk,
        "email": "Partner@Kvetina.cz",
        "question": "Jak to jde?",
    }
    return {**values, **changes}


def said(**changes):
    values = {
        "happened": "risk",
        "note": "Dvě služby běží.",
        "obstacle": "Chybí byty.",
        "next_step": "Jednáme s městem.",
        "link": "https://kvetina.cz/zprava",
        "role": "koordinátorka",
    }
    return {**values, **changes}


def ask(measure, by, organisation, email="partner@kvetina.cz"):
    return actions.ask_partner(
        measure=measure, by=by, organisation=organisation, email=email, question="Jak to jde?"
    )


# Links


def test_links_are_random_long_and_told_by_their_digest():
    (one, digest), (other, _) = new_link(), new_link()
    assert one != other
    token = one.split(".")[0]
    assert len(token) >= 43  # 256 bits in base64
    assert len(digest) == 64
    assert digest not in one
    assert digest_of(one) == digest


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: "x" + s, lambda s: s.split(".")[0]])
def test_altered_link_is_nobodys(change):
    assert digest_of(change(new_link()[0])) is None


def test_link_signed_for_another_purpose_is_nobodys():
    token = new_link()[0].split(".")[0]
    assert digest_of(Signer(sep=".").sign(token)) is None


def test_standing_tells_how_a_question_stands(link):
    request, now = the_request(), timezone.now()
    found = standing(request, now)
    assert (found.word, found.is_open) == ("čeká na odpověď", True)
    found = standing(request, now + VALID + timedelta(days=1))
    assert (found.word, found.is_open) == ("odkaz vypršel bez odpovědi", False)
    request.sent_at = None
    found = standing(request, now)
    assert (found.word, found.is_open) == ("e-mail neodešel", True)
    request.withdrawn_at = now
    found = standing(request, now)
    assert (found.word, found.is_open) == ("vzato zpět", False)
    request.withdrawn_at, request.answered_at = None, now
    found = standing(request, now)
    assert (found.word, found.is_open) == ("odpověď čeká na převzetí", False)
    assert found.may_be_taken
    request.drafted_at = now
    found = standing(request, now)
    assert (found.word, found.may_be_taken) == ("odpověď je v konceptu", False)


# Asking


@pytest.mark.django_db(transaction=True)
def test_question_goes_out_with_a_link_of_which_only_the_digest_is_kept(
    client, make_user, measure, organisation
):
    me = make_user("unit")
    client.force_login(me, backend="accounts.backends.EmailBackend")
    response = client.post(
        f"/prace/opatreni/{measure.pk}/dotaz/", asking(organisation), follow=True
    )
    assert "Dotaz odešel na partner@kvetina.cz." in text_of(response)
    assert "čeká na odpověď" in text_of(response)
    (letter,) = mail.outbox
    assert letter.to == ["partner@kvetina.cz"]
    assert letter.reply_to == ["unit@portal.test"]
    assert letter.subject == "Dotaz k opatření 1.2 Krizový fond"
    assert "Jak to jde?" in letter.body
    assert "Nadace Květina" in letter.body
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(/dotaz/\S+/)", letter.body)
    request = the_request()
    assert request.digest == digest_of(address.split("/")[2])
    assert request.digest not in letter.body
    assert request.sent_at
    assert request.expires_at - request.asked_at == timedelta(days=14)
    assert Client().get(address).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_refused_address_is_told_to_the_asker_and_kept(client_as, measure, organisation, settings):
    with post_office() as office:
        deliver_to(office, settings)
        office.refused["partner@kvetina.cz"] = "550 5.1.1 neznama schranka"
        client = client_as("unit")
        response = client.post(
            f"/prace/opatreni/{measure.pk}/dotaz/", asking(organisation), follow=True
        )
        text = text_of(response)
        assert "E-mail se nepodařilo odeslat" in text
        assert "e-mail neodešel" in text
        assert the_request().sent_at is None
        refused = RefusedMail.objects.get()
        assert (refused.address, refused.person) == ("partner@kvetina.cz", None)
        office.refused.clear()
        client.post(f"/prace/opatreni/{measure.pk}/dotaz/", asking(organisation))
    assert not RefusedMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_dead_server_is_told_to_the_asker(client_as, measure, organisation, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    response = client_as("unit").post(
        f"/prace/opatreni/{measure.pk}/dotaz/", asking(organisation), follow=True
    )
    assert "E-mail se nepodařilo odeslat" in text_of(response)
    assert not RefusedMail.objects.exists()


def test_question_without_an_address_goes_to_the_mailbox_of_the_office(
    client_as, measure, organisation
):
    client_as("unit").post(f"/prace/opatreni/{measure.pk}/dotaz/", asking(organisation, email=""))
    assert the_request().email == "info@kvetina.cz"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "neni-adresa"}, "e-mail"),
        ({"question": " "}, "Na co se ptáme"),
        ({"organisation": "999999"}, "Organizace"),
        ({"organisation": "x"}, "Organizace"),
        ({"question": "a" * 100_000}, "2000"),
        ({"email": "a@b.cz\r\nBcc: c@d.cz"}, "e-mail"),
    ],
)
def test_wrong_question_is_told_and_kept_on_the_page(
    client_as, measure, organisation, changes, sentence
):
    response = client_as("unit").post(
        f"/prace/opatreni/{measure.pk}/dotaz/", asking(organisation, **changes)
    )
    assert response.status_code == 422
    assert "Dotaz zatím neodešel." in text_of(response)
    assert sentence in text_of(response)
    assert not PartnerRequest.objects.exists()


def test_question_needs_an_address_where_the_office_has_none(client_as, measure):
    nobody = factories.OrganisationFactory()
    response = client_as("unit").post(
        f"/prace/opatreni/{measure.pk}/dotaz/", asking(nobody, email="")
    )
    assert "Napište adresu: úřední schránku organizace portál nezná." in text_of(response)


def test_partners_of_the_measure_are_offered_first(client_as, measure):
    factories.OrganisationFactory(name="Agentura")
    measure.partners.add(factories.OrganisationFactory(name="Zebra"))
    response = client_as("unit").get(f"/prace/opatreni/{measure.pk}/dotaz/")
    names = [label for _, label in response.context["form"].fields["organisation"].choices]
    assert names == ["vyberte", "Zebra – spolupracuje na opatření", "Agentura"]


def test_own_deputised_and_unowned_measures_may_be_asked_about(make_user, measure, organisation):
    me, head = make_user("unit"), make_user("head")
    other = make_user("unit", email="kolega@portal.test")
    assert ask(measure, me, organisation)
    factories.plan(measure, owner=other)
    with pytest.raises(PermissionDenied):
        ask(measure, me, organisation)
    assert ask(measure, head, organisation)
    factories.plan(measure, owner=other, deputy=me, recorded_at=timezone.now())
    assert ask(measure, me, organisation, "jiny@kvetina.cz")


def test_one_address_gets_three_questions_a_day(make_user, measure, organisation):
    me, head = make_user("unit"), make_user("head")
    for _ in range(3):
        ask(measure, me, organisation)
    with pytest.raises(ValidationError) as refusal:
        ask(measure, head, organisation, "PARTNER@kvetina.cz")
    assert refusal.value.message_dict == {
        "email": ["Na tuto adresu už dnes odešly 3 dotazy. Pokračujte zítra."]
    }
    assert ask(measure, me, organisation, "jina@kvetina.cz")
    assert PartnerRequest.objects.count() == 4


def test_one_person_asks_thirty_times_a_day(make_user, measure, organisation):
    me = make_user("unit")
    for n in range(30):
        ask(measure, me, organisation, f"p{n}@kvetina.cz")
    with pytest.raises(ValidationError, match="30 dotazů"):
        ask(measure, me, organisation, "dalsi@kvetina.cz")
    assert ask(measure, make_user("head"), organisation, "dalsi@kvetina.cz")


@pytest.mark.parametrize("phase", ["completed", "cancelled"])
def test_nobody_is_asked_about_an_ended_measure(make_user, measure, organisation, phase):
    factories.report(measure, days(-1), phase=phase)
    with pytest.raises(ValidationError, match="ukončené"):
        ask(measure, make_user("unit"), organisation)


@pytest.mark.parametrize("number", [1, 30])
def test_list_of_questions_takes_the_same_queries_for_many(
    client_as, measure, django_assert_num_queries, number
):
    client = client_as("unit")
    for _ in range(number):
        factories.PartnerRequestFactory(measure=measure)
    # The facts (without reports, plans, outputs: three), the organisations, the questions.
    with django_assert_num_queries(5 + SIGN_IN):
        response = client.get(f"/prace/opatreni/{measure.pk}/dotaz/")
    assert len(response.context["asked"]) == number


# Withdrawing


def test_withdrawn_question_has_a_dead_link(client_as, client, link):
    request = the_request()
    staff = client_as("head")
    path = f"/prace/dotaz/{request.pk}/vzit-zpet/"
    assert staff.get(path).status_code == 200
    assert Client().get(page(link)).status_code == 200
    response = staff.post(path, follow=True)
    assert "Dotaz je vzatý zpět." in text_of(response)
    response = Client().post(page(link), said())
    assert response.status_code == 410
    assert "Odkaz už neplatí" in text_of(response)
    assert not ReportDraft.objects.exists()


def test_answered_question_is_not_withdrawn(client_as, link):
    Client().post(page(link), said())
    response = client_as("head").post(f"/prace/dotaz/{the_request().pk}/vzit-zpet/")
    assert response.status_code == 422
    assert "Odpověď už přišla, vzít dotaz zpět nejde." in text_of(response)


@pytest.mark.parametrize("path", ["", "vzit-zpet/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_question_about_a_measure_of_somebody_else_is_closed(
    client_as, make_user, measure, link, path, method
):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    address = f"/prace/dotaz/{the_request().pk}/{path}"
    assert getattr(Client(), method)(address).status_code == 302
    client = client_as("unit")
    assert getattr(client, method)(address).status_code == 403
    assert getattr(client, method)(f"/prace/dotaz/999999/{path}").status_code == 404
    assert the_request().withdrawn_at is None


# The page over the link


def test_link_shows_the_question_and_changes_nothing(client, link, measure):
    before = PartnerRequest.objects.values().get()
    response = client.get(page(link))
    text = text_of(response)
    assert "Jak pokračuje fond?" in text
    assert measure.name in text
    assert "Žádné údaje o klientech." in text
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "tazatel@example.cz" not in response.content.decode()
    assert PartnerRequest.objects.values().get() == before
    assert not ReportDraft.objects.exists()


def test_answer_needs_no_session_no_cookie_and_no_origin(link):
    client = Client(enforce_csrf_checks=True)
    response = client.post(page(link), said(), headers={"Origin": "null"})
    assert (response.status_code, response.url) == (302, "/dotaz/dekujeme/")
    assert not response.cookies
    assert "Děkujeme za odpověď" in text_of(client.get(response.url))
    assert the_request().answer["note"] == "Dvě služby běží."


def assert_closed(response, status, sentence):
    """See that a page says one sentence and nothing of the measure."""
    text = response.content.decode()
    assert response.status_code == status
    assert sentence in text_of(response)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    for secret in ("Krizový", "1.2", "Květina", "Jak pokračuje", "tazatel"):
        assert secret not in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_used_link_says_so_and_gives_the_text_back(link, method):
    Client().post(page(link), said())
    data = said(note="Ještě něco.") if method == "post" else {}
    response = getattr(Client(), method)(page(link), data)
    assert_closed(response, 410, "Odkaz jde použít jednou a odpověď přes něj už přišla.")
    assert ("Ještě něco." in text_of(response)) == (method == "post")
    assert the_request().answer["note"] == "Dvě služby běží."
    assert ReportDraft.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_expired_link_says_so(link, method):
    now = timezone.now()
    PartnerRequest.objects.update(asked_at=now - timedelta(days=15), expires_at=now)
    response = getattr(Client(), method)(page(link), said())
    assert_closed(response, 410, "Platnost odkazu vypršela")
    assert the_request().answered_at is None


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: "x", lambda s: new_link()[0]])
def test_altered_or_unknown_link_says_one_sentence(link, method, change):
    response = getattr(Client(), method)(page(change(link)), said())
    assert_closed(response, 404, "Odkaz neznáme")
    assert the_request().answered_at is None


def test_link_opens_nothing_else(link, measure):
    client = Client()
    client.get(page(link))
    assert client.get(f"/prace/dotaz/{the_request().pk}/").status_code == 302
    assert client.get(f"/prace/opatreni/{measure.pk}/hlaseni/").status_code == 302
    assert client.get(f"{page(link)}prace/").status_code == 404


def test_too_many_tries_are_stopped_in_czech(link):
    client = Client()
    for _ in range(60):
        assert client.get(page("x")).status_code == 404
    assert_closed(client.get(page(link)), 429, "Příliš mnoho pokusů")
    assert_closed(client.post(page(link), said()), 429, "Počkejte deset minut")
    assert the_request().answered_at is None
    assert Client(REMOTE_ADDR="192.0.2.7").get(page(link)).status_code == 200
    assert "127.0.0.1" not in "".join(Throttle.objects.values_list("key", flat=True))


def test_secret_addresses_are_not_written_into_the_log(link, caplog):
    Client().post(page(link), said(role=""))
    Client().get(page("abc"))
    assert "/dotaz/" not in caplog.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"happened": ""}, "Vyberte, co se stalo."),
        ({"happened": "plan_change"}, "Co se stalo?"),
        ({"happened": "progress", "note": " "}, "Napište, v čem se pokročilo"),
        ({"happened": "risk", "obstacle": ""}, "Napište, co brání."),
        ({"role": ""}, "Napište svou roli"),
        ({"note": "a" * 100_000}, "4000"),
        ({"link": "javascript:alert(1)"}, "Odkaz"),
        ({"note": "a\x00b"}, "Co je nového"),
    ],
)
def test_wrong_answer_is_told_and_kept_on_the_page(link, changes, sentence):
    response = Client().post(page(link), said(**changes))
    assert response.status_code == 422
    assert "Odpověď zatím neodešla." in text_of(response)
    assert sentence in text_of(response)
    assert "Jednáme s městem." in text_of(response)
    assert the_request().answered_at is None
    assert not ReportDraft.objects.exists()
    assert Client().post(page(link), said()).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_double_submit_makes_one_answer_and_one_draft(link):
    barrier = Barrier(2)

    def submit(note):
        barrier.wait()
        try:
            return Client().post(page(link), said(note=note)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(submit, ["První.", "Druhá."]))
    assert found == [302, 410]
    draft = ReportDraft.objects.get()
    assert draft.version == 1
    assert draft.note == the_request().answer["note"]
    assert len(mail.outbox) == 1


# The draft


def test_answer_becomes_a_draft_of_the_owner(link, measure, django_capture_on_commit_callbacks):
    owner = factories.UserFactory(email="olga@example.cz")
    factories.plan(measure, owner=owner, deputy=factories.UserFactory())
    factories.report(measure, days(-30), phase="running", health="on_track")
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(page(link), said())
    draft = ReportDraft.objects.get()
    assert (draft.author, draft.measure, draft.state) == (owner, measure, "writing")
    assert (draft.kind, draft.phase, draft.health) == ("risk", "running", "")
    assert (draft.note, draft.obstacle) == ("Dvě služby běží.", "Chybí byty.")
    assert (draft.next_step, draft.link) == ("Jednáme s městem.", "https://kvetina.cz/zprava")
    assert draft.source == "partner"
    today = f"{TODAY.day}. {TODAY.month}. {TODAY.year}"
    assert draft.source_text == f"odpověď organizace Nadace Květina ze dne {today}"
    assert draft.as_of_date == TODAY
    (letter,) = mail.outbox
    assert letter.to == ["olga@example.cz"]
    assert f"http://127.0.0.1:8000/prace/opatreni/{measure.pk}/hlaseni/" in letter.body
    assert the_request().drafted_at


@pytest.mark.parametrize(
    ("owner", "deputy", "expected"),
    [
        (None, None, "tazatel"),
        (None, "d", "d"),
        ("o", "d", "o"),
        ("-o", "d", "d"),
        ("-o", "-d", "tazatel"),
    ],
)
def test_draft_is_the_owners_else_the_deputys_else_the_askers(
    link, measure, owner, deputy, expected
):
    people = [
        name and factories.UserFactory(email=f"{name[-1]}@example.cz", is_active=name[0] != "-")
        for name in (owner, deputy)
    ]
    factories.plan(measure, owner=people[0], deputy=people[1])
    Client().post(page(link), said())
    assert ReportDraft.objects.get().author.email == f"{expected}@example.cz"


@pytest.mark.parametrize(("was_reported", "kind"), [(True, "no_change"), (False, "")])
def test_answer_without_a_change_is_offered_as_such_only_where_it_may_be(
    link, measure, was_reported, kind
):
    if was_reported:
        factories.report(measure, days(-1))
    Client().post(page(link), said(happened="no_change", note="", obstacle="", link=""))
    draft = ReportDraft.objects.get()
    assert (draft.kind, draft.note) == (kind, "")


@pytest.mark.parametrize("state", ["writing", "returned"])
def test_draft_that_is_there_loses_nothing(link, measure, state):
    draft = factories.ReportDraftFactory(
        measure=measure,
        author=the_request().asked_by,
        kind="progress",
        health="on_track",
        note="Moje věta.",
        link="https://kraj.cz/",
        version=4,
        state=state,
        comment="Doplňte." if state == "returned" else "",
    )
    Client().post(page(link), said())
    draft.refresh_from_db()
    today = f"{TODAY.day}. {TODAY.month}. {TODAY.year}"
    heading = f"— Odpověď organizace Nadace Květina ze dne {today} (potíže) —"
    assert draft.note == (
        f"Moje věta.\n\n{heading}\nDvě služby běží.\n\n{heading}\nhttps://kvetina.cz/zprava"
    )
    assert (draft.obstacle, draft.next_step) == ("Chybí byty.", "Jednáme s městem.")
    assert (draft.kind, draft.health, draft.link) == ("progress", "on_track", "https://kraj.cz/")
    assert (draft.version, draft.state, draft.source) == (5, state, "staff")
    assert draft.source_text == f"odpověď organizace Nadace Květina ze dne {today}"


@pytest.mark.parametrize("kind", ["submitted", "correction"])
def test_submitted_draft_and_a_correction_are_not_touched(
    client, link, measure, kind, django_capture_on_commit_callbacks
):
    me = the_request().asked_by
    fields = {"state": "submitted"} if kind == "submitted" else {}
    if kind == "correction":
        fields["corrects"] = factories.report(measure, days(-9))
    draft = factories.ReportDraftFactory(measure=measure, author=me, note="Moje.", **fields)
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().post(page(link), said()).status_code == 302
    draft.refresh_from_db()
    assert (draft.note, draft.version) == ("Moje.", 1)
    request = the_request()
    assert request.answer["obstacle"] == "Chybí byty."
    assert request.drafted_at is None
    assert f"/prace/dotaz/{request.pk}/" in mail.outbox[0].body
    client.force_login(me, backend="accounts.backends.EmailBackend")
    text = text_of(client.get(f"/prace/dotaz/{request.pk}/"))
    assert "Chybí byty." in text
    assert "koordinátorka" in text
    response = client.post(f"/prace/dotaz/{request.pk}/")
    assert response.status_code == 422
    assert "Převezměte odpověď, až bude" in text_of(response)
    draft.delete()
    response = client.post(f"/prace/dotaz/{request.pk}/")
    assert response.url == f"/prace/opatreni/{measure.pk}/hlaseni/"
    assert ReportDraft.objects.get().obstacle == "Chybí byty."
    assert client.post(f"/prace/dotaz/{request.pk}/").status_code == 422


def test_report_form_leads_to_the_questions(client_as, measure):
    response = client_as("unit").get(f"/prace/opatreni/{measure.pk}/hlaseni/")
    assert f'href="/prace/opatreni/{measure.pk}/dotaz/"' in response.content.decode()
