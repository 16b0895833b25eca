"""The pages of past days, rendered and read: exactly the words a naive replay says."""

from datetime import timedelta
from random import Random

import pytest

from tests.machine import naive_counts as naive
from tests.machine import story
from tests.machine.naive_line import line, midnight
from tests.machine.naive_pages import Day
from tests.machine.naive_words import counted, cs, fact
from tests.machine.read_page import read_page

pytestmark = pytest.mark.django_db

DAYS = 25
DAY = timedelta(days=1)


def days(seed):
    """Return random days from the first record to the day before today."""
    span = (story.TODAY - story.FIRST).days
    return [story.FIRST + timedelta(days=n) for n in Random(seed).sample(range(span), DAYS)]


def states(written, on):
    return {code: Day(code, events, on) for code, events in written.events.items()}


def under(part):
    """Return the codes of the measures under a goal or a priority."""
    return [
        code
        for code, goals in story.MEASURES.items()
        if part in goals or part in [story.GOALS[goal] for goal in goals]
    ]


def counts_of(chips):
    """Return the numbers of a row of chips by their words."""
    found = [text.rpartition(" ") for text in chips.texts("a", "chip")]
    return {word: int(number) for word, _, number in found if word != "vše"}


def test_strategy_shows_what_the_replay_says(written, client):
    for on in days(1):
        day = states(written, on)
        page = read_page(client, f"/strategie/kk/?k={on}")
        assert f"Stav k {cs(on)}, jak byl znám ten den." in page.one("p", "past").text
        counts, reported = naive.rolled_up([one.answer for one in day.values()])
        assert counts_of(page.one("ul", "chips")) == counts, on
        assert page.one("div", "head").one("p").text.endswith(f" · {reported}")
        for code, section in zip(("1", "2"), page.all("section", "prio"), strict=False):
            own = naive.rolled_up([day[one].answer for one in under(code)])
            assert section.one("p", "sum").texts("span")[-1] == own[1], (code, on)
        shown = [_tile(tile) for tile in page.all("a", "tile")]
        expected = [day[code] for goal in story.GOALS for code in under(goal)] + [day["3.1"]]
        assert shown == [(one.code, *one.tile) for one in expected], on
        table = read_page(client, f"/strategie/kk/?zobrazeni=tabulka&k={on}").one("tbody")
        rows = [[c.text for c in row.inside if not isinstance(c, str)] for row in table.all("tr")]
        assert rows == [one.table_row for one in day.values()], on


def _tile(tile):
    status, when = (one for one in tile.one("span", "mt").inside if not isinstance(one, str))
    return tile.one("span", "nm").one("b").text, status.text, when.text


def test_priority_shows_what_the_replay_says(written, client):
    for on in days(2):
        day = states(written, on)
        for code in written.priorities:
            page = read_page(client, f"/strategie/kk/priorita/{code}/?k={on}")
            section = page.section("jak-daleko")
            counts, reported = naive.rolled_up([day[one].answer for one in under(code)])
            assert counts_of(section.one("ul", "chips")) == counts, (code, on)
            total = counted(len(under(code)), "opatření", "opatření", "opatření")
            parts = f"{total} · {reported}" if reported else total
            assert section.one("p", "sum").texts("span")[0] == parts
            goals = [goal for goal, of in story.GOALS.items() if of == code]
            for goal, rows in zip(goals, section.all("ul", "rows"), strict=True):
                expected = [day[one].plan_row(goal) for one in under(goal)]
                assert [_parts(row) for row in rows.all("li")] == expected, (goal, on)


def _parts(row):
    return [one.text for one in row.inside if not isinstance(one, str)]


def test_goal_shows_what_the_replay_says(written, client):
    for on in days(4)[:10]:
        day = states(written, on)
        for goal in story.GOALS:
            page = read_page(client, f"/strategie/kk/cil/{goal}/?k={on}")
            rows = [_parts(row) for row in page.section("opatreni").one("ul", "rows").all("li")]
            assert rows == [day[one].plan_row(goal) for one in under(goal)], (goal, on)


