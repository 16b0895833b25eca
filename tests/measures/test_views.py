"""The forms of the unit's desk as people use them."""

from datetime import date

import pytest

from measures.models import MilestoneVersion, Report, ReportDraft
from tests import factories
from tests.measures.days import TODAY, days, said, typed
from tests.measures.writing import form_page, send
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

SIGN_IN = 2
"""Queries of a signed-in reader: the session, and the person with their roles."""


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


# A report


def test_report_form_shows_the_last_report_and_what_can_be_ticked(client_as, measure):
    factories.report(measure, days(-40), note="Dvě služby zahájily provoz.", kind="progress")
    factories.milestone(measure, days(-3), title="Smlouva")
    text = text_of(client_as("unit").get(form_page(measure)))
    assert f"Minule ({said(days(-40))}, pokrok): Dvě služby zahájily provoz." in text
    assert "zpožděno o 3 dny" in text
    assert f"Zaškrtnutí znamená hotovo dnes, {said(TODAY)}." in text
    assert "Žádné údaje o klientech." in text


@pytest.mark.parametrize("number", [1, 30])
def test_report_form_takes_the_same_queries_for_many(
    client_as, measure, django_assert_num_queries, number
):
    client = client_as("unit")
    me = client.get("/healthz").wsgi_request.user
    factories.plan(measure, owner=me)
    factories.report(measure, days(-1))
    draft = factories.ReportDraftFactory(measure=measure, author=me)
    for n in range(number):
        draft.finished_milestones.add(factories.milestone(measure, days(n)).milestone)
        factories.OrganisationFactory()
    # Facts 3, the draft, its ticks and its files, organisations; 4 for the place in the queue.
    with django_assert_num_queries(11 + SIGN_IN):
        client.get(form_page(measure))


def test_published_report_changes_the_status(client_as, measure):
    client = client_as("unit")
    milestone = factories.milestone(measure, days(-3)).milestone
    response = send(client, form_page(measure), finished=[milestone.pk], follow=True)
    assert response.redirect_chain == [("/strategie/kk/opatreni/1.2/", 302)]
    assert "Hlášení k opatření 1.2 je zveřejněné." in text_of(response)
    report = Report.objects.get()
    assert (report.kind, report.phase, report.as_of_date) == ("progress", "running", TODAY)
    assert milestone.versions.latest("pk").closed_on == TODAY


def test_report_of_trouble_is_published_with_who_and_until_when(client_as, measure):
    actor = factories.OrganisationFactory(name="Odbor sociálních věcí")
    values = {
        "kind": "risk",
        "health": "serious",
        "note": "Chybí mzdy.",
        "obstacle": "Chybí 640 tis. Kč.",
        "actor": actor.pk,
        "act_by_date": typed(days(20)),
        "needs_decision": "on",
        "decision": "Schválit individuální dotaci.",
    }
    assert send(client_as("unit"), form_page(measure), **values).status_code == 302
    report = Report.objects.get()
    assert (report.actor, report.act_by_date) == (actor, days(20))
    assert (report.needs_decision, report.decision) == (True, "Schválit individuální dotaci.")


def test_incomplete_report_is_refused_at_the_fields_and_above(client_as, measure):
    values = {"kind": "risk", "health": "minor", "act_by_date": "brzy", "next_step": "Zavolat."}
    response = send(client_as("unit"), form_page(measure), **values)
    assert response.status_code == 422
    assert not Report.objects.exists()
    text = text_of(response)
    for sentence in [
        "Hlášení „riziko“ potřebuje poznámku: stačí jedna dvě věty.",
        "Napište, co brání.",
        "Uveďte, kdo jedná: organizaci nebo roli.",
        "Datum napište jako 15. 12. 2026.",
    ]:
        assert text.count(sentence) == 2, sentence
    assert "Nic se zatím neuložilo." in text
    page = response.content.decode()
    assert 'href="#id_note"' in page
    assert 'value="brzy"' in page
    assert "Zavolat." in page


