"""A decision asked for is not taken back by leaving it out of a routine report."""

import pytest

from measures import asked
from measures.asked import ask_also, asking_report
from measures.models import Report
from tests import factories as make
from tests.measures.days import CYCLE, TODAY, days, said
from tests.measures.test_round import filled, row_of
from tests.measures.writing import form_page, send
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

FUND = "Schválit statut fondu."


@pytest.fixture
def measure():
    return make.make_measure("1.2", strategy__slug="kk")


@pytest.fixture
def report(measure):
    return make.report(measure, days(-9), needs_decision=True, decision=FUND)


@pytest.fixture
def settled(monkeypatch):
    """Let an upper app say that whatever is asked for was settled."""
    monkeypatch.setattr(asked, "_settlers", [lambda report, on: True])


def test_last_report_that_asks_is_found(measure, report):
    make.report(measure, days(-20))
    assert asking_report(measure, TODAY) == report
    assert asking_report(measure, days(-10)) is None


def test_report_that_asks_for_nothing_ends_it(measure, report):
    make.report(measure, days(-8))
    assert asking_report(measure, TODAY) is None


def test_settled_decision_is_no_longer_asked_for(measure, report, settled):
    assert asking_report(measure, TODAY) is None


def test_the_same_app_is_asked_once(monkeypatch):
    monkeypatch.setattr(asked, "_settlers", [])

    def settles(report, on):
        return False

    ask_also(settles)
    ask_also(settles)
    assert asked._settlers == [settles]


def test_form_shows_what_is_asked_for_and_how_to_take_it_back(client_as, measure, report):
    answer = client_as("head").get(form_page(measure))
    form = answer.context["form"]
    assert form["needs_decision"].value() in (True, "on")
    assert form["decision"].value() == FUND
    assert (
        f"O rozhodnutí rady už žádá hlášení ke dni {said(days(-9))}; odškrtnutím žádost vezmete "
        "zpět." in text_of(answer)
    )


def test_form_without_anything_asked_says_nothing_of_it(client_as, measure):
    make.report(measure, days(-9))
    answer = client_as("head").get(form_page(measure))
    assert not answer.context["form"]["needs_decision"].value()
    assert "O rozhodnutí rady už žádá" not in text_of(answer)


def test_form_does_not_offer_what_was_settled(client_as, measure, report, settled):
    answer = client_as("head").get(form_page(measure))
    assert not answer.context["form"]["needs_decision"].value()
    assert answer.context["form"]["decision"].value() == ""
    assert "O rozhodnutí rady už žádá" not in text_of(answer)


def test_routine_report_keeps_what_is_asked_for(client_as, measure, report):
    client = client_as("head")
    form = client.get(form_page(measure)).context["form"]
    shown = {name: form[name].value() for name in ("needs_decision", "decision")}
    send(client, form_page(measure), **{"needs_decision": "on", **shown})
    last = Report.objects.latest("pk")
    assert (last.kind, last.needs_decision, last.decision) == ("progress", True, FUND)


def test_unticked_box_takes_it_back(client_as, measure, report):
    send(client_as("head"), form_page(measure))
    assert not Report.objects.latest("pk").needs_decision


def test_row_of_the_round_keeps_what_is_asked_for(client_as, measure):
    make.report(measure, days(-200), needs_decision=True, decision=FUND)
    client = client_as("unit")
    client.post(row_of(measure), filled(client, measure))
    assert Report.objects.count() == 2
    last = Report.objects.latest("pk")
    assert (last.kind, last.needs_decision, last.decision) == ("progress", True, FUND)


def test_no_change_keeps_what_is_asked_for(client_as, measure):
    make.report(measure, days(-9), cycle=CYCLE, needs_decision=True, decision=FUND)
    client = client_as("head")
    page = f"/prace/opatreni/{measure.pk}/beze-zmeny/"
    ticket = client.get(page).context["ticket"]
    client.post(page, {"listek": ticket})
    assert Report.objects.count() == 2
    assert Report.objects.latest("pk").decision == FUND
