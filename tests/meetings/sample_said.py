"""What is made up or counted by hand in the sample briefing: one line a thing."""

STATUSES = {
    "zpozdeno": ("zpožděno", "late", "Otevřený milník je po termínu, nebo minul plánovaný konec."),
    "ohrozeno": ("ohroženo", "risk", "Poslední hlášení uvádí potíže."),
    "neaktualni": ("neaktuální", "stale", "Za poslední dvě skončená období nepřišlo hlášení."),
    "bez-hlaseni": ("bez hlášení", "none", "O opatření dosud nikdo nic nenahlásil."),
    "probiha-bez-terminu": ("probíhá bez termínů", "undated", "Nic s datem není slíbeno."),
    "pozastaveno": ("pozastaveno", "paused", "Práce stojí do dne, kdy se přezkoumá."),
    "nezahajeno": ("nezahájeno", "ns", "Podle plánu ještě nemělo začít."),
    "podle-planu": ("podle plánu", "ok", "Milník nebo plánovaný konec je před námi."),
    "plneno-prubezne": ("plněno průběžně", "ok", "Průběžné opatření s výstupem nebo milníkem."),
    "splneno": ("splněno", "done", "Opatření je dokončeno."),
    "zruseno": ("zrušeno", "x", "Ukončeno usnesením nebo s uvedeným důvodem."),
}
ENDED = ("splneno", "zruseno")
UNHEARD = ("neaktualni", "bez-hlaseni")

# code | status | due | what | as of | department | note
MEASURES = """
1.1|podle-planu|2026-12-10|seminář pro samosprávy v Sokolově|2026-11-09|Implementační jednotka|Třetí ze čtyř letošních seminářů proběhl, katalog služeb je před revizí.
1.2|zpozdeno|2026-09-30|statut fondu schválen|2026-11-12|odbor sociálních věcí|Statut čeká na stanovisko k veřejné podpoře; bez něj nelze uzavřít první smlouvy s majiteli bytů.
1.3|podle-planu|2027-02-28|kapitola bydlení ve střednědobém plánu|2026-11-03|odbor sociálních věcí|Podklady dodalo všech sedm ORP.
1.4|ohrozeno|2026-12-31|služby pro rodiny ve všech ORP|2026-11-05|odbor sociálních věcí|V ORP Kraslice skončil poskytovatel, náhrada zatím není; termín je očekáván o dva měsíce později.
2.1|podle-planu|2027-01-15|seminář dobré praxe|2026-11-02|odbor školství|Program semináře je připraven, přihlášeno 14 obcí.
2.2|neaktualni|||2023-04-14||Poslední zpráva je z dokumentu z dubna 2023.
2.3|zpozdeno|2026-08-31|mapa bílých míst veřejné dopravy|2026-11-06|odbor dopravy|Data dopravců dorazila jen ze dvou okresů ze tří.
2.4|ohrozeno|2027-01-31|týmy v pěti obcích|2026-11-10|Implementační jednotka|Týmy pracují ve třech obcích; ve dvou chybí koordinátor.
2.5|podle-planu|2027-03-31|vyhodnocení inkluzivní koncepce|2026-10-30|odbor školství|Zadání vyhodnocení je hotové.
2.6|probiha-bez-terminu|||2026-10-20|odbor školství|Příspěvky se vyplácejí podle žádostí, další termín nikdo neslíbil.
2.7|bez-hlaseni|||||
2.8|plneno-prubezne|2026-12-02|kurz pro asistenty pedagoga|2026-11-04|odbor školství|Za 12 měsíců pět kurzů.
3.1|plneno-prubezne|2027-01-20|seminář pro samosprávy|2026-10-27|Implementační jednotka|Seminář v říjnu navštívilo 38 zástupců obcí.
3.2|probiha-bez-terminu|||2026-10-15|tiskové oddělení|Kampaň běží na webu, plán na rok 2027 zatím není.
3.3|podle-planu|2027-01-29|simulační hra na osmi školách|2026-11-01|odbor školství|Zapojeno šest škol z osmi.
3.4|splneno|||2026-06-30|odbor sociálních věcí|Projekt skončil, výstupy převzala implementační jednotka.
3.5|podle-planu|2026-12-18|metodika „Jak na dluhy“ k připomínkám|2026-11-08|Implementační jednotka|Text je hotov, probíhá jazyková úprava.
3.6|neaktualni|||2023-04-14||Poslední zpráva je z dokumentu z dubna 2023.
3.7|pozastaveno|2027-03-01||2026-10-12|odbor sociálních věcí|Akreditace kurzu skončila, o novou je požádáno.
3.8|zpozdeno|2026-10-11|dohody s obcemi o zastavení exekucí|2026-11-13|Implementační jednotka|Dohodu podepsaly čtyři obce ze sedmi oslovených.
4.1|podle-planu|2026-12-31|obsazení posledního místa|2026-11-11|Implementační jednotka|Výběrové řízení je vyhlášeno.
4.2|plneno-prubezne|2027-01-15|hlášení za 4. čtvrtletí|2026-11-11|Implementační jednotka|Čtvrtletní kolo proběhlo včas.
4.3|plneno-prubezne|2026-11-26|zpráva pro radu|2026-11-11|Implementační jednotka|Předloženy tři materiály.
4.4|plneno-prubezne|2027-01-30|přehled pro obce|2026-11-11|Implementační jednotka|Přehled vychází jednou za čtvrtletí.
4.5|ohrozeno|2026-12-31|dotační rozcestník pro rok 2027|2026-11-07|Implementační jednotka|Spoluúčast pro nevládní organizace není v návrhu rozpočtu 2027.
4.6|plneno-prubezne|2026-12-10|setkání partnerů|2026-10-29|radní pro sociální oblast|Letos čtyři setkání.
4.7|probiha-bez-terminu|||2026-10-21|radní pro sociální oblast|Účast v sociální komisi Asociace krajů trvá, další termín není dán.
4.8|podle-planu|2026-12-14|setkání koordinátorů ORP|2026-11-09|Implementační jednotka|Zapojeno šest ORP ze sedmi.
4.9|bez-hlaseni|||||
4.10|nezahajeno|2027-02-01||2026-11-05|odbor školství|Plánovaný začátek je až v únoru 2027.
4.11|podle-planu|2027-01-22|stáž v Sasku|2026-11-06|Implementační jednotka|Partner potvrdil termín stáže.
"""  # noqa: E501

