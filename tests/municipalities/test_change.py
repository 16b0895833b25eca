"""Two editions of one municipality: differences and sentences worked out by hand."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from municipalities.change import EditionChange, ShareChange, named, share_changes
from municipalities.models import Component
from municipalities.models.index import ValueState
from tests.municipalities.rows import plain

NATION = {
    Component.EXECUTION: Decimal("6.77"),
    Component.HOUSING_BENEFIT: Decimal("2.71"),
    Component.SUBSISTENCE_BENEFIT: Decimal("0.70"),
    Component.UNEMPLOYED_6M: Decimal("1.82"),
    Component.EARLY_LEAVERS: Decimal("2.96"),
}


def value(component, share, *, count="20", state=ValueState.KNOWN):
    share = None if share is None else Decimal(share)
    return SimpleNamespace(component=component, share=share, count=Decimal(count), state=state)


def known(*shares):
    return [value(one, share) for one, share in zip(Component, shares, strict=False)]


def between(then, now, before=4, after=14):
    return EditionChange(2021, before, after, tuple(share_changes(then, now, NATION)))


def test_change_is_measured_in_national_shares():
    """18.1 − 12.0 = 6.1 points of a share are 0.90 of the nation's 6.77; 0.35 are half of 0.70."""
    execution, _, subsistence = share_changes(
        known("12.0", "3", "1.05"), known("18.1", "3", "0.70"), NATION
    )
    assert round(execution.times, 2) == Decimal("0.90")
    assert subsistence.times == Decimal("-0.5")


def test_rise_is_told_with_the_component_that_changed_most():
    """Execution by 0.90 national shares, unemployment by 0.2 only."""
    change = between(known("12.0", "2", "1", "1.820", "3"), known("18.1", "2", "1", "2.184", "3"))
    assert plain(change.sentence) == (
        "Index proti vydání 2021 vzrostl ze 4 na 14. "
        "Nejvíc se změnil podíl <b>osob v exekuci</b> (ze 12,0 % na 18,1 %)."
    )
    assert change.proviso == ""


def test_two_largest_are_named_the_largest_first():
    """−0.5, +0.75, +0.4 and +1 national shares: early leavers, then housing."""
    change = between(
        known("10", "2.71", "1.00", "1.82", "2.96"),
        known("10", "4.7425", "0.65", "2.548", "5.92"),
    )
    assert plain(change.sentence) == (
        "Index proti vydání 2021 vzrostl ze 4 na 14. Nejvíc se změnily podíly "
        "<b>předčasných odchodů ze vzdělávání</b> (ze 3,0 % na 5,9 %) a "
        "<b>příjemců příspěvku na bydlení</b> (ze 2,7 % na 4,7 %)."
    )


def test_fall_counts_as_much_as_a_rise():
    """−0.5 national shares of subsistence against +0.3 of execution."""
    found = named(share_changes(known("10", "1", "1"), known("12.031", "1", "0.65"), NATION))
    assert [one.component for one in found] == [
        Component.SUBSISTENCE_BENEFIT,
        Component.EXECUTION,
    ]


@pytest.mark.parametrize(("now", "is_named"), [("1.6925", True), ("1.6924", False)])
def test_component_is_named_from_a_quarter_of_the_national_share(now, is_named):
    change = ShareChange(Component.EXECUTION, Decimal(0), Decimal(now), Decimal("6.77"))
    assert change.is_named is is_named


def test_small_changes_are_not_named():
    change = between(known("6", "2", "1", "1", "3"), known("7", "2", "1", "1", "3"), 4, 5)
    assert plain(change.sentence) == (
        "Index proti vydání 2021 vzrostl ze 4 na 5. Rozdíl jednoho bodu nic neznamená. "
        "Podíl žádné složky se nezměnil aspoň o čtvrtinu podílu v Česku."
    )


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (14, 4, "Index proti vydání 2021 klesl ze 14 na 4."),
        (9, 0, "Index proti vydání 2021 klesl z 9 na 0."),
        (0, 3, "Index proti vydání 2021 vzrostl z 0 na 3."),
        (7, 7, "Index je stejný jako ve vydání 2021."),
    ],
)
def test_direction_of_the_index(before, now, says):
    assert plain(between(known("6"), known("6"), before, now).sentence).startswith(says)


WITHHELD = [
    value(Component.EXECUTION, "99", count="3", state=ValueState.MASKED),
    value(Component.EXECUTION, "99", count="3", state=ValueState.KNOWN),
    value(Component.EXECUTION, None, count="0", state=ValueState.BORROWED),
    value(Component.EXECUTION, None, count="0", state=ValueState.UNKNOWN),
]


@pytest.mark.parametrize("hidden", WITHHELD)
def test_withheld_component_of_either_edition_is_never_named(hidden):
    housing = value(Component.HOUSING_BENEFIT, "2.71")
    shown = [value(Component.EXECUTION, "1"), housing]
    for then, now in [([hidden, housing], shown), (shown, [hidden, housing])]:
        change = between(then, now)
        assert [one.component for one in change.changes] == [Component.HOUSING_BENEFIT]
        assert "exekuc" not in change.sentence
        assert "Podíl žádné srovnatelné složky se nezměnil" in plain(change.sentence)
        assert plain(change.proviso) == (
            "S vydáním 2021 lze srovnat 1 z 5 složek; u ostatních podíl v jednom z vydání "
            "zveřejněn není."
        )


def test_component_without_a_national_share_is_not_compared():
    assert share_changes(known("1"), known("9"), {}) == []


def test_nothing_comparable_is_said():
    text = plain(between([], []).sentence)
    assert text.endswith("vzrostl ze 4 na 14. Žádnou složku s tímto vydáním srovnat nelze.")


def test_edition_without_a_value_is_no_zero():
    change = EditionChange(2021, None, 14)
    assert (change.sentence, change.proviso) == ("Ve vydání 2021 obec hodnotu indexu nemá.", "")


def test_sentence_never_speaks_of_points_or_shares_in_them():
    text = between(known("1", "1", "1"), known("9", "9", "9")).sentence
    assert "přispěl" not in text
    assert "bod" not in text
