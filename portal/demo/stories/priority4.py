"""Implementační jednotka a politická podpora."""

from measures.models import MeasureKind, Phase
from portal.demo.days import Round, Today, YearEnd
from portal.demo.story import (
    Promise,
    Series,
    Story,
    done,
    expected,
    meeting,
    progress,
    same,
    seminar,
)

STORIES = (
    Story(
        "4.1",
        owner="vera",
        deputy="petr",
        end=YearEnd(0),
        reports=(
            progress(Round(-6, 10), "Oddělení je zřízené, čtyři místa ze šesti jsou obsazená."),
            progress(
                Round(-5, 8),
                "Tým je úplný. Všichni prošli vstupním školením o strategii a o práci s obcemi.",
            ),
            progress(
                Round(-4, 9),
                "Každý odbor má v týmu svého partnera, domluvili jsme pravidla spolupráce.",
            ),
            progress(
                Round(-3, 9),
                "Tým je proškolený a pracuje, opatření je splněné.",
                phase=Phase.COMPLETED,
                health="",
            ),
        ),
        milestones=(
            Promise(
                "Obsazená všechna místa",
                made=Round(-6, 10),
                due=Round(-5, 15),
                acts=(done(Round(-5, 8), "Šest pracovních smluv."),),
            ),
            Promise(
                "Pravidla spolupráce s odbory",
                made=Round(-5, 8),
                due=Round(-4, 15),
                acts=(done(Round(-4, 9), "Pravidla podepsaná čtyřmi odbory."),),
            ),
        ),
    ),
    Story(
        "4.2",
        owner="petr",
        deputy="jana",
        kind=MeasureKind.CONTINUOUS,
        reports=(
            progress(Round(-6, 9), "Portál běží, hlášení jsme vyzkoušeli na čtyřech opatřeních."),
            progress(Round(-5, 7), "Poprvé máme hlášení od všech odpovědných."),
            same(Round(-4, 7)),
            progress(Round(-3, 8), "Zpráva za rok je hotová a zveřejněná."),
            same(Round(-2, 6)),
            same(Round(-1, 6)),
            progress(
                Round(0, 5),
                "Sledování zabere každému odpovědnému pár minut za čtvrtletí; "
                "dvě opatření stále nikdo nehlásí.",
            ),
            progress(
                Round(0, 49), "Na školení k portálu jsme domluvili další termín, zájem mají i obce."
            ),
        ),
        milestones=(
            Series(
                "Čtvrtletní přehled plnění",
                made=Round(-6, 9),
                first_due=Round(-6, 28),
                months=3,
                until=YearEnd(2),
                done_after=-1,
                evidence="Přehled rozeslaný vedení a odborům.",
            ),
        ),
        outputs=(seminar(Today(-480), "Školení k hlášením na portálu", ("Karlovy Vary",), 13),),
    ),
    Story(
        "4.3",
        owner="petr",
        deputy="marie",
        end=YearEnd(2),
        reports=(
            progress(Round(-6, 11), "Dohodli jsme, které dokumenty půjdou do rady a kdy."),
            same(Round(-5, 9)),
            progress(Round(-4, 8), "Zprávu o plnění projednal výbor i rada kraje."),
            same(Round(-3, 9)),
            progress(
                Round(-2, 8),
                "Návrh aktualizace strategie jsme probrali s obcemi na třech setkáních.",
            ),
            same(Round(-1, 7)),
            progress(
                Round(0, 6),
                "Podklad pro nejbližší jednání rady je rozepsaný, čekáme na údaje k dopravě.",
            ),
        ),
        milestones=(
            Series(
                "Zpráva o plnění pro radu kraje",
                made=Round(-6, 11),
                first_due=Round(-5, 26),
                months=6,
                until=YearEnd(2),
                done_after=0,
                evidence="Zpráva je v podkladech jednání rady.",
            ),
            Promise("Podklad pro nejbližší jednání rady", made=Round(-1, 7), due=Today(9)),
        ),
        outputs=(
            meeting(Today(-201), "Setkání s obcemi k aktualizaci strategie", ("Cheb",), 25),
            meeting(Today(-197), "Setkání s obcemi k aktualizaci strategie", ("Sokolov",), 31),
            meeting(Today(-190), "Setkání s obcemi k aktualizaci strategie", ("Ostrov",), 22),
        ),
    ),
    Story(
        "4.4",
        department=None,
        kind=MeasureKind.UNKNOWN,
        start=None,
        places=None,
        reports=(
            progress(
                Round(-6, 20),
                "Sledujeme národní strategie a posíláme z nich výtahy kolegům na odborech.",
            ),
            progress(Round(-4, 19), "Navázali jsme spojení s kolegy v Bavorsku a Sasku."),
            progress(Round(-2, 18), "Výtahy z národních strategií odebírá 30 lidí."),
            progress(
                Round(0, 18),
                "Výtahy posíláme dál. Není dohodnuto, kdo za ně odpovídá a co má být výsledkem.",
            ),
        ),
    ),
    Story(
        "4.5",
        owner="jana",
        deputy="hana",
        end=YearEnd(1),
        reports=(
            progress(Round(-6, 12), "Dotační rozcestník má obsah a pravidla, kdo ho aktualizuje."),
            progress(Round(-5, 10), "Rozcestník je na webu, za první měsíc ho otevřelo 340 lidí."),
            same(Round(-4, 11)),
            progress(Round(-3, 13), "Pomohli jsme s jedenácti žádostmi, sedm uspělo."),
            same(Round(-2, 11)),
            progress(
                Round(-1, 10),
                "Připravujeme pravidla, jak neziskovým organizacím pomoct s povinnou spoluúčastí.",
            ),
            progress(Round(0, 14), "Pravidla spoluúčasti jsou v připomínkách u čtyř odborů."),
        ),
        milestones=(
            Promise(
                "Dotační rozcestník na webu",
                made=Round(-6, 12),
                due=Round(-5, 15),
                acts=(done(Round(-5, 10), "Stránka s patnácti výzvami."),),
            ),
            Promise(
                "Pravidla pomoci se spoluúčastí",
                made=Round(-1, 10),
                due=Today(21),
                acts=(
                    expected(
                        Today(-7),
                        Today(58),
                        "Výzva, na kterou pravidla navazují, se odkládá na příští rok.",
                    ),
                ),
            ),
        ),
        outputs=(
            seminar(Today(-310), "Jak číst výzvu", ("Karlovy Vary",), 33),
            seminar(Today(-141), "Rozpočet projektu bez chyb", ("Sokolov",), 28),
        ),
    ),
    Story(
        "4.6",
        owner="vera",
        deputy="petr",
        kind=MeasureKind.CONTINUOUS,
        reports=(
            progress(
                Round(-6, 13), "Domluvili jsme pravidelná setkání s partnery jednou za čtvrtletí."
            ),
            same(Round(-5, 11)),
            progress(
                Round(-4, 12),
                "Na setkání partnerů zazněl požadavek na společný kalendář akcí; založili jsme ho.",
            ),
            same(Round(-3, 10)),
            same(Round(-2, 10)),
            progress(Round(-1, 9), "Setkání partnerů se zúčastnilo i vedení tří měst."),
            same(Round(0, 9)),
        ),
        milestones=(Promise("Společné prohlášení partnerů", made=Round(-1, 9), due=Today(30)),),
        outputs=(
            meeting(Today(-271), "Setkání partnerů strategie", ("Karlovy Vary",), 36),
            meeting(Today(-89), "Setkání partnerů strategie", ("Karlovy Vary",), 42),
        ),
    ),
)
