"""The columns in which values of indicators leave the portal and come back into it."""

from indicators.models import Qualifier

NATION_CODE = "CZ"
YES, NO = "ano", "ne"

COLUMNS = {
    "ukazatel": "zkratka ukazatele, jak stojí v adrese jeho stránky",
    "uzemi_kod": "CZ pro celou republiku, kód kraje (CZ041), nebo kód obce podle ČSÚ",
    "uzemi": "název území; při načítání musí souhlasit s kódem, nebo být prázdný",
    "obdobi_od": "první den období",
    "obdobi_do": "poslední den období, stejný u hodnoty k jednomu dni",
    "obdobi_slovy": "období slovy zdroje, kde ho zdroj pojmenovává jinak",
    "hodnota": "hodnota v jednotce ukazatele; u podílu v procentech",
    "citatel": "čitatel podílu; s jmenovatelem místo hodnoty",
    "jmenovatel": "jmenovatel podílu",
    "jednotka": "jednotka ukazatele",
    "presnost": "přesně, nejméně, odhad, nebo předběžně",
    "nejiste": "ano u hodnoty, která do součtů nevstupuje; poznámka pak říká proč",
    "poznamka": "poznámka k hodnotě",
    "zdroj": "odkud hodnota je",
    "oprava": "ano, když řádek opravuje hodnotu, která v portálu už je",
}
"""What each column means, in the order they stand in; the same out and in."""

NUMBERS = ("hodnota", "citatel", "jmenovatel")
DAYS = ("obdobi_od", "obdobi_do")
LENGTHS = {"obdobi_slovy": 100, "poznamka": 2_000, "zdroj": 400}
QUALIFIERS = {
    "přesně": Qualifier.EXACT,
    "nejméně": Qualifier.AT_LEAST,
    "odhad": Qualifier.ESTIMATE,
    "předběžně": Qualifier.PROVISIONAL,
}
"""The words of a column, held to the labels of the model by a test."""


def place_code(observation):
    """Return the code of the territory a value speaks of."""
    place = observation.municipality or observation.region
    return place.code if place else NATION_CODE
