"""Geometry of the map by numbers worked out on paper: a hexagon is 52 wide and 60 high."""

import pytest

from municipalities.hexgrid import Cell, centre, corners, hexagon, outline


@pytest.mark.parametrize(
    ("cell", "point"),
    [
        ((0, 0), (0, 0)),
        ((1, 0), (52, 0)),
        ((0, 1), (26, -45)),
        ((1, 1), (78, -45)),
        ((3, 2), (156, -90)),
        ((0, -1), (26, 45)),
    ],
)
def test_rows_grow_to_the_north_and_odd_ones_stand_further_east(cell, point):
    assert centre(Cell(*cell)) == point


def test_corners_go_round_from_the_north():
    assert corners(Cell(0, 0)) == [(0, -30), (26, -15), (26, 15), (0, 30), (-26, 15), (-26, -15)]


def test_hexagon_is_a_path_and_may_be_smaller():
    assert hexagon(Cell(0, 0)) == "M0 -30l26 15v30l-26 15 -26 -15v-30z"
    assert hexagon(Cell(1, 1), 16, 9) == "M78 -63l16 9v18l-16 9 -16 -9v-18z"


def test_outline_of_one_cell_are_its_corners():
    assert outline([Cell(0, 0)]) == "M0 -30L26 -15L26 15L0 30L-26 15L-26 -15Z"


def test_outline_leaves_out_the_edge_two_cells_share():
    """The edge from 26, -15 to 26, 15 is walked by neither."""
    assert outline([Cell(0, 0), Cell(1, 0)]) == (
        "M0 -30L26 -15L52 -30L78 -15L78 15L52 30L26 15L0 30L-26 15L-26 -15Z"
    )


def test_outline_of_cells_apart_and_of_a_ring_has_two_loops():
    apart = outline([Cell(0, 0), Cell(2, 0)])
    assert apart.count("M") == apart.count("Z") == 2
    around = [(0, 1), (1, 0), (0, -1), (-1, -1), (-1, 0), (-1, 1)]
    ring = outline([Cell(*cell) for cell in around])
    assert ring.count("M") == 2
    assert "M0 -30L-26 -15L-26 15L0 30L26 15L26 -15Z" in ring  # the hole, the other way round


def test_outline_does_not_depend_on_the_order_of_cells():
    cells = [Cell(0, 0), Cell(1, 0), Cell(0, 1)]
    assert outline(cells) == outline(cells[::-1])
