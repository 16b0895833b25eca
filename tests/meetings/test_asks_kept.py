"""What reports ask for and resolutions settle, told to the form of reports, which knows neither."""

from datetime import timedelta

import pytest
from django.utils import timezone

from measures.asked import asking_report
from meetings.decisions import open_decisions
from tests import factories as make
from tests.measures.days import TODAY, days
from tests.measures.writing import form_page, send
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

FUND = "Schválit statut fondu."


@pytest.fixture
def measure():
    return make.make_measure("1.2", strategy__slug="kk")


@pytest.fixture
def asked(measure):
    return make.report(measure, days(-20), needs_decision=True, decision=FUND)


def settle(report):
    body = BodyFactory(strategy=report.measure.strategy)
    resolution = ResolutionFactory(meeting=MeetingFactory(body=body, meeting_date=days(-5)))
    resolution.decision_links.create(report=report)
    return resolution


def still_open(measure):
    known = timezone.now() + timedelta(seconds=1)
    return [one.text for one in open_decisions(measure.strategy, TODAY, known)]


def test_settled_decision_is_not_prefilled(client_as, measure, asked):
    assert asking_report(measure, TODAY) == asked
    settle(asked)
    assert asking_report(measure, TODAY) is None
    form = client_as("head").get(form_page(measure)).context["form"]
    assert not form["needs_decision"].value()


def test_withdrawn_resolution_brings_the_ask_back(measure, asked):
    wrong = settle(asked)
    ResolutionFactory(meeting=wrong.meeting, corrects=wrong, is_withdrawn=True)
    assert asking_report(measure, TODAY) == asked


def test_routine_report_leaves_the_decision_open_and_no_second_one(client_as, measure, asked):
    client = client_as("head")
    form = client.get(form_page(measure)).context["form"]
    send(client, form_page(measure), needs_decision="on", decision=form["decision"].value())
    assert still_open(measure) == [FUND]


def test_routine_report_after_a_resolution_opens_nothing_again(client_as, measure, asked):
    settle(asked)
    client = client_as("head")
    form = client.get(form_page(measure)).context["form"]
    shown = {name: form[name].value() for name in ("needs_decision", "decision")}
    send(client, form_page(measure), **{name: value for name, value in shown.items() if value})
    assert still_open(measure) == []
