"""The index of a territory over the years, worked out by hand."""

import pytest

from municipalities.overview import PublishedYear
from municipalities.years import years
from tests.factories import IndexEditionFactory, IndexEntryFactory, MunicipalityFactory, OrpFactory
from tests.municipalities.pages import body, text_of
from tests.municipalities.rows import four_bands
from tests.municipalities.test_territories import add, lazne, region  # noqa: F401

TALLIES = [
    (2022, "Agentura.", "1", 0, 2),
    (2022, "Agentura.", "2", 13, 1),
    (2023, "Agentura.", "1", 3, 2),
    (2023, "Agentura.", "2", 12, 1),
]
PUBLISHED = [
    PublishedYear(2023, "brožura", "", {12: 99}),
    PublishedYear(2020, "brožura", "Jen součty.", {0: 2, 12: 1}),
]


def numbers(one):
    return [number for _, number in one.counts]


def test_years_are_counted_and_published_ones_stand_in_only_where_there_are_no_entries():
    found = years(TALLIES, four_bands(), PUBLISHED)
    assert [(one.year, one.is_counted, numbers(one)) for one in found.all] == [
        (2023, True, [0, 2, 0, 1]),
        (2022, True, [2, 0, 0, 1]),
        (2020, False, [2, None, None, 1]),
    ]
    assert [(one.total, one.median_text, one.is_whole) for one in found.all] == [
        (3, "3", True),
        (3, "0", True),
        (3, "–", False),
    ]
    assert (found.all[0].source, found.all[2].note) == ("Agentura", "Jen součty.")


def test_years_of_an_orp_count_its_own_municipalities():
    found = years(TALLIES, four_bands(), orp="2")
    assert [(one.year, numbers(one)) for one in found.all] == [
        (2023, [0, 0, 0, 1]),
        (2022, [0, 0, 0, 1]),
    ]
    assert found.median(2022) == 13
    assert found.median(2020) is None


def test_bar_of_a_year_has_a_part_for_each_band_that_is_known_and_not_empty():
    newest, _, oldest = years(TALLIES, four_bands(), PUBLISHED).all
    assert [(part.css, part.x, part.width) for part in newest.segments] == [
        ("b2", 0, 2),
        ("b4", 2, 1),
    ]
    assert [(part.css, part.x, part.width) for part in oldest.segments] == [
        ("b1", 0, 2),
        ("b4", 2, 1),
    ]


def test_no_years_are_no_error():
    found = years([], four_bands())
    assert (found.all, found.largest, found.counted) == ((), 0, [])


@pytest.mark.django_db
def test_pages_show_each_year_and_strips_of_the_newest_two(client, region, lazne, add):  # noqa: F811
    place = add("Teplá", 5)
    for year, value in [(2022, 13), (2021, 1)]:
        IndexEntryFactory(edition=IndexEditionFactory(year=year), municipality=place, value=value)
    area = MunicipalityFactory(region=region, orp=lazne, kind="vojensky_ujezd")
    IndexEntryFactory(municipality=area, value=30)
    other = MunicipalityFactory(region=region, orp=OrpFactory(region=region))
    IndexEntryFactory(municipality=other, value=9)
    orp = client.get(lazne.get_absolute_url())
    assert "2023 spočítáno z obcí 0 1 0 0 1 5" in text_of(orp)
    assert "2022 spočítáno z obcí 0 0 0 1 1 13" in text_of(orp)
    assert "2021 spočítáno z obcí 1 0 0 0 1 1" in text_of(orp)
    assert "V pásmu „vysoký“ byla v roce 2022 1 obec, v roce 2023 jich je 0." in text_of(orp)
    assert "Medián ORP je 5 bodů, v roce 2022 to bylo 13 bodů." in text_of(orp)
    assert [one.year for one, _, _ in orp.context["strips"]] == [2023, 2022]
    assert 'aria-label="ORP Mariánské Lázně 2022, hodnoty obcí: 13 (1×)"' in body(orp)
    whole = client.get("/kraj/")
    assert "2023 spočítáno z obcí 0 1 1 0 2 7" in text_of(whole)
    assert "(známe hodnoty 1 a 2 obcí)" in text_of(whole)
    assert 'aria-label="Kraj 2023, hodnoty obcí: 5 (1×), 9 (1×)"' in body(whole)
