"""Dluhy a finanční gramotnost."""

from measures.models import MeasureKind, OutputKind, Phase
from portal.demo.days import Round, Today, YearEnd
from portal.demo.story import (
    SCHOOLS,
    SOCIAL,
    Event,
    Promise,
    Series,
    Story,
    change,
    done,
    meeting,
    moved,
    progress,
    risk,
    same,
    seminar,
)

STORIES = (
    Story(
        "3.1",
        owner="lenka",
        deputy="petr",
        kind=MeasureKind.CONTINUOUS,
        reports=(
            progress(Round(-6, 12), "Sestavili jsme kalendář seminářů o dluzích pro samosprávy."),
            same(Round(-5, 11)),
            progress(
                Round(-4, 10),
                "Na semináři v Aši se obce shodly, že nejvíc chybí dostupný "
                "dluhový poradce přímo v místě.",
            ),
            same(Round(-3, 10)),
            progress(
                Round(-2, 9),
                "Připravili jsme s partnerem dva webináře o tom, jak předejít "
                "novému zadlužení po oddlužení.",
            ),
            progress(
                Round(-1, 8),
                "Oba webináře proběhly, záznam si pustilo přes dvě stě lidí.",
                partner="Institut prevence a řešení předlužení",
            ),
            progress(Round(0, 7), "Letos jsme o práci s dluhy informovali zástupce 71 obcí."),
        ),
        milestones=(
            Series(
                "Seminář o dluzích pro samosprávy",
                made=Round(-5, 11),
                first_due=Round(-4, 20),
                months=6,
                until=YearEnd(2),
                done_after=-3,
                evidence="Prezenční listina a prezentace.",
            ),
        ),
        outputs=(
            seminar(Today(-330), "Dluhy obyvatel: co může obec", ("Aš",), 19),
            seminar(Today(-146), "Dluhy obyvatel: co může obec", ("Nejdek", "Ostrov"), 26),
            Event(Today(-131), OutputKind.OTHER, "Webinář „Po oddlužení bez nových dluhů“"),
        ),
    ),
    Story(
        "3.2",
        owner="petr",
        deputy="lenka",
        end=YearEnd(1),
        reports=(
            progress(
                Round(-6, 15),
                "Vybíráme témata kampaně: poplatky za odpad, nájem, energie, jízda načerno.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-5, 14),
                "Texty kampaně jsou hotové a prošly úpravou do srozumitelné češtiny.",
                phase=Phase.PREPARING,
            ),
            progress(Round(-4, 12), "Kampaň běží v obecních zpravodajích, zatím ve 22 obcích."),
            same(Round(-3, 13)),
            progress(
                Round(-2, 13),
                "Obce hlásí méně dotazů na přepážce a víc včas uhrazených "
                "poplatků; čísla zatím ověřujeme.",
            ),
            same(Round(-1, 11)),
            progress(
                Round(0, 12), "Chystáme druhou vlnu kampaně, přidáváme téma půjček přes internet."
            ),
        ),
        milestones=(
            Promise(
                "První vlna kampaně",
                made=Round(-6, 15),
                due=Round(-4, 18),
                acts=(done(Round(-4, 12), "Články ve 22 obecních zpravodajích."),),
            ),
            Promise("Druhá vlna kampaně", made=Round(-1, 11), due=Today(51)),
        ),
        outputs=(
            Event(Today(-345), OutputKind.CAMPAIGN, "Kampaň „Dluh nezmizí, ale dá se řešit“"),
        ),
    ),
    Story(
        "3.3",
        owner="tomas",
        department=SCHOOLS,
        start=Today(68),
        end=YearEnd(2),
        planned=Round(-2, 16),
        places=None,
        milestones=(
            Promise("Scénář simulační hry o rodinném rozpočtu", made=Round(-1, 12), due=Today(130)),
        ),
    ),
    Story(
        "3.4",
        owner="hana",
        deputy="lenka",
        department=SOCIAL,
        end=YearEnd(0),
        reports=(
            progress(
                Round(-6, 16),
                "Projekt střednědobého plánování běží, dluhům se věnují tři jeho pracovní skupiny.",
            ),
            same(Round(-5, 14)),
            progress(Round(-4, 15), "Pracovní skupiny popsaly, co si poradny předávají a co ne."),
            same(Round(-3, 14)),
            progress(Round(-2, 12), "Závěrečná zpráva je v připomínkách u poskytovatelů."),
            progress(
                Round(-1, 16),
                "Projekt skončil, závěrečná zpráva je přijatá. Doporučení přebírá opatření 3.6.",
                phase=Phase.COMPLETED,
                health="",
            ),
        ),
        milestones=(
            Promise(
                "Závěrečná zpráva projektu",
                made=Round(-4, 15),
                due=Round(-1, 25),
                acts=(done(Round(-1, 16), "Závěrečná zpráva, 38 stran."),),
            ),
        ),
        outputs=(
            meeting(
                Today(-265), "Setkání dluhových poraden", ("Karlovy Vary",), 29, organiser=SOCIAL
            ),
        ),
    ),
    Story(
        "3.5",
        owner="lenka",
        deputy="jana",
        end=YearEnd(0),
        reports=(
            progress(
                Round(-6, 14),
                "Máme osnovu metodiky a šest obcí, které ji vyzkoušejí.",
                phase=Phase.PREPARING,
            ),
            progress(Round(-5, 13), "První verzi čtou starostové a účetní šesti obcí."),
            change(
                Round(-4, 13),
                "Do metodiky přidáváme kapitolu o dětských dluzích, dokončíme "
                "ji o čtvrt roku později.",
            ),
            progress(
                Round(-3, 11),
                "Kapitola o dětských dluzích je napsaná, text prošel právní kontrolou.",
            ),
            progress(
                Round(-2, 14),
                "Metodika „Jak na dluhy v Karlovarském kraji“ je hotová a dostaly ji všechny obce.",
                phase=Phase.COMPLETED,
                health="",
            ),
        ),
        milestones=(
            Promise(
                "Metodika „Jak na dluhy v Karlovarském kraji“",
                made=Round(-6, 14),
                due=Round(-3, 20),
                acts=(
                    moved(
                        Round(-4, 13),
                        Round(-2, 20),
                        "Přibyla kapitola o dětských dluzích.",
                        has_resolution=True,
                    ),
                    done(Round(-2, 14), "Vydaná metodika, 52 stran."),
                ),
            ),
        ),
        outputs=(
            Event(
                Round(-2, 14),
                OutputKind.METHODOLOGY,
                "Metodika „Jak na dluhy v Karlovarském kraji“",
            ),
        ),
    ),
    Story(
        "3.6",
        owner="jana",
        deputy="petr",
        end=YearEnd(1),
        reports=(
            progress(
                Round(-6, 18),
                "Dáváme dohromady data o exekucích podle obcí a oslovujeme členy týmu.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-5, 16),
                "Tým má dvanáct členů z poraden, obcí, soudů a neziskových "
                "organizací; poprvé se sešel.",
            ),
            same(Round(-4, 16)),
            risk(
                Round(-3, 16),
                "Chybí zástupci jednoho okresu, tým bez nich nemůže nastavit síť služeb.",
                "Zatím nejsou jmenováni zástupci obcí jednoho okresu.",
                "Implementační jednotka",
                Round(-1, 5),
                next_step="Objet s nabídkou pět největších obcí okresu.",
            ),
            risk(
                Round(-2, 17),
                "Dvě z pěti obcí zástupce vyslaly, se třemi ještě jednáme.",
                "Složení týmu není úplné.",
                "Implementační jednotka",
                Round(-1, 5),
            ),
            progress(
                Round(-1, 14),
                "Složení týmu stvrdily všechny tři okresy, pracujeme na mapě poraden.",
            ),
            progress(
                Round(0, 6),
                "Mapa poraden je hotová z poloviny; ukazuje, že do poradny "
                "trvá cesta z některých obcí přes hodinu.",
            ),
            progress(
                Round(0, 46),
                "Mapa poraden pokrývá celý kraj. Dvě obce nabídly místnost pro poradce, "
                "který by dojížděl.",
            ),
        ),
        milestones=(
            Promise(
                "Úplné složení týmu",
                made=Round(-6, 18),
                due=Round(-1, 18),
                acts=(done(Round(-1, 14), "Jmenovací dopisy všech členů."),),
            ),
            Promise(
                "Mapa dluhových poraden a jejich dosažitelnosti", made=Round(-1, 14), due=Today(19)
            ),
        ),
        outputs=(
            meeting(Today(-381), "První schůzka týmu k exekucím", ("Karlovy Vary",), 12),
            meeting(Today(-9), "Jednání týmu k exekucím", ("Sokolov",), 13),
            meeting(Today(-52), "Jednání týmu k exekucím", ("Cheb",), 14),
        ),
    ),
    Story(
        "3.7",
        owner="hana",
        deputy="marie",
        department=SOCIAL,
        end=YearEnd(1),
        reports=(
            progress(
                Round(-6, 19),
                "Vybíráme akreditované kurzy dluhového poradenství.",
                phase=Phase.PREPARING,
            ),
            progress(Round(-5, 15), "První kurz má 18 přihlášených z jedenácti služeb."),
            same(Round(-4, 14)),
            progress(Round(-3, 15), "První kurz dokončilo 17 lidí, druhý začíná."),
            same(Round(-2, 15)),
            progress(
                Round(-1, 13), "Druhý kurz dokončilo 16 lidí. Zájem je i o kurz pro pokročilé."
            ),
            same(Round(0, 13)),
        ),
        milestones=(
            Promise(
                "První kurz dluhového poradenství",
                made=Round(-6, 19),
                due=Round(-3, 20),
                acts=(done(Round(-3, 15), "17 osvědčení."),),
            ),
            Promise("Kurz pro pokročilé", made=Round(-1, 13), due=Today(67)),
        ),
        outputs=(
            seminar(
                Today(-290),
                "Dluhové poradenství: základní kurz",
                ("Karlovy Vary",),
                17,
                organiser=SOCIAL,
            ),
            seminar(
                Today(-155),
                "Dluhové poradenství: základní kurz",
                ("Sokolov",),
                16,
                organiser=SOCIAL,
            ),
        ),
    ),
    Story(
        "3.8",
        owner="jana",
        deputy="lenka",
        department=SOCIAL,
        end=YearEnd(2),
        reports=(
            progress(
                Round(-6, 17),
                "Zjišťujeme, kolik dětí v kraji má exekuci a za co nejčastěji vznikla.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-5, 15),
                "Byli jsme v Plzeňském kraji podívat se, jak tam dětem s dluhy pomáhají.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-4, 14),
                "Máme postup pro obce: jak poznat dluh dítěte a jak ho řešit bez exekuce.",
            ),
            same(Round(-3, 14)),
            progress(
                Round(-2, 15),
                "Osm obcí prověřilo své pohledávky vůči dětem a většinu jich promine.",
            ),
            same(Round(-1, 15)),
            risk(
                Round(0, 12),
                "Dohoda o hromadném řešení dětských exekucí se zdržela, protože dvě obce ještě "
                "nesestavily seznam svých pohledávek.",
                "Chybí seznamy pohledávek ze dvou obcí.",
                "Implementační jednotka",
                Today(16),
                next_step="Osobně navštívit obě obce a pomoct jim se seznamem.",
            ),
        ),
        milestones=(
            Promise(
                "Postup pro obce k dětským dluhům",
                made=Round(-5, 15),
                due=Round(-4, 18),
                acts=(done(Round(-4, 14), "Postup na čtyřech stranách."),),
            ),
            Promise(
                "Dohoda o řešení dětských exekucí",
                made=Round(-4, 14),
                due=Today(-135),
                acts=(
                    moved(Today(-140), Today(-51), "Obce potřebují víc času na seznam pohledávek."),
                ),
            ),
            Promise("Vyhodnocení prominutých pohledávek", made=Round(-1, 15), due=Today(140)),
        ),
        outputs=(
            Event(
                Today(-455), OutputKind.STAY, "Stáž v Plzeňském kraji: dluhy dětí", participants=4
            ),
            seminar(Today(-187), "Dětské dluhy: návod pro obce", ("Habartov", "Chodov"), 18),
        ),
    ),
)
