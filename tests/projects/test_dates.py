from datetime import date, datetime

import pytest

from projects.dates import known, parse_known

DAY, MONTH = "day", "month"


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("10/2023", date(2023, 10, 1), MONTH),
        ("10. 2023", date(2023, 10, 1), MONTH),
        ("říjen 2023", date(2023, 10, 1), MONTH),
        ("Října\u00a02023", date(2023, 10, 1), MONTH),
        ("rijen 2023", date(2023, 10, 1), MONTH),
        ("2023-10", date(2023, 10, 1), MONTH),
        ("1. 10. 2023", date(2023, 10, 1), DAY),
        ("1.10.2023", date(2023, 10, 1), DAY),
        ("2023-10-01", date(2023, 10, 1), DAY),
        (datetime(2023, 10, 1, 0, 0), date(2023, 10, 1), DAY),
        ("", None, DAY),
        (None, None, DAY),
    ],
)
def test_days_and_months_are_understood(text, day, precision):
    assert parse_known(text) == (day, precision)


def test_month_of_an_end_is_its_last_day():
    assert parse_known("2/2024", is_end=True) == (date(2024, 2, 29), MONTH)


@pytest.mark.parametrize(
    "text", ["13/2023", "0/2023", "10/1823", "31. 2. 2023", 45000, "jaro 2023", "v"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"Napište|Datum|Den"):
        parse_known(text)


@pytest.mark.parametrize("text", ["10/2023", "1. 10. 2023", ""])
def test_what_is_written_is_read_back(text):
    assert known(*parse_known(text)) == text
