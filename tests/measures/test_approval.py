"""Approval: submitted, returned with a comment, published; approver is never the author."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from measures import actions
from measures.models import MilestoneVersion, Output, Report, ReportDraft
from tests import factories
from tests.measures.acting import content, refused
from tests.measures.days import TODAY, days
from tests.measures.writing import form_page, keep, send, token_of
from tests.municipalities.pages import text_of

BACKEND = "accounts.backends.EmailBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    return factories.make_measure(
        "1.2", short_name="Krizový fond", strategy__slug="kk", strategy__needs_approval=True
    )


@pytest.fixture
def address(measure):
    return form_page(measure)


@pytest.fixture
def author(make_user):
    return make_user("unit", email="autor@portal.test")


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


def as_(client, user):
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def draft(measure, author):
    """A report submitted by its author, with a tick and an output."""
    tick = factories.milestone(measure, days(5), title="Smlouva").milestone
    return actions.send_report(
        measure=measure,
        by=author,
        content=content(note="Výbor rozhodl."),
        finished=[tick.pk],
        output={"kind": "seminar", "title": "Seminář", "happened_on": TODAY.isoformat()},
        writing_seconds=42,
    )


def page(draft):
    return f"/prace/schvaleni/{draft.pk}/"


def decide(client, draft, act="schvalit", seen=None, **values):
    seen = seen or client.get(page(draft)).context["seen"]
    return client.post(page(draft), {"akce": act, "videno": seen, **values}, follow=True)


# Submitted


def test_member_submits_and_nothing_is_public(client, author, address, measure):
    form = as_(client, author).get(address)
    assert "Odevzdat ke schválení" in text_of(form)
    assert "Zveřejnit" not in text_of(form)
    response = send(client, address, note="Výbor rozhodl.", follow=True)
    assert "Hlášení k opatření 1.2 je odevzdané a čeká na schválení." in text_of(response)
    assert not Report.objects.exists()
    draft = ReportDraft.objects.get()
    assert (draft.state, draft.note, draft.author) == ("submitted", "Výbor rozhodl.", author)
    assert "Výbor rozhodl." not in client.get(measure.get_absolute_url()).content.decode()


def test_submitting_twice_writes_once_and_says_so(client, author, address):
    as_(client, author)
    token = token_of(client, address)
    for _ in range(2):
        response = send(client, address, token=token, note="Výbor rozhodl.", follow=True)
    assert "už je odevzdané ke schválení, podruhé se nezapsalo" in text_of(response)
    assert ReportDraft.objects.get().version == 1


def test_incomplete_report_is_not_submitted(client, author, address):
    response = send(as_(client, author), address, kind="risk", health="minor")
    assert response.status_code == 422
    assert "Hlášení „riziko“ potřebuje poznámku" in text_of(response)
    assert not ReportDraft.objects.filter(state="submitted").exists()


def test_submitting_without_having_seen_a_draft_does_not_overwrite_it(author, measure):
    actions.save_draft(measure=measure, by=author, content=content(note="Rozepsáno."))
    found = refused(actions.send_report, measure=measure, by=author, content=content())
    assert found == {"": ["K opatření máte rozepsaný koncept. Nejdřív ho dokončete, nebo zahoďte."]}
    assert ReportDraft.objects.get().note == "Rozepsáno."


@pytest.mark.parametrize("role", ["unit", "head"])
def test_nobody_publishes_past_the_approval(measure, make_user, role):
    found = refused(actions.publish_report, measure=measure, by=make_user(role), content=content())
    assert found == {"": ["Hlášení této strategie schvaluje vedoucí: odevzdejte ho ke schválení."]}


def test_submitted_report_is_shown_to_its_author_and_can_only_be_taken_back(
    client, author, address, draft
):
    response = as_(client, author).get(address)
    text = text_of(response)
    assert "čeká na schválení" in text
    assert "Výbor rozhodl." in text
    assert "„Smlouva“" in text
    assert "<textarea" not in response.content.decode()
    client.post(address, {"akce": "vzit-zpet"})
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at) == ("writing", None)
    assert client.get(address).context["form"]["note"].value() == "Výbor rozhodl."


def test_window_left_open_cannot_overwrite_a_submitted_report(client, author, address):
    as_(client, author)
    first, second = token_of(client, address), token_of(client, address)
    send(client, address, token=first, note="Výbor rozhodl.")
    response = keep(client, address, token=second, note="Jinak.")
    assert response.status_code == 409
    assert "Hlášení je odevzdané ke schválení." in text_of(response)
    for act in ("koncept", "zverejnit"):
        response = send(client, address, act, token=second, note="Jinak.")
        assert response.status_code == 422
        assert "vezměte ho nejdřív zpět" in text_of(response)
        assert response.context["form"]["note"].value() == "Jinak."
    assert ReportDraft.objects.get().note == "Výbor rozhodl."


# Seen


def test_head_sees_what_is_submitted_and_what_the_status_would_be(client, head, draft):
    text = text_of(as_(client, head).get(page(draft)))
    assert "Výbor rozhodl." in text
    assert "„Smlouva“" in text
    assert "seminář, „Seminář“" in text
    assert "Stav bude: probíhá bez termínů" in text
    assert not Report.objects.exists()


@pytest.mark.parametrize("role", ["unit", "councillor", "admin"])
def test_nobody_else_sees_a_submitted_draft(client, make_user, draft, role):
    as_(client, make_user(role, email="jiny@portal.test"))
    for address in (page(draft), "/prace/schvaleni/99999/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"akce": "schvalit"}).status_code == 403
    assert not Report.objects.exists()


def test_drafts_that_are_not_submitted_do_not_exist_for_the_head(client, head, draft, author):
    actions.withdraw_report(draft=draft, by=author)
    for address in (page(draft), "/prace/schvaleni/99999/"):
        assert as_(client, head).get(address).status_code == 404


def test_reader_without_a_sign_in_is_led_to_it(client, draft):
    assert client.get(page(draft)).url.startswith("/ucet/login/")


# Approved


def test_approval_publishes_in_the_name_of_the_author(client, head, author, draft, measure):
    response = decide(as_(client, head), draft)
    assert "Hlášení k opatření 1.2 je schválené a zveřejněné." in text_of(response)
    report = Report.objects.get()
    assert (report.author, report.approver, report.note) == (author, head, "Výbor rozhodl.")
    assert report.writing_seconds == 42
    tick = MilestoneVersion.objects.latest("pk")
    assert (tick.state, tick.closed_on, tick.recorded_at) == ("done", TODAY, report.published_at)
    assert Output.objects.get().recorded_at == report.published_at
    assert not ReportDraft.objects.exists()
    assert "vedouci@portal.test" not in client.get(measure.get_absolute_url()).content.decode()


def test_head_does_not_approve_a_report_of_their_own(client, head, measure):
    own = actions.send_report(measure=measure, by=head, content=content())
    response = as_(client, head).get(page(own))
    assert "Vlastní hlášení schvaluje jiný vedoucí než ten, kdo ho napsal." in text_of(response)
    assert "Schválit a zveřejnit" not in text_of(response)
    seen = {"videno": response.context["seen"]}
    assert client.post(page(own), {"akce": "schvalit", **seen}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.approve_report(draft=own, by=head, known=None)
    assert not Report.objects.exists()


def test_another_head_approves_it(head, measure, make_user):
    own = actions.send_report(measure=measure, by=head, content=content())
    other = make_user("head", email="druhy@portal.test")
    report = actions.approve_report(draft=own, by=other, known=None)
    assert (report.author, report.approver) == (head, other)


def test_approval_runs_the_checks_again(client, head, draft):
    tick = draft.finished_milestones.get().versions.get()
    factories.finish(tick, TODAY, recorded_at=factories.noon(TODAY))
    response = decide(as_(client, head), draft)
    assert response.status_code == 409
    assert "Některý ze zaškrtnutých milníků mezitím někdo uzavřel." in text_of(response)
    assert not Report.objects.exists()
    assert ReportDraft.objects.get().state == "submitted"


def test_report_published_while_the_page_was_open_is_shown_first(client, head, draft, measure):
    seen = as_(client, head).get(page(draft)).context["seen"]
    other = factories.report(measure, TODAY, note="Vyšlo jinudy.", published_at=timezone.now())
    response = decide(client, draft, seen=seen)
    assert response.status_code == 409
    text = text_of(response)
    assert "se něco změnilo" in text
    assert "Po odevzdání tohoto hlášení vyšlo k opatření jiné." in text
    assert "Vyšlo jinudy." in text
    assert list(Report.objects.all()) == [other]
    assert decide(client, draft).status_code == 200
    assert Report.objects.count() == 2


@pytest.mark.parametrize("seen", ["x", "WzEsMSxudWxsXQ:1abc:xyz"])
def test_forged_sight_approves_nothing(client, head, draft, seen):
    assert decide(as_(client, head), draft, seen=seen).status_code == 409
    assert not Report.objects.exists()


# Returned


def test_returned_report_carries_the_comment_and_an_email_says_it(
    client, head, author, address, draft, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        decide(as_(client, head), draft, "vratit", comment="Doplňte částku.")
    draft.refresh_from_db()
    assert (draft.state, draft.comment, draft.returned_by) == ("returned", "Doplňte částku.", head)
    [letter] = mail.outbox
    assert letter.to == ["autor@portal.test"]
    assert letter.subject == "Vrácené hlášení k opatření 1.2"
    assert "1.2 Krizový fond" in letter.body
    assert "Doplňte částku." in letter.body
    assert "Výbor rozhodl." not in letter.body
    response = as_(client, author).get(address)
    assert "Vráceno k doplnění" in text_of(response)
    assert "Doplňte částku." in text_of(response)
    assert response.context["form"]["note"].value() == "Výbor rozhodl."
    send(client, address, note="Výbor rozhodl o 640 tis. Kč.")
    draft.refresh_from_db()
    assert (draft.state, draft.note) == ("submitted", "Výbor rozhodl o 640 tis. Kč.")


def test_comment_is_required(client, head, draft):
    response = decide(as_(client, head), draft, "vratit", comment=" ")
    assert response.status_code == 422
    assert "Napište, co má autor doplnit nebo změnit." in text_of(response)
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_decision_about_what_is_settled_is_refused(head, author, draft):
    actions.withdraw_report(draft=draft, by=author)
    sentence = "Hlášení už na schválení nečeká: někdo o něm rozhodl nebo ho autor vzal zpět."
    assert refused(actions.approve_report, draft=draft, by=head, known=None) == {"": [sentence]}
    found = refused(actions.return_report, draft=draft, by=head, comment="A", version=1)
    assert found == {"": [sentence]}


def test_only_its_author_takes_a_report_back(head, draft):
    with pytest.raises(PermissionDenied):
        actions.withdraw_report(draft=draft, by=head)


# Corrections


def test_correction_is_approved_too(client, author, head, measure):
    old = factories.report(measure, days(-10), author=author, note="Dvě větve.")
    address = f"/prace/hlaseni/{old.pk}/oprava/"
    response = send(as_(client, author), address, note="Tři větve.", follow=True)
    assert "je odevzdané a čeká na schválení" in text_of(response)
    draft = ReportDraft.objects.get()
    assert (draft.corrects, draft.state, draft.as_of_date) == (old, "submitted", days(-10))
    assert "čeká na schválení" in text_of(client.get(address))
    report = actions.approve_report(draft=draft, by=head, known=None)
    assert (report.corrects, report.note) == (old, "Tři větve.")


def test_waiting_correction_is_not_overwritten_by_a_new_report(client, author, measure, address):
    old = factories.report(measure, days(-10), author=author, note="Dvě větve.")
    send(as_(client, author), f"/prace/hlaseni/{old.pk}/oprava/", note="Tři větve.")
    response = send(client, address, "koncept", note="Nové.")
    assert response.status_code == 422
    assert response.context["form"]["note"].value() == "Nové."
    assert ReportDraft.objects.get().note == "Tři větve."
