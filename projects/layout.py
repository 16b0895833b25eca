"""The columns of a file of projects, the same out and in: what they mean, how they are read and
written. docs/projects.md tells people.

A value of a column is kept as something that can be compared: what a file says against what the
portal has. Readers raise ValueError with a Czech sentence.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from common.czech import search_key
from common.numbers import parse_number, typed
from projects.dates import known, parse_known
from projects.models import BudgetSource, BudgetStage, Currency, ProjectState, ProjectTerritory
from projects.table_file import text_of
from strategy.models import Precision

YES, NO = "ano", "ne"
OURS = "naše"
NOT_YES = "napište ano, nebo ne."
CODE_AS_NUMBER = "je číslo, z 4.10 by bylo 4.1. Kódy napište jako text."
SHARES = "podíly dávají dohromady víc než 100 %."

_LINK = re.compile(rf"(\S+?/)?(\S+)(?:\s+([\d\s.,]+?)\s*%)?(?:\s+({OURS}))?")
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Column:
    """One column: its name, what it means, the field of a project it fills, if it is just one."""

    name: str
    about: str
    read: Callable
    write: Callable
    empty: object = ""
    field: str = ""


def _text(name, about, field):
    return Column(name, about, lambda cell, known_: text_of(cell), lambda v, k: v, "", field)


def _day(name, about, field, *, is_end=False):
    def read(cell, known_):
        return parse_known(cell if not isinstance(cell, str) else text_of(cell), is_end=is_end)

    return Column(name, about, read, lambda v, k: known(*v), (None, Precision.DAY), field)


def _choice(name, about, choices, empty, field):
    labels = {search_key(choice.label): choice.value for choice in choices}
    allowed = ", ".join(choice.label for choice in choices)

    def read(cell, known_):
        text = text_of(cell)
        if not text:
            return empty
        if search_key(text) not in labels:
            raise ValueError(f"„{text[:60]}“ neznáme. Může být: {allowed}.")
        return labels[search_key(text)]

    return Column(name, about, read, lambda v, k: choices(v).label, empty, field)


def _yes(name, about, field):
    def read(cell, known_):
        text = search_key(text_of(cell))
        if text not in ("", YES, NO):
            raise ValueError(NOT_YES)
        return text == YES

    return Column(name, about, read, lambda v, k: YES if v else NO, False, field)


def _rate(cell, known_):
    rate = parse_number(cell, places=2, digits=5, least=0)
    if rate is not None and rate > 100:
        raise ValueError("je víc než 100 %.")
    return rate


def _regions(cell, known_):
    code = text_of(cell) or known_.home
    if code not in known_.regions:
        raise ValueError(f"kraj s kódem „{code[:20]}“ v portálu není.")
    return code


def _places(cell, known_):
    codes = [one for one in _BETWEEN.split(text_of(cell)) if one]
    unknown = [one for one in codes if one not in known_.places]
    if unknown:
        raise ValueError(f"obec s kódem „{unknown[0][:20]}“ v portálu není.")
    return frozenset(codes)


def _listed(cell):
    """Return what stands in a cell between semicolons; a number of a spreadsheet is no code."""
    if isinstance(cell, int | float):
        raise ValueError(CODE_AS_NUMBER)
    return [one.strip() for one in text_of(cell).split(";") if one.strip()]


def _links(cell, known_):
    found = {}
    for one in _listed(cell):
        parts = _LINK.fullmatch(one)
        if not parts:
            raise ValueError(f"„{one[:60]}“ neumíme přečíst. Napište třeba: kk/1.2 40 %.")
        code = known_.measure(parts[1], parts[2])
        if code in found:
            raise ValueError(f"opatření {code} je tu dvakrát.")
        share = parse_number(parts[3], places=2, digits=5, least=0) if parts[3] else None
        if share is not None and not 0 < share <= 100:
            raise ValueError("podíl je větší než 0 a nejvýš 100 %.")
        found[code] = (share, bool(parts[4]))
    if sum(share for share, _ in found.values() if share) > 100:
        raise ValueError(SHARES)
    return frozenset((code, *said) for code, said in found.items())


def _written_links(links, known_):
    return "; ".join(
        code + (f" {typed(share)} %" if share is not None else "") + (f" {OURS}" if ours else "")
        for code, share, ours in sorted(links, key=lambda link: known_.order(link[0]))
    )


def _priorities(cell, known_):
    return frozenset(known_.priority(*_parted(one)) for one in _listed(cell))


def _parted(one):
    strategy, mark, code = one.rpartition("/")
    return strategy + mark, code


def _currencies(cell, known_):
    names = {search_key(word): c.value for c in Currency for word in (c.value, c.label)}
    found = []
    for one in text_of(cell).split(";"):
        if one.strip() and search_key(one.strip()) not in names:
            raise ValueError(f"měnu „{one.strip()[:20]}“ neznáme. Může být CZK, nebo EUR.")
        found.append(names.get(search_key(one.strip()), Currency.CZK.value))
    if len(set(found)) < len(found):
        raise ValueError("měna je tu dvakrát.")
    return tuple(found)


def _amounts(cell, known_):
    """Return pairs of an amount (or None) and whether it is uncertain, in the order of currencies.

    A question mark after an amount says that it is uncertain.
    """
    is_typed = isinstance(cell, str)
    pieces = [one.strip() for one in text_of(cell).split(";")] if is_typed else [cell]
    found = []
    for one in pieces:
        is_uncertain = isinstance(one, str) and one.endswith("?")
        bare = one[:-1] if is_uncertain else one
        amount = parse_number(bare, places=2, digits=15, least=0)
        if is_uncertain and amount is None:
            raise ValueError("otazník stojí za částkou, ne místo ní.")
        found.append((amount, is_uncertain))
    return tuple(found)


def _written_amounts(amounts, known_):
    if len(amounts) == 1 and not amounts[0][1]:
        return amounts[0][0]
    cells = ("" if a is None else f"{typed(a)}{'?' * unsure}" for a, unsure in amounts)
    return "; ".join(cells)


_PLACES = "kódy obcí podle ČSÚ, mezi nimi mezera"
_LINKS = "kódy opatření, mezi nimi středník, s podílem a slovem „naše“: kk/1.2 40 % naše; kk/1.3"
_AMOUNT = "částka bez měny, nejistá s otazníkem; ve více měnách v jejich pořadí, mezi nimi středník"
MONEY = {
    f"{stage_name}_{kind_name}": (stage, kind)
    for stage_name, stage in (("schvaleno", BudgetStage.APPROVED), ("vyplaceno", BudgetStage.PAID))
    for kind_name, kind in (
        ("celkem", BudgetSource.TOTAL),
        ("eu", BudgetSource.EU),
        ("stat", BudgetSource.STATE),
        ("vlastni", BudgetSource.OWN),
    )
}
"""What part of the money each column of amounts is."""

COLUMNS = (
    _text("zkratka", "zkratka v adrese; pozná se podle ní projekt, nový ji mít nemusí", "slug"),
    _text("nazev", "název projektu (písm. d)", "name"),
    _text("k_nazvu", "poznámka k názvu", "name_note"),
    Column("kraj", "kód kraje, prázdný je domácí", _regions, lambda v, k: v, None),
    _text("prijemce", "název příjemce (písm. a)", "recipient"),
    _text("k_prijemci", "poznámka k příjemci", "recipient_note"),
    _text("program", "program", "programme"),
    _text("fond", "fond (písm. i)", "fund"),
    _text("k_fondu", "poznámka k programu a fondu", "fund_note"),
    _text("registracni_cislo", "registrační číslo, každé jen jednou", "registration_number"),
    _choice(
        *("stav", "stav jedním ze slov portálu"), ProjectState, ProjectState.UNKNOWN.value, "state"
    ),
    _text("stav_slovy", "stav slovy zdroje", "state_text"),
    _day("stav_ke_dni", "ke kterému dni nebo měsíci stav platí", "state_date"),
    _day("zacatek", "den nebo měsíc začátku (písm. f)", "start_date"),
    _yes("zacatek_nejisty", "ano, ne", "is_start_uncertain"),
    _day("konec", "den nebo měsíc konce (písm. g)", "end_date", is_end=True),
    _yes("konec_nejisty", "ano, ne", "is_end_uncertain"),
    _text("k_datum", "poznámka k datům, u nejistého v čem je nejistota", "dates_note"),
    _text("cil", "účel projektu (písm. e)", "goal"),
    _text("specificky_cil", "specifický cíl (písm. j)", "specific_objective"),
    _text("typ_intervence", "typ intervence (písm. n)", "intervention_type"),
    Column(
        *("mira_eu", "míra spolufinancování EU v procentech (písm. k)"),
        *(_rate, lambda v, k: v, None, "eu_rate"),
    ),
    _choice(
        *("uzemi", "celý kraj, vyjmenované obce, území neurčeno (písm. l)"),
        *(ProjectTerritory, "", "territory"),
    ),
    _text("uzemi_slovy", "území slovy zdroje", "territory_text"),
    Column(
        "obce", _PLACES, _places, lambda v, k: " ".join(sorted(v)), frozenset(), "municipalities"
    ),
    Column("opatreni", _LINKS, _links, _written_links, frozenset()),
    Column(
        *("priority", "kódy priorit, mezi nimi středník: kk/1; kk/2", _priorities),
        lambda v, k: "; ".join(sorted(v)),
        *(frozenset(), "priorities"),
    ),
    _text("k_prioritam", "poznámka k prioritám", "priorities_note"),
    _text("soucast", "zkratka projektu, jehož je součástí", "parent"),
    Column(
        *("mena", "měna částek, CZK nebo EUR; prázdná je CZK", _currencies),
        lambda v, k: "; ".join(v),
        (Currency.CZK.value,),
    ),
    *(
        Column(
            name,
            f"{BudgetStage(stage).label}, {BudgetSource(kind).label}: {_AMOUNT}",
            *(_amounts, _written_amounts),
            ((None, False),),
        )
        for name, (stage, kind) in MONEY.items()
    ),
    _text("k_castkam", "v čem je nejistota částek s otazníkem", ""),
    _text("zdroj", "zdroj, odkud údaje jsou; povinný", "source"),
    _text("adresa_zdroje", "adresa zdroje", "source_url"),
)
BY_NAME = {column.name: column for column in COLUMNS}
ONLY_OUT = {
    "vysledky": "výsledky slovy (písm. e); jen ven, načítají se na stránce projektu",
    "chybi": "co z údajů podle čl. 49 odst. 3 chybí; jen ven",
}
"""Columns the portal writes and does not read."""