# code | why | next step | who | until
LATE = """
2.3|Dva dopravci odmítli předat data bez smlouvy.|Uzavřít smlouvy o předání dat a dokončit mapu.|odbor dopravy|2026-12-15
1.2|Chybí stanovisko k veřejné podpoře.|Požádat ÚOHS o stanovisko a předložit statut radě.|odbor sociálních věcí|2026-12-10
3.8|Tři obce čekají na souhlas zastupitelstva.|Nabídnout obcím vzor usnesení a účast na jednání.|Implementační jednotka|2027-01-31
"""  # noqa: E501

# group | word | code | text | day
CHANGES = """
zhorsilo-se|zhoršilo se|1.2|ohroženo → zpožděno: statut nebyl do 30. 9. schválen|2026-10-01
zhorsilo-se|zhoršilo se|4.5|podle plánu → ohroženo: chybí spoluúčast v rozpočtu|2026-11-07
zlepsilo-se|zlepšilo se|3.5|ohroženo → podle plánu: text metodiky je hotov|2026-11-08
zlepsilo-se|zlepšilo se|4.1|ohroženo → podle plánu: místo je vypsáno|2026-10-19
zlepsilo-se|zlepšilo se|2.1|bez hlášení → podle plánu: určen odpovědný|2026-11-02
terminy|posunutý termín|1.4|31. 10. 2026 → 31. 12. 2026: služby pro rodiny ve všech ORP|2026-11-05
data|nová hodnota||Podíl osob v exekuci: 11,9 % (2023)|2026-10-02
"""

# code of the measure | day | kind | title | places | participants
OUTPUTS = """
1.1|2026-09-22|seminář|Dostupné bydlení v malých obcích|Cheb|31
1.2|2026-10-14|setkání|Pracovní skupina k modelu garantovaného bydlení|Karlovy Vary|17
2.8|2026-10-01|kurz|Práce s třídou, kde děti často chybějí|Ostrov|24
2.4|2026-10-20|setkání|Týmy škol a obcí: půl roku poté|Sokolov|19
3.1|2026-10-08|seminář|Zadlužený občan a obec|Karlovy Vary|38
3.4|2026-09-30|metodika|Závěrečná zpráva projektu střednědobého plánování III||
4.8|2026-09-24|setkání|Koordinátoři ORP|Loket|12
4.11|2026-11-05|stáž|Sociální práce v Plavně|Sasko|9
"""

COMPONENTS = {
    "1": ("příspěvek na bydlení", "3.04", "2.71"),
    "2": ("předčasné odchody ze vzdělávání", "4.18", "2.96"),
    "3": ("exekuce", "11.90", "6.77"),
}
BANDS = (
    (0, "0–1", "žádný nebo nízký", (42, 51)),
    (2, "2–7", "střední", (57, 47)),
    (8, "8–11", "zvýšený", (16, 9)),
    (12, "12–30", "vysoký", (18, 26)),
)
SOURCE = "Agentura pro sociální začleňování"
