"""Projects in Czech words: states, dates known to the month, places, figures, money.

What these functions return is ready to be shown. Nothing here reads the clock.
"""

from common import czech
from common.units import amount, places_of, span
from projects.models import Currency, OutcomeQualifier, ProjectState, ProjectTerritory
from strategy.models import Precision

BEFORE = {
    OutcomeQualifier.EXACT: "",
    OutcomeQualifier.APPROXIMATE: "přibližně ",
    OutcomeQualifier.AT_LEAST: "nejméně ",
}


def day_text(day, precision):
    """Return a day as far as it is known: „31. 5. 2015“ or „říjen 2021“; empty for None."""
    if day is None:
        return ""
    if precision == Precision.MONTH:
        return czech.month_year(day).replace(" ", czech.NBSP)
    return czech.date(day)


def state_text(project):
    """Return the state as the source words it, with the day it held: „v realizaci (duben 2023)“.

    A state whose day has passed by says nothing of today, so the day is never left out.
    """
    literal = project.state_text
    if not literal and project.state != ProjectState.UNKNOWN:
        literal = project.get_state_display()
    known_on = day_text(project.state_date, project.state_precision)
    return f"{literal} ({known_on})" if literal and known_on else literal


def territory_text(project):
    """Return where a project works: its municipalities, the region, or „území neurčeno“.

    Takes a project whose municipalities were read with it (`for_list`).
    """
    if project.territory == ProjectTerritory.NAMED:
        return ", ".join(place.name for place in project.municipalities.all())
    if project.territory == ProjectTerritory.REGION:
        return f"celý {project.region.name}"
    return project.get_territory_display()


def figure_text(outcome):
    """Return the figure of an outcome: in the words of its source if it has any, else the number;
    empty where there is neither."""
    if outcome.words:
        return czech.typography(outcome.words)
    return number_text(outcome)


def number_text(outcome):
    """Return the number of an outcome with unit and qualifier: „přibližně 10 měsíců“, „9–14
    měsíců“; empty for one without a number."""
    if outcome.value is None:
        return ""
    before = BEFORE[outcome.qualifier]
    if outcome.value_to is not None:
        return f"{before}{span(outcome.value, outcome.value_to, outcome.unit)}"
    return f"{before}{amount(outcome.value, outcome.unit)}"


def money_text(part):
    """Return the amount of a part of a budget with its currency: „1 250 000 Kč“."""
    return money(part.amount, part.currency)


def approved_text(project):
    """Return what was approved for a project as a whole, „schváleno 4 000 000 Kč“; empty where no
    certain amount is known. Takes a project read `with_approved`."""
    known = ((project.approved_czk, Currency.CZK), (project.approved_eur, Currency.EUR))
    said = [money(amount, currency) for amount, currency in known if amount is not None]
    return f"schváleno {', '.join(said)}" if said else ""


def money(amount, currency):
    """Return an amount of money with its currency: „1 250 000 Kč“, „12,50 €“."""
    places = 0 if places_of(amount) == 0 else 2
    return f"{czech.decimal(amount, places)}{czech.NBSP}{Currency(currency).label}"
