"""Small workbooks of the layout of the official file of the index, made by the tests themselves."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

NO_SCHOOL = (
    "Daná obec nemá na svém území ZŠ s běžnými třídami. Údaj byl převzat z celkové sitauci v obci, "
    "která má ZŠ s běžnými třídami nejblíže."
)
HEADERS = {
    "code": "Kód obce",
    "name": "Název obce",
    "status": "Status obce",
    "opou": "Kod OPOU",
    "opou_name": "Název OPOU",
    "orp": "Kód ORP",
    "orp_name": "Název ORP",
    "district": "Kód okres",
    "district_name": "Název okres",
    "region": "Kód kraj",
    "region_name": "Název kraj",
    "base_15": "Počet obyvyatel - starších 15 let (k 31. 12. {year})",
    "base_15_64": "Počet obyvyatel - 15 až 64 let (k 31. 12. {year})",
    "execution": "Počet osob v exekuci (k 31. 12. {year})",
    "execution_share": "% podíl obyvatel v exekuci (k 31. 12. {year}; vztaženo na 15+)",
    "execution_quotient": "Osoby v exekuci - lokalizační kvocient",
    "housing": "Počet vyplacených PnB (průměrný měsíc r. {year})",
    "housing_share": "% podíl příjemců PnB (průměrný měsíc r. {year}; vztaženo na 15+)",
    "housing_quotient": "PnB - lokalizační kvocient",
    "subsistence": "Počet vyplacených PnŽ (průměrný měsíc r. {year})",
    "subsistence_share": "% podíl příjemců PnŽ (průměrný měsíc r. {year}; vztaženo na 15+)",
    "subsistence_quotient": "PnŽ - lokalizační kvocient",
    "unemployed": "Počet uchazečů o zaměstnání evidovaných ÚP déle než 6 měsíců (prosinec {year})",
    "unemployed_share": "% podíl uchazečů o zaměstnání evidovaných ÚP déle než 6 měsíců (prosinec)",
    "unemployed_quotient": "Uchazeči o zaměstnání evidovaní ÚP déle - lokalizační kvocient",
    "leavers": "Počet předčasných odchodů ze ZŠ - běžné třídy (školní rok)",
    "leavers_share": "% podíl předčasných odchodů ze ZŠ na celkovém počtu předčasných odchodů",
    "leavers_base": "Celkový počet žáků, kteří ukončili povinnou školní docházku - běžné třídy",
    "leavers_quotient": "Předčasné odchody ze ZŠ - běžné třídy - lokalizační kvocient",
    "index": "Index soc. vyloučení {year} (0-30 bodů)",
    "category": "Index soc. vyloučení {year} (4 kategorie bodů)",
}
SCHOOL = ("leavers", "leavers_share", "leavers_base", "leavers_quotient")
CATEGORIES = ((1, "0 až 1"), (7, "2 až 7"), (11, "8 až 11"), (30, "12 až 30"))


def town(code, name="Obec", *, index=0, **values):
    """Return a row: 200 inhabitants over 15, 160 up to 64, no count, no school of its own.

    A count brings its share with it; a quotient is one unless it is named.
    """
    row = {
        "code": code,
        "name": name,
        "status": "O",
        "opou": 41011,
        "opou_name": "Aš",
        "orp": 4101,
        "orp_name": "Aš",
        "district": "CZ0411",
        "district_name": "Cheb",
        "region": "CZ041",
        "region_name": "Karlovarský kraj",
        "base_15": 200,
        "base_15_64": 160,
        "index": index,
        "category": next((text for most, text in CATEGORIES if index <= most), "12 až 30"),
        **dict.fromkeys(SCHOOL, NO_SCHOOL),
    }
    if "leavers" in values:
        row |= {"leavers_base": 20}
    row |= values
    bases = {"unemployed": "base_15_64", "leavers": "leavers_base"}
    for name in ("execution", "housing", "subsistence", "unemployed", "leavers"):
        count, base = row.setdefault(name, 0), row[bases.get(name, "base_15")]
        if isinstance(count, int | float):
            share = count / base * 100 if base and isinstance(base, int | float) else 0
            row[f"{name}_share"] = values.get(f"{name}_share", share)
            row[f"{name}_quotient"] = values.get(f"{name}_quotient", 1 if count else 0)
    return row


def workbook(*rows, year=2023, headers=None, order=None, formula=None, sheets=None):
    """Return the bytes of a workbook. `headers` replace some by their key, `order` is the keys of
    the columns, `formula` a (row, column) that holds one, `sheets` further (name, rows)."""
    file = BytesIO()
    named = {key: text.format(year=year) for key, text in HEADERS.items()} | (headers or {})
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        for sheet, lines in [(f"Index soc. vyloučení {year}", rows), *(sheets or ())]:
            page = book.add_worksheet(sheet)
            keys = order or list(named)
            page.write_row(0, 0, [named[key] for key in keys])
            for number, row in enumerate(lines, start=1):
                page.write_row(number, 0, [row.get(key, "") for key in keys])
            if formula:
                page.write_formula(*formula, "=1+1", None, 2)
    return file.getvalue()


def repacked(content, add=(), change=None, leave_out=()):
    """Return a workbook with parts added (name, bytes), changed by a function, or left out."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in leave_out:
                text = old.read(name)
                new.writestr(name, change(name, text) if change else text)
        for name, text in add:
            new.writestr(name, text)
    return file.getvalue()
