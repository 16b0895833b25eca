from decimal import Decimal

import pytest
from django import forms

from common.numbers import NumberField, parse_number, typed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1296", "1296"),
        ("1 296", "1296"),
        ("1\u00a0296", "1296"),
        ("1\u202f296", "1296"),
        ("1\u2009296", "1296"),
        ("1\t296", "1296"),
        ("1 234 567,5", "1234567.5"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0.296", "0.296"),
        ("0,296", "0.296"),
        ("1,296", "1.296"),
        ("1296.125", "1296.125"),
        (" 7 ", "7"),
        ("-3,5", "-3.5"),
        ("\u22123,5", "-3.5"),
        ("0", "0"),
        ("12,5000", "12.5"),
        ("1200", "1200"),
    ],
)
def test_number_is_understood(text, number):
    parsed = parse_number(text)
    assert parsed == Decimal(number)
    assert "E" not in str(parsed)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.296", "dvojím způsobem"),
        ("12.345.678", "dvojím způsobem"),
        ("1.296,5", "dvojím způsobem"),
        ("1,296.5", "dvojím způsobem"),
        ("1 29 6", "neodděluje tisíce"),
        ("1296 000", "neodděluje tisíce"),
        ("1e400", "číslicemi"),
        ("1e3", "číslicemi"),
        ("NaN", "číslicemi"),
        ("inf", "číslicemi"),
        ("-", "číslicemi"),
        ("\u2212", "číslicemi"),
        ("12,", "číslicemi"),
        (",5", "číslicemi"),
        ("--5", "číslicemi"),
        ("5 %", "číslicemi"),
        ("pět", "číslicemi"),
        ("\u0661\u0662", "číslicemi"),
        ("9" * 41, "číslicemi"),
        ("9" * 13, "příliš velké"),
        ("1,23456", "4\u00a0desetinná místa"),
    ],
)
def test_number_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse_number(text)


def test_empty_is_unknown_and_never_zero():
    assert parse_number("") is None
    assert parse_number(" \u00a0 ") is None
    assert parse_number(None) is None


def test_cells_of_a_spreadsheet_are_numbers_without_their_noise():
    assert parse_number(0.1 + 0.2) == Decimal("0.3")
    assert parse_number(1296.0) == 1296
    assert parse_number(7) == 7


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, [], 1e300])
def test_cells_that_are_no_number_are_refused(value):
    with pytest.raises(ValueError, match=r"číslicemi|příliš velké"):
        parse_number(value)


def test_limits_of_a_caller_hold():
    assert parse_number("0", least=0) == 0
    with pytest.raises(ValueError, match="záporné"):
        parse_number("-1", least=0)
    with pytest.raises(ValueError, match="celé číslo"):
        parse_number("1,5", places=0)


def test_field_keeps_what_was_typed_and_says_what_is_wrong():
    class Form(forms.Form):
        count = NumberField(label="počet", least=0)

    assert Form({"count": "1 296"}).is_valid()
    form = Form({"count": "1.296"})
    assert not form.is_valid()
    assert "dvojím způsobem" in form.errors["count"][0]
    assert form["count"].value() == "1.296"


def test_number_is_typed_back_with_a_comma():
    assert typed(Decimal("12.5000")) == "12,5"
    assert typed(Decimal("1296.0000")) == "1296"
    assert typed(Decimal("1200")) == "1200"
    assert typed(None) == ""
