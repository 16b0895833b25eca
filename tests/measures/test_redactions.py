"""Personal data removed by the head: who may, what goes, what readers get."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command

from common.models import Redaction
from measures import actions
from measures.files import check_file
from measures.models import Attachment, MilestoneVersion, Output, PlanVersion, Report
from measures.redactions import address_of, removables
from tests import factories
from tests.measures.acting import content
from tests.measures.days import days
from tests.measures.samples import PDF, upload
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

PLACEHOLDER = "[odstraněno z důvodu ochrany osobních údajů]"
NOTE = "Klient Jan Novák dluží nájem."


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "prilohy"
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


def remove(record, head, *texts, reference="DPO 12/2026"):
    return actions.redact_record(record=record, by=head, texts=texts, reference=reference)


# The action


@pytest.mark.parametrize("role", ["unit", "councillor", "admin"])
def test_only_the_head_removes(measure, make_user, role):
    report = factories.report(measure, days(-1), note=NOTE)
    with pytest.raises(PermissionDenied):
        remove(report, make_user(role), "note")
    assert (Report.objects.get().note, Redaction.objects.count()) == (NOTE, 0)


@pytest.mark.parametrize(
    "texts", [(), ("phase",), ("obstacle",), ("note", "obstacle"), ("note", "x")]
)
def test_what_is_not_there_cannot_be_picked(measure, head, texts):
    report = factories.report(measure, days(-1), note=NOTE)
    with pytest.raises(ValidationError, match="Vyberte, co se má odstranit"):
        remove(report, head, *texts)
    assert (Report.objects.get().note, Redaction.objects.count()) == (NOTE, 0)


def test_text_goes_from_every_version_of_a_milestone(measure, head):
    first = factories.milestone(measure, days(30), title="Byt pro J. Nováka", reason="důvod")
    second = factories.restate(first, recorded_at=factories.noon(days(-5)), due_date=days(60))
    other = factories.milestone(measure, days(30), title="Jiný milník")
    found = remove(second, head, "title")
    titles = dict(MilestoneVersion.objects.values_list("pk", "title"))
    assert titles == {first.pk: PLACEHOLDER, second.pk: PLACEHOLDER, other.pk: "Jiný milník"}
    assert MilestoneVersion.objects.get(pk=first.pk).reason == "důvod"
    assert [redaction.record_id for redaction in found] == [second.pk, first.pk]


def test_text_goes_from_the_correction_and_other_kinds_of_records(measure, head):
    old = factories.report(measure, days(-9), note=NOTE, obstacle=NOTE)
    new = factories.report(measure, days(-9), note=NOTE, corrects=old)
    plan = factories.plan(measure, reason=NOTE)
    output = factories.output(measure, days(-3), title=NOTE)
    elsewhere = factories.report(factories.make_measure("1.3"), days(-9), note=NOTE)
    remove(new, head, "note")
    assert (Report.objects.get(pk=old.pk).note, Report.objects.get(pk=old.pk).obstacle) == (
        PLACEHOLDER,
        PLACEHOLDER,
    )
    assert Report.objects.get(pk=new.pk).note == PLACEHOLDER
    assert PlanVersion.objects.get(pk=plan.pk).reason == PLACEHOLDER
    assert Output.objects.get(pk=output.pk).title == PLACEHOLDER
    assert Report.objects.get(pk=elsewhere.pk).note == NOTE
    assert Redaction.objects.count() == 4


def test_nothing_goes_when_one_place_fails(measure, head, monkeypatch):
    old = factories.report(measure, days(-9), note=NOTE)
    new = factories.report(measure, days(-9), note=NOTE, corrects=old)
    with pytest.raises(ValidationError):
        remove(new, head, "note", reference="")
    assert set(Report.objects.values_list("note", flat=True)) == {NOTE}
    assert Redaction.objects.count() == 0


# Attachments


@pytest.fixture
def attachment(measure, make_user):
    """A published file, and another one of the same name with other bytes."""
    author = make_user("unit")
    draft = factories.ReportDraftFactory(measure=measure, author=author)
    files = [check_file(upload("Novák.pdf", PDF)), check_file(upload("Novák.pdf", PDF + b" "))]
    first, _ = actions.attach_to_draft(draft=draft, by=author, files=files)
    actions.publish_report(measure=measure, by=author, content=content())
    return first


def test_file_loses_its_bytes_and_name_and_keeps_its_fingerprint(
    client, measure, head, attachment, django_capture_on_commit_callbacks
):
    assert default_storage.exists(attachment.stored_name)
    with django_capture_on_commit_callbacks() as callbacks:
        remove(attachment, head, "name")
    assert default_storage.exists(attachment.stored_name), "bytes go after the commit"
    for callback in callbacks:
        callback()
    assert not default_storage.exists(attachment.stored_name)
    kept = Attachment.objects.get(pk=attachment.pk)
    assert (kept.name, kept.sha256, kept.size) == (PLACEHOLDER, attachment.sha256, len(PDF))
    other = Attachment.objects.exclude(pk=attachment.pk).get()
    assert (other.name, default_storage.exists(other.stored_name)) == ("Novák.pdf", True)


def test_removed_file_answers_410_even_while_its_bytes_lie_there(client, head, attachment):
    address = attachment.get_absolute_url()
    remove(attachment, head, "name")
    response = client.get(address)
    assert (response.status_code, response.streaming) == (410, False)
    text = text_of(response)
    assert "Soubor byl odstraněn z důvodu ochrany osobních údajů." in text
    assert "Novák" not in text


def test_same_bytes_under_another_name_go_along(measure, head, attachment, make_user):
    author = make_user("unit", email="jina@portal.test")
    draft = factories.ReportDraftFactory(measure=measure, author=author)
    files = [check_file(upload("jinak.pdf", PDF))]
    (copy,) = actions.attach_to_draft(draft=draft, by=author, files=files)
    remove(attachment, head, "name")
    assert Attachment.objects.get(pk=copy.pk).name == PLACEHOLDER


def test_line_of_time_says_that_a_file_was_removed(client, measure, head, attachment):
    remove(attachment, head, "name")
    page = client.get(measure.get_absolute_url())
    assert f"{PLACEHOLDER} , PDF, 1 kB" in text_of(page)
    assert f"/priloha/{attachment.pk}/" not in page.content.decode()


def test_bytes_that_came_back_from_a_backup_go_again(
    head, attachment, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        remove(attachment, head, "name")
    path = settings.MEDIA_ROOT / attachment.stored_name
    path.write_bytes(PDF)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("repeat_redactions", verbosity=0)
    assert not path.exists()


# What readers get


def test_readers_get_the_placeholder_everywhere(client, measure, head):
    secret = "Jan Novák z Chebu"
    report = factories.report(
        measure,
        days(-3),
        kind="risk",
        health="serious",
        note=f"{secret} 1",
        obstacle=f"{secret} 2",
        actor_role=f"{secret} 3",
        next_step=f"{secret} 4",
        needs_decision=True,
        decision=f"{secret} 5",
    )
    milestone = factories.milestone(measure, days(-2), title=f"{secret} 6")
    done = factories.finish(milestone, days(-1))
    output = factories.output(measure, days(-1), title=f"{secret} 7")
    plan = factories.plan(measure, reason=f"{secret} 8", start=days(-90))
    addresses = [
        *("/", measure.get_absolute_url(), "/strategie/kk/", "/strategie/kk/?zobrazeni=tabulka"),
        f"{measure.get_absolute_url()}?k={days(-1).isoformat()}",
        "/hledat/?q=novak",
    ]
    assert secret in text_of(client.get(measure.get_absolute_url()))
    for record in (report, done, output, plan):
        remove(record, head, *[text.field for text in removables(record)])
    for address in addresses:
        assert secret not in text_of(client.get(address)), address
    assert text_of(client.get(measure.get_absolute_url())).count(PLACEHOLDER) >= 8


# The page


@pytest.fixture
def report(measure):
    return factories.report(
        measure, days(-3), note=NOTE, obstacle="Chybí peníze.", kind="risk", health="minor"
    )


def filled(**changes):
    values = {"texts": ["note"], "reference": "DPO 12/2026", "is_sure": "on"}
    return {**values, **changes}


RECORDS = {
    "hlaseni": lambda m: factories.report(m, days(-3), note=NOTE),
    "milnik": lambda m: factories.milestone(m, days(3), title=NOTE),
    "plan": lambda m: factories.plan(m, reason=NOTE),
    "vystup": lambda m: factories.output(m, days(-3), title=NOTE),
    "priloha": lambda m: factories.AttachmentFactory(measure=m, name="Novák.pdf"),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_page_removes_from_every_kind_of_record(client_as, measure, kind):
    record = RECORDS[kind](measure)
    client = client_as("head")
    page = f"/prace/redakce/{kind}/{record.pk}/"
    assert address_of(record) == page
    (text,) = removables(record)
    assert text.text in text_of(client.get(page))
    response = client.post(page, filled(texts=[text.field]), follow=True)
    assert "Osobní údaje jsou odstraněné." in text_of(response)
    assert type(record).objects.filter(pk=record.pk).values_list(text.field).get() == (PLACEHOLDER,)
    assert "už není co odstranit" in text_of(client.get(page))


def test_page_shows_whole_texts_and_where_else_they_stand(client_as, measure, report):
    factories.report(measure, days(-3), corrects=report, note=NOTE)
    text = text_of(client_as("head").get(address_of(report)))
    assert f"Poznámka: {NOTE}" in text
    assert "Odstraní se i tam, kde stojí totéž: hlášení z" in text
    assert "(poznámka)" in text
    assert "Co brání: Chybí peníze." in text
    assert "Další krok" not in text


REFUSALS = {
    "nothing picked": ({"texts": []}, "Vyberte, co se má odstranit."),
    "a forged text": ({"texts": ["phase"]}, "Tento text v záznamu není. Načtěte stránku znovu."),
    "no reference": ({"reference": " "}, "Uveďte značku, pod kterou pověřenec rozhodl."),
    "not confirmed": ({"is_sure": ""}, "Potvrďte, že víte, že odstranění nejde vzít zpět."),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_page_refuses_and_removes_nothing(client_as, report, name):
    changes, says = REFUSALS[name]
    response = client_as("head").post(address_of(report), filled(**changes))
    assert response.status_code == 422
    assert says in text_of(response)
    assert (Report.objects.get().note, Redaction.objects.count()) == (NOTE, 0)


def test_page_removes_nothing_on_get(client_as, report):
    client_as("head").get(address_of(report), filled())
    assert (Report.objects.get().note, Redaction.objects.count()) == (NOTE, 0)


@pytest.mark.parametrize(("role", "status"), [("unit", 403), ("councillor", 403), ("admin", 403)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_is_for_the_head_only(client_as, report, role, status, method):
    response = getattr(client_as(role), method)(address_of(report), filled())
    assert response.status_code == status
    assert Report.objects.get().note == NOTE


def test_page_asks_the_stranger_to_sign_in(client, report):
    response = client.post(address_of(report), filled())
    assert (response.status_code, response.url.split("?")[0]) == (302, "/ucet/login/")
    assert Report.objects.get().note == NOTE


@pytest.mark.parametrize("path", ["hlaseni/999999", "koncept/1", "plan/1", f"hlaseni/{9**40}"])
def test_page_of_no_record_answers_404(client_as, report, path):
    assert client_as("head").get(f"/prace/redakce/{path}/").status_code == 404


def test_line_of_time_leads_the_head_there_and_nobody_else(client_as, measure, report, make_user):
    factories.milestone(measure, days(9), title="Milník")
    factories.output(measure, days(-1))
    factories.plan(measure, reason="důvod", start=days(-9))
    file = factories.AttachmentFactory(measure=measure)
    factories.ReportAttachmentFactory(report=report, attachment=file)
    client = client_as("head")
    page = client.get(measure.get_absolute_url()).content.decode()
    records = (
        report,
        MilestoneVersion.objects.get(),
        Output.objects.get(),
        PlanVersion.objects.get(),
    )
    for record in (*records, file):
        assert f'href="{address_of(record)}"' in page
    past = client.get(f"{measure.get_absolute_url()}?k={days(-1).isoformat()}")
    client.force_login(make_user("unit"), backend="accounts.backends.EmailBackend")
    of_unit = client.get(measure.get_absolute_url())
    client.logout()
    public = client.get(measure.get_absolute_url())
    for other in (past, of_unit, public):
        assert "/prace/redakce/" not in other.content.decode()


def test_record_without_texts_has_no_page_to_lead_to(measure):
    assert address_of(factories.report(measure, days(-1))) == ""
    assert address_of(factories.plan(measure)) == ""
    assert address_of(Report(measure=measure, note=NOTE)) == ""