def test_completion_with_an_open_milestone_is_refused_at_the_phase(client_as, measure):
    factories.milestone(measure, days(200), title="Studie")
    response = send(client_as("unit"), form_page(measure), phase="completed")
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "phase": ["Dokončit opatření nejde, dokud je otevřený milník: „Studie“."]
    }


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": "party"},
        {"phase": "party"},
        {"cycle_start": "2020-01-01"},
        {"cycle_start": "včera"},
        {"actor": "999"},
        {"finished": ["x"]},
        {"finished": ["99999999999999999999"]},
    ],
)
def test_forged_value_is_refused(client_as, measure, forged):
    response = send(client_as("unit"), form_page(measure), **forged)
    assert response.status_code == 422
    assert set(forged) <= set(response.context["form"].errors)
    assert not Report.objects.exists()


def test_empty_post_publishes_nothing(client_as, measure):
    response = client_as("unit").post(form_page(measure), {})
    assert response.status_code == 422
    assert not Report.objects.exists()
    assert not ReportDraft.objects.exists()


def test_preview_says_the_status_and_saves_nothing(client_as, measure):
    milestone = factories.milestone(measure, days(-3)).milestone
    values = {"act": "stav", "kind": "", "health": "minor", "finished": [milestone.pk]}
    response = send(client_as("unit"), form_page(measure), **values)
    assert response.status_code == 200
    assert "Stav bude: ohroženo" in text_of(response)
    assert not Report.objects.exists()
    assert MilestoneVersion.objects.count() == 1


# Drafts


def test_draft_is_kept_unfinished_and_taken_up_again(client_as, measure):
    client = client_as("unit")
    milestone = factories.milestone(measure, days(5)).milestone
    values = {"kind": "", "phase": "", "note": "Zatím jen", "finished": [milestone.pk]}
    response = send(client, form_page(measure), "koncept", follow=True, **values)
    assert response.redirect_chain == [(form_page(measure), 302)]
    assert "Koncept je uložený. Vidíte ho jen vy." in text_of(response)
    assert not Report.objects.exists()
    page = client.get(form_page(measure)).content.decode()
    assert "Zatím jen" in page
    assert f'value="{milestone.pk}"' in page
    assert client.get(form_page(measure)).context["form"]["finished"].value() == [milestone.pk]


def test_draft_is_kept_but_for_a_day_that_makes_no_sense(client_as, measure):
    values = {"act": "koncept", "note": "Rozepsáno.", "act_by_date": "brzy"}
    response = send(client_as("unit"), form_page(measure), **values)
    assert response.status_code == 422
    assert "Koncept je uložený. Před zveřejněním ještě opravte:" in text_of(response)
    assert 'value="brzy"' in response.content.decode()
    assert ReportDraft.objects.get().note == "Rozepsáno."


def test_draft_is_nobody_elses(client_as, measure):
    factories.ReportDraftFactory(measure=measure, note="Jen pro mě.")
    for role in ("unit", "head"):
        assert "Jen pro mě." not in client_as(role).get(form_page(measure)).content.decode()


# Corrections


def test_correction_starts_from_the_report_and_takes_its_place(client_as, measure, make_user):
    client = client_as("unit")
    me = client.get("/prace/").wsgi_request.user
    report = factories.report(measure, days(-10), note="Dvě větve.", author=me)
    page = f"/prace/hlaseni/{report.pk}/oprava/"
    response = client.get(page)
    assert "Dvě větve." in response.content.decode()
    assert "Uložit koncept" not in text_of(response)
    second = response.context["token"]
    assert send(client, page, note="Tři větve.").status_code == 302
    correction = Report.objects.get(corrects=report)
    assert (correction.note, correction.as_of_date) == ("Tři větve.", days(-10))
    assert client.get(page).url == f"/prace/hlaseni/{correction.pk}/oprava/"
    response = send(client, page, token=second, note="Čtyři.")
    assert response.status_code == 422
    assert "Toto hlášení už někdo opravil." in text_of(response)
    assert "Čtyři." in response.content.decode()


