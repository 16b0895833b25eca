"""Attachments from the form to the reader: kept, taken away, published, handed out, cleaned."""

import os
import re
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from common.models import Redaction
from measures import actions
from measures.files import check_file
from measures.models import Attachment, MilestoneAttachment, Report, ReportAttachment, ReportDraft
from tests import factories
from tests.measures.acting import content
from tests.measures.days import TODAY, days, typed
from tests.measures.samples import GOOD, PDF, photo, upload
from tests.measures.writing import form_page, send
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "prilohy"
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def author(make_user):
    return make_user("unit", email="autor@portal.test")


@pytest.fixture
def draft(measure, author):
    return factories.ReportDraftFactory(measure=measure, author=author)


def files(*names):
    return [check_file(upload(name, PDF + name.encode())) for name in names or ["zápis.pdf"]]


def attach(draft, *names):
    """Attach files to a draft as its author and return their Attachments."""
    return actions.attach_to_draft(draft=draft, by=draft.author, files=files(*names))


def paths():
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


# Actions


def test_file_of_a_draft_is_stored_with_its_fingerprint(draft, author, measure):
    (attachment,) = attach(draft, "zápis.pdf")
    assert list(draft.attachments.all()) == [attachment]
    (path,) = paths()
    assert path == Path(settings.MEDIA_ROOT) / attachment.stored_name
    assert path.read_bytes() == PDF + "zápis.pdf".encode()
    kept = Attachment.objects.values().get()
    assert (kept["name"], kept["kind"], kept["size"]) == ("zápis.pdf", "pdf", len(PDF) + 10)
    assert (kept["author_id"], kept["measure_id"]) == (author.pk, measure.pk)
    assert len(kept["sha256"]) == 64


def test_attaching_does_not_touch_the_version_of_a_draft(draft):
    """Somebody who writes in another window meets no conflict because of a file."""
    version = draft.version
    attach(draft)
    draft.refresh_from_db()
    assert draft.version == version


@pytest.mark.parametrize("role", ["unit", "head"])
def test_nobody_attaches_to_a_draft_of_another(draft, make_user, role):
    other = make_user(role)
    with pytest.raises(PermissionDenied):
        actions.attach_to_draft(draft=draft, by=other, files=files())
    (attachment,) = attach(draft)
    with pytest.raises(PermissionDenied):
        actions.remove_from_draft(draft=draft, by=other, attachment_id=attachment.pk)
    assert (draft.attachments.count(), len(paths())) == (1, 1)


def test_who_may_no_longer_report_attaches_nothing(draft, make_user):
    factories.plan(draft.measure, owner=make_user("head"))
    with pytest.raises(PermissionDenied):
        attach(draft)
    assert (Attachment.objects.count(), paths()) == (0, set())


def test_submitted_draft_keeps_its_files(draft):
    (attachment,) = attach(draft)
    ReportDraft.objects.update(state="submitted")
    with pytest.raises(ValidationError, match="čeká na schválení"):
        attach(draft)
    with pytest.raises(ValidationError, match="čeká na schválení"):
        actions.remove_from_draft(draft=draft, by=draft.author, attachment_id=attachment.pk)
    assert (draft.attachments.count(), len(paths())) == (1, 1)


def test_draft_takes_ten_files_and_an_eleventh_is_refused(draft):
    attach(draft, *[f"{n}.pdf" for n in range(9)])
    with pytest.raises(ValidationError, match="nejvýš 10") as caught:
        attach(draft, "a.pdf", "b.pdf")
    assert list(caught.value.message_dict) == ["files"]
    assert (draft.attachments.count(), len(paths())) == (9, 9)
    attach(draft, "a.pdf")
    assert (draft.attachments.count(), len(paths())) == (10, 10)


def test_draft_that_is_gone_takes_nothing(draft):
    ReportDraft.objects.all().delete()
    with pytest.raises(ValidationError, match="Koncept už není"):
        attach(draft)
    assert paths() == set()


