"""Two people at one milestone at the same moment: one wins, the other gets a sentence."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from measures import actions
from measures.models import MilestoneVersion, Output
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # A database in memory is seen by its own thread only.
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs a database of many writers"),
]


def at_once(action, people, **arguments):
    """Let people do the same at once; return what each heard, sorted."""
    gate, heard = Barrier(len(people)), []

    def act(person):
        gate.wait()
        try:
            action(by=person, **arguments)
            heard.append("done")
        except ValidationError as error:
            heard.extend(error.messages)
        finally:
            connection.close()

    threads = [Thread(target=act, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(heard)


@pytest.fixture
def people(make_user):
    return [make_user("head", email=f"osoba{n}@portal.test") for n in range(4)]


def test_milestone_is_closed_once(people):
    today = timezone.localdate()
    milestone = factories.milestone(
        factories.make_measure("1.2"),
        today,
        repeat_months=3,
        repeat_until=today + timedelta(days=400),
    ).milestone
    heard = at_once(actions.finish_milestone, people, milestone=milestone, done_on=today)
    assert heard == [*3 * ["Milník už je uzavřený."], "done"]
    assert milestone.versions.count() == 2
    # Its creation, that it is done, and the next one of the series.
    assert MilestoneVersion.objects.count() == 3


def test_output_is_written_and_corrected_once(people):
    measure = factories.make_measure("1.2")
    said = {"kind": "seminar", "title": "Dluhy", "happened_on": timezone.localdate()}
    heard = at_once(actions.add_output, people, measure=measure, **said)
    assert heard == [*3 * ["Přesně takový výstup už u opatření zapsaný je."], "done"]
    heard = at_once(
        actions.correct_output,
        people,
        output=Output.objects.get(),
        organiser=None,
        participants=5,
        link="",
        **said,
    )
    sentence = "Výstup už někdo opravil. Opravit lze jen jeho poslední zápis."
    assert heard == sorted([*3 * [sentence], "done"])
    assert Output.objects.count() == 2


def test_plan_is_changed_by_the_first_of_those_who_saw_the_same(people):
    measure = factories.make_measure("1.2")
    seen = factories.plan(measure).pk
    heard = at_once(actions.change_plan, people, measure=measure, seen=seen, kind="continuous")
    sentence = "Plán mezitím někdo změnil. Podívejte se, jak zní teď, a odešlete znovu."
    assert heard == sorted([*3 * [sentence], "done"])
    assert measure.plan_versions.count() == 2