def test_coverage_shows_what_the_replay_says(written, client):
    for on in days(5):
        answer = client.get(f"/strategie/kk/pokryti.json?k={on}").json()
        gaps, expected = set(), set()
        for priority in story.NATION:
            needs = naive.needs(priority)
            covers = naive.covers(written.events, priority, on, midnight(on + DAY))
            rows = {row["obec"]: row for row in answer["radky"] if row["priorita"] == priority}
            for name, (cover, done) in covers.items():
                row = rows.pop(name)
                assert (row["potreba"], row["pokryti"]) == (needs[name], cover), (name, on)
                assert len(row["opatreni"] + row["projekty"]) == len(done), (name, on)
                if needs[name] == "vysoká" and cover in ("nic", "jen celokrajsky"):
                    expected.add((priority, name))
                gaps |= {(priority, name)} if row["mezera"] == "ano" else set()
            assert rows == {}
        assert gaps == expected, on


def test_nobody_reads_removed_texts_on_any_day(written, client):
    texts = ["Klient Novák dluží.", "Byt pro paní Novou"]
    for on in days(6):
        text = read_page(client, f"/strategie/kk/opatreni/1.2/?k={on}").text
        assert not [one for one in texts if one in text], on


def test_before_the_first_record_there_is_nothing(written, client):
    for path in ("", "opatreni/1.1/", "priorita/1/", "cil/1.A/", "pokryti/"):
        page = read_page(client, f"/strategie/kk/{path}?k=2025-01-05")
        assert page.one("h1").text == "Portál tehdy ještě neběžel."
        assert read_page(client, f"/strategie/kk/{path}?k=2025-01-06").one("p", "past")


def test_measure_shows_what_the_replay_says(written, client):
    dice, events = Random(3), 0
    for on in days(3):
        for code in dice.sample(list(story.MEASURES), 4):
            day = Day(code, written.events[code], on)
            page = read_page(client, f"/strategie/kk/opatreni/{code}/?k={on}")
            assert_standing(page, day)
            assert_promises(page, day)
            assert_outputs(page, day)
            expected = line(written.events[code], on)
            assert _line(page) == expected, (code, on)
            events += len(expected)
    assert events > 1000


def assert_standing(page, day):
    rulebox, where = page.one("div", "rulebox"), (day.code, day.on)
    assert page.one("h1").text == f"{day.code} {day.worded.name}"
    assert rulebox.one("span", "st").text == day_word(day), where
    assert "".join(rulebox.texts("small")) == day.was, where
    assert rulebox.one("b").text == fact(day.answer, day.report), where
    trouble = page.all("dl", "mb-3")
    assert [_parts(one) for one in trouble] == ([day.trouble] if day.trouble else []), where
    said = [text for text in page.texts("p", "mw-none") if text.startswith("Hlášení za")]
    assert said == [f"{day.freshness} · Pravidlo aktuálnosti"], where


def day_word(day):
    return day.tile[0].partition(",")[0]


def assert_promises(page, day):
    section, where = page.section("milniky"), (day.code, day.on)
    assert "".join(section.texts("span", "muted")) == day.progress, where
    assert [_parts(row) for rows in section.all("ul", "rows") for row in rows.all("li")] == (
        day.milestones
    ), where
    assert page.section("kdy").texts("dd") == day.dates, where
    assert page.section("kdo").texts("dd")[0] == (day.department or "neuvedeno"), where
    assert page.section("kde").one("p").text == day.where, where
    assert page.section("aktivity").texts("li") == [day.worded.activity], where


def assert_outputs(page, day):
    section, (sums, rows) = page.section("vystupy"), day.outputs
    assert "".join(section.one("header").texts("span", "muted")) == sums
    assert [_parts(row) for row in section.all("li")] == rows, (day.code, day.on)


def _line(page):
    """Return the line of time: day, heading, text, changes and details of each event."""
    found = []
    for item in page.section("vyvoj").all("li"):
        when = item.one("span", "when")
        year, month, day = map(int, when.one("time").attrs["datetime"].split("-"))
        heading = when.text.partition(" · ")[2]
        texts = [p.text for p in item.all("p") if p.attrs.get("class") != "muted"]
        found.append(
            (
                midnight(story.FIRST.replace(year, month, day)).date(),
                heading,
                " ".join(texts),
                item.texts("span", "diff"),
                item.texts("p", "muted"),
            )
        )
    return found
