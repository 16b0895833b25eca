"""Rules of the index. Numbers were counted by hand or stand in the documents."""

import pytest

from municipalities.index import band_counts, band_of, in_order, median_of, points_text
from tests.municipalities.rows import four_bands, index_band


@pytest.fixture
def bands():
    return four_bands()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (0, "Žádný nebo nízký"),
        (1, "Žádný nebo nízký"),
        (2, "Střední"),
        (7, "Střední"),
        (8, "Zvýšený"),
        (11, "Zvýšený"),
        (12, "Vysoký"),
        (13, "Vysoký"),
        (30, "Vysoký"),
    ],
)
def test_band_of_takes_the_greatest_bound_not_above(bands, value, name):
    assert band_of(value, bands).name == name


def test_band_of_needs_no_order_of_the_bands(bands):
    assert band_of(9, bands[::-1]).name == "Zvýšený"


def test_band_of_an_unknown_value_is_no_band(bands):
    assert band_of(None, bands) is None


def test_band_of_a_value_below_every_band_is_no_band():
    assert band_of(1, in_order([index_band(2, "Střední")])) is None


def test_bands_meet_without_gap_or_overlap(bands):
    assert [(band.lower, band.upper) for band in bands] == [(0, 1), (2, 7), (8, 11), (12, 30)]
    assert [band.css for band in bands] == ["b1", "b2", "b3", "b4"]


def test_a_fifth_band_takes_the_darkest_shade():
    five = in_order(index_band(lower, f"Pásmo {lower}") for lower in (0, 2, 8, 12, 20))
    assert [band.css for band in five] == ["b1", "b2", "b3", "b4", "b4"]


def test_thresholds_read_in_words(bands):
    thresholds = [band.threshold.replace("\u2060", "") for band in bands]
    assert thresholds == [
        "0–1\u00a0bod",
        "2–7\u00a0bodů",
        "8–11\u00a0bodů",
        "12\u00a0a\u00a0více\u00a0bodů",
    ]


def test_range_keeps_its_dash_on_one_line(bands):
    assert bands[-1].range == "12\u2060–\u206030"


def test_slug_has_no_diacritics(bands):
    assert [band.slug for band in bands] == ["zadny-nebo-nizky", "stredni", "zvyseny", "vysoky"]


def test_adjective_is_declined_or_left_out(bands):
    assert [band.adjective for band in bands] == [
        "žádnou nebo nízkou",
        "střední",
        "zvýšenou",
        "vysokou",
    ]
    assert in_order([index_band(0, "Riziko")])[0].adjective is None


def test_band_counts_leave_out_unknown_values(bands):
    assert band_counts([0, 1, 2, 8, 12, 30, None], bands) == [2, 1, 1, 2]


@pytest.mark.parametrize(
    ("values", "median", "text"),
    [
        ([], None, "–"),
        ([None], None, "–"),
        ([3], 3, "3"),
        ([5, 6], 5.5, "5,5"),
        ([0, None, 4], 2, "2"),
        ([0], 0, "0"),
    ],
)
def test_median_is_of_the_known_values(values, median, text):
    assert (median_of(values), points_text(median_of(values))) == (median, text)
