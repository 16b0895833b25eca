"""The words of the portal, each with a sentence that says what it means here."""

from dataclasses import dataclass

from django.utils.text import slugify

from common.czech import search_key, sort_key


@dataclass(frozen=True)
class Term:
    """One word; `method_slug` names the page of methodology that says more."""

    word: str
    definition: str
    method_slug: str = ""

    @property
    def slug(self):
        """The anchor on the page: „mezera-v-pokryti“."""
        return slugify(search_key(self.word))


_TERMS = [
    Term(
        "kraj", "Území s vlastní samosprávou; tento portál sleduje strategii kraje Karlovarského."
    ),
    Term("okres", "Území mezi krajem a obcemi, které dnes slouží hlavně statistice."),
    Term(
        "ORP",
        "Obec s rozšířenou působností: město, jehož úřad vykonává část státní správy "
        "i pro okolní obce. Stejně se říká i celému tomu území.",
    ),
    Term(
        "obec", "Základní území s vlastní samosprávou; portál ji pozná podle kódu, ne podle názvu."
    ),
    Term(
        "vojenský újezd",
        "Území pro obranu státu, které není obcí; Hradiště nemá obyvatele a nezapočítává se.",
        "index",
    ),
    Term(
        "sociální vyloučení",
        "Podle brožury „začarovaný kruh potíží, které lidem brání zapojit se plně do společnosti“.",
    ),
    Term("strategie", "Plán kraje, který schválilo zastupitelstvo; portál drží jeho přesné znění."),
    Term("priorita", "Hlavní oblast strategie, například bydlení nebo vzdělávání."),
    Term("cíl", "Čeho chce kraj v rámci priority dosáhnout."),
    Term("opatření", "Co má kraj udělat, aby cíle dosáhl; k němu se podávají hlášení.", "stav"),
    Term(
        "průřezové opatření",
        "Opatření, které nepatří k žádnému jednotlivému cíli, protože slouží všem.",
        "souhrny",
    ),
    Term("aktivita", "Jednotlivá činnost, kterou strategie u opatření vyjmenovává."),
    Term(
        "hlášení",
        "Co pracovník řekl o opatření k určitému dni; zveřejněné už nikdo nezmění ani nesmaže.",
        "aktualnost",
    ),
    Term("cyklus", "Období, za které se podává hlášení, obvykle čtvrtletí.", "aktualnost"),
    Term("fáze", "Jak daleko opatření je, podle toho, kdo hlášení podal.", "stav"),
    Term("stav", "Jak na tom opatření je, odvozeno pravidlem z hlášení a termínů.", "stav"),
    Term("aktuálnost", "Jak čerstvé je poslední hlášení vzhledem k cyklu.", "aktualnost"),
    Term("milník", "Slíbený výsledek opatření s termínem.", "stav"),
    Term("výstup", "Co se opravdu stalo, například seminář, stáž nebo metodika.", "stav"),
    Term("průběžná činnost", "Opatření, které nemá jeden konečný výsledek a trvá.", "stav"),
    Term("ukazatel", "Veličina, na které se pozná, zda se situace mění.", "ukazatele"),
    Term("hodnota", "Číslo ukazatele pro jedno území a jedno období.", "ukazatele"),
    Term("cíl ukazatele", "Hodnota, které má ukazatel dosáhnout do určitého dne.", "ukazatele"),
    Term(
        "index sociálního vyloučení",
        "Číslo 0 až 30, kterým Agentura pro sociální začleňování popisuje zatížení obce.",
        "index",
    ),
    Term("pásmo", "Rozsah hodnot indexu se společným názvem, například vysoký.", "index"),
    Term(
        "složka",
        "Jedna z pěti věcí, na kterých index stojí: exekuce, příspěvek na bydlení, příspěvek "
        "na živobytí, dlouhá nezaměstnanost a předčasné odchody ze vzdělávání.",
        "index",
    ),
    Term("vydání", "Hodnoty indexu za jeden rok tak, jak je agentura zveřejnila.", "index"),
    Term(
        "převzatá hodnota",
        "Podíl, který obec nemá vlastní a který agentura určila podle nejbližší obce se školou.",
        "index",
    ),
    Term("méně než 5", "Náhrada za počet 1 až 4, aby se v malé obci nedal poznat člověk.", "index"),
    Term(
        "lokalizační kvocient",
        "Zveřejněné srovnání složky s větším územím; z čeho přesně vychází, popsáno není.",
        "index",
    ),
    Term(
        "medián",
        "Prostřední hodnota: polovina obcí má nižší nebo stejnou, polovina vyšší nebo stejnou.",
    ),
    Term(
        "Agentura pro sociální začleňování",
        "Součást Ministerstva pro místní rozvoj, která index vydává.",
        "zdroje",
    ),
    Term(
        "projekt",
        "Práce s vlastním příjemcem a penězi, která opatření uskutečňuje.",
        "penize-a-osoby",
    ),
    Term("příjemce", "Kdo na projekt dostal peníze a odpovídá za něj.", "penize-a-osoby"),
    Term("výsledek", "Co projekt přinesl, s číslem a s tím, jak je jisté.", "penize-a-osoby"),
    Term("překážka", "Co projektu nebo opatření brání."),
    Term("výzva", "Vyhlášená možnost požádat o dotaci, s termínem."),
    Term("potřeba", "Jak vysoký je v obci podíl, kterému má priorita čelit.", "pokryti"),
    Term("pokrytí", "Co se v obci proti potřebě dělá: opatření a projekty.", "pokryti"),
    Term("mezera v pokrytí", "Místo, kde je potřeba vysoká a nic se tam nedělá.", "pokryti"),
    Term(
        "bílé místo", "Ve strategii místo na mapě kraje, kde chybí veřejná doprava (opatření 2.3)."
    ),
    Term("zasedání", "Jednání rady nebo zastupitelstva kraje, pro které portál chystá podklad."),
    Term("podklad", "Přehled pro zasedání: co je zpožděno a o čem se má rozhodnout."),
    Term("usnesení", "Rozhodnutí rady nebo zastupitelstva s číslem.", "souhrny"),
    Term("snímek", "Podklad uložený tak, jak byl v den zasedání, s otiskem proti změně."),
    Term(
        "implementační jednotka",
        "Útvar krajského úřadu, který strategii uskutečňuje a podává hlášení.",
    ),
    Term("vedoucí", "Kdo v portálu schvaluje hlášení a posouvá termíny."),
    Term("radní", "Člen rady kraje; na portálu čte podklad dřív, než je uzavřen."),
]

TERMS = tuple(sorted(_TERMS, key=lambda term: sort_key(term.word)))
"""All words in Czech alphabetical order."""
