"""The layout of the map as HexJSON: read, refused, written."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from common.models import ImportRun
from municipalities.models import Municipality
from tests.factories import MunicipalityFactory, RegionFactory
from tests.municipalities.squares import CODES, nine, place, write

pytestmark = pytest.mark.django_db
A, B = CODES["a"], CODES["b"]


def layout(kind="odd-r", **cells):
    """Return a HexJSON of the nine in a row, with other cells where they are given."""
    hexes = {code: {"n": name, "q": n, "r": 0} for n, (name, code) in enumerate(CODES.items())}
    for name, (q, r) in cells.items():
        hexes[CODES[name]].update(q=q, r=r)
    return {"layout": kind, "hexes": hexes}


def cells():
    return dict(
        Municipality.objects.filter(hex_q__isnull=False).values_list("code", "hex_q")
    ), dict(Municipality.objects.filter(hex_r__isnull=False).values_list("code", "hex_r"))


@pytest.fixture
def load(tmp_path):
    def run(data):
        said = StringIO()
        call_command("load_hexes", write(tmp_path / "kraj.hexjson", data), stdout=said)
        return said.getvalue().replace("\u00a0", " ")

    return run


@pytest.fixture
def refused(load):
    def run(data):
        before = cells()
        with pytest.raises(CommandError) as caught:
            load(data)
        assert cells() == before
        assert ImportRun.objects.latest("pk").state == "refused"
        return str(caught.value)

    return run


def test_cells_are_loaded_and_again_change_nothing(load):
    nine()
    assert "místo změnilo 9 území" in load(layout(b=(1, 3)))
    assert (place("a").hex_q, place("a").hex_r) == (0, 0)
    assert (place("b").hex_q, place("b").hex_r) == (1, 3)
    assert "Beze změny" in load(layout(b=(1, 3)))
    assert list(ImportRun.objects.order_by("pk").values_list("kind", "state")) == [
        ("hexes", "done"),
        ("hexes", "unchanged"),
    ]


def test_two_may_change_places_and_the_history_says_from_what_file(load):
    nine()
    load(layout())
    load(layout(a=(1, 0), b=(0, 0)))
    assert (place("a").hex_q, place("b").hex_q) == (1, 0)
    newest = place("a").history.first()
    assert newest.history_change_reason == "rozložení mapy ze souboru kraj.hexjson"
    assert place("a").history.filter(hex_q=None).count() <= 1
    assert not place("c").history.filter(history_date=newest.history_date).exists()


def test_even_rows_that_stand_east_become_odd_ones(load):
    """In even-r the cell 0, 0 stands half a hexagon east of 0, 1: one row up, ours does too."""
    nine()
    load(layout("even-r", b=(0, 1)))
    assert (place("a").hex_q, place("a").hex_r) == (0, 1)
    assert (place("b").hex_q, place("b").hex_r) == (0, 2)


@pytest.mark.parametrize("kind", ["odd-q", "even-q"])
def test_columns_are_refused(refused, kind):
    nine()
    assert f"Rozložení „{kind}“ má šestiúhelníky ve sloupcích" in refused(layout(kind))


@pytest.mark.parametrize("kind", [None, "", "kosočtverce", 7])
def test_layout_must_be_named(refused, kind):
    nine()
    assert "Soubor neříká, v jakém je rozložení" in refused(layout(kind))


@pytest.mark.parametrize("q", [1.5, 1.0, "1", None, True, 40_000, [1]])
def test_cells_are_whole_numbers(refused, q):
    nine()
    assert f"Kód {B}: „q“ a „r“ musí být celá čísla." in refused(layout(b=(q, 0)))


def test_two_in_one_cell_are_named(refused):
    nine()
    said = refused(layout(b=(0, 0)))
    assert f"Buňku q 0, r 0 mají zároveň A ({A}) a B ({B})." in said


def test_unknown_code_is_named(refused):
    nine()
    data = layout()
    data["hexes"]["599999"] = {"q": 50, "r": 50}
    assert "Kód 599999: takovou obec portál nezná." in refused(data)


def test_region_must_be_whole(refused):
    nine()
    data = layout()
    del data["hexes"][B]
    assert f"Kraj: v rozložení chybí B ({B})." in refused(data)


def test_code_that_is_there_twice_is_refused(refused):
    nine()
    text = json.dumps(layout()).replace(f'"{B}"', f'"{A}"')
    assert f"Kód {A} je v souboru dvakrát." in refused(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "není platný JSON"),
        (json.dumps(layout())[:100], "možná je useknutý"),
        ("[]", "není HexJSON"),
        ('{"layout": "odd-r"}', "nemá žádné šestiúhelníky"),
        ('{"layout": "odd-r", "hexes": []}', "nemá žádné šestiúhelníky"),
        ('{"layout": "odd-r", "hexes": {"550001": 1}}', "musí být celá čísla"),
        ("[" * 100_000, "není platný JSON"),
    ],
)
def test_what_is_no_hexjson_is_refused(refused, text, sentence):
    assert sentence in refused(text)


def test_layout_comes_back_as_it_was_loaded(load, client):
    region = nine()
    data = layout(b=(1, 3))
    load(data)
    response = client.get(reverse("municipalities:hexes", args=[region.code]))
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="kraj.hexjson"'
    back = json.loads(response.content)
    assert back["layout"] == "odd-r"
    assert {code: (one["q"], one["r"]) for code, one in back["hexes"].items()} == {
        code: (one["q"], one["r"]) for code, one in data["hexes"].items()
    }
    assert back["hexes"][A] == {"n": "A", "q": 0, "r": 0, "orp": place("a").orp.code}
    assert "Beze změny" in load(response.content.decode())


def test_layout_is_linked_beside_the_map(load, client):
    nine()
    load(layout())
    body = client.get(reverse("municipalities:municipality_list")).content.decode()
    assert 'href="/obce/CZ041.hexjson"' in body


def test_region_without_a_layout_has_nothing_to_take_away(client):
    region = nine()
    assert client.get(f"/obce/{region.code}.hexjson").status_code == 404
    assert client.get("/obce/CZ999.hexjson").status_code == 404


def test_same_cell_in_another_region_is_no_fault(load):
    nine()
    MunicipalityFactory(code="560000", region=RegionFactory(name="Jiný"), hex_q=0, hex_r=0)
    assert "místo změnilo 9 území" in load(layout())
