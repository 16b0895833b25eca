"""Sentences and headings of the report that depend on whom it is for and what there is."""

from typing import NamedTuple

from common import czech


class Body(NamedTuple):
    """A kind of body in the two cases the report needs: „rada“, „radu“."""

    nominative: str
    accusative: str

    @property
    def starting(self):
        return _capital(self.nominative)


BODIES = {
    "rada": Body("rada", "radu"),
    "zastupitelstvo": Body("zastupitelstvo", "zastupitelstvo"),
    "výbor": Body("výbor", "výbor"),
    "komise": Body("komise", "komisi"),
    "pracovní skupina": Body("pracovní skupina", "pracovní skupinu"),
}

SAMPLE = (
    "Ukázková data: stavy, termíny, hlášení a výstupy jsou smyšlené. "
    "Znění strategie a čísla indexu jsou skutečná."
)
DRAFT = "Návrh, nezmrazeno"
NOT_MONITORED = "Hlášení se zde nevedou, opatření nemají stavy ani termíny."
EMPTY = "Strategie zatím nemá žádné opatření."
NO_COMPONENT = "Žádná složka indexu této prioritě neodpovídá."
NO_CHANGE = "Nic se nezměnilo."
FIRST = "Dřívější zasedání, se kterým by se dalo srovnávat, zapsáno není."
NOBODY = "neurčen"
SEEN = "celé znění č. {} v oddíle Celá znění"


def report_for(kind):
    """„Zpráva pro radu“."""
    body = BODIES.get(kind)
    return f"Zpráva pro {body.accusative}" if body else "Zpráva k zasedání"


def what_for(kind, decides):
    """The heading of the first page: „Co má rada vědět a rozhodnout“."""
    what = "vědět a rozhodnout" if decides else "vědět"
    body = BODIES.get(kind)
    return f"Co má {body.nominative} {what}" if body else "Co je třeba " + what


def asked(kind, number):
    """„Rada se žádá o rozhodnutí“, „Rada se o žádné rozhodnutí nežádá.“"""
    body = BODIES.get(kind)
    if number:
        return f"{body.starting} se žádá o rozhodnutí" if body else "Žádá se o rozhodnutí"
    if body:
        return f"{body.starting} se o žádné rozhodnutí nežádá."
    return "O žádné rozhodnutí se nežádá."


def title(strategy):
    """The title of the report; only a title that begins with „Strategie“ goes into a sentence."""
    name = strategy.title
    begins = name.startswith("Strategie ")
    if strategy.is_monitored:
        return f"Zpráva o plnění {name}" if begins else f"Zpráva o plnění: {name}"
    return f"Zpráva o Strategii {name.split(' ', 1)[1]}" if begins else f"Zpráva: {name}"


def state_of(briefing):
    """„Stav k 14. 11. 2026, 8:00“; an hour of another day would only confuse."""
    day = czech.date(briefing.on)
    known = briefing.known.astimezone(czech.PRAGUE)
    if known.date() != briefing.on:
        return f"Stav k {day}"
    return f"Stav k {day}, {known.hour}:{known.minute:02}"


def measures(number):
    """„31 opatření“."""
    return czech.count(number, "opatření", "opatření", "opatření")


def changes_heading(briefing):
    """„Od minulého zasedání 10. 9. 2026: 2 zhoršení“."""
    if briefing.previous:
        start = f"Od minulého zasedání {czech.date(briefing.previous.day)}"
    elif briefing.since:
        start = f"Od {czech.date(briefing.since)}"
    else:
        return "Co se změnilo"
    return f"{start}: {briefing.change_summary}" if briefing.change_summary else start


def no_changes(briefing):
    """What stands where there is no change to tell."""
    if briefing.changes or briefing.resolutions:
        return ""
    return NO_CHANGE if briefing.previous or briefing.since else FIRST


def outputs_heading(briefing):
    """The time outputs are told of."""
    if briefing.previous:
        return "Výstupy od minulého zasedání"
    return "Výstupy za posledních 12 měsíců"


def reported(rollup, has_cells):
    """What stands below the counts; the bar with a cell for each measure is not always drawn."""
    bar = "Každé políčko je jedno opatření s kódem, nejhorší stavy vlevo." if has_cells else ""
    end = "opatření, u nichž se hlášení čeká; neaktuální a bez hlášení není nikdy dobrý stav."
    heard = f"{_capital(rollup.text)} {end}" if rollup.text else ""
    return f"{bar} {heard}".strip()


def counted(rollup):
    """The counts as a sentence, for those who do not see the bar."""
    counts = ", ".join(f"{one.number} {one.word}" for one in rollup.counts)
    return f"Počty opatření podle stavu: {counts}."


def next_day(measure):
    """The line about time in a tile: „další termín 10. 12. 2026“."""
    if measure.status is None:
        return ""
    if measure.due is None:
        return "" if measure.status.icon in ("done", "x") else "bez termínu"
    day = czech.date(measure.due)
    if measure.status.extra:
        was = "termín byl" if measure.due_word == "termín" else f"{measure.due_word}:"
        return f"{measure.status.extra}, {was} {day}"
    return f"další termín {day}" if measure.due_word == "termín" else f"{measure.due_word} {day}"


def decisions_here(decisions):
    """Which of the decisions asked for concern a priority."""
    if not decisions:
        return ""
    named = ", ".join(f"č. {one.number} (opatření {one.code})" for one in decisions)
    which = "o které" if len(decisions) == 1 else "o která"
    return f"Rozhodnutí, {which} se žádá: {named}."


def unknown(names):
    """Which indicators have no value yet."""
    return f"Zatím bez hodnoty: {', '.join(names)}." if names else ""


def people(number):
    """„31 osob“; empty where nobody knows."""
    return "" if number is None else czech.count(number, "osoba", "osoby", "osob")


def share(text):
    """A share in % from its number in text: „3,04 %“."""
    return f"{text.replace('.', ',')} %" if text else ""


def difference(numbers):
    """„+9“ between the first and the last of two or more known numbers."""
    known = [one for one in numbers if one is not None]
    if len(numbers) < 2 or len(known) < len(numbers):
        return ""
    n = numbers[-1] - numbers[0]
    return f"+{n}" if n > 0 else f"{czech.MINUS}{-n}" if n < 0 else "0"


def map_told(region):
    """The alternative text of the map."""
    counts = ", ".join(
        f"{one.name} ({one.points} bodů) "
        + czech.count(one.numbers[-1] or 0, "obec", "obce", "obcí")
        for one in region.bands
    )
    return (
        f"Mapa obcí jako šestiúhelníků podle indexu {region.year}: {counts}. "
        "Hodnoty jednotlivých obcí jsou v příloze obce.csv."
    )


def bars_told(region, bars):
    """The alternative text of the bars of bands."""
    years = (
        f"{year}: "
        + ", ".join(f"{band.points} bodů {n}" for band, n in zip(region.bands, ns, strict=True))
        for year, ns in bars
    )
    return f"Počty obcí v pásmech. {'. '.join(years)}."


def _capital(text):
    return text[:1].upper() + text[1:]
