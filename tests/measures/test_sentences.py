"""The words of the rule on the page of a measure. Expected texts are written by hand."""

from datetime import date

import pytest

from common.czech import NBSP
from measures.models import MilestoneVersion
from measures.rollup import rollup
from measures.sentences import rule_sentence, state_sentence
from measures.status import Cause, Status, StatusKey, status
from tests.measures.in_memory import known, plan, said

ON = date(2026, 9, 12)
CONTINUOUS = plan(kind="continuous")


def promise(due, expected=None):
    return MilestoneVersion(title="Model garancí", due_date=due, expected_date=expected)


CASES = [
    (
        StatusKey.CANCELLED,
        Cause.PHASE,
        {"report": said("cancelled")},
        "Podle hlášení ke dni 1. 9. 2026 je opatření zrušeno.",
    ),
    (
        StatusKey.SUSPENDED,
        Cause.PHASE,
        {"report": said("suspended", review=date(2026, 10, 1))},
        "Opatření je pozastaveno, znovu se posoudí 1. 10. 2026.",
    ),
    (
        StatusKey.SUSPENDED,
        Cause.PHASE,
        {"report": said("suspended")},
        "Opatření je pozastaveno a den, kdy se znovu posoudí, není uveden.",
    ),
    (
        StatusKey.COMPLETED,
        Cause.PHASE,
        {"report": said("completed")},
        "Podle hlášení ke dni 1. 9. 2026 je opatření dokončeno.",
    ),
    (
        StatusKey.LATE,
        Cause.MILESTONE_LATE,
        {"report": said(), "milestones": [promise(date(2026, 8, 9))]},
        "Milník „Model garancí“ měl být hotov 9. 8. 2026 a je otevřený.",
    ),
    (
        StatusKey.LATE,
        Cause.REVIEW_LATE,
        {"report": said("suspended", review=date(2026, 9, 11))},
        "Pozastavené opatření se mělo znovu posoudit 11. 9. 2026 a hlášení o tom chybí.",
    ),
    (
        StatusKey.LATE,
        Cause.START_LATE,
        {"plan": plan(start=date(2026, 9, 11))},
        "Opatření mělo začít 11. 9. 2026 a žádné hlášení neříká, že začalo.",
    ),
    (
        StatusKey.LATE,
        Cause.END_LATE,
        {"report": said(), "plan": plan(end=date(2026, 9, 11))},
        "Opatření mělo skončit 11. 9. 2026 a není dokončeno.",
    ),
    (
        StatusKey.UNREPORTED,
        Cause.NO_REPORT,
        {},
        "K opatření zatím nikdo nepodal hlášení.",
    ),
    (
        StatusKey.NOT_STARTED,
        Cause.START_AHEAD,
        {"plan": plan(start=date(2026, 9, 12))},
        "Opatření má začít 12. 9. 2026.",
    ),
    (
        StatusKey.NOT_STARTED,
        Cause.PHASE,
        {"report": said("not_started", health="")},
        "Podle hlášení ke dni 1. 9. 2026 opatření ještě nezačalo.",
    ),
    (
        StatusKey.STALE,
        Cause.OLD_REPORT,
        {"report": said(as_of=date(2023, 4, 14), cycle=date(2023, 1, 1))},
        "Poslední hlášení je ke dni 14. 4. 2023.",
    ),
    (
        StatusKey.AT_RISK,
        Cause.MINOR_TROUBLE,
        {"report": said(health="minor")},
        "Podle hlášení ke dni 1. 9. 2026 má opatření menší potíže.",
    ),
    (
        StatusKey.AT_RISK,
        Cause.SERIOUS_TROUBLE,
        {"report": said(health="serious")},
        "Podle hlášení ke dni 1. 9. 2026 má opatření vážné potíže.",
    ),
    (
        StatusKey.AT_RISK,
        Cause.EXPECTED_LATE,
        {"report": said(), "milestones": [promise(date(2026, 10, 17), date(2026, 12, 18))]},
        "Milník „Model garancí“ má termín 17. 10. 2026, ale očekává se až 18. 12. 2026.",
    ),
    (
        StatusKey.ON_TRACK,
        Cause.MILESTONE_AHEAD,
        {"report": said(), "milestones": [promise(date(2026, 10, 17))]},
        "Práce jdou bez potíží a milník „Model garancí“ má termín 17. 10. 2026.",
    ),
    (
        StatusKey.ON_TRACK,
        Cause.END_AHEAD,
        {"report": said(), "plan": plan(end=date(2027, 12, 31))},
        "Práce jdou bez potíží a opatření má skončit 31. 12. 2027.",
    ),
    (
        StatusKey.CONTINUOUS,
        Cause.MILESTONE_AHEAD,
        {"report": said(), "plan": CONTINUOUS, "milestones": [promise(date(2026, 10, 17))]},
        "Práce jdou bez potíží a milník „Model garancí“ má termín 17. 10. 2026.",
    ),
    (
        StatusKey.CONTINUOUS,
        Cause.RECENT_OUTPUT,
        {"report": said(), "plan": CONTINUOUS, "outputs": [date(2026, 5, 20)]},
        "Práce jdou bez potíží a poslední výstup je ze dne 20. 5. 2026.",
    ),
    (
        StatusKey.UNDATED,
        Cause.NOTHING_DATED,
        {"report": said()},
        "Na opatření se pracuje, ale žádný milník ani plánovaný konec nemá před sebou.",
    ),
    (
        StatusKey.UNDATED,
        Cause.NOTHING_DATED,
        {"report": said(), "plan": CONTINUOUS},
        "Na opatření se pracuje, ale za posledních 12 měsíců nemá žádný výstup "
        "a žádný milník nemá před sebou.",
    ),
    (
        StatusKey.UNDATED,
        Cause.HEALTH_UNKNOWN,
        {"report": said(health=""), "milestones": [promise(date(2026, 10, 17))]},
        "Na opatření se pracuje, ale poslední hlášení neuvádí, jak to jde.",
    ),
    (
        StatusKey.UNDATED,
        Cause.PHASE_UNKNOWN,
        {"report": said(phase="", health="")},
        "Hlášení ke dni 1. 9. 2026 neuvádí fázi opatření.",
    ),
]


