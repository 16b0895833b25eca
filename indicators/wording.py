"""Indicators and their values in Czech words: numbers with qualifiers, periods, territories.

What these functions return is ready to be shown. Nothing here reads the clock; what a value points
to was read with it (`for_page`).
"""

from datetime import timedelta

from common import czech
from common.units import amount, unit_name
from indicators.models import Accumulation, Direction, Qualifier

NATION = "Česko"
UNKNOWN_PERIOD = "období neznámé"

_BEFORE = {
    Qualifier.EXACT: "",
    Qualifier.AT_LEAST: "nejméně ",
    Qualifier.ESTIMATE: "odhadem ",
    Qualifier.PROVISIONAL: "předběžně ",
}

_MEANING = {
    Qualifier.AT_LEAST: "Skutečný počet bude nejspíš vyšší.",
    Qualifier.ESTIMATE: "Je to odhad.",
    Qualifier.PROVISIONAL: "Hodnota je předběžná.",
}


def value_text(observation, indicator):
    """Return a value with its unit and qualifier: „nejméně 5 200 osob“, „11,90 %“."""
    number = amount(observation.amount, indicator.unit, indicator.decimals)
    return f"{_BEFORE[observation.qualifier]}{number}"


def qualifier_meaning(observation):
    """Return a sentence on how sure the value is; empty for an exact one."""
    return _MEANING.get(observation.qualifier, "")


def period_text(observation):
    """Return the period as its source words it, else „2023“, „červen 2021“, „k 1. 1. 2021“."""
    if observation.period_text:
        return czech.typography(observation.period_text)
    start, end = observation.period_start, observation.period_end
    if start is None:
        return UNKNOWN_PERIOD
    following = end + timedelta(days=1)
    if start == end:
        return f"k{czech.NBSP}{czech.date(start)}"
    if start.day != 1 or following.day != 1:
        dash = f"{czech.NBSP}– "
        return f"{czech.date(start)}{dash}{czech.date(end)}"
    months = (following.year - start.year) * 12 + following.month - start.month
    if months == 12 and start.month == 1:
        return str(start.year)
    return czech.quarter_label(start, months)


def short_period(observation):
    """Return a known period as a chart can hold it: „2023“, „6/2021“, „1. 1. 2021“."""
    start, end = observation.period_start, observation.period_end
    if start == end:
        return czech.date(end)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = {start.year, end.year}
        return f"{czech.WORD_JOINER}–{czech.WORD_JOINER}".join(map(str, sorted(years)))
    return f"{end.month}/{end.year}"


def territory_text(observation):
    """Return what a value speaks of: the name of a municipality or region, else „Česko“."""
    place = observation.municipality or observation.region
    return place.name if place else NATION


def ratio_text(observation):
    """Return what a percentage was made of, „12 ze 300“; empty for a value of one number."""
    if observation.value is not None:
        return ""
    return czech.k_of_n(observation.numerator, observation.denominator)


def base_text(indicator):
    """Return the value an indicator started from with its day; empty if unknown."""
    if indicator.base_value is None:
        return ""
    number = amount(indicator.base_value, indicator.unit, indicator.decimals)
    return f"{number} ({czech.date(indicator.base_date)})"


def target_texts(indicator):
    """Return the dated targets of an indicator in words, the earliest first."""
    return [
        f"{amount(row.value, indicator.unit, indicator.decimals)} do {czech.date(row.due_date)}"
        for row in indicator.targets.all()
    ]


def direction_text(indicator):
    """Return which way the value should go; where no document says it, that nothing is judged."""
    if indicator.direction == Direction.UNKNOWN:
        return "směr dokument neurčuje, proto portál růst ani pokles nehodnotí"
    return indicator.get_direction_display()


def unit_text(indicator):
    """Return the unit of an indicator: „počet obcí“, „%“."""
    name = unit_name(indicator.unit)
    return name if name == indicator.unit else f"počet {name}"


def accumulation_text(indicator):
    """Return how several values make one; empty where the last one holds, as it mostly does."""
    if indicator.accumulation == Accumulation.LATEST:
        return ""
    return indicator.get_accumulation_display()


def capital(text):
    """Return the text with its first letter capital."""
    return text[:1].upper() + text[1:]


def definition(indicator, latest):
    """Return the words of the definition sheet: unit, base, targets, direction, what is unknown.

    `latest` is the newest value or None.
    """
    return {
        "unit": unit_text(indicator),
        "base": base_text(indicator),
        "targets": target_texts(indicator),
        "direction": direction_text(indicator),
        "accumulation": accumulation_text(indicator),
        "unknown": unknown_parts(indicator, latest),
    }


def unknown_parts(indicator, observation):
    """Return the names of what is not known of an indicator and its newest value (or None)."""
    parts = [
        ("definice", indicator.definition),
        ("jakákoli hodnota", observation is not None),
        ("období", observation is None or observation.period_start is not None),
        ("výchozí hodnota", indicator.base_value is not None),
        ("cílová hodnota", bool(indicator.targets.all())),
        ("jak často vychází", indicator.periodicity_months is not None),
        ("kdy vyjde příště", indicator.next_release_date is not None),
    ]
    return [name for name, is_known in parts if not is_known]
