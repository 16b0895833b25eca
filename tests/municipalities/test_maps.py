"""Which map `/obce/` shows and how one gets to the other."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.models import Municipality
from tests.factories import (
    BoundaryFactory,
    BoundarySetFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
)
from tests.municipalities.pages import text_of, titles_of
from tests.municipalities.squares import nine

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    for lower, name in [(0, "nízký"), (12, "vysoký")]:
        IndexBandFactory(lower=lower, name=name)
    found = nine()
    edition = IndexEditionFactory(year=2023)
    for n, place in enumerate(Municipality.objects.order_by("code")):
        IndexEntryFactory(edition=edition, municipality=place, value=2 * n)
    return found


def bound(number=9, **fields):
    boundary_set = BoundarySetFactory(source="Úřad", terms="CC BY 4.0", **fields)
    for n, place in enumerate(Municipality.objects.order_by("code")[:number]):
        x = 100 * n
        BoundaryFactory(
            municipality=place,
            boundary_set=boundary_set,
            path=f"M{x} 0l100 0 0 100-100 0z",
            left=x,
            top=0,
            right=x + 100,
            bottom=100,
            label_x=x + 50,
            label_y=50,
        )


def lay_out():
    for n, place in enumerate(Municipality.objects.order_by("code")):
        place.hex_q, place.hex_r = n, 0
        place.save()


@pytest.fixture
def show(client):
    def read(query=""):
        return client.get(reverse("municipalities:municipality_list") + query)

    return read


def tools(response):
    return re.search(r'<ul class="maptools">.*?</ul>', response.content.decode(), re.DOTALL)


def test_region_without_layout_and_boundaries_has_a_table_and_no_map(region, show):
    response = show()
    assert response.context["map"] is None
    assert '<svg class="hex" viewBox' not in response.content.decode().split('<ul class="legend')[0]
    assert "js/hexmap" not in response.content.decode()
    assert not tools(response)
    assert "Všechny obce" in text_of(response)


def test_hexagons_alone_offer_no_choice(region, show):
    lay_out()
    response = show()
    assert "Každý šestiúhelník je jedna obec" in text_of(response)
    assert "Hranice obcí" not in tools(response)[0]


def test_boundaries_alone_are_shown_without_being_asked_for(region, show):
    bound()
    response = show()
    assert 'svg class="hex geo"' in response.content.decode()
    assert "Hranice: Úřad, CC BY 4.0." in text_of(response)
    assert tools(response)[0].count("<li>") == 0


def test_boundaries_of_a_part_are_no_map(region, show):
    bound(8)
    assert show("?mapa=hranice").context["map"] is None


def test_both_are_offered_and_the_choice_stays_in_the_address(region, show):
    lay_out()
    bound()
    hexagons = show("?pasmo=vysoky")
    assert 'svg class="hex geo"' not in hexagons.content.decode()
    assert 'href="?pasmo=vysoky&amp;mapa=hranice"' in tools(hexagons)[0]
    boundaries = show("?pasmo=vysoky&mapa=hranice")
    body = boundaries.content.decode()
    assert 'svg class="hex geo"' in body
    assert (
        'href="?pasmo=vysoky" ' in tools(boundaries)[0]
        or 'href="?pasmo=vysoky">' in tools(boundaries)[0]
    )
    assert '<input type="hidden" name="mapa" value="hranice"' in body
    assert 'href="/obce/?mapa=hranice">Zrušit výběr' in body
    assert 'href="/obce/?mapa=hranice" aria-current="true"' in body  # the chosen band, taken back


def test_both_maps_say_the_same(region, show):
    lay_out()
    bound()
    assert sorted(titles_of(show())) == sorted(titles_of(show("?mapa=hranice")))
    assert len(titles_of(show("?mapa=hranice"))) == 9


def test_choosing_a_map_is_no_selection(region, show):
    lay_out()
    bound()
    response = show("?mapa=hranice")
    assert "Vybráno" not in text_of(response)
    assert len(response.context["table"].places) == 9


def test_unknown_map_is_said_and_the_usual_one_shown(region, show):
    lay_out()
    response = show("?mapa=satelit")
    assert "Taková mapa tu není, ukazuje se obvyklá." in text_of(response)
    assert "Každý šestiúhelník je jedna obec" in text_of(response)


def test_orp_shows_boundaries_where_there_are_no_hexagons(region, client):
    bound()
    orp = region.orps.get(name="Jih")
    body = client.get(orp.get_absolute_url()).content.decode()
    assert 'svg class="hex geo"' in body


@pytest.mark.parametrize("query", ["", "?mapa=hranice"])
def test_map_takes_few_queries(region, show, query):
    lay_out()
    bound()
    show(query)
    with CaptureQueriesContext(connection) as queries:
        show(query)
    assert len(queries) <= 8
