"""The page of two wordings: nothing is lost, nothing is chosen for anybody, choosing writes."""

import pytest

from measures.models import Report, ReportDraft
from tests import factories
from tests.measures.days import TODAY, days
from tests.measures.writing import form_page, keep, send, token_of
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


def disputed(writer, address, act="koncept", **mine):
    """Write one note in each of two windows and return the answer to the second."""
    first, second = token_of(writer, address), token_of(writer, address)
    keep(writer, address, token=first, note="Mzdy chybí. Dotaci projedná výbor.", phase="preparing")
    said = {"note": "Mzdy chybí. Jednáme o dotaci.", "next_step": "Zavolat.", "phase": "", **mine}
    return send(writer, address, act, token=second, **said)


def choose(writer, address, response, **choices):
    values = {"akce": "vyber", "zneni": response.context["parts"], **choices}
    return writer.post(address, values)


def test_conflict_shows_both_wordings_and_what_merged(writer, address):
    response = disputed(writer, address)
    assert response.status_code == 409
    text = text_of(response)
    assert "Koncept se mezitím změnil v jiném okně" in text
    assert "Nic se neztratilo. Máme obě znění, liší se: 1 pole." in text
    assert "Beze sporu jsme spojili: fáze (znění z jiného okna), další krok (vaše znění)." in text
    page = response.content.decode()
    assert "<mark>Jednáme o dotaci.</mark>" in page.replace("&nbsp;", " ")
    assert "Mzdy chybí. Jednáme o dotaci. Dotaci projedná výbor." in page
    assert "checked" not in page
    draft = ReportDraft.objects.get()
    assert (draft.note, draft.next_step) == ("Mzdy chybí. Dotaci projedná výbor.", "")


@pytest.mark.parametrize(
    ("choices", "note"),
    [
        ({"volba-note": "moje"}, "Mzdy chybí. Jednáme o dotaci."),
        ({"volba-note": "jejich"}, "Mzdy chybí. Dotaci projedná výbor."),
        ({"volba-note": "spojit", "spojeno-note": "Obojí, jinak."}, "Obojí, jinak."),
    ],
)
def test_choosing_writes_what_was_chosen_and_what_merged(writer, address, choices, note):
    response = choose(writer, address, disputed(writer, address), **choices)
    assert response.status_code == 302
    draft = ReportDraft.objects.get()
    assert (draft.note, draft.phase, draft.next_step) == (note, "preparing", "Zavolat.")
    # Nothing waits in the form any more.
    assert "Tady je vaše znění" not in text_of(writer.get(address))


@pytest.mark.parametrize("choices", [{}, {"volba-note": "obě"}, {"volba-phase": "moje"}])
def test_without_a_choice_nothing_is_written_and_the_page_asks(writer, address, choices):
    response = choose(writer, address, disputed(writer, address), **choices)
    assert response.status_code == 422
    assert "Nic se zatím nezapsalo. Vyberte prosím znění:" in text_of(response)
    assert ReportDraft.objects.get().note == "Mzdy chybí. Dotaci projedná výbor."
    # The page asked again works.
    response = choose(writer, address, response, **{"volba-note": "moje"})
    assert ReportDraft.objects.get().note == "Mzdy chybí. Jednáme o dotaci."


def test_altered_page_of_wordings_is_refused(writer, address):
    disputed(writer, address)
    values = {"akce": "vyber", "zneni": "x", "volba-note": "moje"}
    response = writer.post(address, values)
    assert response.status_code == 422
    assert "Formulář nemůžeme přijmout" in text_of(response)
    assert ReportDraft.objects.get().note == "Mzdy chybí. Dotaci projedná výbor."


def test_mine_may_be_thrown_away(writer, address):
    disputed(writer, address)
    assert writer.post(address, {"akce": "zahodit"}).status_code == 302
    response = writer.get(address)
    assert response.context["form"]["note"].value() == "Mzdy chybí. Dotaci projedná výbor."
    assert "Tady je vaše znění" not in text_of(response)


def test_choice_made_while_somebody_writes_on_is_asked_again(writer, address):
    response = disputed(writer, address)
    writer.post(address, {"akce": "zahodit"})
    keep(writer, address, note="Mzdy chybí. Výbor dotaci odložil.")
    response = choose(writer, address, response, **{"volba-note": "moje"})
    assert response.status_code == 409
    assert "Výbor dotaci odložil." in text_of(response)
    assert ReportDraft.objects.get().note == "Mzdy chybí. Výbor dotaci odložil."


def test_choice_goes_on_to_what_was_asked(writer, address):
    response = disputed(writer, address, "zverejnit")
    assert (response.status_code, Report.objects.count()) == (409, 0)
    assert choose(writer, address, response, **{"volba-note": "moje"}).status_code == 302
    report = Report.objects.get()
    assert (report.note, report.phase) == ("Mzdy chybí. Jednáme o dotaci.", "preparing")


# Somebody else published meanwhile


@pytest.fixture
def opened(writer, address):
    return token_of(writer, address)


def test_report_published_meanwhile_is_not_talked_over(writer, address, measure, opened):
    theirs = factories.report(measure, TODAY, note="Výbor dotaci schválil.", kind="progress")
    response = send(writer, address, token=opened, note="Výbor dotaci odložil.")
    assert response.status_code == 409
    text = text_of(response)
    assert "Hlášení mezitím zveřejnil někdo jiný" in text
    assert "Výbor dotaci schválil." in text
    assert "Výbor dotaci odložil." in text
    assert list(Report.objects.all()) == [theirs]
    assert choose(writer, address, response, **{"volba-note": "moje"}).status_code == 302
    assert Report.objects.latest("pk").note == "Výbor dotaci odložil."


def test_draft_kept_before_is_not_taken_for_unwritten(writer, address, measure):
    keep(writer, address, note="Výbor dotaci odložil.")
    token = token_of(writer, address)
    factories.report(measure, TODAY, note="Výbor dotaci schválil.", kind="progress")
    response = send(writer, address, token=token, note="Výbor dotaci odložil.")
    assert response.status_code == 409
    assert Report.objects.count() == 1


def test_report_of_other_fields_merges_and_says_so(writer, address, measure, opened):
    factories.report(measure, TODAY, kind="progress", next_step="Smlouva.")
    response = send(writer, address, token=opened, note="Výbor rozhodl.", follow=True)
    assert "Beze sporu jsme spojili: další krok (zveřejněné hlášení)" in text_of(response)
    report = Report.objects.latest("pk")
    assert (report.note, report.next_step) == ("Výbor rozhodl.", "Smlouva.")


def test_the_same_said_by_somebody_else_is_not_said_twice(writer, address, measure, opened):
    factories.report(measure, TODAY, kind="progress", note="Výbor rozhodl.")
    response = send(writer, address, token=opened, note="Výbor rozhodl.", follow=True)
    assert "Totéž už o opatření 1.2 říká hlášení, které mezitím vyšlo." in text_of(response)
    assert Report.objects.count() == 1


def test_correction_of_the_last_report_disputes_only_what_the_form_starts_from(
    writer, address, measure
):
    old = factories.report(measure, days(-5), note="Dvě větve.", phase="running")
    token = token_of(writer, address)
    factories.report(measure, days(-5), note="Tři větve.", phase="preparing", corrects=old)
    response = send(writer, address, token=token, note="Čtyři.", follow=True)
    assert "fáze (zveřejněné hlášení)" in text_of(response)
    report = Report.objects.latest("pk")
    assert (report.note, report.phase) == ("Čtyři.", "preparing")
