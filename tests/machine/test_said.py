"""What on a page of a past day is not of that day is said on it."""

import pytest

from measures.models import Measure
from tests.indicators.factories import IndicatorFactory
from tests.machine.read_page import read_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written")]

DAY = "2025-09-20"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "Znění a členění strategie jsou dnešní."),
        ("kk/", "Znění a členění strategie i obce ve výběru jsou dnešní."),
        ("kk/priorita/1/", "Znění a členění strategie jsou dnešní."),
        ("kk/cil/1.A/", "Znění a členění strategie jsou dnešní."),
        ("kk/o-strategii/", "Znění a členění strategie jsou dnešní."),
        (
            "kk/opatreni/1.1/",
            "Znění opatření je z toho dne, názvy priorit, cílů, organizací a obcí i kontakty jsou "
            "dnešní.",
        ),
        ("kk/vystupy/", "Názvy opatření, organizací a obcí jsou dnešní."),
        (
            "kk/pokryti/",
            "Území opatření je z toho dne, index, projekty, znění a členění strategie jsou dnešní.",
        ),
        (
            "kk/pokryti/?podle=opatreni",
            "Území opatření je z toho dne, znění a členění strategie jsou dnešní.",
        ),
    ],
)
def test_page_of_a_past_day_says_what_is_todays(client, path, said):
    address = f"/strategie/{path}"
    page = read_page(client, f"{address}{'&' if '?' in path else '?'}k={DAY}")
    note = page.one("p", "past").text
    assert f"Stav k 20. 9. 2025, jak byl znám ten den. {said} Zobrazit dnešek" in note
    assert not read_page(client, address).all("p", "past")


@pytest.mark.parametrize("path", ["priorita/1/", "opatreni/1.1/", "opatreni/1.2/"])
def test_projects_and_indicators_of_a_past_day_are_said_to_be_todays(client, written, path):
    indicator = IndicatorFactory(region=written.strategy.region)
    indicator.measures.set(Measure.objects.all())
    indicator.priorities.set(written.strategy.priorities.all())
    projects = "Údaje o projektech jsou dnešní."
    values = "Hodnoty jsou ty, které byly ten den známé, názvy a zařazení ukazatelů dnešní."
    page = read_page(client, f"/strategie/kk/{path}?k={DAY}")
    assert projects in page.section("projekty").text
    assert values in page.section("ukazatele").text
    today = read_page(client, f"/strategie/kk/{path}").text
    assert projects not in today
    assert values not in today


def test_need_beside_a_past_day_is_said_to_be_todays(client):
    said = "Území opatření je z toho dne, index a projekty jsou dnešní."
    page = read_page(client, f"/strategie/kk/priorita/1/?k={DAY}")
    assert said in page.section("potreba").text
    assert said not in read_page(client, "/strategie/kk/priorita/1/").text


def test_links_to_projects_drop_the_day_their_page_would_not_keep(client):
    page = read_page(client, f"/strategie/kk/pokryti/?k={DAY}")
    links = [one.attrs["href"] for one in page.all("a")]
    assert "/projekty/projekt-byty/" in links
    assert "/projekty/projekt-dluhy/" in links
    assert f"/strategie/kk/opatreni/1.1/?k={DAY}" in links
