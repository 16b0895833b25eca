"""Pages of the import of the index: who may, choosing, preview, confirming, abandoning."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from common.models import ImportRun
from municipalities.models import IndexEntry
from tests import factories as make
from tests.municipalities.pages import plain, text_of
from tests.municipalities.workbooks import town, workbook

pytestmark = pytest.mark.django_db

NEW, LIST = "/prace/importy/index/", "/prace/importy/"
GOOD = [town(560286, "Aš", index=13, execution=3), town(560294, "Hazlov", index=2)]


def upload(client, content, name="index-2023.xlsx"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)})


def previewed(client, *rows):
    response = upload(client, workbook(*(rows or GOOD)))
    assert response.status_code == 302
    return response.url


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 403), ("councillor", 403), ("admin", 200), ("head", 200)]
)
def test_imports_are_for_the_head_and_the_administrator(client_as, role, status):
    client = client_as(role)
    waiting = make.ImportRunFactory(
        state="previewed",
        counts={
            **dict.fromkeys(("new", "changed", "gone", "left_out", "unchanged"), 0),
            **{"year": 2023, "rows": 1, "is_nation": False, "waiting": {"first": []}},
        },
    )
    for address in (NEW, LIST, f"{NEW}{waiting.pk}/"):
        assert client.get(address).status_code == status
    refused = 403 if status == 403 else 404
    assert client.get(f"{NEW}{waiting.pk}/rozdily.csv").status_code == refused
    if status == 403:
        assert upload(client, workbook(*GOOD)).status_code == 403
        assert client.post(f"{NEW}{waiting.pk}/", {"akce": "nacist"}).status_code == 403
        assert ImportRun.objects.get().state == "previewed"


@pytest.mark.parametrize(("role", "is_linked"), [("admin", True), ("head", True), ("unit", False)])
def test_administration_leads_to_the_imports_those_who_may(client_as, role, is_linked):
    page = client_as(role).get("/admin/").content.decode()
    assert (f'href="{LIST}"' in page) is is_linked


@pytest.mark.parametrize(("role", "above"), [("admin", "/admin/"), ("head", "/prace/")])
def test_log_leads_back_to_where_its_reader_came_from(client_as, role, above):
    page = client_as(role).get(LIST).content.decode()
    crumbs = page[page.index('class="crumbs"') :].split("</", 1)[0]
    assert f'href="{above}"' in crumbs


@pytest.mark.parametrize("address", [NEW, LIST, f"{NEW}1/", f"{NEW}1/rozdily.csv"])
def test_stranger_is_sent_to_sign_in(client, address):
    assert client.get(address).url == f"/ucet/login/?next={address}"


def test_upload_is_checked_and_waits_without_changing_anything(client_as):
    client = client_as("head")
    address = previewed(client)
    text = text_of(client.get(address))
    assert "Načíst index 2023?" in text
    assert "Vydání 2023, 2 obce, část republiky." in text
    assert "Nové hodnoty: 2" in text
    assert not IndexEntry.objects.exists()
    run = ImportRun.objects.get()
    assert (run.state, run.file_name, run.person.email) == (
        "previewed",
        "index-2023.xlsx",
        "head@portal.test",
    )


def test_confirmed_file_is_imported_and_its_bytes_go(client_as, django_capture_on_commit_callbacks):
    client = client_as("admin")
    address = previewed(client)
    stored = ImportRun.objects.get().stored_name
    assert default_storage.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"akce": "nacist"}, follow=True)
    assert "Index 2023 je načtený." in text_of(response)
    assert response.redirect_chain[-1][0] == LIST
    assert sorted(IndexEntry.objects.values_list("value", flat=True)) == [2, 13]
    assert not default_storage.exists(stored)
    run = ImportRun.objects.get()
    assert (run.state, run.person.email) == ("done", "admin@portal.test")
    assert client.get(address).status_code == 404
    assert client.post(address, {"akce": "nacist"}).status_code == 404


def test_reading_changes_nothing(client_as):
    client = client_as("head")
    address = previewed(client)
    client.get(f"{address}?akce=nacist")
    assert not IndexEntry.objects.exists()
    assert ImportRun.objects.get().state == "previewed"


def test_abandoned_file_is_gone(client_as, django_capture_on_commit_callbacks):
    client = client_as("head")
    address = previewed(client)
    stored = ImportRun.objects.get().stored_name
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"akce": "zahodit"}, follow=True)
    assert "Soubor je zahozený, nic se nezměnilo." in text_of(response)
    assert not default_storage.exists(stored)
    assert ImportRun.objects.get().state == "abandoned"
    assert not IndexEntry.objects.exists()


def test_same_file_again_has_nothing_to_confirm(client_as):
    client = client_as("head")
    client.post(previewed(client), {"akce": "nacist"})
    response = client.post(
        NEW, {"file": SimpleUploadedFile("a.xlsx", workbook(*GOOD))}, follow=True
    )
    assert "Všechno z tohoto souboru už je načtené, nic se nezměnilo." in text_of(response)
    assert [run.state for run in ImportRun.objects.order_by("pk")] == ["done", "unchanged"]


def test_database_that_changed_meanwhile_shows_the_new_differences(client_as):
    client = client_as("head")
    first = previewed(client)
    second = previewed(client, town(560286, "Aš", index=14))
    client.post(second, {"akce": "nacist"})
    response = client.post(first, {"akce": "nacist"}, follow=True)
    text = text_of(response)
    assert "Údaje v portálu se od kontroly změnily, nic se nenačetlo." in text
    assert "Změněné: 1" in text
    assert IndexEntry.objects.get().value == 14
    client.post(first, {"akce": "nacist"})
    assert sorted(IndexEntry.objects.values_list("value", flat=True)) == [2, 13]


def test_refused_file_is_named_by_row_and_column_and_logged(client_as):
    client = client_as("head")
    response = upload(client, workbook(town(560286, index=13), {**town(560294), "index": "sedm"}))
    assert response.status_code == 422
    text = text_of(response)
    assert "Soubor nejde načíst, v portálu se nic nezměnilo." in text
    assert "1 chyba" in text
    assert "Řádek 3, sloupec AD" in text
    run = ImportRun.objects.get()
    assert (run.state, run.stored_name) == ("refused", "")
    assert "Řádek 3, sloupec AD" in plain(run.problems[0])
    assert "Řádek 3, sloupec AD" in text_of(client.get(LIST))


def test_file_that_is_too_large_is_refused_and_logged(client_as, monkeypatch):
    monkeypatch.setattr("common.imports.MAX_BYTES", 100)
    response = upload(client_as("head"), workbook(*GOOD))
    assert response.status_code == 422
    assert "Soubor je větší než 20 MB." in text_of(response)
    run = ImportRun.objects.get()
    assert (run.state, run.size) == ("refused", len(workbook(*GOOD)))


def test_no_file_is_asked_for(client_as):
    response = client_as("head").post(NEW)
    assert response.status_code == 422
    assert "Vyberte soubor." in text_of(response)
    assert not ImportRun.objects.exists()


def test_all_differences_can_be_downloaded(client_as):
    client = client_as("head")
    client.post(previewed(client), {"akce": "nacist"})
    address = previewed(client, town(560286, "Aš", index=14, execution=3), *GOOD[1:])
    response = client.get(f"{address}rozdily.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Co se stane;Kód;Název;Kraj;Údaj;Dříve;Nyní",
        "změněná;560286;Aš;Karlovarský kraj;index;13;14",
    ]


def test_name_that_looks_like_a_formula_is_made_harmless(client_as):
    client = client_as("head")
    address = previewed(client, town(560286, "=HYPERLINK(A1)"))
    text = b"".join(client.get(f"{address}rozdily.csv").streaming_content).decode()
    assert ";'=HYPERLINK(A1);" in text


def test_log_tells_every_run_the_newest_first(client_as):
    make.ImportRunFactory(file_name="starý.xlsx", kind="boundaries", counts={"x": 1})
    client = client_as("head")
    upload(client, b"nic")
    previewed(client)
    text = text_of(client.get(LIST))
    assert text.index("čeká na potvrzení") < text.index("odmítnuto") < text.index("starý.xlsx")
    assert "hranice obcí" in text
    assert "příkazová řádka" in text
    assert "Soubor není sešit XLSX." in text
    for run in ImportRun.objects.all():
        assert run.sha256 in text


def test_log_asks_the_same_number_of_queries_for_one_and_thirty(
    client_as, django_assert_num_queries
):
    client = client_as("head")
    make.ImportRunFactory()
    with django_assert_num_queries(4):
        client.get(LIST)
    for _ in range(29):
        make.ImportRunFactory(person=make.UserFactory())
    with django_assert_num_queries(4):
        client.get(LIST)
    make.ImportRunFactory(file_name="první.xlsx", started_at=make.moment("2020-01-01"))
    assert "první.xlsx" not in text_of(client.get(LIST))
    assert "první.xlsx" in text_of(client.get(f"{LIST}?strana=2"))
