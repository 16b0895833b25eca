"""The map: what stands in a hexagon, what it is called, what is drawn how."""

import re

import pytest

from municipalities.hexgrid import Cell, hexagon
from municipalities.hexmap import hex_map
from municipalities.overview import overview
from tests.municipalities.rows import four_bands, row


def drawn(*rows, **options):
    return hex_map(overview(rows, four_bands()), **options)


def titles(drawing):
    return re.findall(r"<title>(.*?)</title>", drawing.links)


def layer(drawing, look):
    return next((layer for layer in drawing.layers if layer.look == look), None)


def test_there_is_no_map_without_cells():
    assert drawn(row(3)) is None
    assert drawn() is None


def test_each_municipality_is_a_link_with_its_number_and_a_title():
    drawing = drawn(row(13, name="Kraslice", code="560472", cell=(4, 11)))
    assert titles(drawing) == ["Kraslice: 13, vysoký"]
    assert '<a href="/obce/560472-kraslice/" class="b4" data-q="4" data-r="11"' in drawing.links
    # 52 × 4 + 26 to the east, 45 × 11 to the north, 7 below the middle.
    assert '<text x="234" y="-488" fill="#FFFFFF">13</text></a>' in drawing.links


def test_links_are_read_from_the_north_and_from_the_west_and_the_first_takes_the_tab():
    drawing = drawn(
        row(1, name="J", cell=(0, 0)),
        row(1, name="SV", cell=(1, 1)),
        row(1, name="SZ", cell=(0, 1)),
    )
    assert [title[:2] for title in titles(drawing)] == ["SZ", "SV", "J:"]
    assert re.findall(r'tabindex="(-?\d)"', drawing.links) == ["0", "-1", "-1"]


def test_namesakes_are_told_apart():
    drawing = drawn(
        row(16, name="Chodov", orp_name="Sokolov", cell=(0, 0)),
        row(5, name="Chodov", orp_name="Karlovy Vary", cell=(1, 0)),
        row(0, name="Aš", orp_name="Aš", cell=(2, 0)),
    )
    assert titles(drawing) == [
        "Chodov (ORP Sokolov): 16, vysoký",
        "Chodov (ORP Karlovy Vary): 5, střední",
        "Aš: 0, žádný nebo nízký",
    ]


def test_borrowed_is_hatched_around_a_plain_core_and_said():
    drawing = drawn(row(5, cell=(0, 0), is_borrowed=True), row(5, cell=(1, 0)))
    found = layer(drawing, "b2")
    assert titles(drawing)[0] == "Obec: 5, střední, složka vzdělávání převzata".replace(
        "Obec:", "Obec (ORP Cheb):"
    )
    assert found.everything == hexagon(Cell(0, 0)) + hexagon(Cell(1, 0))
    assert found.hatched == hexagon(Cell(0, 0))
    assert found.cores == hexagon(Cell(0, 0), 16, 9)


def test_military_area_and_unknown_value_have_dots_and_no_number():
    drawing = drawn(
        row(3, name="Hradiště", kind="vojensky_ujezd", cell=(0, 0)),
        row(None, name="Aš", cell=(1, 0)),
    )
    assert titles(drawing) == [
        "Hradiště: vojenský újezd, nezapočítává se",
        "Aš: hodnota neznámá",
    ]
    assert "<text" not in drawing.links
    assert drawing.layers == ()
    assert drawing.empty == hexagon(Cell(0, 0), 23, 13) + hexagon(Cell(1, 0), 23, 13)


def test_what_is_not_chosen_keeps_number_and_link_but_not_its_colour():
    drawing = drawn(
        row(13, name="Cheb", code="1", cell=(0, 0)),
        row(20, name="Rotava", code="2", cell=(1, 0), is_borrowed=True),
        chosen={"1"},
    )
    assert titles(drawing) == [
        "Cheb: 13, vysoký",
        "Rotava: 20, vysoký, složka vzdělávání převzata, mimo výběr",
    ]
    off = layer(drawing, "off")
    assert (off.fill, off.hatched) == ("#FFFFFF", "")
    assert off.everything == hexagon(Cell(1, 0))
    assert layer(drawing, "b4").everything == hexagon(Cell(0, 0))
    assert ">20</text>" in drawing.links


def test_choosing_nothing_is_not_choosing_all():
    assert [one.look for one in drawn(row(13, cell=(0, 0)), chosen=()).layers] == ["off"]
    assert [one.look for one in drawn(row(13, cell=(0, 0)), chosen=None).layers] == ["b4"]


def test_names_cannot_break_out():
    drawing = drawn(row(1, name='A"<b>', cell=(0, 0), search_key="a"))
    assert titles(drawing) == ["A&quot;&lt;b&gt;: 1, žádný nebo nízký"]


def test_picture_holds_all_hexagons_names_and_a_margin():
    """One hexagon from -26 to 26 and -30 to 30. „Cheb“, 48 wide, would leave the map on its sides
    and stands a row above, in a line from -60 to -30; the margin is 6."""
    drawing = drawn(row(1, cell=(0, 0)))
    (label,) = drawing.layout.labels
    assert (label.name, label.anchor, label.x) == ("Cheb", "middle", 0)
    assert drawing.layout.view_box == "-32 -66 64 102"


@pytest.mark.parametrize(("number", "word"), [(1, "1 území"), (2, "2 území")])
def test_label_says_how_many_and_where_the_table_is(number, word):
    drawing = drawn(*[row(1, cell=(n, 0)) for n in range(number)])
    label = drawing.label.replace("\u00a0", " ")
    assert word in label
    assert label.endswith("Totéž je v tabulce.")
