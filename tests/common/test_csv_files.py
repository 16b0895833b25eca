"""The one kind of CSV of the portal: what a Czech spreadsheet opens by a double click."""

from decimal import Decimal

import pytest

from common import csv_files

ROWS = [["obec", "podíl"], ["Aš", Decimal("6.0837")], ["Luby", None]]


def test_file_has_a_mark_semicolons_decimal_commas_and_the_ends_of_lines_of_windows():
    assert csv_files.text(ROWS) == "\ufeffobec;podíl\r\nAš;6,0837\r\nLuby;\r\n"


def test_lines_come_one_by_one_and_make_up_the_file():
    told = csv_files.lines(ROWS)
    assert next(told) == "\ufeffobec;podíl\r\n"
    assert list(told) == ["Aš;6,0837\r\n", "Luby;\r\n"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("12.0000"), "12"),
        (2.5, "2,5"),
        (Decimal("-0.5"), "-0,5"),
        (1234567, "1234567"),
        (0, "0"),
        (None, ""),
        ("1.1", "1.1"),
        ("=1+1", "'=1+1"),
        ("+420", "'+420"),
        ("-", "'-"),
        ("@jmeno", "'@jmeno"),
        ("a=b", "a=b"),
    ],
)
def test_cell_is_a_czech_number_or_a_text_no_spreadsheet_counts_with(value, cell):
    assert csv_files.cell(value) == cell


def test_text_with_a_semicolon_a_quote_or_a_line_stays_one_cell():
    assert csv_files.text([["a;b", 'c"d', "e\nf"]]) == '\ufeff"a;b";"c""d";"e\nf"\r\n'
