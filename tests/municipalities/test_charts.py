"""Charts by numbers worked out on paper: wide charts give a value 40, narrow ones 12, after 4."""

from decimal import Decimal

import pytest

from municipalities.charts import (
    CELL_DOTS,
    NARROW,
    NARROW_DOTS,
    WIDE,
    WIDE_DOTS,
    component_bar,
    dot_strip,
    ruler,
)
from municipalities.components import ComponentLine
from municipalities.overview import overview
from tests.municipalities.rows import four_bands, plain, row


def kraslice(size=WIDE, **changes):
    """13 points in an ORP whose other municipalities have 1, 5, 21, 4, 20, 1 and 5 (2023)."""
    values = {
        "name": "Kraslice",
        "value": 13,
        "others": [1, 5, 21, 4, 20, 1, 5],
        "bands": four_bands(),
        "medians": [("ORP Kraslice", 5), ("kraje", 3)],
    }
    return ruler(size, **{**values, **changes})


@pytest.mark.parametrize(("size", "width"), [(WIDE, 1248), (NARROW, 380)])
def test_axis_runs_from_0_to_30_whatever_the_values(size, width):
    drawn = kraslice(size, value=0, others=[])
    assert drawn.size.width == width
    assert sum(zone.width for zone in drawn.zones) == size.unit * 31


def test_bands_meet_on_the_axis_and_say_what_they_are():
    zones = kraslice().zones
    assert [(zone.x, zone.width) for zone in zones] == [
        (4, 80),
        (84, 240),
        (324, 160),
        (484, 760),
    ]
    # „žádný nebo nízký 0–1“ does not fit into 80.
    assert [zone.label for zone in zones] == ["0–1", "střední 2–7", "zvýšený 8–11", "vysoký 12–30"]
    assert [zone.label for zone in kraslice(NARROW).zones] == ["0–1", "2–7", "8–11", "12–30"]


def test_own_value_stands_over_its_place():
    drawn = kraslice()
    assert (drawn.own_x, drawn.own.text, drawn.own.x, drawn.own.anchor) == (
        4 + 40 * 13 + 20,
        "Kraslice 13",
        544,
        "middle",
    )


@pytest.mark.parametrize(("value", "x", "anchor"), [(0, 4, "start"), (30, 1244, "end")])
def test_own_label_stays_in_the_picture(value, x, anchor):
    own = kraslice(value=value, name="Mariánské Lázně").own
    assert (own.x, own.anchor) == (x, anchor)


def test_medians_stand_under_the_dots_the_greater_one_higher():
    """Bands end at 78; one row of dots 8 high begins 8 lower, so the marks at 102 and 126."""
    marks = kraslice().marks
    assert [(plain(mark.label.text), mark.x, mark.y) for mark in marks] == [
        ("medián ORP Kraslice 5", 224, 102),
        ("medián kraje 3", 144, 126),
    ]
    assert kraslice().height == 138


def test_median_between_two_values_stands_between_their_boxes():
    (mark,) = kraslice(medians=[("ORP Sokolov", 5.5)]).marks
    assert mark.x == 4 + 40 * 6
    assert mark.label.text == "medián ORP Sokolov 5,5"


def test_unknown_median_is_left_out_of_picture_and_title():
    drawn = kraslice(medians=[("ORP Kraslice", None), ("kraje", 3)])
    assert [mark.label.text for mark in drawn.marks] == ["medián kraje 3"]
    assert drawn.title == "Stupnice 0 až 30: Kraslice 13, medián kraje 3"


def test_label_of_a_high_median_stands_on_its_left():
    (mark,) = kraslice(medians=[("ORP Kraslice", 29)]).marks
    assert (mark.label.x, mark.label.anchor) == (1184 - 11, "end")


def test_dots_of_one_value_stand_side_by_side_then_below():
    """Value 1 has its middle at 64; dots are 8 apart and 3 in radius, at most four in a row."""
    assert kraslice(others=[1, 1]).dots == (
        "M57 89a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM65 89a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z"
    )
    five = kraslice(others=[1] * 5).dots.split("z")[:-1]
    assert [dot.split("a")[0] for dot in five] == ["M49 89", "M57 89", "M65 89", "M73 89", "M61 97"]


def test_dot_strip_stacks_municipalities_over_their_values():
    """Value 0: middle 24, dots 14 apart and 6 in radius, two in a row; two rows are 28 high."""
    whole = overview([row(0), row(0), row(0), row(12), row(None)], four_bands())
    drawn = dot_strip(WIDE_DOTS, whole, name="ORP Aš", medians=[("ORP Aš", 0)])
    low, high = drawn.dots
    assert drawn.top == 32
    assert [dot.split("a")[0] for dot in low.path.split("z")[:-1]] == ["M11 22", "M25 22", "M18 8"]
    assert (low.css, high.css, high.path.split("a")[0]) == ("b1", "b4", "M498 22")
    assert drawn.title == "ORP Aš, hodnoty obcí: 0 (3×), 12 (1×)"
    assert (drawn.bottom, drawn.marks[0].y, drawn.height) == (60, 76, 88)


def test_dot_strip_without_values_says_so():
    drawn = dot_strip(NARROW_DOTS, overview([row(None)], four_bands()), name="ORP Aš")
    assert (drawn.dots, drawn.title) == ((), "ORP Aš, hodnoty nejsou známy")


def test_dot_strip_in_a_cell_has_its_median_on_the_axis_without_words():
    whole = overview([row(3)], four_bands())
    drawn = dot_strip(CELL_DOTS, whole, name="ORP Aš", medians=[("ORP Aš", 3)])
    (mark,) = drawn.marks
    assert (mark.y, mark.label.text) == (drawn.top + 4, "")


def line(**fields):
    values = {"name": "Osoby v exekuci", "detail": "", "share": "", "region": "", "nation": ""}
    return ComponentLine(**{**values, **fields})


def test_bar_is_as_long_as_the_multiple_of_the_national_share():
    """14.6621 ÷ 6.77 = 2.1657…, 11.90 ÷ 6.77 = 1.7577…; one national share is 80."""
    bar = component_bar(
        line(
            times=Decimal("14.6621") / Decimal("6.77"),
            region_times=Decimal("11.9") / Decimal("6.77"),
        )
    )
    assert (bar.state, bar.length, bar.region_x, bar.is_cut) == ("known", 173, 141, False)
    assert bar.title == "Osoby v exekuci: 2,2násobek podílu v Česku, kraj 1,8násobek"


def test_longer_bar_is_cut_and_says_its_number():
    bar = component_bar(line(times=Decimal("10.56")))
    assert (bar.length, bar.is_cut, bar.times, bar.region_x) == (320, True, "10,6×", None)


def test_zero_is_a_known_value_that_can_be_seen():
    bar = component_bar(line(times=Decimal(0)))
    assert (bar.state, bar.length) == ("known", 2)


@pytest.mark.parametrize(
    ("fields", "state", "words"),
    [
        ({"is_masked": True}, "masked", "méně než 5, neuvádí se"),
        ({"is_borrowed": True}, "borrowed", "převzato odjinud"),
        ({}, "unknown", "nelze srovnat"),
    ],
)
def test_withheld_component_has_words_and_nothing_to_measure(fields, state, words):
    bar = component_bar(line(region_times=Decimal("1.5"), **fields))
    assert (bar.state, bar.words, bar.title) == (state, words, f"Osoby v exekuci: {words}")
    assert (bar.length, bar.times, bar.region_x) == (0, "", None)
