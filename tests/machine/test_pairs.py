"""The portal at 500 random pairs of a day and a moment, against a naive replay of the events.

`on` and `known` are drawn apart from each other: `known` comes before, within and after the day.
"""

from collections import Counter
from datetime import datetime, time, timedelta
from random import Random

import pytest

from measures.cycles import last_finished
from measures.freshness import freshness, reporting_rates
from measures.history import history_of
from measures.models import Measure
from measures.outputs import Outputs
from measures.rollup import rollup
from measures.rows import row_of
from measures.sentences import rule_sentence
from measures.slippage import slippage
from measures.status import StatusKey, facts, status
from projects.coverage import coverage
from tests.factories import PRAGUE
from tests.machine import naive_counts as naive
from tests.machine import naive_words, story
from tests.machine.read_page import plain
from tests.measures.naive_replay import (
    last_report,
    open_ones,
    picture,
    replay_freshness,
    replay_status,
)

pytestmark = pytest.mark.django_db

PAIRS = 500
COVERED = 3
"""Coverage is asked of every third pair."""
ATOM = timedelta(microseconds=1)


def pairs(events):
    """Return random pairs; a half of the days and moments lies where something turns."""
    dice = Random(20260912)
    moments = sorted({event.at for one in events.values() for event in one})
    days = [event.due for one in events.values() for event in one if hasattr(event, "due")]
    span = (story.LAST - story.FIRST).days
    for _ in range(PAIRS):
        on = story.FIRST + timedelta(days=dice.randrange(-10, span + 60))
        if dice.random() < 0.5:
            on = dice.choice(days) + timedelta(days=dice.choice([-1, 0, 1, 365]))
        known = datetime.combine(on, time(12), tzinfo=PRAGUE) + timedelta(
            hours=dice.randrange(-8000, 8000)
        )
        if dice.random() < 0.5:
            known = dice.choice(moments) + dice.choice([ATOM, 0 * ATOM])
        yield on, known


def replayed(events, on, known):
    """Return what the replay says of a measure, in the shape of `told`."""
    seen = picture(events, known)
    answer, report = replay_status(events, on, known), last_report(seen.reports, on)
    last_known = answer.last_known.word if answer.last_known else ""
    return {
        "status": (answer.stav, naive_words.late_by(answer), answer.day, last_known),
        "fact": naive_words.fact(answer, report),
        "freshness": replay_freshness(events, on, known),
        "reported": report and (report.as_of, (on - report.as_of).days),
        "note": report and (report.note, report.decision),
        "open": [(one.title, one.due, one.expected) for one in open_ones(seen, on)],
        "deadline": naive.deadline(events, answer, on, known),
        "plan": seen.plan and (seen.plan.start, seen.plan.end, seen.plan.kind),
    }


def told(found, on):
    """Return what the portal says of the Facts of a measure."""
    derived, fresh, row = status(found, on), freshness(found, on), row_of(found, (), on)
    word = f"{derived.word} {derived.extra}".strip()
    day = derived.day if derived.is_late else None
    last_known, report, plan = derived.last_known, found.report, found.plan
    return {
        "status": (derived.key.label, plain(word), day, last_known.word if last_known else ""),
        "fact": plain(rule_sentence(derived, found).fact),
        "freshness": fresh.word,
        "reported": report and (fresh.as_of, fresh.days),
        "note": report and (report.note, report.decision),
        "open": [(m.title, m.due_date, m.expected_date) for m in found.open_milestones(on)],
        "deadline": (row.deadline, row.deadline_word),
        "plan": plan and (plan.start_date, plan.end_date, plan.kind),
    }


def test_measures_agree_with_the_replay(written):
    seen, apart = Counter(), Counter()
    histories = {
        code: history_of(measure, datetime(2028, 1, 1, tzinfo=PRAGUE))
        for code, measure in written.measures.items()
    }
    for on, known in pairs(written.events):
        all_facts = facts(Measure.objects.in_plan_order(), on, known)
        answers = {}
        for found, (code, events) in zip(all_facts, written.events.items(), strict=True):
            expected = replayed(events, on, known)
            assert told(found, on) == expected, (code, on, known)
            assert told(histories[code].facts(on, known), on) == expected, (code, on, known)
            answers[code] = replay_status(events, on, known)
            seen.update([expected["status"][0], expected["freshness"]])
        assert_counts(all_facts, answers, on)
        rates = reporting_rates(all_facts, last_finished(on, 3), on, known)
        counted = (rates.expected, rates.reported, rates.on_time)
        assert counted == naive.rates(written.events.values(), on, known), (on, known)
        apart[known > datetime.combine(on, time.max, tzinfo=PRAGUE)] += 1
    assert apart.total() == PAIRS
    assert min(apart.values()) > PAIRS / 4, "known must come before and after the day"
    assert set(StatusKey.labels) <= set(seen), set(StatusKey.labels) - set(seen)


def assert_counts(all_facts, answers, on):
    """Compare the roll-up of the strategy and of each goal and priority."""
    parts = {"": list(story.MEASURES)}
    for code, goals in story.MEASURES.items():
        for part in {*goals, *(story.GOALS[goal] for goal in goals)}:
            parts.setdefault(part, []).append(code)
    statuses = {one.measure.code: (one.measure.pk, status(one, on)) for one in all_facts}
    for codes in parts.values():
        found = rollup(statuses[code] for code in codes)
        counts, words = naive.rolled_up([answers[code] for code in codes])
        assert {count.word: count.number for count in found.counts} == counts
        reported = naive_words.out_of(found.reported, found.expected) if found.expected else ""
        assert reported == words.removeprefix("vykázáno ")


def test_moved_days_and_outputs_agree_with_the_replay(written):
    dice, moved = Random(7), Counter()
    for on, known in pairs(written.events):
        code = dice.choice(list(story.MEASURES))
        events, history = written.events[code], history_of(written.measures[code], known)
        keys = sorted({version.milestone_id for version in history.milestones})
        numbers = naive.due_days(events, known)
        found = [history.due_dates(key) for key in keys]
        assert sorted(found) == sorted(numbers.values()), (code, known)
        assert plain(slippage(found)) == naive_words.slippage(numbers.values())
        assert history.end_dates() == naive.end_days(events, known)
        outputs = Outputs(history.valid_outputs(known), on)
        happened, recent = naive.outputs(events, on, known)
        assert [row.output.title for row in outputs.rows] == [one.title for one in happened]
        assert plain(outputs.recent) == naive_words.kinds(recent)
        moved.update([len(numbers), bool(happened)])
    assert moved[True] > 20


def test_coverage_agrees_with_the_replay(written):
    seen = Counter()
    for on, known in list(pairs(written.events))[::COVERED]:
        found = coverage(written.strategy, on, known)
        for place, column in enumerate(found.columns):
            code = column.priority.code
            needs = naive.needs(code)
            covers = naive.covers(written.events, code, on, known)
            for row in found.rows:
                cell, name = row.cells[place], row.municipality.name
                done = {getattr(one, "code", None) or one.name for one in cell.works}
                assert cell.need.label == needs[name]
                assert (cell.cover.label, done) == covers[name], (code, name, on, known)
                seen[cell.cover.label] += 1
    assert {"v obci", "území neurčeno", "jen celokrajsky"} <= set(seen)
