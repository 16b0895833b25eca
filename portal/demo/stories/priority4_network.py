"""Prezentace, spolupráce v území a vzdělávací akce."""

from measures.models import Health, MeasureKind, OutputKind, Phase
from portal.demo.days import Round, Today, YearEnd
from portal.demo.story import (
    Event,
    Promise,
    Story,
    change,
    done,
    dropped,
    meeting,
    moved,
    progress,
    risk,
    same,
    seminar,
)

STORIES = (
    Story(
        "4.7",
        owner="marie",
        deputy="vera",
        kind=MeasureKind.CONTINUOUS,
        reports=(
            progress(Round(-6, 15), "Máme přehled konferencí, kde má kraj strategii představit."),
            same(Round(-5, 13)),
            progress(
                Round(-4, 13),
                "Strategii jsme představili na celostátní konferenci, ozvaly "
                "se dva kraje, které chtějí podobnou.",
            ),
            same(Round(-3, 12)),
            progress(
                Round(-2, 11),
                "Kraj vystoupil na setkání sociální komise krajů s příkladem "
                "práce s dětskými dluhy.",
            ),
            same(Round(-1, 12)),
        ),
        outputs=(
            Event(Today(-320), OutputKind.OTHER, "Vystoupení na celostátní konferenci"),
            Event(Today(-103), OutputKind.OTHER, "Příspěvek na sociální komisi krajů"),
        ),
    ),
    Story(
        "4.8",
        owner="hana",
        end=YearEnd(1),
        reports=(
            progress(
                Round(-6, 16),
                "Popisujeme, jaké informace si školy, služby a odbory předávají.",
                phase=Phase.PREPARING,
            ),
            same(Round(-5, 14), phase=Phase.PREPARING),
            change(
                Round(-4, 16),
                "Ukazuje se, že stejnou práci budou dělat týmy podle opatření "
                "2.4. Navrhujeme opatření spojit.",
                phase=Phase.PREPARING,
            ),
            change(
                Round(-3, 15),
                "Opatření se ruší, jeho úkoly převzaly multidisciplinární týmy.",
                phase=Phase.CANCELLED,
                health="",
                reason="Úkoly převzalo opatření 2.4, zdvojené schůzky by účastníky zatěžovaly.",
                has_resolution=True,
            ),
        ),
        milestones=(
            Promise(
                "Popis předávání informací mezi institucemi",
                made=Round(-5, 14),
                due=Round(-3, 20),
                acts=(dropped(Round(-3, 12), "Popis vznikne v rámci opatření 2.4."),),
            ),
        ),
    ),
    Story(
        "4.9",
        owner="marie",
        deputy="hana",
        end=YearEnd(2),
        reports=(
            progress(
                Round(-6, 17),
                "Sbíráme, jak si služby předávají informace o rodinách, "
                "aniž by porušily mlčenlivost.",
                phase=Phase.PREPARING,
            ),
            progress(Round(-5, 16), "Postup pro společné řešení případu zkoušejí čtyři služby."),
            same(Round(-4, 15)),
            risk(
                Round(-3, 17),
                "Služby si nejsou jisté, co smí sdílet; dvě zkoušení přerušily.",
                "Chybí výklad pravidel ochrany osobních údajů.",
                "pověřenec pro ochranu osobních údajů",
                Round(-2, 10),
            ),
            risk(
                Round(-2, 16),
                "Výklad se zpřesňuje, zkoušení zatím stojí.",
                "Chybí výklad pravidel ochrany osobních údajů.",
                "pověřenec pro ochranu osobních údajů",
                Round(-1, 10),
                health=Health.SERIOUS,
            ),
            change(
                Round(-1, 16),
                "Zkoušení postupu pozastavujeme, dokud nebude hotový výklad "
                "k ochraně osobních údajů.",
                phase=Phase.SUSPENDED,
                health="",
                review=Today(126),
            ),
        ),
        milestones=(
            Promise(
                "Výklad k ochraně osobních údajů",
                made=Round(-3, 17),
                due=Today(-162),
                acts=(
                    moved(
                        Today(-169),
                        Today(119),
                        "Výklad čeká na stanovisko úřadu.",
                        has_resolution=True,
                    ),
                ),
            ),
        ),
        outputs=(meeting(Today(-370), "Kazuistické setkání čtyř služeb", ("Sokolov",), 16),),
    ),
    Story(
        "4.10",
        owner="tomas",
        deputy="lenka",
        start=Today(281),
        end=YearEnd(2),
        planned=Round(-3, 12),
        reports=(
            progress(
                Round(-2, 17),
                "Se školami se domlouváme na termínech, začneme s novým školním rokem.",
                phase=Phase.NOT_STARTED,
                health="",
            ),
            same(Round(-1, 18), phase=Phase.NOT_STARTED, health=""),
            same(Round(0, 19), phase=Phase.NOT_STARTED, health=""),
        ),
        milestones=(
            Promise(
                "Dohody se čtyřmi zaměstnavateli o stážích", made=Round(-1, 18), due=Today(300)
            ),
        ),
    ),
    Story(
        "4.11",
        owner="lenka",
        deputy="marie",
        end=YearEnd(1),
        reports=(
            progress(Round(-6, 18), "Vybrali jsme regiony, kam chceme vyslat odborníky na stáž."),
            progress(
                Round(-5, 17),
                "První balintovská skupina proběhla online, účastníci chtějí "
                "pokračovat každý měsíc.",
            ),
            same(Round(-4, 13)),
            progress(
                Round(-3, 11),
                "Šest pracovníků bylo na výměnném pobytu v Sasku, poznatky sepsali pro ostatní.",
            ),
            same(Round(-2, 14)),
            progress(
                Round(-1, 12),
                "Sjednáváme výměnný pobyt v Horním Slezsku, regionu s podobnou minulostí.",
            ),
            progress(
                Round(0, 11), "Pobyt v Horním Slezsku má účastníky, program dolaďujeme s hostiteli."
            ),
            progress(
                Round(0, 54),
                "Program pobytu v Horním Slezsku je hotový, jede osm lidí ze služeb a škol.",
            ),
        ),
        milestones=(
            Promise(
                "Výměnný pobyt v Sasku",
                made=Round(-6, 18),
                due=Round(-3, 15),
                acts=(done(Round(-3, 11), "Zpráva šesti účastníků."),),
            ),
            Promise("Výměnný pobyt v Horním Slezsku", made=Round(-2, 14), due=Today(12)),
        ),
        outputs=(
            Event(Today(-318), OutputKind.STAY, "Výměnný pobyt v Sasku", participants=6),
            meeting(Today(-240), "Balintovská skupina online", (), 9),
            meeting(Today(-150), "Balintovská skupina online", (), 11),
            meeting(Today(-66), "Balintovská skupina online", (), 10),
            seminar(Today(-45), "Co jsme si přivezli ze Saska", ("Karlovy Vary",), 37),
        ),
    ),
)
