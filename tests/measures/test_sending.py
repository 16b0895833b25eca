"""Publishing from the form: once, in the order of the queue, with its output and its seconds."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures import actions, queue, tokens
from measures.models import Output, Report, ReportDraft
from tests import factories
from tests.measures.acting import content, refused
from tests.measures.days import TODAY, days, typed
from tests.measures.writing import form_page, keep, send, token_in, token_of
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def address(measure):
    return form_page(measure)


@pytest.fixture
def writer(client_as):
    return client_as("unit")


# Once


def test_second_submit_of_the_same_form_writes_nothing_and_leads_on(writer, address):
    token = token_of(writer, address)
    for _ in range(2):
        response = send(writer, address, token=token, note="Výbor rozhodl.", follow=True)
    assert response.redirect_chain == [("/strategie/kk/opatreni/1.2/", 302)]
    assert "Hlášení k opatření 1.2 už je zveřejněné, podruhé se nezapsalo." in text_of(response)
    assert Report.objects.count() == 1


def test_second_submit_with_more_text_loses_none_of_it(writer, address):
    token = token_of(writer, address)
    send(writer, address, token=token, note="Výbor rozhodl.")
    response = send(writer, address, token=token, note="Výbor rozhodl. Dotace je 640 tis. Kč.")
    assert response.status_code == 422
    assert "Hlášení z tohoto formuláře už je zveřejněné." in text_of(response)
    note = response.context["form"]["note"].value()
    assert note == "Výbor rozhodl. Dotace je 640 tis. Kč."
    assert Report.objects.count() == 1
    send(writer, address, token=response.context["token"], note=note)
    assert Report.objects.latest("pk").note == note


def test_late_keeping_of_a_published_form_makes_no_draft(writer, address):
    token = token_of(writer, address)
    send(writer, address, token=token, note="Výbor rozhodl.")
    response = keep(writer, address, token=token, note="Výbor")
    assert response.status_code == 409
    assert "Toto hlášení už je odeslané" in text_of(response)
    assert not ReportDraft.objects.exists()


def test_two_windows_of_one_draft_publish_it_once(writer, address):
    keep(writer, address, note="Výbor rozhodl.")
    first, second = token_of(writer, address), token_of(writer, address)
    send(writer, address, token=first, note="Výbor rozhodl.")
    response = send(writer, address, token=second, note="Výbor rozhodl.", follow=True)
    assert "Totéž už o opatření 1.2 říká hlášení, které mezitím vyšlo." in text_of(response)
    assert Report.objects.count() == 1


def test_the_action_publishes_a_form_once(measure, make_user):
    unit, form = make_user("unit"), uuid4()
    said = {"measure": measure, "by": unit, "content": content(), "submission": form}
    report = actions.publish_report(**said)
    assert report.submission == form
    with pytest.raises(actions.AlreadySent) as caught:
        actions.publish_report(**said)
    assert caught.value.record == report


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_make_one_report(measure, make_user):
    unit, form, start = make_user("unit"), uuid4(), Barrier(2)
    outcomes = []

    def submit():
        start.wait()
        try:
            actions.publish_report(measure=measure, by=unit, content=content(), submission=form)
            outcomes.append("published")
        except actions.AlreadySent:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already", "published"]
    assert Report.objects.count() == 1


def test_publishing_refuses_what_the_caller_has_not_seen(measure, make_user):
    unit = make_user("unit")
    said = {"measure": measure, "by": unit, "content": content()}
    for known in (actions.Known(1, None), actions.Known(0, 99)):
        with pytest.raises(actions.Changed):
            actions.publish_report(**said, known=known)
    assert not Report.objects.exists()
    actions.publish_report(**said, known=actions.Known(0, None))


# The next one


def test_publishing_opens_the_next_measure_of_the_queue(writer, measure, address):
    others = [factories.make_measure(code, strategy=measure.strategy) for code in ("1.3", "1.4")]
    # All owe a report since the same cycle: they wait in the order of the plan.
    assert "1 ze 3 ve frontě" in text_of(writer.get(address))
    response = send(writer, address, "dalsi", follow=True)
    assert response.redirect_chain == [(form_page(others[0]), 302)]
    assert "Hlášení k opatření 1.2 je zveřejněné." in text_of(response)
    response = send(writer, form_page(others[0]), "dalsi", follow=True)
    assert response.redirect_chain == [(form_page(others[1]), 302)]


def test_publishing_the_last_one_leads_to_the_desk(writer, address):
    response = send(writer, address, "dalsi", follow=True)
    assert response.redirect_chain == [("/prace/", 302)]
    assert "Ve frontě už nic dalšího nečeká." in text_of(response)


def test_next_in_queue_passes_by_the_end(measure, make_user):
    unit = make_user("unit")
    other = factories.make_measure("1.1", strategy=measure.strategy)
    assert queue.next_in_queue(unit, TODAY, measure) == other
    assert queue.next_in_queue(unit, TODAY, other) == measure


# Its seconds


def test_seconds_from_opening_to_publishing_are_kept_and_not_public(writer, address):
    token = tokens.read(token_of(writer, address))
    opened = (timezone.now() - timedelta(seconds=47)).isoformat()
    token = replace(token, opened=opened)
    response = send(writer, address, token=token.signed, follow=True)
    assert 47 <= Report.objects.get().writing_seconds <= 60
    assert str(Report.objects.get().submission) not in response.content.decode()


# Its output and link


OUTPUT = {
    "output_kind": "seminar",
    "output_title": "Seminář pro školy",
    "output_happened_on": typed(days(-2)),
    "output_participants": "1 025",
    "output_link": "example.cz/seminar",
}


def test_output_is_written_with_the_report_at_one_moment(writer, address, measure):
    send(writer, address, note="Hotovo.", link="example.cz", **OUTPUT)
    report, output = Report.objects.get(), Output.objects.get()
    assert report.link == "https://example.cz"
    assert (output.measure, output.kind, output.title) == (measure, "seminar", "Seminář pro školy")
    assert (output.happened_on, output.participants) == (days(-2), 1025)
    assert output.link == "https://example.cz/seminar"
    assert (output.recorded_at, output.author) == (report.published_at, report.author)


@pytest.mark.parametrize(
    ("changed", "name", "sentence"),
    [
        ({"output_kind": ""}, "output_kind", "Vyberte druh výstupu."),
        ({"output_title": " "}, "output_title", "Napište, jak se výstup jmenoval."),
        (
            {"output_title": "x" * 201},
            "output_title",
            "Název má 201 znaků, vejde se jich nejvýše 200.",
        ),
        ({"output_happened_on": ""}, "output_happened_on", "Uveďte den, kdy se výstup konal."),
        (
            {"output_happened_on": "loni"},
            "output_happened_on",
            "Datum napište jako 15.\u00a012.\u00a02026.",
        ),
        (
            {"output_happened_on": typed(days(1))},
            "output_happened_on",
            "Výstup zapište, až se uskuteční.",
        ),
        (
            {"output_participants": "asi 20"},
            "output_participants",
            "Počet účastníků napište číslem, třeba 25.",
        ),
        (
            {"output_participants": "-5"},
            "output_participants",
            "Počet účastníků napište číslem, třeba 25.",
        ),
        ({"output_participants": "9" * 30}, "output_participants", None),
        ({"output_link": "javascript:alert(1)"}, "output_link", None),
    ],
)
def test_wrong_output_is_refused_at_its_field(writer, address, changed, name, sentence):
    response = send(writer, address, **{**OUTPUT, **changed})
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {name}
    assert sentence is None or errors[name] == [sentence]
    typed_title = {**OUTPUT, **changed}["output_title"].strip()
    assert (response.context["form"]["output_title"].value() or "").strip() == typed_title
    assert not Report.objects.exists()
    assert not Output.objects.exists()


def test_output_counts_in_what_the_status_would_be(writer, address, measure):
    factories.plan(measure, kind="continuous")
    assert "probíhá bez termínů" in text_of(keep(writer, address))
    assert "plněno průběžně" in text_of(keep(writer, address, **OUTPUT))


def test_action_refuses_a_wrong_output_and_writes_nothing(measure, make_user):
    said = {"measure": measure, "by": make_user("unit"), "content": content()}
    found = refused(actions.publish_report, **said, output={"title": "Seminář"})
    assert found["kind"] == ["Vyberte druh výstupu."]


# A partner's answer


def test_answer_of_a_partner_says_where_it_is_from_and_keeps_it(writer, address, measure):
    me = writer.get(address).wsgi_request.user
    factories.ReportDraftFactory(
        measure=measure,
        author=me,
        as_of_date=TODAY,
        note="Otevřeli jsme poradnu.",
        phase="running",
        health="on_track",
        source="partner",
        source_text="Člověk v tísni, 20. 11. 2026",
    )
    response = writer.get(address)
    assert "Odpověď partnera: Člověk v tísni, 20. 11. 2026" in text_of(response)
    token = token_in(response)
    assert send(writer, address, token=token, note="Otevřeli jsme poradnu.").status_code == 302
    report = Report.objects.get()
    assert (report.source, report.source_text) == ("partner", "Člověk v tísni, 20. 11. 2026")


def test_answer_that_comes_while_one_writes_overwrites_nothing(writer, address, measure):
    token = token_of(writer, address)
    me = writer.get(address).wsgi_request.user
    factories.ReportDraftFactory(
        measure=measure, author=me, as_of_date=TODAY, note="Otevřeli jsme.", source="partner"
    )
    response = send(writer, address, token=token, note="Zatím zavřeno.")
    assert response.status_code == 409
    assert "Mezitím přišla odpověď partnera" in text_of(response)
    assert ReportDraft.objects.get().note == "Otevřeli jsme."


# What it costs


def test_publishing_with_a_tick_and_an_output_and_leading_on_takes_few_queries(
    writer, measure, address
):
    for number in range(30):
        factories.make_measure(f"2.{number + 1}", strategy=measure.strategy)
    tick = factories.milestone(measure, days(5)).milestone.pk
    keep(writer, address, note="Hotovo.", finished=[tick], **OUTPUT)
    token = token_of(writer, address)
    with CaptureQueriesContext(connection) as captured:
        send(writer, address, "dalsi", token=token, note="Hotovo.", finished=[tick], **OUTPUT)
    # The test's own transaction turns BEGIN and COMMIT, which nobody counts, into savepoints.
    asked = [query for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 25
    assert Report.objects.count() == 1
