"""Bydlení."""

from measures.models import MeasureKind, OutputKind, Phase
from portal.demo.days import Round, Today, YearEnd
from portal.demo.story import (
    SOCIAL,
    Event,
    Promise,
    Replan,
    Story,
    change,
    done,
    expected,
    meeting,
    moved,
    progress,
    risk,
    same,
    seminar,
)

STORIES = (
    Story(
        "1.1",
        owner="jana",
        deputy="lenka",
        kind=MeasureKind.CONTINUOUS,
        reports=(
            progress(
                Round(-6, 12),
                "Domluvili jsme plán seminářů pro obce a osnovu stránky o službách v bydlení.",
            ),
            progress(
                Round(-5, 9),
                "Proběhl první seminář pro samosprávy. Obce se nejvíc ptají, jak začít s bydlením "
                "s podporou, když mají jen pár vlastních bytů.",
            ),
            same(Round(-4, 11)),
            progress(
                Round(-3, 10),
                "Přehled služeb spojených s bydlením je na webu kraje; odkazuje na něj už sedm "
                "obcí.",
            ),
            same(Round(-2, 8)),
            progress(
                Round(-1, 12),
                "Seminář v Sokolově se zaplnil za tři dny. Prezentace jsme rozeslali i obcím, "
                "které přijet nemohly.",
            ),
            progress(
                Round(0, 8),
                "Začala revize katalogu sociálních služeb: procházíme služby, které pomáhají "
                "bydlení získat a udržet.",
                next_step="Poslat poskytovatelům návrh změn v katalogu k připomínkám.",
            ),
        ),
        milestones=(
            Promise(
                "Přehled služeb v bydlení na webu kraje",
                made=Round(-6, 12),
                due=Round(-3, 20),
                acts=(done(Round(-3, 10), "Stránka je zveřejněná na webu kraje."),),
            ),
            Promise("Revidovaný katalog sociálních služeb", made=Round(-1, 12), due=Today(19)),
        ),
        outputs=(
            seminar(Today(-392), "Bydlení s podporou pro malé obce", ("Karlovy Vary",), 27),
            seminar(Today(-241), "Jak obec pozná hrozící ztrátu bydlení", ("Cheb", "Aš"), 31),
            seminar(
                Today(-128),
                "Garantované bydlení v praxi",
                ("Sokolov",),
                43,
                corrected=34,
            ),
            meeting(Today(-13), "Snídaně se starosty: první byt s podporou", ("Ostrov",), 15),
            Event(
                Today(-57),
                OutputKind.CAMPAIGN,
                "Leták „Kam se obrátit, když mi hrozí ztráta bydlení“",
            ),
        ),
    ),
    Story(
        "1.2",
        owner="jana",
        deputy="petr",
        end=YearEnd(1),
        places=("Cheb", "Sokolov"),
        reports=(
            progress(
                Round(-6, 14),
                "Pracovní skupina sestavila přehled garančních modelů v jiných krajích a vybrala "
                "dva, které se dají přenést k nám.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-5, 13),
                "První návrh modelu je hotový. Počítá se smlouvou mezi krajem a majitelem bytu "
                "a s doprovodem sociální služby.",
                phase=Phase.PREPARING,
            ),
            same(Round(-4, 12), phase=Phase.PREPARING),
            progress(
                Round(-3, 9),
                "Návrh jsme rozeslali obcím k připomínkám a domluvili schůzky v Chebu a Sokolově.",
                phase=Phase.PREPARING,
            ),
            change(
                Round(-2, 10),
                "Jednání s pojišťovnami trvají déle, model garancí bude schválen později. "
                "Na termín smluv s majiteli bytů to zatím vliv nemá.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-1, 11),
                "Připomínky obcí jsou vypořádané, návrh jsme předali právnímu odboru.",
                phase=Phase.PREPARING,
            ),
            risk(
                Round(0, 13),
                "Model je věcně hotový, chybí stanovisko k pojistné smlouvě. Bez něj smlouvy "
                "s majiteli bytů podepsat nejde.",
                "Pojistná smlouva čeká na právní stanovisko.",
                "právní odbor krajského úřadu",
                Today(9),
                phase=Phase.PREPARING,
                next_step="Projednat rámec pojištění v radě kraje.",
                decision="Schválit rámec pojištění škod do 1,5 mil. Kč ročně; bez něj se pilot "
                "v Sokolově a Chebu posune nejméně o čtvrt roku.",
            ),
        ),
        milestones=(
            Promise(
                "Srovnání garančních modelů z jiných krajů",
                made=Round(-6, 14),
                due=Round(-5, 20),
                acts=(done(Round(-5, 13), "Srovnání čtyř modelů, 12 stran."),),
            ),
            Promise(
                "Vypořádané připomínky obcí",
                made=Round(-4, 12),
                due=Round(-1, 18),
                acts=(done(Round(-1, 11), "Tabulka připomínek s naším stanoviskem ke každé."),),
            ),
            Promise(
                "Schválený model garancí",
                made=Round(-6, 14),
                due=Today(-182),
                acts=(
                    moved(
                        Today(-188),
                        Today(-112),
                        "Jednání s pojišťovnami trvají déle, než jsme plánovali.",
                        has_resolution=True,
                    ),
                    moved(
                        Today(-119),
                        Today(-34),
                        "Návrh je třeba doplnit o pojistnou smlouvu.",
                        has_resolution=True,
                    ),
                    expected(Today(-38), Today(24), "Čekáme na stanovisko k pojistné smlouvě."),
                ),
            ),
            Promise("Smlouvy s prvními třemi majiteli bytů", made=Round(-3, 9), due=Today(68)),
            Promise(
                "Pilot v Sokolově a Chebu: deset garantovaných bytů",
                made=Round(-3, 9),
                due=Today(126),
            ),
        ),
        outputs=(
            Event(
                Today(-305),
                OutputKind.STAY,
                "Stáž u kraje, který garantované bydlení už zkouší",
                participants=6,
            ),
            meeting(Today(-206), "Setkání s majiteli nájemních domů", ("Sokolov",), 14),
        ),
    ),
    Story(
        "1.3",
        owner="lenka",
        deputy="jana",
        department=SOCIAL,
        end=YearEnd(1),
        reports=(
            progress(
                Round(-6, 15),
                "Sešla se skupina, která píše kapitolu o bydlení do "
                "střednědobého plánu sociálních služeb.",
                phase=Phase.PREPARING,
            ),
            progress(
                Round(-5, 16),
                "Sebrali jsme od poskytovatelů údaje o kapacitách služeb spojených s bydlením.",
            ),
            same(Round(-4, 14)),
            progress(
                Round(-3, 15),
                "Poradili jsme s pěti projektovými záměry, tři žádosti už jejich autoři podali.",
            ),
            same(Round(-2, 13)),
            progress(
                Round(-1, 15), "Analytická část kapitoly je hotová, začínáme psát návrhy opatření."
            ),
            progress(
                Round(0, 15),
                "Návrhy opatření jsme prošli s poskytovateli ve všech třech "
                "okresech; největší zájem je o terénní práci s domácnostmi po oddlužení.",
            ),
            progress(
                Round(0, 44),
                "Návrh kapitoly čte odbor, na připomínky čekáme už jen od dvou služeb.",
            ),
        ),
        milestones=(
            Promise(
                "Analytická část kapitoly o bydlení",
                made=Round(-5, 16),
                due=Round(-1, 20),
                acts=(done(Round(-1, 15), "Text je uložený ve spisu střednědobého plánu."),),
            ),
            Promise("Návrh kapitoly o bydlení k připomínkám", made=Round(-1, 15), due=Today(26)),
        ),
        outputs=(
            seminar(Today(-163), "Jak napsat dobrou žádost o podporu", ("Karlovy Vary",), 22),
        ),
        replans=(
            Replan(
                Round(-2, 13),
                end=YearEnd(2),
                reason="Střednědobý plán se bude schvalovat o rok později.",
                has_resolution=True,
            ),
        ),
    ),
    Story(
        "1.4",
        owner="jana",
        deputy="hana",
        department=SOCIAL,
        end=YearEnd(1),
        places=("Cheb", "Sokolov", "Kraslice", "Rotava"),
        reports=(
            progress(
                Round(-6, 13),
                "Zmapovali jsme, kde terénní služby pro rodiny chybějí: "
                "nejvíc na Kraslicku a Toužimsku.",
            ),
            same(Round(-5, 12)),
            progress(
                Round(-4, 13),
                "Začalo školení nových pracovníků služeb; prvním tématem byla energetická chudoba.",
            ),
            same(Round(-3, 12)),
            progress(Round(-2, 12), "Dvě nové terénní služby v Chebu a Sokolově začaly pracovat."),
            same(Round(-1, 10)),
            risk(
                Round(0, 11),
                "Terénní služba na Kraslicku nemá od příštího roku zajištěné peníze na mzdy. "
                "Jednáme s poskytovatelem i s obcemi.",
                "Dotace pokryje jen část úvazků terénních pracovníků.",
                "odbor sociálních věcí s poskytovatelem a obcemi",
                Today(16),
                next_step="Připravit individuální dotaci a projednat ji ve výboru.",
            ),
        ),
        milestones=(
            Promise(
                "Mapa chybějících služeb pro rodiny",
                made=Round(-6, 13),
                due=Round(-5, 18),
                acts=(done(Round(-5, 12), "Mapa a tabulka podle ORP."),),
            ),
            Promise("Školení nových pracovníků služeb", made=Round(-4, 13), due=Today(36)),
            Promise("Přehled aktérů mimo síť sociálních služeb", made=Round(-2, 12), due=Today(51)),
        ),
        outputs=(
            seminar(
                Today(-284),
                "Energetická chudoba: co může udělat sociální pracovník",
                ("Sokolov",),
                38,
            ),
            meeting(Today(-96), "Kulatý stůl k terénním službám", ("Kraslice", "Rotava"), 17),
        ),
    ),
)
