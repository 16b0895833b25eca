"""Who the neighbours are: by cells worked out on paper, and by the boundary where there is one."""

import pytest

from municipalities.hexgrid import Cell, adjacent
from municipalities.models import Boundary, Municipality
from municipalities.models.territory import MunicipalityKind
from municipalities.neighbours import boundary_codes, neighbours
from municipalities.querysets import read_around
from tests.factories import (
    BoundarySetFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
)


def test_cells_around_one_in_an_even_row():
    """Odd rows stand half a cell further east: above 2, 2 lie 1, 3 and 2, 3."""
    assert set(adjacent(Cell(2, 2))) == {(1, 2), (3, 2), (1, 1), (2, 1), (1, 3), (2, 3)}


def test_cells_around_one_in_an_odd_row():
    assert set(adjacent(Cell(2, 3))) == {(1, 3), (3, 3), (2, 2), (3, 2), (2, 4), (3, 4)}


@pytest.fixture
def place(db):
    IndexBandFactory(lower=0)
    return MunicipalityFactory(name="Cheb", hex_q=2, hex_r=2)


def in_region(place, name, cell=(None, None), **fields):
    return MunicipalityFactory(
        name=name, region=place.region, orp=place.orp, hex_q=cell[0], hex_r=cell[1], **fields
    )


def found(place):
    edition = IndexEditionFactory(year=2023)
    return neighbours(place, *read_around(place.region, boundary_codes(place) or (), edition))


def boundary(place, *others):
    return Boundary.objects.create(
        municipality=place,
        boundary_set=BoundarySetFactory(sha256=place.code),
        path="M0 0h9v9z",
        left=0,
        top=0,
        right=9,
        bottom=9,
        label_x=5,
        label_y=5,
        neighbours=[other.code for other in others],
    )


def test_neighbours_are_the_cells_around_by_the_alphabet(place):
    in_region(place, "Luby", (3, 2))
    in_region(place, "Aš", (1, 3))
    in_region(place, "Daleko", (3, 3))
    in_region(place, "Bez buňky")
    in_region(place, "Hradiště", (2, 1), kind=MunicipalityKind.MILITARY_AREA)
    # The same cell of another region.
    MunicipalityFactory(name="Jinde", hex_q=1, hex_r=2)
    near = found(place)
    assert [row.name for row in near.rows] == ["Aš", "Hradiště", "Luby"]
    assert near.by_boundary is False


def test_boundary_decides_where_there_is_one(place):
    in_region(place, "Luby", (3, 2))
    far = in_region(place, "Daleko", (9, 9))
    IndexEntryFactory(municipality=far, value=7)
    abroad = MunicipalityFactory(name="Čistá")
    IndexEntryFactory(municipality=abroad, value=3)
    boundary(place, far, abroad)
    near = found(place)
    assert [(row.name, row.index_value) for row in near.rows] == [("Čistá", 3), ("Daleko", 7)]
    assert near.by_boundary is True


def test_municipality_without_cell_and_boundary_has_no_known_neighbours(place):
    alone = in_region(place, "Bez buňky")
    assert found(alone).rows == ()


def test_boundary_without_neighbours_is_believed(place):
    in_region(place, "Luby", (3, 2))
    boundary(place)
    assert (found(place).rows, found(place).by_boundary) == ((), True)


def test_neighbours_take_the_same_queries_for_1_and_30(place, django_assert_num_queries):
    edition = IndexEditionFactory(year=2023)
    others = [MunicipalityFactory() for _ in range(30)]
    kept = boundary(place, others[0])
    for codes in ([others[0].code], [other.code for other in others]):
        Boundary.objects.filter(pk=kept.pk).update(neighbours=codes)
        again = Municipality.objects.get(pk=place.pk)
        with django_assert_num_queries(4):
            around = read_around(again.region, boundary_codes(again), edition)
            assert len(neighbours(again, *around).rows) == len(codes)
