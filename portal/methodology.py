"""The pages that explain the rules: which there are, what each one answers, where results stand."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from portal import method_facts


@dataclass(frozen=True)
class ResultPage:
    """A page that shows what a rule comes to; `label` says what of it is there."""

    label: str
    view_name: str
    args: tuple = ()

    @property
    def url(self):
        return reverse(self.view_name, args=self.args)


@dataclass(frozen=True)
class Method:
    """One page of the methodology.

    `shown_on` leads to where its results are shown; `facts` returns what its template prints of
    the code and the database, in three queries at most.
    """

    slug: str
    title: str
    question: str
    template_name: str
    shown_on: tuple[ResultPage, ...] = ()
    facts: Callable[[], dict] = dict

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("portal:methodology_detail", args=[self.slug])

    @property
    def template(self):
        return f"portal/methodology/{self.template_name}.html"


STRATEGIES = ResultPage("Strategie a jejich opatření", "portal:strategy_list")
KK = ResultPage("Strategie Karlovarského kraje", "portal:strategy_detail", ("kk",))
LK = ResultPage("Strategie Libereckého kraje", "portal:strategy_detail", ("lk",))
COVERAGE = ResultPage("Mezery v pokrytí, Karlovarský kraj", "portal:coverage", ("kk",))
LK_COVERAGE = ResultPage("Mezery v pokrytí, Liberecký kraj", "portal:coverage", ("lk",))
CHANGES = ResultPage("Co je nového, Karlovarský kraj", "portal:changes", ("kk",))
LK_CHANGES = ResultPage("Co je nového, Liberecký kraj", "portal:changes", ("lk",))
MUNICIPALITIES = ResultPage("Obce a jejich index", "municipalities:municipality_list")
INDICATORS = ResultPage("Ukazatele", "indicators:indicator_list")
PROJECTS = ResultPage("Projekty", "projects:project_list")
MEETINGS = ResultPage("Zasedání a jejich podklady", "meetings:meeting_list")
CALLS = ResultPage("Výzvy", "calls:call_list")
ORGANISATIONS = ResultPage("Organizace", "portal:organisation_list")
HOME = ResultPage("Úvodní stránka", "portal:home")

MEASURES = (
    Method(
        "stav",
        "Stav opatření",
        "Podle čeho portál řekne, že jde opatření podle plánu, je ohroženo nebo zpožděno?",
        "status",
        (KK, STRATEGIES, MUNICIPALITIES),
        method_facts.statuses,
    ),
    Method(
        "aktualnost",
        "Aktuálnost hlášení",
        "Jak čerstvé je to, co o opatření víme, a dokdy má přijít další hlášení?",
        "freshness",
        (KK, HOME),
        method_facts.freshness_windows,
    ),
    Method(
        "souhrny",
        "Souhrny za cíl, prioritu a strategii",
        "Jak portál sčítá stavy více opatření?",
        "rollup",
        (KK, STRATEGIES, HOME),
        method_facts.counts,
    ),
    Method(
        "minule-dny",
        "Minulé dny",
        "Jak zjistím, co bylo známo v určitý den?",
        "past_days",
        (KK,),
    ),
    Method(
        "zmeny",
        "Co je nového",
        "Jak portál pozná, co se mezi dvěma dny zhoršilo, zlepšilo nebo změnilo?",
        "changes",
        (CHANGES, LK_CHANGES, HOME),
        method_facts.spans_of_changes,
    ),
    Method(
        "zasedani",
        "Zasedání a otisk",
        "Jak se podklad pro zasedání zmrazí a jak kdokoli ověří, že ho nikdo nezměnil?",
        "meetings",
        (MEETINGS,),
        method_facts.freezing,
    ),
)
PROGRESS = (
    Method(
        "ukazatele",
        "Pokrok ukazatelů",
        "Kdy řekneme, že se ukazatel blíží k cíli dost rychle?",
        "progress",
        (INDICATORS,),
    ),
    Method(
        "penize-a-osoby",
        "Peníze a počty osob",
        "Proč se peníze a lidé z různých opatření nesčítají?",
        "money_and_people",
        (PROJECTS, INDICATORS),
    ),
    Method(
        "potreby",
        "Potřeby podle oblastí",
        "Které počty potřeb portál neukazuje, aby nešlo poznat jednotlivé lidi?",
        "needs",
        (PROJECTS,),
    ),
)
PLACES = (
    Method(
        "index",
        "Index sociálního vyloučení",
        "Co hodnota indexu říká o obci, co neříká a proč u některých složek číslo chybí?",
        "index",
        (MUNICIPALITIES,),
        method_facts.index_numbers,
    ),
    Method(
        "pokryti",
        "Pokrytí potřeb",
        "Kde je potřeba vysoká, a přesto se tam nic neděje?",
        "coverage",
        (COVERAGE, LK_COVERAGE),
        method_facts.needs,
    ),
)
TEXTS = (
    Method(
        "opravy-textu",
        "Opravy textu strategií",
        "Kde se text na portálu liší od vytištěné brožury a proč?",
        "corrections",
        (KK, LK),
        method_facts.corrections,
    ),
    Method(
        "opravy-dat",
        "Opravy dat",
        "Co jsme na upozornění čtenářů opravili a kdy?",
        "data_corrections",
        (MUNICIPALITIES, STRATEGIES, INDICATORS, PROJECTS),
    ),
    Method(
        "zdroje",
        "Zdroje dat",
        "Odkud údaje pocházejí, z kdy jsou a čemu na nich nevěřit bez výhrady?",
        "sources",
        (MUNICIPALITIES, STRATEGIES, INDICATORS, PROJECTS),
        method_facts.sources,
    ),
    Method(
        "slovnicek",
        "Slovníček",
        "Co která slova na portálu znamenají?",
        "glossary",
        (STRATEGIES, MUNICIPALITIES),
        method_facts.glossary,
    ),
)

GROUPS = (
    ("Opatření a jejich stav", MEASURES),
    ("Ukazatele, peníze a lidé", PROGRESS),
    ("Obce a index", PLACES),
    ("Texty, data a slova", TEXTS),
)
DATA = (MUNICIPALITIES, INDICATORS, PROJECTS, CALLS, ORGANISATIONS)
"""The pages of the data themselves, offered beside the rules."""

METHODS = {method.slug: method for _, methods in GROUPS for method in methods}


def siblings(method):
    """Return the other pages of the group a page belongs to."""
    group = next(methods for _, methods in GROUPS if method in methods)
    return [other for other in group if other != method]