@pytest.mark.parametrize("where", ["the row", "the link"])
def test_failure_leaves_neither_row_nor_file(draft, monkeypatch, where):
    def fail(*args, **kwargs):
        raise RuntimeError

    if where == "the row":
        monkeypatch.setattr(Attachment, "save", fail)
    else:
        monkeypatch.setattr(ReportDraft.attachments.through.objects, "bulk_create", fail)
        monkeypatch.setattr("django.db.models.query.QuerySet.bulk_create", fail)
    with suppress(RuntimeError), transaction.atomic():
        attach(draft)
        pytest.fail("it must not succeed")
    assert (Attachment.objects.count(), paths()) == (0, set())


@pytest.mark.django_db(transaction=True)
def test_file_is_there_before_its_row_commits(draft, monkeypatch):
    seen = []
    create = Attachment.objects.create

    def watching(**values):
        seen.append(default_storage.exists(values["stored_name"]))
        return create(**values)

    monkeypatch.setattr(Attachment.objects, "create", watching)
    attach(draft)
    assert seen == [True]


def test_removed_file_belongs_to_nothing(draft):
    first, second = attach(draft, "a.pdf", "b.pdf")
    actions.remove_from_draft(draft=draft, by=draft.author, attachment_id=first.pk)
    actions.remove_from_draft(draft=draft, by=draft.author, attachment_id=first.pk)
    assert list(draft.attachments.all()) == [second]
    assert Attachment.objects.count() == 2


def test_publishing_makes_the_files_those_of_the_report(draft, measure, author, make_user):
    attachments = attach(draft, "a.pdf", "b.pdf")
    other = factories.ReportDraftFactory(measure=measure, author=make_user("unit"))
    attach(other, "cizí.pdf")
    report = actions.publish_report(measure=measure, by=author, content=content())
    links = ReportAttachment.objects.order_by("pk")
    assert [(link.report, link.attachment) for link in links] == [
        (report, attachments[0]),
        (report, attachments[1]),
    ]
    assert other.attachments.count() == 1


def test_report_that_is_refused_publishes_no_file(draft, measure, author):
    attach(draft)
    with pytest.raises(ValidationError):
        actions.publish_report(measure=measure, by=author, content=content(kind="risk"))
    assert (ReportAttachment.objects.count(), draft.attachments.count()) == (0, 1)


def test_milestone_is_finished_with_its_evidence(measure, author):
    milestone = factories.milestone(measure, days(10)).milestone
    version = actions.finish_with_files(
        milestone=milestone, by=author, files=files("a.pdf", "b.pdf"), done_on=TODAY
    )
    assert version.state == "done"
    links = MilestoneAttachment.objects.order_by("pk")
    assert [(link.version, link.attachment.name) for link in links] == [
        (version, "a.pdf"),
        (version, "b.pdf"),
    ]
    assert len(paths()) == 2


def test_milestone_that_is_refused_keeps_no_file(measure, author):
    milestone = factories.milestone(measure, days(10)).milestone
    with pytest.raises(ValidationError):
        actions.finish_with_files(
            milestone=milestone, by=author, files=files(), done_on=days(1), evidence=""
        )
    too_many = files(*[f"{n}.pdf" for n in range(11)])
    with pytest.raises(ValidationError, match="nejvýš 10"), transaction.atomic():
        actions.finish_with_files(milestone=milestone, by=author, files=too_many, done_on=TODAY)
    assert (milestone.versions.count(), Attachment.objects.count(), paths()) == (1, 0, set())


# The report form


def post(client, measure, act="zverejnit", *, follow=False, **changes):
    """Open the form, fill it in and press a button."""
    return send(client, form_page(measure), act, follow=follow, **changes)


