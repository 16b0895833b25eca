"""Values of indicators as rows of files: for readers, and for the desk in the layout of imports."""

from decimal import Decimal

from django.utils import timezone

from common import czech
from common.units import unit_name
from indicators import layout, wording
from indicators.layout import COLUMNS, NO, YES, place_code
from indicators.models import Indicator, Observation
from indicators.readings import readings

PLACES = Decimal("0.0001")
VALUES = {
    "cislo": "číslo záznamu",
    **{name: meaning for name, meaning in COLUMNS.items() if name != "oprava"},
    "hodnota": "hodnota v jednotce ukazatele; z čitatele a jmenovatele spočítaná",
    "zapsano": "den, kdy byla hodnota zapsána",
    "opravuje": "číslo záznamu, který tato hodnota opravuje",
    "opraveno": "den, kdy byla opravena; prázdný u platné hodnoty",
}
"""The columns readers get: every value ever recorded, with what became of it."""

OVERVIEW = {
    "ukazatel": "zkratka ukazatele, jak stojí v adrese jeho stránky",
    "nazev": "název ukazatele",
    "kraj": "kód kraje, za který se ukazatel vede",
    "skupina": "skupina, ve které stojí",
    "jednotka": "jednotka",
    "smer": "kterým směrem se má hodnota vyvíjet",
    "vychozi_hodnota": "výchozí hodnota",
    "vychozi_den": "den výchozí hodnoty",
    "cil": "hodnota posledního cíle",
    "cil_den": "den, do kterého jí má být dosaženo",
    "hodnota": "nejnovější hodnota za kraj",
    "obdobi_od": "první den jejího období",
    "obdobi_do": "poslední den jejího období",
    "presnost": "přesně, nejméně, odhad, nebo předběžně",
    "nejiste": "ano u hodnoty, která do součtů nevstupuje",
    "zdroj": "odkud hodnota je",
    "hodnota_cesko": "hodnota za celé Česko ve stejném období",
    "hodnoceni": "hodnocení pokroku podle pravidla portálu",
    "pristi_hodnota": "den, do kterého má vyjít příští hodnota",
}


def overview(moment):
    """Yield the row of each indicator with its newest value at a Moment. Three queries."""
    for row in readings(Indicator.objects.for_list(), moment.known):
        yield dict(zip(OVERVIEW, _overview(row), strict=True))


def _overview(row):
    one, latest = row.indicator, row.latest
    goal = max(((t.due_date, t.value) for t in one.targets.all()), default=(None, None))
    return (
        *(one.slug, one.name, one.region.code, one.group, unit_name(one.unit)),
        one.get_direction_display(),
        *(one.base_value, _iso(one.base_date), goal[1], _iso(goal[0])),
        *((_amount(latest), *_period(latest)) if latest else (None, "", "")),
        latest.get_qualifier_display() if latest else "",
        _yes(latest.is_uncertain) if latest else "",
        latest.source if latest else "",
        _amount(row.nation) if row.nation else None,
        str(row.judgement.label),
        _iso(row.due.day),
    )


def values(indicator, moment):
    """Yield the row of each value of an indicator known at a Moment, corrected ones too."""
    rows = Observation.objects.recorded(moment.known).for_page(indicator)
    for row in rows.select_related("region", "municipality", "corrected_by").iterator(2_000):
        row.indicator = indicator
        later = getattr(row, "corrected_by", None)
        is_corrected = later is not None and later.recorded_at < moment.known
        yield {
            "cislo": row.pk,
            **{name: cell for name, cell in cells(row).items() if name != "oprava"},
            "hodnota": _amount(row),
            "zapsano": _recorded(row),
            "opravuje": row.corrects_id,
            "opraveno": _recorded(later) if is_corrected else "",
        }


def sheet(indicators, known):
    """Yield the valid values of some indicators in the layout of imports, without a header."""
    rows = Observation.objects.valid(known).filter(indicator__in=indicators)
    rows = rows.select_related("indicator", "region", "municipality")
    ordered = rows.order_by("indicator__slug", "period_end", "recorded_at", "pk")
    for row in ordered.iterator(2_000):
        yield list(cells(row).values())


def cells(row):
    """Return a value by the names of the columns of imports; a number stays a number."""
    found = (
        row.indicator.slug,
        place_code(row),
        wording.territory_text(row),
        *_period(row),
        row.period_text,
        *(row.value, row.numerator, row.denominator),
        unit_name(row.indicator.unit),
        next(word for word, key in layout.QUALIFIERS.items() if key == row.qualifier),
        _yes(row.is_uncertain),
        row.note,
        row.source,
        NO,
    )
    return dict(zip(COLUMNS, found, strict=True))


def _amount(row):
    return row.amount.quantize(PLACES)


def _period(row):
    return _iso(row.period_start), _iso(row.period_end)


def _iso(day):
    return day.isoformat() if day else ""


def _yes(is_true):
    return YES if is_true else NO


def _recorded(row):
    return timezone.localdate(row.recorded_at, czech.PRAGUE).isoformat()
