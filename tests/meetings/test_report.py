import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from common.pdf import build
from meetings import content
from meetings.content import Words
from meetings.report import report_document
from meetings.report.display import display
from tests.meetings.sample import sample
from tests.pdf import attached, bookmarks, page_texts, pdf_text

SHA = "5b87dd2ca93416645520f12deb6dfbc5f2a33889ed570cdbf861d92a419216b6"
SNAPSHOT = '{"schema":"zasedani/1","slovo":"žluťoučký"}'
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, ŘEŘICHA ĚŠČŘŽÝÁÍÉÚŮĎŤŇÓ"
SIGNS = '# $a$ <b>&amp;</b> *t* @r \\u `c` // [i] {j} _k_ ~ & % /* */ "q" \''
NOBODY = content.RollupSaid((), 0, 0, "")


def made(briefing, **options):
    return build(report_document(briefing, json_text=SNAPSHOT, **options))


@cache
def frozen():
    return made(sample(), sha256=SHA)


def plain(value):
    """Return a display object with spaces that may break and without joiners."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return value.replace("\u00a0", " ").replace("\u2060", "")
    return value


def shown(**changes):
    return plain(display(sample(**changes)))


def squeezed(text):
    """Return only what is written: lines end in spaces and hyphens that are not of the text."""
    return re.sub(r"[\s\-\u00ad\u2060\u200b]", "", text)


def every_measure(change):
    """Return the priorities of the sample with each measure changed."""
    return tuple(
        replace(
            priority,
            goals=tuple(
                replace(goal, measures=tuple(change(one) for one in goal.measures))
                for goal in priority.goals
            ),
        )
        for priority in sample().priorities
    )


def unmonitored():
    """A briefing of a strategy whose measures have no status, with one across priorities."""

    def measure(code, name):
        return content.MeasureSaid(
            *(code, name, name, "/", None, None, "", Words(""), None, ""),
            *("odbor sociálních věcí", Words(""), ("Propojujeme služby.",)),
        )

    shared = measure("XIII", "Návaznost služeb na bydlení")
    return sample(
        strategy=content.StrategySaid(
            *("lk", "Strategie sociálního začleňování Libereckého kraje 2021+"),
            *("Strategie Libereckého kraje", "Liberecký kraj", "Libereckého kraje"),
            *(False, "/strategie/lk/"),
        ),
        meeting=content.MeetingSaid(
            "Výbor pro sociální věci", "výbor", date(2026, 12, 1), "/zasedani/2026-12-01-vybor/"
        ),
        **{"previous": None, "since": None, "is_demo": False, "lead": "", "decisions": ()},
        **{"rollup": NOBODY, "changes": (), "change_summary": "", "resolutions": (), "late": ()},
        priorities=tuple(
            content.PrioritySaid(
                *(code, name, name, "", "/", NOBODY, None, (), ()),
                (content.GoalSaid(goal, f"Cíl {name}", name, "/", (shared,)),),
            )
            for code, name, goal in [("BEZPECI", "Bezpečí a zdraví", "1"), ("PRACE", "Práce", "2")]
        ),
        apart=(content.ApartSaid("Průřezová opatření", NOBODY, (measure("I", "Osvěta"),)),),
        **{"region": None, "stale": ()},
    )


# What it says


@pytest.mark.parametrize(
    ("kind", "head", "what", "asked", "not_asked"),
    [
        (
            *("rada", "Zpráva pro radu", "Co má rada vědět a rozhodnout"),
            *("Rada se žádá o rozhodnutí", "Rada se o žádné rozhodnutí nežádá."),
        ),
        (
            *("zastupitelstvo", "Zpráva pro zastupitelstvo"),
            *("Co má zastupitelstvo vědět a rozhodnout", "Zastupitelstvo se žádá o rozhodnutí"),
            "Zastupitelstvo se o žádné rozhodnutí nežádá.",
        ),
        (
            *("výbor", "Zpráva pro výbor", "Co má výbor vědět a rozhodnout"),
            *("Výbor se žádá o rozhodnutí", "Výbor se o žádné rozhodnutí nežádá."),
        ),
        (
            *("komise", "Zpráva pro komisi", "Co má komise vědět a rozhodnout"),
            *("Komise se žádá o rozhodnutí", "Komise se o žádné rozhodnutí nežádá."),
        ),
        (
            *("pracovní skupina", "Zpráva pro pracovní skupinu"),
            *("Co má pracovní skupina vědět a rozhodnout", "Pracovní skupina se žádá o rozhodnutí"),
            "Pracovní skupina se o žádné rozhodnutí nežádá.",
        ),
    ],
)
def test_words_fit_the_body(kind, head, what, asked, not_asked):
    meeting = replace(sample().meeting, kind=kind)
    found = shown(meeting=meeting)
    assert (found["report_for"], found["what_for"], found["asked"]) == (head, what, asked)
    without = shown(meeting=meeting, decisions=())
    assert without["asked"] == not_asked
    assert without["what_for"] == what.replace(" a rozhodnout", "")


def test_kinds_of_bodies_are_those_of_the_portal():
    from meetings.models import BodyKind
    from meetings.report.words import BODIES

    assert list(BODIES) == BodyKind.labels


@pytest.mark.parametrize(
    ("title", "is_monitored", "found"),
    [
        ("Strategie bydlení", True, "Zpráva o plnění Strategie bydlení"),
        ("Strategie bydlení", False, "Zpráva o Strategii bydlení"),
        ("Plán bydlení", True, "Zpráva o plnění: Plán bydlení"),
        ("Plán bydlení", False, "Zpráva: Plán bydlení"),
        ("Strategie", True, "Zpráva o plnění: Strategie"),
    ],
)
def test_title_of_the_strategy_goes_into_the_sentence(title, is_monitored, found):
    strategy = replace(sample().strategy, title=title, is_monitored=is_monitored)
    assert shown(strategy=strategy)["title"] == found


def test_tile_says_what_comes_next():
    lines = {
        one["code"]: one["line"]
        for part in shown()["parts"]
        for goal in part["goals"]
        for one in goal["measures"]
    }
    assert lines["1.1"] == "další termín 10. 12. 2026"
    assert lines["1.2"] == "o 45 dní, termín byl 30. 9. 2026"
    assert lines["3.7"] == "přezkum 1. 3. 2027"
    assert lines["2.7"] == "bez termínu"
    assert lines["3.4"] == ""


def test_first_page_has_decisions_counts_late_and_changes():
    first = page_texts(frozen())[0]
    for text in [
        "Zpráva o plnění Strategie sociálního začleňování Karlovarského kraje",
        "Rada Karlovarského kraje · zasedání 26. 11. 2026",
        "Stav k 14. 11. 2026, 8:00.",
        "Rada se žádá o rozhodnutí",
        "Zařadit do návrhu rozpočtu na rok 2027 spoluúčast pro nevládní organizace.",
        "opatření 4.5 Dotační rozcestník a příprava projektů · předkládá ekonomický odbor · "
        "potřebné do 15. 12. 2026",
        "Jak stojí 31 opatření",
        "3 zpožděno",
        "Vykázáno k 26 z 30 opatření",
        "2.3 Doprava do měst za vzděláním",
        "75 dní",
        "Dva dopravci odmítli předat data bez smlouvy.",
        "Uzavřít smlouvy o předání dat a dokončit mapu.",
        "odbor dopravy 15. 12. 2026",
        "Od minulého zasedání 10. 9. 2026: 2 zhoršení, 3 zlepšení",
        "ohroženo → zpožděno: statut nebyl do 30. 9. schválen",
        "Usnesení RK 1012/09/26, Rada Karlovarského kraje, 10. 9. 2026:",
    ]:
        assert text in first, text


def test_mosaic_then_a_page_for_each_priority_then_the_region_then_the_key():
    pages = page_texts(frozen())
    heads = [
        "Co má rada vědět a rozhodnout",
        "Mozaika všech 31 opatření",
        "Podpora dostupnosti bydlení pro lidi v bytové nouzi",
        "Prevence mezigenerační reprodukce sociálního vyloučení",
        "Podpora předluženým lidem",
        "Rozvoj kompetencí odborné veřejnosti a budování personálních kapacit",
        "26 ze 133 obcí má vysokou hodnotu indexu, v roce 2020 jich bylo 18",
        "Jak zprávě rozumět",
    ]
    assert len(pages) == 8
    for page, head in zip(pages, heads, strict=True):
        assert head in page
    marks = [one.replace("\u00a0", " ") for one in bookmarks(frozen())]
    assert [one for one in marks if any(one.endswith(head) for head in heads)] == [
        *heads[:2],
        *(f"Priorita {n} {head}" for n, head in enumerate(heads[2:6], 1)),
        *heads[6:],
    ]


def test_foot_has_the_day_the_fingerprint_and_the_page():
    for number, page in enumerate(page_texts(frozen()), 1):
        foot = f"Stav k 14. 11. 2026, 8:00 · otisk {SHA[:12]} strana {number} / 8"
        assert page.endswith(foot)
        assert "Ukázková data" in page
    assert SHA in page_texts(frozen())[-1].replace(" ", "")


def test_draft_says_so_in_place_of_the_fingerprint():
    found = shown()
    assert found["footer"] == ["Stav k 14. 11. 2026, 8:00", "Návrh, nezmrazeno"]
    assert found["draft"] == "Návrh, nezmrazeno"
    told = plain(display(sample(), SHA, 2))
    assert told["footer"] == ["Stav k 14. 11. 2026, 8:00", "oprava č. 2", "otisk 5b87dd2ca934"]
    assert told["draft"] == ""
    assert told["report_for"] == "Zpráva pro radu, oprava č. 2"


def test_an_hour_is_told_only_of_the_day_asked_about():
    midnight = datetime(2026, 11, 14, 23, tzinfo=UTC)  # the end of the day in Prague
    assert shown(known=midnight)["state"] == "Stav k 14. 11. 2026."


def test_only_a_demonstration_is_marked():
    assert shown()["sample"] is True
    real = shown(is_demo=False)
    assert (real["sample"], real["sample_note"]) == (False, "")


def test_every_measure_stands_in_the_report_with_code_and_name():
    text = squeezed("".join(page_texts(frozen())))
    for one in sample().measures:
        assert squeezed(f"{one.code}{one.short_name}") in text, one.code
    late = [(one.code, one.short_name) for one in sample().late]
    assert late == [
        ("2.3", "Doprava do měst za vzděláním"),
        ("1.2", "Krajský garanční a krizový fond"),
        ("3.8", "Snížení zadlužení lidí do 18 let"),
    ]


def test_municipalities_of_the_highest_band_are_named_by_the_alphabet():
    region = shown()["region"]
    names = [one["name"] for one in region["high"]]
    assert len(names) == 26
    assert names[:6] == ["Aš", "Bukovany", "Čichalov", "Dolní Rychnov", "Habartov", "Horní Slavkov"]
    assert [one["difference"] for one in region["bands"]] == ["+9", "−10", "−7", "+8"]


def test_map_has_a_number_in_each_counted_municipality_and_the_names_of_seats():
    numbers = re.findall(r">(\d+)</text>", shown()["region"]["svg"])
    assert len(numbers) == 133
    assert sum(int(one) >= 12 for one in numbers) == 26
    names = set(re.findall(r'font-weight="400"[^>]*>(\w+)</text>', shown()["region"]["svg"]))
    assert names == {
        *("Aš", "Cheb", "Karlovy", "Vary", "Kraslice", "Mariánské", "Lázně", "Ostrov", "Sokolov")
    }


def test_many_changes_stand_in_a_section_of_their_own():
    one = sample().changes[0]
    found = shown(changes=(one,) * 13)
    assert len(found["changes"]) == 8
    assert found["changes_more"] == "5 dalších změn stojí v oddíle Všechny změny."
    assert len(found["all_changes"]) == 13
    few = shown(changes=(one,) * 10)
    assert (len(few["changes"]), few["changes_more"], few["all_changes"]) == (10, "", [])


def test_first_meeting_and_one_without_changes_say_so():
    nothing = {"changes": (), "resolutions": (), "change_summary": ""}
    found = shown(**nothing)
    assert found["changes_heading"] == "Od minulého zasedání 10. 9. 2026"
    assert found["no_changes"] == "Nic se nezměnilo."
    first = shown(previous=None, since=None, **nothing)
    assert first["changes_heading"] == "Co se změnilo"
    assert first["no_changes"] == "Dřívější zasedání, se kterým by se dalo srovnávat, zapsáno není."


def test_unknown_share_is_told_in_words_not_drawn():
    priority = sample().priorities[0]
    withheld = replace(priority.component, region="")
    (found,) = shown(priorities=(replace(priority, component=withheld),))["parts"]
    assert found["component"]["is_drawn"] is False
    assert found["component"]["region_told"] == "neznámý"
    assert found["component"]["nation_told"] == "2,71 %"


def test_finding_of_the_region_is_the_headline_and_the_rest_stands_below():
    found = shown(
        region=replace(
            sample().region, sentence="26 obcí má 12. pásmo. Z nich 11 leží v ORP Sokolov."
        )
    )["region"]
    assert (found["heading"], found["rest"]) == (
        *("26 obcí má 12. pásmo", "Z nich 11 leží v ORP Sokolov."),
    )


def test_indicator_without_a_value_is_named_below_the_table():
    priority = sample().priorities[2]
    (known,) = priority.indicators
    both = (known, replace(known, name="Oddlužení", value="", period="", source=""))
    (found,) = shown(priorities=(replace(priority, indicators=both),))["parts"]
    assert [one["name"] for one in found["indicators"]] == ["Podíl osob v exekuci"]
    assert found["unknown"] == "Zatím bez hodnoty: Oddlužení."


def test_many_stale_measures_are_told_together():
    def stale(number):
        return tuple(
            content.StaleSaid(f"1.{n}", f"Opatření {n}", "bez hlášení", None, "Nikdo nehlásil.")
            for n in range(1, number + 1)
        )

    assert [one["name"] for one in shown(stale=stale(12))["stale"]][:2] == [
        *("Opatření 1", "Opatření 2")
    ]
    (found,) = shown(stale=stale(13))["stale"]
    assert (found["name"], found["codes"][-1]) == ("13 opatření", "1.13")


def test_bar_of_counts_has_cells_only_while_codes_can_be_read():
    assert shown()["has_cells"] is True
    count = replace(sample().rollup.counts[0], codes=tuple(str(n) for n in range(37)))
    assert shown(rollup=replace(sample().rollup, counts=(count,)))["has_cells"] is False


# What it is


def test_report_is_tagged_czech_and_archivable():
    assert b"/Lang(cs-CZ)" in frozen()
    assert b"/Marked true" in frozen()
    assert b"/DisplayDocTitle true" in frozen()
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", frozen())
    assert re.search(rb"<pdfaid:part>3</pdfaid:part>", frozen())
    assert re.search(rb"<pdfaid:conformance>A</pdfaid:conformance>", frozen())


def test_report_carries_its_data():
    files = attached(frozen())
    assert sorted(files) == ["obce.csv", "opatreni.csv", "zprava.json"]
    assert files["zprava.json"] == SNAPSHOT.encode()
    measures = files["opatreni.csv"].decode("utf-8-sig").split("\r\n")
    assert measures[0].startswith("kod;nazev;kratky_nazev;priorita;cile;stav;zpozdeni;")
    assert measures[2].startswith(
        "1.2;Krajský garanční a krizový fond na podporu bydlení;Krajský garanční a krizový fond;"
        "Dostupnost bydlení;1.A;zpožděno;o 45 dní;;2026-09-30;termín;statut fondu schválen;"
    )
    assert len(measures) == 33  # the head, 31 measures, the end of the last line
    places = files["obce.csv"].decode("utf-8-sig").split("\r\n")
    assert len(places) == 136
    assert "555177;Hradiště;Karlovy Vary;;;;ne" in places
    assert "554481;Cheb;Cheb;13;vysoký;;ano" in places


def test_same_briefing_gives_the_same_bytes():
    assert made(sample(lead=sample().lead), sha256=SHA) == frozen()
    assert made(sample(lead="Jiné shrnutí."), sha256=SHA) != frozen()


# What else may come


def test_unmonitored_strategy_has_no_statuses_and_no_region():
    told = made(unmonitored())
    text = " ".join(page_texts(told))
    assert "Zpráva o Strategii sociálního začleňování Libereckého kraje 2021+" in text
    assert "Hlášení se zde nevedou" in text
    assert "Průřezová opatření" in text
    assert "Mozaika všech 2 opatření" in text
    assert "Ukázková data" not in text
    for word in ["Zpožděno", "bez hlášení", "Nejbližší termín", "Počty obcí", "None"]:
        assert word not in text
    assert sorted(attached(told)) == ["opatreni.csv", "zprava.json"]


def test_empty_strategy_gives_a_report_that_says_so():
    empty = sample(
        **{"priorities": (), "late": (), "decisions": (), "stale": (), "lead": ""},
        **{"rollup": NOBODY, "changes": (), "resolutions": (), "region": None},
        **{"previous": None, "since": None, "glossary": (), "methods": (), "vintages": ()},
    )
    text = " ".join(page_texts(made(empty)))
    assert "Strategie zatím nemá žádné opatření." in text
    assert "Rada se o žádné rozhodnutí nežádá." in text
    assert "Mozaika" not in text


def test_region_without_cells_has_no_map():
    region = sample().region
    places = tuple(replace(one, hex_q=None, hex_r=None) for one in region.places)
    assert shown(region=replace(region, places=places))["region"]["svg"] == ""
    unknown = tuple(replace(one, numbers=(None, 5)) for one in region.bands)
    found = shown(region=replace(region, bands=unknown))["region"]
    assert [one["year"] for one in found["bars"]] == ["2023"]
    assert found["bands"][0]["numbers"] == ["", "5"]


def test_whatever_people_wrote_comes_out_whole():
    words = " ".join(f"slovo{n}" for n in range(1200))
    long = Words(f"Začátek poznámky. {SIGNS}\n\n{words} Konec poznámky.")
    assert len(long) > 10_000
    evil = Words(f"{CZECH} {SIGNS} 😀 مرحبا بالعالم {'ž' * 35}{'n' * 35}")

    def spoilt(one):
        return replace(one, name=f"{one.name} {SIGNS}", note=long, due_what=evil)

    told = made(
        sample(
            priorities=every_measure(spoilt),
            late=tuple(
                replace(one, why=long, next_step=evil, who=Words("n" * 60)) for one in sample().late
            ),
            decisions=tuple(replace(one, text=long, why=evil) for one in sample().decisions),
            changes=tuple(replace(one, text=evil) for one in sample().changes),
            resolutions=tuple(replace(one, text=long) for one in sample().resolutions),
        )
    )
    text = squeezed("".join(page_texts(told)))
    for one in [CZECH, SIGNS, "ž" * 35 + "n" * 35, "n" * 60, "slovo1199 Konec poznámky."]:
        assert squeezed(one) in text, one
    for n in range(1200):
        assert f"slovo{n}" in text
    for one in sample().late:
        assert squeezed(f"{one.code}{one.short_name}") in text


def test_long_text_is_told_once_in_the_appendix_and_named_where_it_was_cut():
    long = Words("Delší vysvětlení. " * 40)
    late = tuple(replace(one, why=long) for one in sample().late)
    found = shown(late=late)
    assert found["late"][0]["why"].endswith("(celé znění č. 1 v oddíle Celá znění)")
    assert found["late"][1]["why"] == found["late"][0]["why"]
    (told,) = found["longs"]
    assert (told["number"], told["where"]) == ("č. 1", "Zpožděné opatření 2.3")
    assert told["paragraphs"] == [long.strip()]


def test_missing_words_leave_a_dash_not_none():
    late = tuple(
        replace(one, **dict.fromkeys(["why", "next_step", "who"], Words("")), until=None)
        for one in sample().late
    )
    found = shown(late=late)
    assert found["late"][0]["why"] == (
        "Milník „mapa bílých míst veřejné dopravy“ měl být hotov 31. 8. 2026."
    )
    assert [found["late"][0][name] for name in ("next", "who", "until")] == ["", "", ""]
    assert "None" not in pdf_text(frozen())
