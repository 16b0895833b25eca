import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common.models import ImportRun, ImportState
from indicators.models import Observation
from tests.indicators.factories import IndicatorFactory
from tests.indicators.test_imports import csv_file

pytestmark = pytest.mark.django_db

NEW = reverse("indicators:values_import")


def sent(client, *rows):
    file = SimpleUploadedFile("hodnoty.csv", csv_file(*rows).content)
    return client.post(NEW, {"file": file}, follow=True)


def test_file_is_previewed_then_confirmed(client_as):
    IndicatorFactory(slug="lide", name="Lidé")
    client = client_as("unit")
    text = sent(client, {}).content.decode()
    assert "Zapsat hodnoty ze souboru?" in text
    assert "5 osob" in text
    run = ImportRun.objects.get()
    page = reverse("indicators:values_import_detail", args=[run.pk])
    rows = client.get(reverse("indicators:values_import_differences", args=[run.pk]))
    assert "nová;Lidé;Česko;2023;;5 osob;Zpráva" in rows.getvalue().decode()
    assert not Observation.objects.exists()
    assert (
        "Hodnoty ze souboru jsou zapsané."
        in client.post(page, {"akce": "nacist"}, follow=True).content.decode()
    )
    assert Observation.objects.get().value == 5
    assert client.get(page).status_code == 404


def test_file_is_thrown_away(client_as):
    IndicatorFactory(slug="lide")
    client = client_as("head")
    sent(client, {})
    run = ImportRun.objects.get()
    client.post(reverse("indicators:values_import_detail", args=[run.pk]), {"akce": "zahodit"})
    run.refresh_from_db()
    assert run.state == ImportState.ABANDONED
    assert not Observation.objects.exists()


def test_refused_file_says_why_and_is_logged(client_as):
    client = client_as("head")
    answer = sent(client, {})
    assert answer.status_code == 422
    assert "Řádek 2, sloupec ukazatel" in answer.content.decode()
    text = client.get(reverse("portal:import_list")).content.decode()
    assert "hodnoty ukazatelů" in text
    assert "odmítnuto" in text


def test_only_the_unit_confirms(client_as, make_user):
    IndicatorFactory(slug="lide")
    sent(client_as("unit"), {})
    run = ImportRun.objects.get()
    other = Client()
    other.force_login(make_user("councillor"), backend="accounts.backends.EmailBackend")
    for name in ("detail", "differences"):
        page = reverse(f"indicators:values_import_{name}", args=[run.pk])
        assert other.post(page, {"akce": "nacist"}).status_code == 403
        assert Client().get(page).status_code == 302
    assert not Observation.objects.exists()
