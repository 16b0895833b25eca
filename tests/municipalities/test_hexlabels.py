"""Names on the map: a letter takes 12, a name stands 10 beside a hexagon."""

from municipalities.hexgrid import Cell
from municipalities.hexlabels import Label, place_labels


def cells(*places):
    return [Cell(*place) for place in places]


def test_names_stand_beside_their_part_away_from_the_others():
    assert place_labels([("A", cells((0, 0))), ("B", cells((1, 0)))]) == [
        Label("A", -36, 0, "end"),
        Label("B", 88, 0, "start"),
    ]


def test_a_part_between_two_others_is_named_above_or_below():
    _, middle, _ = place_labels([("A", cells((0, 0))), ("B", cells((1, 0))), ("C", cells((2, 0)))])
    assert (middle.x, abs(middle.y), middle.anchor, middle.is_inside) == (52, 45, "middle", False)


def test_a_landlocked_part_is_named_inside_between_two_rows():
    ring = cells((0, 1), (1, 0), (0, -1), (-1, -1), (-1, 0), (-1, 1))
    labels = {label.name: label for label in place_labels([("In", cells((0, 0))), ("R", ring)])}
    assert labels["In"] == Label("In", 0, 22, "middle", is_inside=True)
    assert not labels["R"].is_inside


def test_names_do_not_cross():
    """Both parts are nearest to the row under them; the second name gives way."""
    labels = place_labels(
        [("A" * 6, cells((0, 0), (0, 1), (-1, 1))), ("B" * 6, cells((1, 0), (1, 1), (2, 1)))]
    )
    assert len({(label.x, label.y) for label in labels}) == 2


def test_a_name_too_long_for_the_map_stands_inside():
    (label,) = place_labels([("Nejdelší název na světě", cells((0, 0)))])
    assert label.is_inside