def test_form_takes_files_and_asks_for_no_data_of_clients(client_as, measure):
    page = client_as("unit").get(form_page(measure)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    (field,) = re.findall(r'<input type="file"[^>]*>', page)
    assert 'name="files"' in field
    assert " multiple" in field
    assert "Žádné údaje o\u00a0klientech. PDF, DOCX, XLSX, ODT, ODS, JPG nebo PNG" in page


def test_form_publishes_with_every_kind_of_file(client_as, measure):
    chosen = [upload(name, data) for name, data in GOOD.values()]
    response = post(client_as("unit"), measure, files=chosen)
    assert response.status_code == 302
    names = [link.attachment.name for link in ReportAttachment.objects.order_by("pk")]
    assert names == [name for name, _ in GOOD.values()]
    assert ReportDraft.objects.count() == 0


def test_form_keeps_files_with_the_draft_and_lists_them(client_as, measure):
    client = client_as("unit")
    kept = post(client, measure, "koncept", follow=True, files=[upload("zápis.pdf", PDF)])
    text = text_of(kept)
    assert "Koncept je uložený. Vidíte ho jen vy." in text
    assert "zápis.pdf PDF, 1 kB Odebrat zápis.pdf" in text
    assert Report.objects.count() == 0


def test_form_takes_a_file_away_and_keeps_what_is_written(client_as, measure):
    client = client_as("unit")
    post(client, measure, "koncept", files=[upload("zápis.pdf", PDF)])
    (attachment,) = ReportDraft.objects.get().attachments.all()
    # The button of the file was pressed, no other one.
    response = post(client, measure, "", note="Rozepsaná věta.", odebrat=attachment.pk)
    assert response.status_code == 302
    draft = ReportDraft.objects.get()
    assert (draft.attachments.count(), draft.note) == (0, "Rozepsaná věta.")


@pytest.mark.parametrize("removed", ["", "0", "x", "-1", "999999", "9" * 30, "1; DROP"])
def test_forged_file_to_take_away_does_nothing(client_as, measure, removed):
    client = client_as("unit")
    post(client, measure, "koncept", files=[upload("zápis.pdf", PDF)])
    response = post(client, measure, odebrat=removed)
    assert response.status_code == 302
    assert ReportDraft.objects.get().attachments.count() == 1


def test_bad_file_is_named_and_the_good_one_is_kept(client_as, measure):
    chosen = [upload("zápis.pdf", PDF), upload("foto.jpg", b"MZ program")]
    response = post(client_as("unit"), measure, files=chosen, note="Dlouhá věta.")
    text = text_of(response)
    assert response.status_code == 422
    assert "Soubor „foto.jpg“: není žádný z druhů PDF, DOCX, XLSX, ODT, ODS, JPG a PNG." in text
    assert "Koncept je uložený. Před zveřejněním ještě opravte:" in text
    assert "zápis.pdf PDF, 1 kB" in text
    assert "Dlouhá věta." in text
    assert (Report.objects.count(), Attachment.objects.count(), len(paths())) == (0, 1, 1)
    assert ReportDraft.objects.get().note == "Dlouhá věta."


def test_file_is_not_lost_when_publishing_is_refused(client_as, measure):
    response = post(client_as("unit"), measure, kind="risk", files=[upload("zápis.pdf", PDF)])
    assert response.status_code == 422
    assert "zápis.pdf PDF, 1 kB" in text_of(response)
    assert ReportDraft.objects.get().attachments.count() == 1


def test_eleventh_file_is_refused_in_the_form(client_as, measure):
    client = client_as("unit")
    ten = [upload(f"{n}.pdf", PDF) for n in range(10)]
    post(client, measure, "koncept", files=ten)
    response = post(client, measure, "koncept", files=[upload("a.pdf", PDF)])
    assert response.status_code == 422
    assert "Příloh může být nejvýš 10." in text_of(response)
    assert ReportDraft.objects.get().attachments.count() == 10


def test_counting_the_status_stores_nothing(client_as, measure):
    post(client_as("unit"), measure, "stav", files=[upload("zápis.pdf", PDF)])
    assert (Attachment.objects.count(), paths()) == (0, set())


def test_milestone_form_takes_evidence(client_as, measure):
    milestone = factories.milestone(measure, days(10)).milestone
    page = f"/prace/milnik/{milestone.pk}/hotovo/"
    client = client_as("unit")
    bad = client.post(page, {"done_on": typed(TODAY), "files": [upload("a.pdf", b"")]})
    assert (bad.status_code, milestone.versions.count()) == (422, 1)
    assert "Soubor „a.pdf“: je prázdný." in text_of(bad)
    good = client.post(page, {"done_on": typed(TODAY), "files": [upload("a.pdf", PDF)]})
    assert (good.status_code, milestone.versions.count()) == (302, 2)
    assert MilestoneAttachment.objects.get().attachment.name == "a.pdf"


# Who may read a file


def answer_of(client, url):
    """Return the status of an answer read to its end, which closes the file."""
    response = client.get(url)
    read(response)
    return response.status_code


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def published(draft, measure, author):
    (attachment,) = attach(draft, "zápis č. 1.pdf")
    actions.publish_report(measure=measure, by=author, content=content())
    return attachment


def test_published_file_is_handed_out_to_anybody(client, published):
    response = client.get(published.get_absolute_url())
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PDF + "zápis č. 1.pdf".encode()
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''z%C3%A1pis%20%C4%8D.%201.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in headers["Cache-Control"]
    assert "Cookie" not in headers.get("Vary", "")
    assert "Set-Cookie" not in headers


def test_file_of_evidence_is_handed_out_to_anybody(client, measure, author):
    milestone = factories.milestone(measure, days(10)).milestone
    actions.finish_with_files(milestone=milestone, by=author, files=files(), done_on=TODAY)
    assert answer_of(client, Attachment.objects.get().get_absolute_url()) == 200


@pytest.mark.parametrize("kind", GOOD)
def test_content_type_is_that_of_the_real_kind(client, draft, kind):
    name, data = GOOD[kind]
    (attachment,) = actions.attach_to_draft(
        draft=draft, by=draft.author, files=[check_file(upload(name, data))]
    )
    factories.ReportAttachmentFactory(attachment=attachment)
    types = {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "jpg": "image/jpeg",
        "png": "image/png",
    }
    response = client.get(attachment.get_absolute_url())
    read(response)
    assert response.headers["Content-Type"] == types[kind]


WHO = {
    # role and whether they are the author; who reads a draft that is written, submitted, returned
    "author": ("unit", (200, 200, 200)),
    "another of the unit": ("unit", (404, 404, 404)),
    "head": ("head", (404, 200, 404)),
    "councillor": ("councillor", (404, 404, 404)),
    "admin": ("admin", (404, 404, 404)),
    "nobody": (None, (404, 404, 404)),
}


@pytest.mark.parametrize("who", WHO)
def test_file_of_a_draft_is_for_those_who_may_see_it(client, draft, make_user, who):
    role, answers = WHO[who]
    (attachment,) = attach(draft)
    if role:
        person = draft.author if who == "author" else make_user(role)
        client.force_login(person, backend="accounts.backends.EmailBackend")
    states = [("writing", ""), ("submitted", ""), ("returned", "Doplňte.")]
    for (state, comment), answer in zip(states, answers, strict=True):
        ReportDraft.objects.update(state=state, comment=comment)
        assert answer_of(client, attachment.get_absolute_url()) == answer


def test_author_who_left_the_unit_reads_the_draft_no_more(client, draft):
    (attachment,) = attach(draft)
    draft.author.groups.clear()
    client.force_login(draft.author, backend="accounts.backends.EmailBackend")
    assert answer_of(client, attachment.get_absolute_url()) == 404


def test_file_that_belongs_to_nothing_is_not_there_for_anybody(client, draft):
    (attachment,) = attach(draft)
    actions.remove_from_draft(draft=draft, by=draft.author, attachment_id=attachment.pk)
    client.force_login(draft.author, backend="accounts.backends.EmailBackend")
    assert answer_of(client, attachment.get_absolute_url()) == 404


@pytest.mark.parametrize(
    "path",
    ["/priloha/999999/zapis.pdf", "/priloha/x/a.pdf", "/priloha/1/", f"/priloha/{9**40}/a.pdf"],
)
def test_other_addresses_answer_404(client, path):
    assert client.get(path).status_code == 404


def test_name_in_the_address_decides_nothing(client, published):
    response = client.get(f"/priloha/{published.pk}/evil.exe")
    assert "evil" not in response.headers["Content-Disposition"]
    read(response)


def test_file_is_only_read(client, published):
    assert client.post(published.get_absolute_url()).status_code == 405
    response = client.head(published.get_absolute_url())
    read(response)
    assert response.status_code == 200


def test_missing_bytes_answer_410_and_are_logged(client, published, caplog):
    default_storage.delete(published.stored_name)
    response = client.get(published.get_absolute_url())
    assert response.status_code == 410
    assert "Soubor „zápis č. 1.pdf“ se v úložišti nenašel." in text_of(response)
    assert "bytes of attachment" in caplog.text


# The line of time


def test_line_of_time_lists_files_with_kind_and_size(client, measure, author, published):
    milestone = factories.milestone(measure, days(10)).milestone
    chosen = [check_file(upload("foto.jpg", photo()))]
    actions.finish_with_files(milestone=milestone, by=author, files=chosen, done_on=TODAY)
    text = text_of(client.get(measure.get_absolute_url()))
    assert "zápis č. 1.pdf , PDF, 1 kB" in text
    assert "foto.jpg , JPG, 1 kB" in text
    assert published.get_absolute_url() in client.get(measure.get_absolute_url()).content.decode()
    assert "Odstranit" not in text


def test_line_of_time_of_a_past_day_knows_no_later_file(client, measure):
    old = factories.report(measure, days(-40))
    new = factories.report(measure, days(-10))
    for report, name in ((old, "starý.pdf"), (new, "nový.pdf")):
        file = factories.AttachmentFactory(measure=measure, name=name, size=120_000)
        factories.ReportAttachmentFactory(report=report, attachment=file)
    day = days(-20).isoformat()
    text = text_of(client.get(f"{measure.get_absolute_url()}?k={day}"))
    assert "starý.pdf , PDF, 120 kB" in text
    assert "nový.pdf" not in text


@pytest.mark.parametrize("number", [1, 30])
def test_line_of_time_takes_the_same_queries_for_many_files(
    client, measure, django_assert_num_queries, number
):
    report = factories.report(measure, days(-1))
    version = factories.finish(factories.milestone(measure, days(1)), days(-2))
    for _ in range(number):
        factories.ReportAttachmentFactory(
            report=report, attachment=factories.AttachmentFactory(measure=measure)
        )
        factories.MilestoneAttachmentFactory(
            version=version, attachment=factories.AttachmentFactory(measure=measure)
        )
    # The measure and its wording 2, texts 1, projects, indicators and calls 3, history 4, files 1,
    # resolutions 1.
    with django_assert_num_queries(12):
        client.get(measure.get_absolute_url())


# Cleaning


def clean(*options):
    out = StringIO()
    call_command("clean_attachments", *options, stdout=out)
    return out.getvalue()


def aged(attachment, **age):
    """Return a file like another one that was added earlier and belongs to nothing."""
    name = default_storage.save("aa/old", ContentFile(b"x"))
    return factories.AttachmentFactory(
        measure=attachment.measure,
        stored_name=name,
        uploaded_at=timezone.now() - timedelta(**age),
    )


def test_cleaning_erases_bytes_of_old_files_that_belong_to_nothing(draft):
    (kept,) = attach(draft)
    old, young = aged(kept, days=7, minutes=1), aged(kept, days=6, hours=23)
    drafted, of_report, of_milestone = (aged(kept, days=100) for _ in range(3))
    draft.attachments.add(drafted)
    factories.ReportAttachmentFactory(attachment=of_report)
    factories.MilestoneAttachmentFactory(attachment=of_milestone)
    everything = [kept, old, young, drafted, of_report, of_milestone]
    assert "nepatří: 1" in clean("--dry-run")
    assert all(default_storage.exists(file.stored_name) for file in everything)
    assert "nepatří: 1" in clean()
    gone = [file for file in everything if not default_storage.exists(file.stored_name)]
    assert gone == [old]
    assert Attachment.objects.count() == 6
    assert "nepatří: 0" in clean()


def test_cleaning_erases_old_bytes_no_row_knows_of(draft):
    attach(draft)
    (known,) = paths()
    strange, fresh = known.parent / "strange", known.parent / "fresh"
    for path in (known, strange, fresh):
        path.write_bytes(b"x")
    long_ago = (timezone.now() - timedelta(days=8)).timestamp()
    for path in (known, strange):
        os.utime(path, (long_ago, long_ago))
    assert "databáze neví: 1" in clean()
    assert paths() == {known, fresh}


def test_cleaning_without_any_folder_finds_nothing():
    assert clean().count(": 0") == 3


def test_cleaning_erases_bytes_that_should_be_gone(draft, published, make_user):
    redaction = {"record_table": "measures_attachment", "record_id": published.pk}
    factories.RedactionFactory(**redaction, fields=["name"])
    Attachment._base_manager.filter(pk=published.pk).update(
        name="[odstraněno z důvodu ochrany osobních údajů]"
    )
    assert Redaction.objects.count() == 1
    assert "osobním údajům: 1" in clean()
    assert paths() == set()
