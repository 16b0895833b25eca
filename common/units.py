"""Numbers with their units in Czech: „1 osoba“, „5 osob“, „11,90 %“, „9–14 měsíců“.

A unit is written either as one sign or word that never changes („%“), or as its four forms for
1, 2–4, 5 and a fraction: „osoba, osoby, osob, osoby“.
"""

from decimal import Decimal

from django.core.exceptions import ValidationError

from common import czech

HELP = "Značka, která se nemění (%), nebo tvary pro 1, 2, 5 a 1,5: obec, obce, obcí, obce."


def validate_unit(unit):
    """Refuse what is neither one form nor four. Raises ValidationError."""
    if len(_forms(unit)) not in (1, 4) or "" in _forms(unit):
        raise ValidationError(
            "Jednotku napište jednou značkou, nebo ve čtyřech tvarech oddělených čárkou."
        )


def unit_name(unit):
    """Return the unit as it names a column: „osob“, „%“."""
    forms = _forms(unit)
    return forms[2] if len(forms) == 4 else forms[0]


def places_of(number):
    """Return how many decimal places a number needs: none for 14,00, one for 12,50."""
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return max(0, -exponent)


def amount(number, unit, places=None):
    """Return a number with its unit: „1 osoba“, „5 obcí“, „11,90 %“.

    `places` is the number of decimal places; without it as many as the number needs.
    """
    places = places_of(number) if places is None else places
    shown = Decimal(str(number)).quantize(Decimal(1).scaleb(-places))
    return f"{czech.decimal(number, places)}{czech.NBSP}{_form(shown, unit)}"


def span(lowest, highest, unit):
    """Return a range with its unit, in the form the upper number asks for: „9–14 měsíců“."""
    dash = f"{czech.WORD_JOINER}–{czech.WORD_JOINER}"
    return f"{czech.decimal(lowest, places_of(lowest))}{dash}{amount(highest, unit)}"


def _form(number, unit):
    forms = _forms(unit)
    return czech.plural(number, *forms) if len(forms) == 4 else forms[0]


def _forms(unit):
    return [form.strip() for form in unit.split(",")]
