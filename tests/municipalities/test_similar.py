"""Similar municipalities: distances worked out on paper.

Two of four municipalities have 100 and two 10 000 inhabitants, so the logarithms are 4.605 and
9.210, their mean lies half way and the standard deviation is half of the difference: two
municipalities of different size are 2 standard deviations apart. The shares are built alike.
"""

from decimal import Decimal
from math import sqrt
from types import SimpleNamespace

import pytest

from municipalities.models import Component
from municipalities.models.index import ValueState
from municipalities.similar import POPULATION, features, similar


def value(component, share, *, count="20", state=ValueState.KNOWN):
    share = None if share is None else Decimal(share)
    return SimpleNamespace(component=component, share=share, count=Decimal(count), state=state)


def found(**places):
    """Each place is its population and its shares in the order of components (None: not there)."""
    values = [
        (code, value(component, share))
        for code, (_, *shares) in places.items()
        for component, share in zip(Component, shares, strict=False)
        if share is not None
    ]
    return features({code: numbers[0] for code, numbers in places.items()}, values)


def distances(code, numbers):
    return [(one.code, round(one.distance, 4)) for one in similar(code, numbers)]


SQUARE = {
    "a": (100, "4", "1"),
    "b": (100, "8", "1"),
    "c": (10_000, "4", "3"),
    "d": (10_000, "8", "3"),
}


def test_distance_is_the_root_of_the_mean_of_squares():
    """From a: b differs by 2 in one of three parts, c by 2 in two, d by 2 in all three."""
    assert distances("a", found(**SQUARE)) == [
        ("b", round(sqrt(4 / 3), 4)),
        ("c", round(sqrt(8 / 3), 4)),
        ("d", 2.0),
    ]


def test_parts_are_told_with_both_numbers():
    far = similar("a", found(**SQUARE))[-1]
    assert [(part.key, part.own, part.other, round(part.difference, 6)) for part in far.parts] == [
        (POPULATION, 100, 10_000, 2.0),
        (Component.EXECUTION, Decimal(4), Decimal(8), 2.0),
        (Component.HOUSING_BENEFIT, Decimal(1), Decimal(3), 2.0),
    ]


def test_smaller_number_of_the_other_is_a_negative_difference():
    parts = similar("d", found(**SQUARE))[-1].parts
    assert [round(part.difference, 6) for part in parts] == [-2.0, -2.0, -2.0]


def test_what_one_of_the_two_lacks_is_left_out_of_their_pair():
    """a has no housing benefit, so the mean is over population, execution and unemployment.

    Nobody differs in the subsistence benefit. Of unemployment three have 6 and one 2: the mean is
    5, the standard deviation the root of 3, so a differs by 4 / √3."""
    places = {code: (*numbers, "5", "6") for code, numbers in SQUARE.items()}
    places["a"] = (100, "4", None, "5", "2")
    unemployed = 16 / 3
    assert distances("a", found(**places)) == [
        ("b", round(sqrt((4 + unemployed) / 3), 4)),
        ("c", round(sqrt((4 + unemployed) / 3), 4)),
        ("d", round(sqrt((8 + unemployed) / 3), 4)),
    ]


def test_pair_with_fewer_than_three_parts_is_not_compared():
    places = {**SQUARE, "a": (100, "4", None)}
    assert similar("a", found(**places)) == []


def test_municipality_without_a_population_is_neither_compared_nor_chosen():
    places = {**SQUARE, "b": (None, "8", "1")}
    numbers = found(**places)
    assert [one.code for one in similar("a", numbers)] == ["c", "d"]
    assert similar("b", numbers) == []
    assert similar("nikde", numbers) == []


def test_five_nearest_are_chosen_and_equal_ones_by_code():
    places = {f"m{n}": (100, "4", "1") for n in range(8)}
    places["far"] = (10_000, "8", "3")
    assert [one.code for one in similar("m0", found(**places))] == ["m1", "m2", "m3", "m4", "m5"]


HIDDEN = [
    {"count": "3", "state": ValueState.MASKED},
    {"count": "3", "state": ValueState.KNOWN},
    {"count": "0", "state": ValueState.BORROWED},
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_masked_and_borrowed_numbers_move_no_distance(hidden):
    def from_a(share):
        places = {**SQUARE, "e": (100, None, "1", "5")}
        numbers = {code: numbers[0] for code, numbers in places.items()}
        rows = [
            (code, value(component, one))
            for code, (_, *shares) in places.items()
            for component, one in zip(Component, shares, strict=False)
            if one is not None
        ]
        return features(numbers, [*rows, ("e", value(Component.EXECUTION, share, **hidden))])

    assert from_a("0.1") == from_a("99")
    assert Component.EXECUTION not in from_a("99")["e"]
    assert distances("a", from_a("0.1")) == distances("a", from_a("99"))
