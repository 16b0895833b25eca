"""What is refused of a value that was typed, by field; each constraint of the model has its
sentence here before the database would say no."""

from datetime import date
from decimal import Decimal

import pytest

from indicators import layout
from indicators.entries import read_entry
from indicators.models import Counted, Indicator, Qualifier
from municipalities.models import Municipality

PERSONS = Indicator(
    pk=1, slug="osoby", unit="osoba, osoby, osob, osoby", counted=Counted.PERSONS, region_id=1
)
SHARE = Indicator(pk=2, slug="podil", unit="%", decimals=2, counted=Counted.PERSONS, region_id=1)
OTHER = Indicator(pk=3, slug="jine", unit="b.", decimals=1, counted=Counted.OTHER, region_id=1)
GOOD = {"obdobi_od": "1. 1. 2023", "obdobi_do": "31. 12. 2023", "hodnota": "5", "zdroj": "z"}


def read(indicator=PERSONS, place=(None, None), **cells):
    return read_entry(7, GOOD | cells, indicator, place)


def test_words_of_the_layout_are_those_of_the_model():
    assert {key: str(key.label) for key in Qualifier} == {
        key: word for word, key in layout.QUALIFIERS.items()
    }


def test_row_is_read_with_its_words():
    entry, faults = read(
        hodnota="1\u00a0296",
        presnost="Nejméně",
        nejiste="ano",
        poznamka="Nevíme.",
        jednotka="osob",
        oprava="ano",
    )
    assert not faults
    assert (entry.row, entry.value, entry.qualifier) == (7, Decimal(1296), Qualifier.AT_LEAST)
    assert (entry.period_start, entry.period_end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert entry.is_uncertain
    assert entry.is_correction


@pytest.mark.parametrize("text", ["12,5", "12.5"])
def test_both_decimal_marks_are_understood(text):
    entry, faults = read(SHARE, hodnota=text)
    assert (entry.value, faults) == (Decimal("12.5"), {})


@pytest.mark.parametrize(
    ("indicator", "cells", "field", "sentence"),
    [
        (PERSONS, {"hodnota": "1e400"}, "hodnota", "číslicemi"),
        (PERSONS, {"hodnota": "NaN"}, "hodnota", "číslicemi"),
        (PERSONS, {"hodnota": "\u2212"}, "hodnota", "číslicemi"),
        (PERSONS, {"hodnota": "1.296"}, "hodnota", "dvojím způsobem"),
        (PERSONS, {"hodnota": "-5"}, "hodnota", "záporná"),
        (PERSONS, {"hodnota": "5,5"}, "hodnota", "celé číslo"),
        (PERSONS, {"hodnota": ""}, "hodnota", "Napište hodnotu"),
        (SHARE, {"hodnota": "101"}, "hodnota", "větší než 100"),
        (SHARE, {"hodnota": "100,01"}, "hodnota", "větší než 100"),
        (SHARE, {"hodnota": "-1"}, "hodnota", "záporná"),
        (SHARE, {"citatel": "1"}, "hodnota", "ne obojí"),
        (SHARE, {"hodnota": "", "citatel": "5", "jmenovatel": "4"}, "citatel", "větší než"),
        (SHARE, {"hodnota": "", "citatel": "5"}, "jmenovatel", "doplňte druhý"),
        (SHARE, {"hodnota": "", "jmenovatel": "5"}, "citatel", "doplňte druhý"),
        (SHARE, {"hodnota": "", "citatel": "0", "jmenovatel": "0"}, "jmenovatel", "než nula"),
        (SHARE, {"hodnota": "", "citatel": "-1", "jmenovatel": "2"}, "citatel", "záporná"),
        (
            PERSONS,
            {"hodnota": "", "citatel": "1", "jmenovatel": "2"},
            "citatel",
            "v\u00a0procentech",
        ),
        (PERSONS, {"obdobi_od": "", "obdobi_do": ""}, "obdobi_od", "potřebuje období"),
        (PERSONS, {"obdobi_do": ""}, "obdobi_do", "oba dny"),
        (PERSONS, {"obdobi_od": ""}, "obdobi_od", "oba dny"),
        (PERSONS, {"obdobi_do": "31. 12. 2022"}, "obdobi_do", "dřív, než začíná"),
        (PERSONS, {"obdobi_do": "31. 2. 2023"}, "obdobi_do", "v\u00a0kalendáři není"),
        (PERSONS, {"obdobi_do": "loni"}, "obdobi_do", "Datum napište"),
        (PERSONS, {"presnost": "asi"}, "presnost", "jedno ze slov"),
        (PERSONS, {"nejiste": "snad"}, "nejiste", "jedno ze slov"),
        (PERSONS, {"nejiste": "ano"}, "poznamka", "v\u00a0čem je nejistota"),
        (PERSONS, {"zdroj": " "}, "zdroj", "odkud hodnota je"),
        (PERSONS, {"zdroj": "z" * 401}, "zdroj", "nejvýš 400"),
        (PERSONS, {"poznamka": "a\0b"}, "poznamka", "znak"),
        (PERSONS, {"jednotka": "%"}, "jednotka", "jednotku „osob“"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(indicator, cells, field, sentence):
    _, faults = read(indicator, **cells)
    assert list(faults) == [field]
    assert sentence in faults[field]


def test_all_faults_of_a_row_are_told_at_once():
    _, faults = read(hodnota="x", obdobi_do="y", presnost="z")
    assert set(faults) == {"hodnota", "obdobi_do", "presnost"}


def test_uncertain_value_may_have_no_period():
    entry, faults = read(obdobi_od="", obdobi_do="", nejiste="ano", poznamka="Rok neznáme.")
    assert (faults, entry.period_start) == ({}, None)


def test_measure_of_another_kind_may_be_negative_and_broken():
    assert read(OTHER, hodnota="-1,5")[1] == {}


def test_municipality_of_another_region_is_refused():
    _, faults = read(place=(None, Municipality(pk=9, region_id=2)))
    assert "neleží v\u00a0kraji" in faults["uzemi_kod"]
