"""Vzdělávání dětí a mladých lidí."""

from measures.models import Health, MeasureKind, OutputKind, Phase
from portal.demo.days import Round, Today, YearEnd
from portal.demo.story import (
    SCHOOLS,
    SOCIAL,
    Event,
    Promise,
    Replan,
    Series,
    Story,
    change,
    done,
    dropped,
    meeting,
    progress,
    risk,
    same,
    seminar,
)

STORIES = (
    Story(
        "2.1",
        owner="tomas",
        deputy="marie",
        department=SCHOOLS,
        kind=MeasureKind.CONTINUOUS,
        reports=(
            progress(
                Round(-6, 11),
                "Domluvili jsme s platformami ve vzdělávání, jaké příklady "
                "dobré praxe budeme obcím představovat.",
            ),
            same(Round(-5, 10)),
            progress(
                Round(-4, 9),
                "Na setkání v Ostrově představily svou práci tři školy, které "
                "zavedly doučování s podporou dobrovolníků.",
            ),
            same(Round(-3, 11)),
            progress(
                Round(-2, 9),
                "Začali jsme posílat obcím čtvrtletní přehled dění ve "
                "vzdělávání; odebírá ho 46 obcí.",
                corrected=(
                    Round(-2, 13),
                    "Začali jsme posílat obcím čtvrtletní přehled dění "
                    "ve vzdělávání; odebírá ho 64 obcí.",
                ),
            ),
            same(Round(-1, 9)),
            progress(
                Round(0, 9),
                "Seminář o přechodu z mateřské do základní školy měl dvakrát "
                "víc zájemců než míst, zopakujeme ho v Chebu.",
            ),
        ),
        milestones=(
            Series(
                "Přehled dění ve vzdělávání pro obce",
                made=Round(-2, 9),
                first_due=Round(-2, 30),
                months=3,
                until=YearEnd(2),
                done_after=-2,
                evidence="Rozesláno obcím a zveřejněno na webu.",
            ),
        ),
        outputs=(
            meeting(
                Today(-298),
                "Školy ukazují, co funguje: doučování",
                ("Ostrov",),
                41,
                organiser=SCHOOLS,
            ),
            seminar(
                Today(-75),
                "Přechod z mateřské do základní školy",
                ("Karlovy Vary",),
                40,
                organiser=SCHOOLS,
            ),
        ),
    ),
    Story(
        "2.2",
        owner="hana",
        deputy="jana",
        department=SOCIAL,
        end=YearEnd(2),
        places=("Cheb", "Kraslice", "Ostrov", "Karlovy Vary"),
        reports=(
            progress(
                Round(-6, 16),
                "Připravili jsme přehled výzev, ze kterých lze platit práci s celou domácností.",
            ),
            progress(Round(-5, 17), "S přípravou projektu pomáháme čtyřem zájemcům."),
            same(Round(-4, 16)),
            progress(Round(-3, 17), "Dvě žádosti jsou podané, u dvou dalších chybí spoluúčast."),
            same(Round(-2, 15)),
            progress(
                Round(-1, 19),
                "Jedna žádost uspěla. Hledáme, jak udržet práci s rodinami "
                "v mezidobí, než přijdou peníze z další výzvy.",
            ),
        ),
        milestones=(
            Promise(
                "Přehled výzev pro práci s celou domácností",
                made=Round(-6, 16),
                due=Round(-5, 20),
                acts=(done(Round(-5, 17), "Přehled osmi výzev."),),
            ),
            Promise(
                "Most mezi dotačními obdobími: návrh pravidel", made=Round(-1, 19), due=Today(66)
            ),
        ),
        outputs=(seminar(Today(-170), "Projekt od záměru k žádosti", ("Kraslice",), 12),),
    ),
    Story(
        "2.3",
        owner="petr",
        deputy="tomas",
        end=YearEnd(1),
        places=("Kraslice", "Rotava", "Jindřichovice", "Přebuz", "Bublava", "Stříbrná"),
        reports=(
            progress(
                Round(-6, 17),
                "Sbíráme od obcí a škol údaje o tom, odkud se dá dojet do školy a zpět.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-5, 14), "Mapa bílých míst je hotová: ranní spoj chybí v jedenácti obcích."
            ),
            same(Round(-4, 15)),
            progress(
                Round(-3, 13),
                "S koordinátorem dopravy jsme navrhli tři nové ranní spoje z okrajových obcí.",
                decision="Schválit zkušební provoz tří ranních spojů do konce kalendářního roku.",
            ),
            progress(
                Round(-2, 14),
                "Tři ranní spoje jezdí na zkoušku, využívá je kolem čtyřiceti žáků a učňů.",
            ),
            same(Round(-1, 13)),
            risk(
                Round(0, 16),
                "Zkušební provoz tří ranních spojů z Kraslicka končí a na další rok nemá dopravce. "
                "Žáci z pěti obcí by se do školy včas nedostali.",
                "Pro zkušební spoje není na příští rok vysoutěžený dopravce.",
                "odbor dopravy krajského úřadu",
                Today(12),
                health=Health.SERIOUS,
                next_step="Předložit radě dvě možnosti náhradní dopravy s cenou.",
                decision="Rozhodnout o náhradním dopravci pro tři ranní spoje od začátku roku.",
            ),
        ),
        milestones=(
            Promise(
                "Mapa bílých míst ve veřejné dopravě",
                made=Round(-6, 17),
                due=Round(-5, 20),
                acts=(done(Round(-5, 14), "Mapa a seznam jedenácti obcí."),),
            ),
            Promise("Smlouva na tři ranní spoje", made=Round(-1, 13), due=Today(36)),
            Promise(
                "Anketa mezi zaměstnavateli o směnách a dojíždění",
                made=Round(-5, 14),
                due=Round(-3, 20),
                acts=(
                    dropped(
                        Round(-3, 13),
                        "Stejnou anketu už dělá hospodářská komora, použijeme její výsledky.",
                    ),
                ),
            ),
        ),
        outputs=(
            meeting(
                Today(-212), "Jednání se starosty o ranních spojích", ("Kraslice", "Rotava"), 9
            ),
        ),
    ),
    Story(
        "2.4",
        owner="marie",
        deputy="hana",
        end=YearEnd(1),
        places=("Sokolov", "Aš", "Toužim"),
        reports=(
            progress(
                Round(-6, 18),
                "Vybrali jsme tři města, kde týmy vzniknou, a domluvili se s jejich vedením.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-5, 15),
                "Tým v Sokolově se poprvé sešel: dvě školy, město, OSPOD "
                "a dvě neziskové organizace.",
            ),
            same(Round(-4, 17)),
            risk(
                Round(-3, 14),
                "Tým v Aši nemá koordinátora, schůzky se dvakrát nekonaly.",
                "Není z čeho zaplatit koordinátora na poloviční úvazek.",
                "město a kraj",
                Round(-2, 5),
                next_step="Zkusit zařadit úvazek do místního akčního plánu.",
            ),
            progress(Round(-2, 16), "Koordinátor v Aši nastoupil, tým se znovu schází."),
            same(Round(-1, 14)),
            progress(
                Round(0, 14),
                "Týmy v Sokolově a Aši pracují. V Toužimi podepsali dohodu "
                "o spolupráci všichni kromě jedné školy.",
            ),
            progress(
                Round(0, 37), "Poslední škola v Toužimi dohodu čte, tým se už schází na zkoušku."
            ),
        ),
        milestones=(
            Promise(
                "Tým v Sokolově",
                made=Round(-6, 18),
                due=Round(-5, 18),
                acts=(done(Round(-5, 15), "Zápis z první schůzky."),),
            ),
            Promise(
                "Tým v Aši",
                made=Round(-6, 18),
                due=Round(-2, 18),
                acts=(done(Round(-2, 16), "Zápis ze schůzky a dohoda o úvazku."),),
            ),
            Promise("Tým v Toužimi", made=Round(-2, 16), due=Today(17)),
        ),
        outputs=(
            meeting(Today(-402), "První setkání multidisciplinárního týmu", ("Sokolov",), 11),
            meeting(Today(-115), "Společné setkání týmů", ("Sokolov", "Aš"), 23),
        ),
        replans=(
            Replan(
                Round(-3, 14),
                deputy="hana",
                reason="Zastupování po odchodu kolegyně na jiné místo.",
            ),
        ),
    ),
    Story(
        "2.5",
        owner="tomas",
        department=SCHOOLS,
        kind=MeasureKind.UNKNOWN,
        reports=(
            progress(
                Round(-6, 19),
                "Porovnali jsme opatření Školské inkluzivní koncepce se "
                "strategií; překrývá se jich devět.",
            ),
            progress(
                Round(-5, 18), "Domluvili jsme společný postup u pěti opatření obou dokumentů."
            ),
            same(Round(-4, 18)),
            progress(
                Round(-3, 18),
                "Čekáme na aktualizaci Školské inkluzivní koncepce, podle ní "
                "společný postup upravíme.",
            ),
        ),
    ),
    Story(
        "2.6",
        department=None,
        kind=MeasureKind.UNKNOWN,
        start=None,
        planned=Round(-6, 20),
        places=None,
    ),
    Story(
        "2.7",
        owner="jana",
        deputy="marie",
        department=SCHOOLS,
        kind=MeasureKind.CONTINUOUS,
        reports=(
            progress(
                Round(-6, 14),
                "Školy i neziskové organizace posílají příklady, kdy motivace "
                "žáka a rodiny pomohla; máme jich osm.",
            ),
            same(Round(-5, 13)),
            progress(
                Round(-4, 11),
                "První vlna příběhů je natočená, všichni zúčastnění souhlasí se zveřejněním.",
            ),
            same(Round(-3, 12)),
            progress(
                Round(-2, 11),
                "Zážitkový workshop pro pedagogy měl výborný ohlas, chystáme další dva.",
            ),
            same(Round(-1, 9)),
            progress(Round(0, 10), "Sbíráme druhou vlnu příběhů; chybí nám hlasy otců."),
            progress(
                Round(0, 51), "Druhá vlna příběhů je natočená, zbývají tři souhlasy se zveřejněním."
            ),
        ),
        milestones=(
            Promise(
                "Sběr příběhů, 1. vlna",
                made=Round(-6, 14),
                due=Round(-4, 15),
                acts=(done(Round(-4, 11), "Šest rozhovorů, souhlasy ve spisu."),),
            ),
            Promise("Sběr příběhů, 2. vlna", made=Round(-3, 12), due=Today(5)),
        ),
        outputs=(
            seminar(
                Today(-193), "Zážitkový workshop: den v kůži žáka", ("Cheb",), 24, organiser=SCHOOLS
            ),
            seminar(
                Today(-61),
                "Zážitkový workshop pro výchovné poradce",
                ("Sokolov",),
                None,
                organiser=SCHOOLS,
            ),
        ),
    ),
    Story(
        "2.8",
        owner="marie",
        deputy="tomas",
        department=SCHOOLS,
        end=YearEnd(1),
        reports=(
            progress(
                Round(-6, 13), "Zjišťujeme, o jaké vzdělávání mají školy zájem; odpovědělo jich 58."
            ),
            progress(
                Round(-5, 12),
                "Sestavili jsme nabídku šesti kurzů, nejžádanější je práce s třídním kolektivem.",
            ),
            same(Round(-4, 10)),
            progress(Round(-3, 16), "Prvními dvěma kurzy prošlo 44 pedagogů a asistentů."),
            same(Round(-2, 12)),
            progress(
                Round(-1, 17), "Třetí kurz je plný. U kurzu inovativních přístupů hledáme lektora."
            ),
            change(
                Round(0, 17),
                "Kurz inovativních přístupů rozdělíme na dva kratší, aby školy "
                "nemusely zajišťovat dlouhé zástupy.",
            ),
        ),
        milestones=(
            Promise(
                "Nabídka kurzů pro školy",
                made=Round(-6, 13),
                due=Round(-5, 18),
                acts=(done(Round(-5, 12), "Nabídka rozeslaná všem základním školám."),),
            ),
            Promise("Čtyři kurzy za školní rok", made=Round(-3, 16), due=Today(56)),
        ),
        outputs=(
            seminar(
                Today(-250), "Práce s třídním kolektivem", ("Karlovy Vary",), 23, organiser=SCHOOLS
            ),
            seminar(
                Today(-221),
                "Asistent pedagoga a rodina",
                ("Mariánské Lázně",),
                21,
                organiser=SCHOOLS,
            ),
            Event(
                Today(-82),
                OutputKind.OTHER,
                "Beseda s lektory inovativních přístupů",
                ("Chodov",),
                15,
                is_withdrawn=True,
            ),
        ),
    ),
)
