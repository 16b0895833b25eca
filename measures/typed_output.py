"""An output typed into the report form: five texts that become one Output at publishing."""

from django.core.exceptions import ValidationError

from common import czech
from common.fields import LinkField
from measures.models import OutputKind

MOST_PARTICIPANTS = 1_000_000


def read_output(texts, today):
    """Return the fields of the Output the texts describe, None when all are empty; raises
    ValidationError with a sentence for each field that cannot be understood."""
    texts = {name: text.strip() for name, text in texts.items() if text.strip()}
    if not texts:
        return None
    fields, errors = {}, {}
    for name, read in READERS.items():
        try:
            fields[name] = read(texts.get(name, ""), today)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return fields


def _kind(text, today):
    if text not in OutputKind.values:
        raise ValidationError("Vyberte druh výstupu.")
    return text


def _title(text, today):
    if not text:
        raise ValidationError("Napište, jak se výstup jmenoval.")
    if len(text) > 200:
        raise ValidationError(f"Název má {len(text)} znaků, vejde se jich nejvýše 200.")
    return text


def _day(text, today):
    if not text:
        raise ValidationError("Uveďte den, kdy se výstup konal.")
    try:
        day = czech.parse_date(text)
    except ValueError as error:
        raise ValidationError(str(error)) from None
    if day > today:
        raise ValidationError("Výstup zapište, až se uskuteční.")
    return day


def _participants(text, today):
    if not text:
        return None
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit() and int(digits[:12]) <= MOST_PARTICIPANTS):
        raise ValidationError("Počet účastníků napište číslem, třeba 25.")
    return int(digits)


def _link(text, today):
    return LinkField(max_length=400, blank=True).formfield().clean(text)


READERS = {
    "kind": _kind,
    "title": _title,
    "happened_on": _day,
    "participants": _participants,
    "link": _link,
}
