"""A full briefing of the Karlovy Vary Region without a database, for tests of what is made of it.

The wording of the strategy, the municipalities and the index are real (those of fixtures/);
statuses, dates, reports and outputs are made up. `sample(**changes)` replaces whole fields.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from common import czech
from meetings import content
from meetings.content import Words
from tests.meetings.sample_said import (
    BANDS,
    CHANGES,
    COMPONENTS,
    ENDED,
    LATE,
    MEASURES,
    OUTPUTS,
    SOURCE,
    STATUSES,
    UNHEARD,
)

ON = date(2026, 11, 14)
KNOWN = datetime(2026, 11, 14, 7, tzinfo=UTC)  # 8:00 in Prague


def sample(**changes):
    """Return the Briefing, with some of its fields replaced."""
    return replace(_sample(), **changes) if changes else _sample()


@cache
def _sample():
    priorities = tuple(_priorities())
    measures = [one for priority in priorities for one in priority.measures]
    return content.Briefing(
        schema=content.SCHEMA,
        strategy=content.StrategySaid(
            slug="kk",
            title="Strategie sociálního začleňování Karlovarského kraje",
            short_name="Strategie Karlovarského kraje",
            region="Karlovarský kraj",
            region_genitive="Karlovarského kraje",
            is_monitored=True,
            url="/strategie/kk/",
        ),
        meeting=_meeting(date(2026, 11, 26)),
        previous=_meeting(date(2026, 9, 10)),
        since=date(2026, 9, 10),
        on=ON,
        known=KNOWN,
        is_demo=True,
        lead=(
            "Ze 31 opatření jde 15 podle plánu nebo se plní průběžně a jedno je splněno. "
            "Tři jsou zpožděna, tři ohrožena, ke čtyřem chybějí aktuální zprávy."
        ),
        decisions=_decisions(),
        rollup=rollup(measures),
        change_summary="2 zhoršení, 3 zlepšení, 1 posunutý termín, 1 nová hodnota",
        changes=tuple(_changes()),
        resolutions=(_resolution(),),
        late=tuple(_late()),
        priorities=priorities,
        apart=(),
        region=_region(),
        glossary=tuple(
            content.TermSaid(key, word, icon, text) for key, (word, icon, text) in STATUSES.items()
        ),
        methods=_methods(),
        stale=tuple(_stale(measures)),
        vintages=(
            content.VintageSaid("index a složky", "2023", SOURCE),
            content.VintageSaid("počty obcí v pásmech", "2020", "brožura Karlovarského kraje"),
            content.VintageSaid("obce, ORP", "2024", "ČSÚ, ČÚZK"),
        ),
    )


def rollup(measures):
    """Return the RollupSaid of measures with a status."""
    keys = [one.status.key for one in measures]
    counts = tuple(
        content.CountSaid(
            key, word, icon, tuple(one.code for one in measures if one.status.key == key)
        )
        for key, (word, icon, _) in STATUSES.items()
        if key in keys
    )
    expected = [key for key in keys if key not in ENDED]
    reported = len([key for key in expected if key not in UNHEARD])
    text = f"vykázáno k {czech.k_of_n(reported, len(expected))}".replace(czech.NBSP, " ")
    return content.RollupSaid(counts, reported, len(expected), text if expected else "")


def _meeting(day):
    url = f"/zasedani/{day.isoformat()}-rada/"
    return content.MeetingSaid("Rada Karlovarského kraje", "rada", day, url)


def _decisions():
    rows = (
        (
            "1.2",
            "Schválit předložení statutu garančního a krizového fondu zastupitelstvu i bez "
            "stanoviska k veřejné podpoře, s odkládací podmínkou.",
            "Každý měsíc odkladu posouvá první smlouvy s majiteli bytů.",
            "odbor sociálních věcí",
            date(2026, 12, 10),
            date(2026, 11, 12),
        ),
        (
            "4.5",
            "Zařadit do návrhu rozpočtu na rok 2027 spoluúčast pro nevládní organizace.",
            "Bez ní žadatelé nepodají projekty do výzev, které končí v únoru 2027.",
            "ekonomický odbor",
            date(2026, 12, 15),
            date(2026, 11, 7),
        ),
    )
    return tuple(
        content.DecisionSaid(
            number=number,
            report=40 + number,
            code=code,
            short_name=_short(code),
            url=_url(code),
            text=Words(text),
            why=Words(why),
            who=Words(who),
            by=by,
            asked_on=asked,
        )
        for number, (code, text, why, who, by, asked) in enumerate(rows, 1)
    )


def _changes():
    for group, word, code, text, day in _rows(CHANGES):
        name = _short(code) if code else "Podíl osob v exekuci"
        url = _url(code) if code else "/ukazatele/exekuce/"
        yield content.ChangeSaid(group, word, code, name, url, Words(text), _day(day))


def _resolution():
    return content.ResolutionSaid(
        number="RK 1012/09/26",
        body="Rada Karlovarského kraje",
        day=date(2026, 9, 10),
        text=Words("Rada ukládá vedoucímu odboru dopravy projednat předání dat s dopravci."),
        codes=("2.3",),
        url="/zasedani/2026-09-10-rada/",
    )


def _late():
    for code, why, step, who, until in _rows(LATE):
        due = _day(_said()[code][1])
        days = (ON - due).days
        fact = f"Milník „{_said()[code][2]}“ měl být hotov {due.day}. {due.month}. {due.year}."
        words = map(Words, (fact, why, step, who))
        yield content.LateSaid(code, _short(code), _url(code), days, due, *words, _day(until))


def _stale(measures):
    for one in measures:
        if one.status.key in UNHEARD:
            why = one.note or "Opatření nemá určeného odpovědného."
            yield content.StaleSaid(one.code, one.short_name, one.status.word, one.as_of, why)


def _methods():
    return (
        "Lidé hlásí, co se stalo; stav z toho odvozují pravidla. Nikdo nemůže opatření označit "
        "jako splněné nebo podle plánu ručně. Slova stavů jsou slova portálu.",
        "Období je kalendářní čtvrtletí. Hlášení se čeká do 15 dnů po jeho konci, s tolerancí "
        "7 dnů. „Vykázáno k 26 z 30“ znamená: z 30 opatření, u nichž se hlášení čeká, jich 26 "
        "má aktuální.",
        "Index sociálního vyloučení (0–30 bodů) vydává Agentura pro sociální začleňování. Pásmo "
        "se určuje z celkové hodnoty, body za složky nejsou zveřejněny.",
    )


def _priorities():
    rows = _strategy("strategy.priority", "code", "name", "short_name", "motto")
    for code, name, short, motto in rows:
        goals = tuple(_goals(code))
        measures = [one for goal in goals for one in goal.measures]
        codes = {one.code for one in measures}
        yield content.PrioritySaid(
            code=code,
            name=name,
            short_name=short,
            motto=motto,
            url=f"/strategie/kk/priorita/{code}/",
            rollup=rollup(measures),
            component=_component(code),
            indicators=_indicators(code),
            outputs=tuple(one for one in _outputs() if one.code in codes),
            goals=goals,
        )


def _component(code):
    if code not in COMPONENTS:
        return None
    return content.ComponentSaid(*COMPONENTS[code], f"index 2023, {SOURCE}")


def _indicators(code):
    if code != "3":
        return ()
    return (
        content.IndicatorSaid(
            name="Podíl osob v exekuci",
            url="/ukazatele/exekuce/",
            value="11,9 %",
            period="2023",
            nation="6,8 %",
            previous="12,4 %",
            is_uncertain=False,
            source="Exekutorská komora",
        ),
    )


def _goals(priority):
    rows = _strategy("strategy.goal", "code", "priority", "name", "short_name")
    for code, parent, name, short in rows:
        if parent == ["kk", priority]:
            url = f"/strategie/kk/cil/{code}/"
            yield content.GoalSaid(code, name, short, url, tuple(_measures(code)))


def _measures(goal):
    for code, goals, name, short in _strategy(
        "measures.measure", "code", "goals", "name", "short_name"
    ):
        if goals == [["kk", goal]]:
            key, due, what, as_of, department, note = _said()[code]
            word, icon, _ = STATUSES[key]
            extra = f"o {(ON - _day(due)).days} dní" if key == "zpozdeno" else ""
            last_known = "podle plánu" if key == "neaktualni" else ""
            dues = {"pozastaveno": "přezkum", "nezahajeno": "plánovaný začátek"}
            yield content.MeasureSaid(
                code=code,
                name=name,
                short_name=short,
                url=_url(code),
                status=content.StatusSaid(key, word, extra, icon, last_known),
                due=_day(due),
                due_word=dues.get(key, "termín") if due else "",
                due_what=Words(what),
                as_of=_day(as_of),
                freshness={"neaktualni": "neaktuální", "bez-hlaseni": "bez hlášení"}.get(
                    key, "aktuální"
                ),
                department=department,
                note=Words(note),
                activities=_activities(code),
            )


def _activities(code):
    rows = _strategy("measures.activity", "measure", "text")
    return tuple(text for measure, text in rows if measure == ["kk", code])


def _outputs():
    for code, day, kind, title, place, number in _rows(OUTPUTS):
        places = (place,) if place else ()
        people = int(number) if number else None
        yield content.OutputSaid(_day(day), kind, Words(title), places, people, code)


def _region():
    return content.RegionSaid(
        year=2023,
        source=f"{SOURCE}, Index sociálního vyloučení 2023",
        sentence="26 ze 133 obcí má vysokou hodnotu indexu, v roce 2020 jich bylo 18.",
        years=(2020, 2023),
        bands=tuple(content.BandSaid(*row) for row in BANDS),
        places=tuple(_places()),
        notes=(
            "Sčítají se obce, ne obyvatelé. Vojenský újezd Hradiště se nezapočítává.",
            "Hodnoty za rok 2020 jsou součty z brožury kraje; z rozdílu dvou let se trend "
            "neurčuje.",
        ),
    )


def _places():
    orps = dict(_table("02-karlovarsky-kraj", "municipalities.orp", "code", "name"))
    entries = _table("04-index-2023", "municipalities.indexentry", "municipality", "value")
    values = dict(entries)
    borrowed = {
        entry[1]
        for entry, state in _table(
            "04-index-2023", "municipalities.componentvalue", "entry", "state"
        )
        if state == "borrowed"
    }
    rows = _table(
        *("02-karlovarsky-kraj", "municipalities.municipality"),
        *("code", "name", "kind", "orp", "hex_q", "hex_r"),
    )
    for code, name, kind, orp, q, r in rows:
        is_counted = kind != "vojensky_ujezd"
        yield content.PlaceSaid(
            code=code,
            name=name,
            orp=orps[orp],
            value=values.get(code) if is_counted else None,
            is_borrowed=code in borrowed and is_counted,
            is_counted=is_counted,
            hex_q=q,
            hex_r=r,
        )


@cache
def _said():
    return {code: rest for code, *rest in _rows(MEASURES)}


def _rows(text):
    return [line.split("|") for line in text.strip().splitlines()]


def _day(text):
    return date.fromisoformat(text) if text else None


def _url(code):
    return f"/strategie/kk/opatreni/{code}/"


def _short(code):
    return dict(_strategy("measures.measure", "code", "short_name"))[code]


def _strategy(model, *columns):
    return _table("05-strategy-kk", model, *columns)


@cache
def _table(name, model, *columns):
    """Return the chosen columns of a table in fixtures/."""
    path = Path(settings.BASE_DIR) / "fixtures" / f"{name}.json"
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    table = next(one for one in tables if one["model"] == model)
    at = [table["columns"].index(column) for column in columns]
    return [tuple(row[n] for n in at) for row in table["rows"]]
