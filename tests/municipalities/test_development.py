"""The chart of editions by numbers worked out on paper: a point is 9 high, 30 stands on top.

The narrow one is 344 wide; its years lie between 62 + 22 = 84 and 344 − 22 = 322.
"""

import pytest

from municipalities.development import NARROW, WIDE, EditionValue, development, trend_text
from tests.municipalities.rows import four_bands, plain


def chart(values, frame=NARROW):
    points = [EditionValue(year, value, None) for year, value in values.items()]
    return development(frame, name="Cheb", values=points, bands=four_bands())


def test_years_stand_as_far_apart_as_they_are():
    """Three years over 238: 84, 203, 322."""
    found = chart({2021: 4, 2022: 9, 2023: 14})
    assert [(one.year.text, one.year.x, one.note) for one in found.years] == [
        ("2021", 84, ""),
        ("2022", 203, ""),
        ("2023", 322, ""),
    ]
    # 4 + 9 × (30 − value) + 4.
    assert found.line == "M84 242L203 197M203 197L322 152"


def test_year_without_an_edition_is_a_gap():
    found = chart({2021: 4, 2023: 14}, WIDE)
    assert found.line == ""
    assert [(one.year.text, one.note) for one in found.years] == [
        ("2021", ""),
        ("2022", "bez vydání"),
        ("2023", ""),
    ]
    assert [tag.text for tag in found.tags] == ["4", "14"]


def test_edition_without_a_value_is_a_gap_and_no_zero():
    found = chart({2020: 4, 2021: 5, 2022: None, 2023: 14}, WIDE)
    assert [tag.text for tag in found.tags] == ["4", "5", "14"]
    assert found.line.count("M") == 1
    assert [one.note for one in found.years] == ["", "", "neznámá", ""]
    assert found.title.endswith("2020 4, 2021 5, 2022 hodnota neznámá, 2023 14")


def test_narrow_chart_has_room_for_a_dash_only():
    assert [one.note for one in chart({2020: 1, 2021: None, 2023: 2}).years] == ["", "–", "–", ""]


@pytest.mark.parametrize(("value", "top"), [(0, 263), (30, 1), (15, 133)])
def test_tag_stays_within_the_axis(value, top):
    """The axis goes from 4 to 283 and a tag is 20 high: 283 − 20, 1, and 4 + 9 × 15 + 4 − 10."""
    assert chart({2022: value, 2023: value}).tags[0].top == top


def test_bands_lie_behind_from_30_down_to_0():
    """12–30 has 19 points, 8–11 four, 2–7 six, 0–1 two."""
    strips = chart({2022: 1, 2023: 2}).strips
    assert [(strip.y, strip.height) for strip in strips] == [
        (265, 18),
        (211, 54),
        (175, 36),
        (4, 171),
    ]
    assert [strip.label for strip in strips] == ["0–1", "2–7", "8–11", "12–30"]


def test_wide_chart_names_the_bands():
    assert [strip.label for strip in chart({2022: 1, 2023: 2}, WIDE).strips] == [
        "žádný nebo nízký 0–1",
        "střední 2–7",
        "zvýšený 8–11",
        "vysoký 12–30",
    ]


def history(*values):
    return [EditionValue(year, value, None) for year, value in enumerate(values, 2019)]


def test_trend_is_told_with_the_means_of_its_years():
    assert plain(trend_text(history(30, 9, 10, 12, 13))) == (
        "Index roste – zhoršuje se. Průměr vydání 2022 a 2023 je 12,5, vydání 2020 a 2021 byl 9,5."
    )
    assert plain(trend_text(history(5, 6, 4, 4))) == (
        "Index klesá – zlepšuje se. Průměr vydání 2021 a 2022 je 4,0, vydání 2019 a 2020 byl 5,5."
    )
    assert plain(trend_text(history(4, 4, 5, 5))).startswith("Index se nemění. Průměr vydání 2021")


def test_gap_among_the_last_four_editions_tells_no_trend():
    assert plain(trend_text(history(9, 10, None, 12, 13))) == (
        "Vývoj nelze určit: v některém z posledních 4 vydání hodnota obce není."
    )
