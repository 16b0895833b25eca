"""What the public may read of the components. Numbers come from the file of 2023: Kraslice has
all five, Šindelová a borrowed and two masked ones, Královské Poříčí no school leavers at all."""

from decimal import Decimal

import pytest

from municipalities.components import component_lines
from municipalities.models import Component, ComponentShare, ComponentValue
from municipalities.models.index import ValueState


def line(component, state, *, count=None, base=None, share=None, quotient=None):
    numbers = {
        name: None if number is None else Decimal(number)
        for name, number in {
            "count": count,
            "base": base,
            "share": share,
            "quotient": quotient,
        }.items()
    }
    value = ComponentValue(component=component, state=state, **numbers)
    lines = dict(zip(Component, component_lines([value], []), strict=True))
    return lines[component]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("component", "count", "base", "share", "detail", "shown"),
    [
        ("execution", "818", "5579", "14.6621", "818 z 5 579 osob od 15 let", "14,7 %"),
        (
            "housing_benefit",
            "159.6667",
            "5579",
            "2.8619",
            "v průměru 159,7 z 5 579 osob od 15 let",
            "2,9 %",
        ),
        ("unemployed_6m", "83", "4035", "2.057", "83 ze 4 035 osob ve věku 15–64 let", "2,1 %"),
        ("early_leavers", "5", "98", "5.102", "5 z 98 žáků, kteří ukončili docházku", "5,1 %"),
        ("execution", "0", "1", "0", "0 z 1 osoby od 15 let", "0,0 %"),
    ],
)
def test_a_known_component_shows_count_base_and_share(component, count, base, share, detail, shown):
    found = line(component, ValueState.KNOWN, count=count, base=base, share=share)
    assert (plain(found.detail), plain(found.share)) == (detail, shown)


@pytest.mark.parametrize("count", ["0.5", "1", "3", "4", "4.9167"])
@pytest.mark.parametrize("state", [ValueState.MASKED, ValueState.KNOWN])
def test_a_masked_component_carries_no_number_whatever_the_row_says(state, count):
    found = line(
        "housing_benefit", state, count=count, base="263", share="1.1407", quotient="0.3969"
    )
    assert (plain(found.detail), found.share, found.is_masked) == ("méně než 5 případů", "", True)
    assert not any(number in str(found) for number in ("263", "1,1", "1.1", "0,3", "0.3", count))


def test_a_masked_component_without_numbers_reads_the_same():
    found = line("unemployed_6m", ValueState.MASKED)
    assert (plain(found.detail), found.share, found.is_masked) == ("méně než 5 případů", "", True)


def test_five_is_not_masked():
    found = line("unemployed_6m", ValueState.KNOWN, count="5", base="167", share="2.994")
    assert (found.is_masked, plain(found.share)) == (False, "3,0 %")


def test_a_borrowed_component_says_so_and_has_no_number():
    found = line("early_leavers", ValueState.BORROWED)
    assert plain(found.detail) == "převzato od obce se školou nejblíž, číslo zveřejněno není"
    assert (found.share, found.is_borrowed, found.is_masked) == ("", True, False)


@pytest.mark.parametrize("state", [ValueState.UNKNOWN, ValueState.KNOWN])
def test_an_unknown_count_is_never_zero(state):
    found = line("early_leavers", state, base="0", share="0")
    assert (found.detail, found.share, found.is_masked) == ("neznámé", "", False)


def test_a_component_without_a_row_is_unknown():
    lines = component_lines([], [])
    assert [found.detail for found in lines] == ["neznámé"] * 5
    assert lines[0].name == "Osoby v exekuci"


def test_shares_of_region_and_nation_stand_beside():
    shares = [
        ComponentShare(component="execution", region=None, share=Decimal("6.77")),
        ComponentShare(component="execution", region_id=1, share=Decimal("11.90")),
    ]
    first, second, *_ = component_lines([], shares)
    assert (plain(first.nation), plain(first.region)) == ("6,8 %", "11,9 %")
    assert (second.nation, second.region) == ("", "")


def with_nation(state, *, count, share):
    value = ComponentValue(
        component="execution", state=state, count=count, share=share and Decimal(share)
    )
    nation = ComponentShare(component="execution", region=None, share=Decimal("6.77"))
    region = ComponentShare(component="execution", region_id=1, share=Decimal("13.54"))
    return component_lines([value], [nation, region])[0]


def test_shares_are_told_as_multiples_of_the_national_one():
    found = with_nation(ValueState.KNOWN, count=Decimal(818), share="10.155")
    assert (found.times, found.region_times) == (Decimal("1.5"), 2)


@pytest.mark.parametrize("state", [ValueState.MASKED, ValueState.KNOWN])
def test_masked_component_has_no_multiple_whatever_the_row_says(state):
    assert with_nation(state, count=Decimal(4), share="10.155").times is None


def test_component_without_a_national_share_has_no_multiple():
    value = ComponentValue(
        component="execution", state=ValueState.KNOWN, count=Decimal(8), share=Decimal(1)
    )
    none_at_all = ComponentShare(component="execution", region=None, share=Decimal(0))
    assert component_lines([value], [])[0].times is None
    assert component_lines([value], [none_at_all])[0].times is None