@pytest.mark.parametrize(
    ("key", "cause", "facts", "fact"),
    CASES,
    ids=[f"{k}-{c}-{n}" for n, (k, c, *_) in enumerate(CASES)],
)
def test_rule_sentence_says_what_matched(key, cause, facts, fact):
    facts = known(**facts)
    derived = status(facts, ON)
    assert (derived.key, derived.cause) == (key, cause)
    assert rule_sentence(derived, facts).fact.replace(NBSP, " ") == fact


@pytest.mark.parametrize(("key", "cause", "facts", "fact"), CASES)
def test_rule_sentence_explains_the_status_in_sentences(key, cause, facts, fact):
    facts = known(**facts)
    rule = rule_sentence(status(facts, ON), facts).rule
    assert rule[0].isupper()
    assert rule.endswith(".")


def test_rule_sentences_cover_every_cause_and_status():
    assert {cause for _, cause, *_ in CASES} == set(Cause)
    assert {key for key, *_ in CASES} == set(StatusKey)


def test_rule_sentence_keeps_dates_and_prepositions_together():
    facts = known(report=said(), milestones=[promise(date(2026, 8, 9))])
    fact = rule_sentence(status(facts, ON), facts).fact
    assert f"9.{NBSP}8.{NBSP}2026 a{NBSP}je otevřený" in fact


def test_rule_sentence_of_a_stale_measure_says_it_is_not_counted_as_good():
    facts = known(report=said(as_of=date(2023, 4, 14), cycle=date(2023, 1, 1)))
    rule = rule_sentence(status(facts, ON), facts).rule.replace(NBSP, " ")
    assert rule.endswith("Mezi opatření, která jdou dobře, se nepočítá.")


def counted(**numbers):
    """Return a Rollup of as many measures of each status."""
    keys = [StatusKey[name] for name, number in numbers.items() for _ in range(number)]
    return rollup((pk, Status(key, Cause.PHASE)) for pk, key in enumerate(keys))


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        (
            {"STALE": 9, "UNREPORTED": 22},
            "K žádnému z 31 opatření nemáme aktuální hlášení: u 9 je poslední hlášení neaktuální "
            "a u 22 zatím žádné hlášení není.",
        ),
        (
            {"LATE": 2, "AT_RISK": 3, "ON_TRACK": 10, "CONTINUOUS": 7, "COMPLETED": 3, "STALE": 1},
            "Z 26 opatření jsou 2 zpožděna, 3 jsou ohrožena, 17 se plní podle plánu nebo průběžně "
            "a 3 jsou splněna. U 1 je poslední hlášení neaktuální.",
        ),
        ({"LATE": 1}, "Z 1 opatření je 1 zpožděno."),
        ({"LATE": 5}, "Z 5 opatření je 5 zpožděno."),
        ({"ON_TRACK": 4}, "Ze 4 opatření se 4 plní podle plánu nebo průběžně."),
        (
            {"UNDATED": 2, "SUSPENDED": 1, "NOT_STARTED": 4, "CANCELLED": 3},
            "Z 10 opatření probíhají 2 bez termínů, 1 je pozastaveno, 4 jsou nezahájena "
            "a 3 jsou zrušena.",
        ),
        (
            {"UNREPORTED": 3},
            "K žádnému ze 3 opatření nemáme aktuální hlášení: u 3 zatím žádné hlášení není.",
        ),
        ({}, ""),
    ],
)
def test_state_sentence_agrees_with_the_numbers(numbers, sentence):
    assert state_sentence(counted(**numbers)).replace(NBSP, " ") == sentence
