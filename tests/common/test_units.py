from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from common.units import amount, places_of, span, unit_name, validate_unit

PERSONS = "osoba, osoby, osob, osoby"


@pytest.mark.parametrize(
    ("number", "unit", "places", "text"),
    [
        (1, PERSONS, None, "1\u00a0osoba"),
        (3, PERSONS, None, "3\u00a0osoby"),
        (1296, PERSONS, None, "1\u00a0296\u00a0osob"),
        (0, PERSONS, None, "0\u00a0osob"),
        (Decimal("1.5"), PERSONS, None, "1,5\u00a0osoby"),
        (Decimal("14.00"), "den, dny, dní, dne", None, "14\u00a0dní"),
        (Decimal("11.9"), "%", 2, "11,90\u00a0%"),
        # The form follows the number that is shown, not the one that was stored.
        (Decimal("1.04"), PERSONS, 0, "1\u00a0osoba"),
        (-3, "%", None, "\u22123\u00a0%"),
    ],
)
def test_amount_takes_the_form_of_its_number(number, unit, places, text):
    assert amount(number, unit, places) == text


def test_span_takes_the_form_of_its_upper_number():
    assert span(Decimal("9.00"), Decimal("14.00"), "měsíc, měsíce, měsíců, měsíce") == (
        "9\u2060–\u206014\u00a0měsíců"
    )


@pytest.mark.parametrize(
    ("number", "places"), [(14, 0), (Decimal("14.00"), 0), (Decimal("12.50"), 1), (300, 0), (0, 0)]
)
def test_places_of_counts_what_a_number_needs(number, places):
    assert places_of(number) == places


def test_unit_name_is_the_form_after_five():
    assert (unit_name(PERSONS), unit_name("%")) == ("osob", "%")


@pytest.mark.parametrize("unit", ["osoba, osob", "a, b, c", "a,,c,d", "", "a,b,c,d,e"])
def test_unit_of_other_than_one_or_four_forms_is_refused(unit):
    with pytest.raises(ValidationError, match="ve čtyřech tvarech"):
        validate_unit(unit)
