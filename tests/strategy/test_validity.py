"""The time of a strategy in words; the numbers were counted on a calendar."""

from datetime import date

import pytest

from strategy.validity import gauge

SINCE, UNTIL = date(2022, 1, 1), date(2027, 12, 31)


def said(on, since=SINCE, until=UNTIL):
    return gauge(since, until, on).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2021, 12, 31), "Strategie ještě neplatí, platí od 1. 1. 2022 do 31. 12. 2027."),
        (
            date(2022, 1, 15),
            "Strategie platí od 1. 1. 2022 do 31. 12. 2027: teprve začala, "
            "zbývá 5 let a 11 měsíců.",
        ),
        (
            date(2026, 11, 25),
            "Strategie platí od 1. 1. 2022 do 31. 12. 2027: uplynuly 4 roky a 10 měsíců, "
            "zbývá 1 rok a 1 měsíc.",
        ),
        (
            date(2023, 1, 1),
            "Strategie platí od 1. 1. 2022 do 31. 12. 2027: uplynul 1 rok, "
            "zbývají 4 roky a 11 měsíců.",
        ),
        (
            date(2027, 12, 10),
            "Strategie platí od 1. 1. 2022 do 31. 12. 2027, končí za méně než měsíc.",
        ),
        (
            date(2027, 12, 31),
            "Strategie platí od 1. 1. 2022 do 31. 12. 2027, končí za méně než měsíc.",
        ),
        (date(2028, 1, 1), "Platnost strategie skončila 31. 12. 2027."),
    ],
)
def test_gauge_tells_the_time_in_words(on, text):
    assert said(on) == text


@pytest.mark.parametrize(
    ("on", "passed"),
    [
        (date(2021, 1, 1), 0),
        (date(2022, 1, 1), 1),
        (date(2022, 12, 31), 365),
        (date(2027, 12, 31), 2191),
        (date(2030, 1, 1), 2191),
    ],
)
def test_gauge_counts_the_days_with_both_ends(on, passed):
    found = gauge(SINCE, UNTIL, on)
    assert (found.passed, found.total) == (passed, 2191)


@pytest.mark.parametrize(("since", "until"), [(None, UNTIL), (SINCE, None), (None, None)])
def test_unknown_validity_has_no_gauge(since, until):
    assert gauge(since, until, date(2026, 1, 1)) is None
