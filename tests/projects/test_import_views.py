import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.models import ImportRun
from projects.models import Project
from tests.factories import RegionFactory
from tests.projects.factories import ProjectFactory

pytestmark = pytest.mark.django_db

NEW = reverse("project_desk:import_create")


@pytest.fixture
def unit(client_as):
    RegionFactory(code="CZ041")
    return client_as("unit")


def send(client, text, name="projekty.csv"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, text.encode())})


def test_file_is_previewed_then_confirmed(unit):
    ProjectFactory(slug="a", name="Starý", region__code="CZ042")
    answer = send(unit, "zkratka;nazev;zdroj\na;Nový;zpráva\n;Druhý;zpráva\n")
    assert answer.status_code == 302
    assert Project.objects.get().name == "Starý"
    page = unit.get(answer.url).content.decode()
    for said in ("Nové projekty: 1.", "Změněné: 1.", "Starý</del>", "Nový</ins>"):
        assert said in page
    rows = b"".join(unit.get(answer.url + "rozdily.csv").streaming_content).decode()
    assert "2;změněný;Nový;nazev;Starý;Nový" in rows
    unit.post(answer.url, {"akce": "nacist"})
    assert set(Project.objects.values_list("name", flat=True)) == {"Nový", "Druhý"}
    run = ImportRun.objects.get()
    assert (run.state, run.counts) == ("done", {"new": 1, "changed": 1, "same": 0})


def test_preview_that_no_longer_holds_is_made_anew(unit):
    ProjectFactory(slug="a", name="Starý", region__code="CZ042")
    url = send(unit, "zkratka;nazev\na;Nový\n").url
    Project.objects.get().delete()
    ProjectFactory(slug="a", name="Jiný", region__code="CZ043")
    answer = unit.post(url, {"akce": "nacist"}, follow=True)
    assert "od kontroly změnily" in answer.content.decode()
    assert Project.objects.get().name == "Jiný"
    unit.post(url, {"akce": "nacist"})
    assert Project.objects.get().name == "Nový"


def test_refused_file_says_where_and_is_logged(unit):
    answer = send(unit, "nazev;mena;zdroj\nA;USD;z\n")
    assert answer.status_code == 422
    assert "Řádek 2, mena: měnu „USD“ neznáme." in answer.content.decode().replace("\u00a0", " ")
    assert ImportRun.objects.get().state == "refused"
    assert not Project.objects.exists()


def test_file_is_thrown_away(unit):
    url = send(unit, "nazev;zdroj\nA;z\n").url
    unit.post(url, {"akce": "zahodit"})
    assert ImportRun.objects.get().state == "abandoned"
    assert unit.get(url).status_code == 404
    assert not Project.objects.exists()


@pytest.mark.parametrize("role", ["councillor", "admin"])
def test_others_may_neither_see_nor_confirm(client, client_as, role):
    RegionFactory(code="CZ041")
    url = send(client_as("unit"), "nazev;zdroj\nA;z\n").url
    other = client_as(role)
    for address in (url, url + "rozdily.csv"):
        assert other.get(address).status_code == 403
    assert other.post(url, {"akce": "nacist"}).status_code == 403
    assert not Project.objects.exists()


def test_log_of_imports_names_projects(unit, client_as):
    send(unit, "nazev;zdroj\nA;z\n")
    page = client_as("head").get(reverse("portal:import_list")).content.decode()
    assert "projekty" in page
    assert "Nové projekty: 1." in page
