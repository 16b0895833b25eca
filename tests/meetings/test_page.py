"""What the page makes of a briefing, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from meetings.content import ChangeSaid, StatusSaid, Words
from meetings.page import meeting_page
from meetings.page.shapes import LONGEST, look, status_look, told
from tests.meetings.sample import sample
from tests.meetings.small import small


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("key", "css"),
    [
        ("zpozdeno", "is-late"),
        ("ohrozeno", "is-risk"),
        ("podle-planu", "is-ok"),
        ("plneno-prubezne", "is-ok"),
        ("splneno", "is-done"),
        ("nezahajeno", "is-ns"),
        ("bez-hlaseni", "is-off is-gap"),
        ("slovo-ktere-uz-neni", "is-off is-gap"),
    ],
)
def test_status_has_its_colours_also_when_the_word_is_no_more(key, css):
    assert look(key) == css


def test_stale_status_says_the_last_known_one_in_short():
    said = StatusSaid("neaktualni", "neaktuální", "", "stale", "probíhá bez termínů")
    assert status_look(said).was == "naposledy bez termínů"
    assert status_look(None) is None


def test_long_text_is_cut_between_words_and_whole():
    text = told(" ".join(["slovo"] * 2000))
    assert len(text.start) <= LONGEST
    assert text.start.endswith("slovo")
    assert f"{text.start} {text.rest}" == " ".join(["slovo"] * 2000)
    assert told("Krátce.").rest == ""


def test_text_without_a_space_is_cut_all_the_same():
    text = told("x" * 10_000)
    assert text.start + text.rest == "x" * 10_000
    assert text.rest


def test_changes_stand_by_their_groups_worst_first():
    rows = [
        ("zneni", "změna znění"),
        ("zlepsilo-se", "zlepšení"),
        ("jine", "jiné"),
        ("zhorsilo-se", "zhoršení"),
    ]
    changes = tuple(
        ChangeSaid(group, word, "1.1", "Opatření", "/x/", Words("text"), date(2026, 11, 1))
        for group, word in rows
    )
    found = meeting_page(small(changes=changes)).changes
    assert [group.heading for group in found] == ["Zhoršilo se", "Zlepšilo se", "Znění", "Další"]
    # The heading tells it already.
    assert [group.changes.rows[0].word for group in found] == ["", "", "změna znění", "jiné"]


@pytest.mark.parametrize(("number", "open_ones"), [(1, 1), (10, 10), (11, 8), (40, 8)])
def test_many_changes_of_a_group_unfold(number, open_ones):
    one = sample().changes[0]
    changes = tuple(replace(one, name=str(n)) for n in range(number))
    [group] = meeting_page(small(changes=changes)).changes
    assert (len(group.changes.rows), group.changes.number) == (open_ones, number)
    names = [change.name for change in (*group.changes.rows, *group.changes.more)]
    assert names == [str(n) for n in range(number)]


def test_bar_counts_measures_of_a_priority_in_words():
    part = meeting_page(sample()).parts[0]
    assert plain(part.bar.label) == ("Dostupnost bydlení: zpožděno 1, ohroženo 1, podle plánu 2")
    assert part.bar.counts[0].query == "stav=zpozdeno&k=2026-11-14"


def test_tile_has_its_day_without_this_year_and_its_age():
    tiles = [
        tile for part in meeting_page(sample()).parts for goal in part.goals for tile in goal.tiles
    ]
    by_code = {tile.code: tile for tile in tiles}
    assert (plain(by_code["1.1"].due), plain(by_code["1.1"].age)) == ("10. 12.", "5 d")
    assert plain(by_code["1.3"].due) == "28. 2. 2027"
    # Of what is out of date no day is promised.
    assert by_code["2.2"].due == ""


def test_line_of_a_late_measure_does_not_say_twice_how_late_it_is():
    lines = [
        line for part in meeting_page(sample()).parts for goal in part.goals for line in goal.lines
    ]
    late = next(line for line in lines if line.code == "1.2")
    assert plain(late.facts) == (
        "termín byl 30. 9. 2026: statut fondu schválen · odpovídá odbor sociálních věcí"
        " · hlášeno k 12. 11. 2026"
    )


def test_region_draws_every_place_and_sorts_the_table_as_czechs_do():
    region = meeting_page(sample()).region
    names = [place.name for place in region.places]
    assert len(names) == len(sample().region.places)
    assert names[:3] == ["Abertamy", "Andělská Hora", "Aš"]
    hradiste = next(place for place in region.places if place.name == "Hradiště")
    assert (hradiste.value, hradiste.css) == ("nezapočítává se", "")
    assert [band.change for band in region.bands] == ["+9", "−10", "−7", "+8"]


def test_place_without_a_cell_stands_in_the_table_only():
    said = sample().region
    places = tuple(replace(one, hex_q=None, hex_r=None) for one in said.places)
    region = meeting_page(sample(region=replace(said, places=places))).region
    assert region.map is None
    assert len(region.places) == len(places)


def test_time_stands_only_where_both_days_are_known():
    assert meeting_page(small()).time is None
    strategy = replace(small().strategy, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    time = meeting_page(small(strategy=strategy)).time
    assert (time.passed, time.total) == (318, 365)
