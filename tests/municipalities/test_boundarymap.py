"""The map by boundaries: squares of a hundred units whose borders are easy to see."""

import re

import pytest

from municipalities.boundarymap import Outline, boundary_map
from municipalities.boundaryshape import Box, borders, edges, fits, rings
from municipalities.overview import overview
from tests.municipalities.rows import four_bands, row

SIDE = 1000


def square(code, column, line=0, side=SIDE):
    """A square in a grid whose lines grow to the south."""
    x, y = column * SIDE, line * SIDE
    path = f"M{x} {y}l{side} 0 0 {side}-{side} 0z"
    return Outline(code, path, x, y, x + side, y + side, x + side // 2, y + side // 2)


def drawn(*pairs, **options):
    """Draw pairs of a row and its outline."""
    rows, outlines = zip(*pairs, strict=True)
    return boundary_map(overview(rows, four_bands()), outlines, **options)


def titles(drawing):
    return re.findall(r"<title>(.*?)</title>", drawing.links)


def fills(drawing):
    return {
        code: layer.fill
        for layer in drawing.layers
        for code in re.findall(r'id="h(\d+)"', layer.faces)
    }


def test_rings_are_read_as_they_were_written():
    assert list(rings("M-5 7l10 0 0 10-10 0zM1 2l3 0 0-3z")) == [
        [(-5, 7), (5, 7), (5, 17), (-5, 17), (-5, 7)],
        [(1, 2), (4, 2), (4, -1), (1, 2)],
    ]


def lengths(path):
    """Return how long all steps of a path are together."""
    numbers = [int(n) for part in re.findall(r"l([^M]*)", path) for n in re.findall(r"-?\d+", part)]
    return sum(map(abs, numbers))


@pytest.mark.parametrize(
    ("parts", "length"),
    [
        # The outer side of three squares in a row is 8 sides long, a line inside is one more.
        (["a", "a", "a"], 8),
        (["a", "a", "b"], 9),
        (["a", "b", "a"], 10),
    ],
)
def test_borders_stand_between_parts_and_outside_each_edge_once(parts, length):
    lines = [edges(square("", n).path) for n in range(3)]
    assert lengths(borders(parts, lines)) == length * SIDE


@pytest.mark.parametrize(
    ("box", "is_free"),
    [
        (Box(10, 10, 90, 90), True),
        (Box(-10, 10, 20, 20), False),
        (Box(40, 40, 60, 120), False),
        (Box(-50, -50, 150, 150), False),
        (Box(200, 200, 210, 210), True),
    ],
)
def test_number_fits_where_no_edge_runs_through(box, is_free):
    assert fits(box, edges("M0 0l100 0 0 100-100 0z")) == is_free


def test_there_is_no_map_unless_all_have_a_boundary():
    rows = [row(1, code="1"), row(2, code="2")]
    assert boundary_map(overview(rows, four_bands()), [square("1", 0)]) is None
    assert boundary_map(overview([], four_bands()), []) is None


def test_each_municipality_is_a_link_with_title_face_and_number():
    drawing = drawn((row(13, name="Kraslice", code="560472"), square("560472", 0)))
    assert titles(drawing) == ["Kraslice: 13, vysoký"]
    assert '<a href="/obce/560472-kraslice/" class="b4" tabindex="0">' in drawing.links
    assert '<use href="#h560472"/>' in drawing.links
    assert '<text x="500" y="507" fill="#FFFFFF">13</text></a>' in drawing.links
    (layer,) = drawing.layers
    assert layer.look == "b4"
    assert layer.faces == f'<path id="h560472" d="{square("", 0).path}"/>'


def test_path_is_written_once():
    drawing = drawn((row(5, code="1", is_borrowed=True), square("1", 0)))
    everything = "".join(layer.faces for layer in drawing.layers) + drawing.links + drawing.empty
    assert everything.count(square("1", 0).path) == 1


def test_borrowed_is_hatched_and_its_number_has_a_halo():
    drawing = drawn(
        (row(5, code="1", is_borrowed=True), square("1", 0)),
        (row(5, code="2"), square("2", 1)),
    )
    assert fills(drawing) == {"1": "url(#geo-b2)", "2": "#D4A4CE"}
    assert drawing.links.count('class="halo" stroke="#D4A4CE"') == 1
    assert "složka vzdělávání převzata" in titles(drawing)[0]


def test_military_area_and_unknown_have_dots_and_no_number():
    drawing = drawn(
        (row(3, name="Hradiště", kind="vojensky_ujezd", code="1"), square("1", 0)),
        (row(None, name="Aš", code="2"), square("2", 1)),
    )
    assert (
        titles(drawing)
        == ["Aš: hodnota neznámá", "Hradiště: vojenský újezd, nezapočítává se"][::-1]
    )
    assert "<text" not in drawing.links
    assert drawing.layers == ()
    assert re.findall(r'id="h(\d)"', drawing.empty) == ["1", "2"]


def test_what_is_not_chosen_keeps_number_and_link_but_not_its_colour():
    drawing = drawn(
        (row(13, name="Cheb", code="1"), square("1", 0)),
        (row(20, name="Rotava", code="2", is_borrowed=True), square("2", 1)),
        chosen={"1"},
    )
    assert fills(drawing) == {"1": "#4A0A4B", "2": "#FFFFFF"}
    assert titles(drawing)[1] == "Rotava: 20, vysoký, složka vzdělávání převzata, mimo výběr"
    assert ">20</text>" in drawing.links
    assert "halo" not in drawing.links


def test_small_municipality_has_a_title_and_no_number():
    """The map is 10,000 wide, so letters are 192 high: two digits want 223 × 134, on a narrow
    screen half as much again, 334 × 202."""
    wide = (row(1, name="Široká", code="1"), square("1", 0)._replace(right=10_000))
    middle = (row(2, name="Střední", code="2"), square("2", 3, side=300))
    small = (row(3, name="Malá", code="3"), square("3", 6, side=200))
    drawing = drawn(wide, middle, small)
    assert [title.split(":")[0] for title in titles(drawing)] == ["Široká", "Střední", "Malá"]
    assert re.findall(r"<text[^>]*>(\d)</text>", drawing.links) == ["1", "2"]
    assert 'class="wide"' in re.search(r"<text[^>]*>2<", drawing.links)[0]
    assert "class" not in re.search(r"<text[^>]*>1<", drawing.links)[0]


def test_names_of_orp_stand_at_their_seat_and_not_on_each_other():
    drawing = drawn(
        (row(1, name="Cheb", orp_name="Cheb", code="1"), square("1", 0)),
        (row(1, name="Hazlov", orp_name="Cheb", code="2"), square("2", 1)),
        (row(1, name="Aš", orp_name="Aš", code="3"), square("3", 2)),
    )
    assert {name.name: name.x for name in drawing.ground.names} == {"Cheb": 500, "Aš": 2500}
    assert all(name.y > 507 for name in drawing.ground.names)


def test_picture_holds_all_boundaries_and_a_margin():
    drawing = drawn((row(1, code="1"), square("1", 0)), (row(1, code="2"), square("2", 1)))
    # 2,000 wide: letters are 38 high.
    assert drawing.ground.view_box == "-38 -38 2076 1076"


def test_links_are_read_from_the_north_and_the_first_takes_the_tab():
    drawing = drawn(
        (row(1, name="J", code="1"), square("1", 0, 1)),
        (row(1, name="SV", code="2"), square("2", 1)),
        (row(1, name="SZ", code="3"), square("3", 0)),
    )
    assert [title.split(":")[0] for title in titles(drawing)] == ["SZ", "SV", "J"]
    assert re.findall(r'tabindex="(-?\d)"', drawing.links) == ["0", "-1", "-1"]


def test_names_cannot_break_out():
    drawing = drawn((row(1, name='A"<b>', code="1", search_key="a"), square("1", 0)))
    assert titles(drawing) == ["A&quot;&lt;b&gt;: 1, žádný nebo nízký"]
