"""How long the address of a reader who reported an error is kept: a year after it was closed."""

from datetime import date

from django.db import transaction

from measures.status import end_of
from portal.models import ErrorReport

YEARS = 1


def kept_too_long(on):
    """Return the reports with an address that were closed a year before a day, or earlier."""
    return ErrorReport.objects.with_address_kept_since(end_of(_year_before(on)))


@transaction.atomic
def forget_addresses(errors):
    """Erase the addresses of reports and return of how many; history has never had them."""
    number = 0
    for error in errors.select_for_update():
        error.forget_address()
        number += 1
    return number


def _year_before(on):
    try:
        return on.replace(year=on.year - YEARS)
    except ValueError:
        return date(on.year - YEARS, 2, 28)