def test_correction_is_not_kept_as_a_draft(client_as, measure):
    report = factories.report(measure, days(-10))
    page = f"/prace/hlaseni/{report.pk}/oprava/"
    response = send(client_as("head"), page, "koncept")
    assert response.status_code == 200
    assert not ReportDraft.objects.exists()


# Milestones


def test_milestone_is_added_with_a_day_that_has_passed(client_as, measure):
    values = {"title": "Studie", "due_date": typed(days(-34))}
    response = client_as("unit").post(f"/prace/opatreni/{measure.pk}/milnik/", values, follow=True)
    assert response.redirect_chain == [("/strategie/kk/opatreni/1.2/", 302)]
    assert "Milník „Studie“ je přidaný." in text_of(response)
    assert "zpožděno o 34 dní" in text_of(response)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (
            {},
            {
                "title": ["Toto pole je třeba vyplnit."],
                "due_date": ["Toto pole je třeba vyplnit."],
            },
        ),
        (
            {"title": "Studie", "due_date": "28. 2. 2026"},
            {"due_date": ["Termín je před plánovaným začátkem opatření 1.\u00a03.\u00a02026."]},
        ),
        (
            {"title": "Studie", "due_date": "1. 5. 2027", "repeat_months": "3"},
            {"repeat_until": ["Uveďte, do kdy se má milník opakovat."]},
        ),
        (
            {"title": "x" * 201, "due_date": "1. 5. 2027"},
            {"title": ["Tato hodnota má mít nejvýše 200 znaků (nyní má 201)."]},
        ),
    ],
)
def test_milestone_is_refused_at_its_field(client_as, measure, values, errors):
    factories.plan(measure, start=date(2026, 3, 1))
    response = client_as("unit").post(f"/prace/opatreni/{measure.pk}/milnik/", values)
    assert response.status_code == 422
    assert response.context["form"].errors == errors
    assert not MilestoneVersion.objects.exists()


def test_milestone_is_done_on_a_day_with_evidence(client_as, measure):
    milestone = factories.milestone(measure, days(-3), title="Studie").milestone
    client, page = client_as("unit"), f"/prace/milnik/{milestone.pk}/hotovo/"
    assert client.get(page).context["form"]["done_on"].value() == typed(TODAY)
    response = client.post(page, {"done_on": "", "evidence": "čj. 12"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"done_on": ["Toto pole je třeba vyplnit."]}
    response = client.post(page, {"done_on": typed(days(1))})
    assert response.context["form"].errors == {"done_on": ["Den splnění nemůže být v budoucnosti."]}
    assert client.post(page, {"done_on": typed(days(-1)), "evidence": "čj. 12"}).status_code == 302
    newest = milestone.versions.latest("pk")
    assert (newest.state, newest.closed_on, newest.evidence) == ("done", days(-1), "čj. 12")
    response = client.post(page, {"done_on": typed(TODAY)})
    assert response.status_code == 422
    assert "Milník už je uzavřený." in text_of(response)


def test_milestone_is_dropped_with_a_reason_on_a_page_of_its_own(client_as, measure):
    milestone = factories.milestone(measure, days(30), title="Studie").milestone
    client, page = client_as("unit"), f"/prace/milnik/{milestone.pk}/zrusit/"
    assert "Zrušit milník „Studie“?" in text_of(client.get(page))
    assert MilestoneVersion.objects.count() == 1
    assert client.post(page, {"reason": " "}).status_code == 422
    assert client.post(page, {"reason": "Nahradila ho dohoda."}).status_code == 302
    newest = milestone.versions.latest("pk")
    assert (newest.state, newest.closed_on) == ("dropped", TODAY)
    assert newest.reason == "Nahradila ho dohoda."
