from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from municipalities.models import Municipality, Region
from projects import sheet, wording
from projects.models import (
    BudgetPart,
    BudgetSource,
    BudgetStage,
    Currency,
    Outcome,
    OutcomeQualifier,
    Project,
    ProjectState,
    ProjectTerritory,
    TimelineEvent,
)
from strategy.models import Organisation, Precision

MONTHS = "měsíc, měsíce, měsíců, měsíce"


def project(**fields):
    return Project(region=Region(name="Karlovarský kraj"), source="zpráva", **fields)


def outcome(**fields):
    return Outcome(**{"unit": MONTHS, "qualifier": OutcomeQualifier.EXACT, **fields})


def test_day_is_told_only_as_far_as_it_is_known():
    day = date(2021, 10, 1)
    assert wording.day_text(day, Precision.MONTH) == "říjen\u00a02021"
    assert wording.day_text(day, Precision.DAY) == "1.\u00a010.\u00a02021"
    assert wording.day_text(None, Precision.DAY) == ""


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"state": ProjectState.RUNNING}, "v realizaci"),
        ({"state": ProjectState.RUNNING, "state_text": "běží"}, "běží"),
        (
            {
                "state": ProjectState.PREPARING,
                "state_date": date(2023, 4, 1),
                "state_precision": Precision.MONTH,
            },
            "v přípravě (duben\u00a02023)",
        ),
        ({"state_date": date(2023, 4, 1)}, ""),
    ],
)
def test_state_keeps_the_words_of_the_source_and_its_day(fields, text):
    assert wording.state_text(project(**fields)) == text


def test_territory_is_places_the_region_or_undetermined():
    places = SimpleNamespace(all=lambda: [Municipality(name="Aš"), Municipality(name="Cheb")])
    named = SimpleNamespace(territory=ProjectTerritory.NAMED, municipalities=places)
    assert wording.territory_text(named) == "Aš, Cheb"
    assert wording.territory_text(project(territory=ProjectTerritory.REGION)) == (
        "celý Karlovarský kraj"
    )
    assert wording.territory_text(project()) == "území neurčeno"


@pytest.mark.parametrize(
    ("fields", "figure", "number"),
    [
        ({"value": Decimal("14.00")}, "14\u00a0měsíců", "14\u00a0měsíců"),
        (
            {"value": 10, "qualifier": OutcomeQualifier.APPROXIMATE},
            "přibližně 10\u00a0měsíců",
            "přibližně 10\u00a0měsíců",
        ),
        (
            {"value": 9, "value_to": 14},
            "9\u2060–\u206014\u00a0měsíců",
            "9\u2060–\u206014\u00a0měsíců",
        ),
        (
            {"value": 25, "unit": "%", "words": "čtvrtina", "qualifier": "approximate"},
            "čtvrtina",
            "přibližně 25\u00a0%",
        ),
        ({"words": "mnoho"}, "mnoho", ""),
        ({}, "", ""),
    ],
)
def test_figure_keeps_the_words_of_its_source(fields, figure, number):
    assert wording.figure_text(outcome(**fields)) == figure
    assert wording.number_text(outcome(**fields)) == number


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("1250000.00"), Currency.CZK, "1\u00a0250\u00a0000\u00a0Kč"),
        (Decimal("12.50"), Currency.EUR, "12,50\u00a0€"),
    ],
)
def test_money_says_its_currency(amount, currency, text):
    assert wording.money_text(BudgetPart(amount=amount, currency=currency)) == text


def test_project_of_which_nothing_is_known_lists_everything_missing():
    assert sheet.unknown(sheet.facts(project(), [])) == [
        "příjemce",
        "stav podle zdroje",
        "program",
        "registrační číslo",
        "začátek",
        "konec",
        "rozpočet",
    ]


def test_known_facts_are_not_missing():
    known = project(
        recipient=Organisation(pk=7, name="Kraj"),
        programme="OPZ+",
        fund="ESF+",
        fund_note="odvozeno",
        registration_number="1",
        state=ProjectState.RUNNING,
        start_date=date(2023, 1, 1),
        end_date=date(2024, 1, 1),
        is_end_uncertain=True,
        dates_note="Není jisté.",
    )
    part = BudgetPart(
        pk=1,
        kind=BudgetSource.EU,
        stage=BudgetStage.PAID,
        amount=5,
        currency=Currency.CZK,
        is_uncertain=True,
        note="podle novin",
    )
    rows = {row.label: row for row in sheet.facts(known, [part])}
    assert sheet.unknown(rows.values()) == []
    assert (rows["Konec"].is_uncertain, rows["Konec"].note) == (True, "Není jisté.")
    assert rows["Fond"].note == "odvozeno"
    money = rows["Rozpočet, vyplaceno, Evropská unie"]
    assert (money.value, money.note, money.is_uncertain) == ("5\u00a0Kč", "podle novin", True)


def test_source_of_the_project_is_not_repeated():
    events = [
        TimelineEvent(happened_on=date(2023, 1, 1), text="a", source="zpráva"),
        TimelineEvent(happened_on=date(2023, 1, 1), text="b", source="noviny", source_url="u"),
    ]
    same, other = sheet.steps(project(), events)
    assert (same.source, other.source, other.url) == ("", "noviny", "u")


def test_period_all_figures_share_is_told_once():
    rows = [
        outcome(value=1, period_text="celý projekt", source="zpráva"),
        outcome(value=2, period_text="celý projekt", source="noviny"),
    ]
    figures, shared = sheet.figures(project(), rows)
    assert shared == "celý projekt"
    assert [row.source for row in figures] == ["", "noviny"]
    rows[1].period_text = "rok 2014"
    figures, shared = sheet.figures(project(), rows)
    assert shared == ""
    assert [row.source for row in figures] == ["celý projekt", "rok 2014. noviny"]


def test_number_stands_beside_words_only():
    words, number = (
        outcome(value=25, unit="%", words="čtvrtina", qualifier=OutcomeQualifier.APPROXIMATE),
        outcome(value=5),
    )
    figures, _ = sheet.figures(project(), [words, number])
    assert [row.number for row in figures] == ["přibližně 25\u00a0%", ""]
