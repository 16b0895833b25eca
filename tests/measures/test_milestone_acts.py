"""Milestones expected, moved, renamed and reopened: the actions first, then their pages."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from measures import actions
from measures.models import Milestone, MilestoneVersion
from tests import factories
from tests.measures.acting import refused
from tests.measures.days import TODAY, days, said, typed
from tests.municipalities.pages import plain, text_of

pytestmark = pytest.mark.django_db

CLOSED = {"": ["Milník už je uzavřený."]}


@pytest.fixture
def measure():
    return factories.make_measure("1.2", strategy__slug="kk")


@pytest.fixture
def unit(make_user):
    return make_user("unit")


@pytest.fixture
def head(make_user):
    return make_user("head")


@pytest.fixture
def version(measure):
    return factories.milestone(measure, days(30), title="Studie")


# Expecting


def test_expect_milestone_keeps_the_due_day(version, unit):
    new = actions.expect_milestone(
        milestone=version.milestone, by=unit, expected_date=days(40), reason="Čeká se na posudek."
    )
    assert (new.due_date, new.expected_date, new.state) == (days(30), days(40), "open")
    assert (new.title, new.reason, new.author) == ("Studie", "Čeká se na posudek.", unit)


def test_expect_milestone_takes_the_expectation_back(version, unit):
    actions.expect_milestone(milestone=version.milestone, by=unit, expected_date=days(40))
    new = actions.expect_milestone(milestone=version.milestone, by=unit, expected_date=None)
    assert new.expected_date is None


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (None, "Očekávaný den je stejný jako dosud."),
        (days(-1), "Tento den už byl. Hotový milník zapište jako hotový."),
    ],
)
def test_expect_milestone_is_refused(version, unit, expected, sentence):
    found = refused(
        actions.expect_milestone, milestone=version.milestone, by=unit, expected_date=expected
    )
    assert found == {"expected_date": [sentence]}


# Moving


def test_move_milestone_says_why_and_keeps_the_rest(measure, head):
    first = factories.milestone(
        measure,
        days(30),
        title="Zpráva",
        expected_date=days(35),
        repeat_months=3,
        repeat_until=days(400),
    )
    new = actions.move_milestone(
        milestone=first.milestone, by=head, due_date=days(60), resolution="RK 512/05/26"
    )
    assert (new.due_date, new.resolution, new.reason) == (days(60), "RK 512/05/26", "")
    assert (new.title, new.expected_date) == ("Zpráva", days(35))
    assert (new.repeat_months, new.repeat_until) == (3, days(400))


def test_moved_repeating_milestone_counts_its_interval_from_the_new_day(measure, head):
    first = factories.milestone(
        measure, date(2026, 1, 31), repeat_months=3, repeat_until=date(2026, 12, 31)
    )
    actions.move_milestone(
        milestone=first.milestone, by=head, due_date=date(2026, 2, 15), reason="Jednání bylo jindy."
    )
    actions.finish_milestone(milestone=first.milestone, by=head, done_on=date(2026, 2, 15))
    following = Milestone.objects.get(follows=first.milestone).versions.get()
    assert following.due_date == date(2026, 5, 15)


def test_milestone_is_moved_to_an_earlier_day(version, head):
    new = actions.move_milestone(
        milestone=version.milestone, by=head, due_date=days(10), reason="Rada zasedá dřív."
    )
    assert new.due_date == days(10)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"due_date": None}, "due_date", "Uveďte termín."),
        ({"due_date": days(30)}, "due_date", "Termín je stejný jako dosud."),
        (
            {"reason": " "},
            "reason",
            "K posunu termínu patří důvod nebo číslo usnesení.",
        ),
        (
            {"due_date": date(2023, 2, 28)},
            "due_date",
            "Termín je před plánovaným začátkem opatření 1. 3. 2023.",
        ),
    ],
)
def test_move_milestone_is_refused(measure, version, head, changes, field, sentence):
    factories.plan(measure, start=date(2023, 3, 1))
    said = {"due_date": days(60), "reason": "Čeká se.", **changes}
    found = refused(actions.move_milestone, milestone=version.milestone, by=head, **said)
    assert {name: [plain(text) for text in texts] for name, texts in found.items()} == {
        field: [sentence]
    }


def test_series_is_not_moved_behind_its_end(measure, head):
    first = factories.milestone(
        measure, date(2027, 1, 31), repeat_months=3, repeat_until=date(2027, 6, 30)
    )
    found = refused(
        actions.move_milestone,
        milestone=first.milestone,
        by=head,
        due_date=date(2027, 7, 1),
        reason="Čeká se.",
    )
    assert plain(found["due_date"][0]) == (
        "Milník se opakuje jen do 30. 6. 2027, termín nemůže být později."
    )


def test_move_milestone_is_for_the_head(version, unit):
    with pytest.raises(PermissionDenied):
        actions.move_milestone(
            milestone=version.milestone, by=unit, due_date=days(60), reason="Čeká se."
        )
    assert MilestoneVersion.objects.count() == 1


# Renaming


def test_rename_milestone_changes_the_title_only(version, unit):
    new = actions.rename_milestone(
        milestone=version.milestone, by=unit, title=" Studie bydlení ", reason="Překlep."
    )
    assert (new.title, new.due_date, new.state) == ("Studie bydlení", days(30), "open")


@pytest.mark.parametrize(
    ("title", "reason", "field", "sentence"),
    [
        ("Studie", "Překlep.", "title", "Název je stejný jako dosud."),
        (" ", "Překlep.", "title", "Pole nemůže být prázdné."),
        ("Studie bydlení", " ", "reason", "Napište, proč se název mění."),
    ],
)
def test_rename_milestone_is_refused(version, unit, title, reason, field, sentence):
    found = refused(
        actions.rename_milestone, milestone=version.milestone, by=unit, title=title, reason=reason
    )
    assert found == {field: [sentence]}


# Reopening


@pytest.mark.parametrize("close", [factories.finish, factories.drop])
def test_reopen_milestone_opens_it_again(version, unit, close):
    close(version, days(-1))
    new = actions.reopen_milestone(milestone=version.milestone, by=unit, reason="Omyl.")
    assert (new.state, new.closed_on, new.due_date, new.evidence) == ("open", None, days(30), "")
    assert new.reason == "Omyl."


def test_reopen_milestone_needs_a_reason_and_a_closed_one(version, unit):
    found = refused(actions.reopen_milestone, milestone=version.milestone, by=unit, reason="Omyl.")
    assert found == {"": ["Milník je otevřený."]}
    factories.finish(version, days(-1))
    found = refused(actions.reopen_milestone, milestone=version.milestone, by=unit, reason=" ")
    assert found == {"reason": ["Napište, proč se milník znovu otevírá."]}


@pytest.mark.parametrize("phase", ["completed", "cancelled"])
def test_reopen_milestone_is_refused_on_an_ended_measure(measure, version, unit, phase):
    factories.finish(version, days(-2))
    factories.report(measure, days(-1), phase=phase)
    found = refused(actions.reopen_milestone, milestone=version.milestone, by=unit, reason="Omyl.")
    assert found == {"": ["Opatření je ukončené, milník v něm znovu otevřít nelze."]}


def test_reopen_milestone_is_refused_when_the_series_went_on(measure, unit):
    first = factories.milestone(
        measure, date(2026, 1, 31), repeat_months=3, repeat_until=date(2026, 12, 31)
    )
    actions.finish_milestone(milestone=first.milestone, by=unit, done_on=date(2026, 1, 30))
    found = refused(actions.reopen_milestone, milestone=first.milestone, by=unit, reason="Omyl.")
    assert plain(found[""][0]) == (
        "Splněním se už otevřel další milník řady s termínem 30. 4. 2026. "
        "Znovu otevřít lze jen poslední milník řady."
    )


def test_dropped_series_goes_on_once_it_is_reopened(measure, unit):
    first = factories.milestone(
        measure, date(2026, 1, 31), repeat_months=3, repeat_until=date(2026, 12, 31)
    )
    actions.drop_milestone(milestone=first.milestone, by=unit, reason="Není potřeba.")
    actions.reopen_milestone(milestone=first.milestone, by=unit, reason="Omyl.")
    actions.finish_milestone(milestone=first.milestone, by=unit, done_on=date(2026, 2, 1))
    assert Milestone.objects.get(follows=first.milestone).versions.get().due_date == date(
        2026, 4, 30
    )


# Each of them


def changes(milestone, **more):
    """Return the acts on an open milestone with what they need."""
    return [
        (actions.expect_milestone, {"milestone": milestone, "expected_date": days(40), **more}),
        (
            actions.move_milestone,
            {"milestone": milestone, "due_date": days(60), "reason": "Čeká se.", **more},
        ),
        (
            actions.rename_milestone,
            {"milestone": milestone, "title": "Jinak", "reason": "Překlep.", **more},
        ),
    ]


def test_closed_milestone_is_not_changed(version, head):
    factories.finish(version, days(-1))
    for action, arguments in changes(version.milestone):
        assert refused(action, by=head, **arguments) == CLOSED


def test_change_of_what_somebody_has_changed_is_refused(version, head):
    newer = factories.restate(version, due_date=days(45), recorded_at=factories.noon(days(-1)))
    for action, arguments in changes(version.milestone, seen=version.pk):
        assert refused(action, by=head, **arguments) == {
            "": ["Milník mezitím někdo změnil. Podívejte se, jak je na tom teď, a odešlete znovu."]
        }
    for action, arguments in changes(version.milestone, seen=newer.pk)[:1]:
        action(by=head, **arguments)
    assert version.milestone.versions.count() == 3


@pytest.mark.parametrize("role", ["councillor", "admin"])
def test_change_is_for_the_unit(version, make_user, role):
    person = make_user(role)
    for action, arguments in changes(version.milestone):
        with pytest.raises(PermissionDenied):
            action(by=person, **arguments)
    assert MilestoneVersion.objects.count() == 1


def test_change_is_not_for_a_measure_of_somebody_else(measure, version, unit, make_user):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    for action, arguments in changes(version.milestone):
        with pytest.raises(PermissionDenied):
            action(by=unit, **arguments)


def test_form_sent_twice_promises_once(measure, unit):
    promised = {"measure": measure, "by": unit, "title": "Studie", "due_date": days(5)}
    actions.add_milestone(**promised)
    assert refused(actions.add_milestone, **promised) == {
        "title": ["Otevřený milník s tímto názvem a termínem už tu je."]
    }


# Pages


def page(version, act=""):
    return f"/prace/milnik/{version.milestone_id}/{act}"


ACTS = ["Hotovo", "Očekávaný den", "Posunout termín", "Opravit název", "Zrušit milník"]


@pytest.mark.parametrize(
    ("role", "offered"), [("unit", [a for a in ACTS if a != "Posunout termín"]), ("head", ACTS)]
)
def test_milestone_page_offers_what_may_be_done(client_as, version, role, offered):
    response = client_as(role).get(page(version))
    assert [act.label for act in response.context["page"].acts] == offered
    for act in response.context["page"].acts:
        assert f'href="{act.url}"' in response.content.decode()


def test_milestone_page_tells_how_it_stands_and_who_wrote_what(client_as, version, head):
    factories.restate(
        version,
        due_date=days(60),
        recorded_at=factories.noon(days(-1)),
        reason="Čeká se na posudek.",
        author=head,
    )
    client = client_as("unit")
    text = text_of(client.get(page(version)))
    assert f"termín {said(days(60))} původně {said(days(30))} → {said(days(60))}" in text
    assert "termín posunut 1×, celkem +30 dní" in text
    assert f"termín {said(days(30))} → {said(days(60))} (+30 dní) Čeká se na posudek." in text
    assert "head@portal.test" in text


def test_closed_milestone_offers_to_be_opened_again(client_as, version):
    factories.finish(version, days(-1))
    client = client_as("unit")
    response = client.get(page(version))
    assert [act.label for act in response.context["page"].acts] == ["Znovu otevřít"]
    assert f"stav hotovo {said(days(-1))}" in text_of(response)
    response = client.post(page(version, "otevrit/"), {"reason": "Omyl.", "seen": ""}, follow=True)
    assert "Milník „Studie“ je znovu otevřený. Stav opatření: bez hlášení." in text_of(response)


def test_milestone_of_an_ended_measure_says_why_it_stays_closed(client_as, measure, version):
    factories.finish(version, days(-2))
    factories.report(measure, days(-1), phase="completed")
    text = text_of(client_as("unit").get(page(version)))
    assert "Opatření je ukončené, milník v něm znovu otevřít nelze." in text


def test_expected_day_is_written_and_the_status_said(client_as, measure, version):
    factories.report(measure, days(-1))
    client = client_as("unit")
    text = text_of(client.get(page(version, "ocekavani/")))
    assert f"Den po termínu {said(days(30))} znamená, že opatření bude „ohroženo“" in text
    values = {"expected_date": typed(days(31)), "seen": version.pk}
    response = client.post(page(version, "ocekavani/"), values, follow=True)
    assert response.redirect_chain == [("/strategie/kk/opatreni/1.2/", 302)]
    assert "Očekávaný den milníku „Studie“ je zapsaný. Stav opatření: ohroženo." in text_of(
        response
    )


def test_due_day_is_moved_by_the_head(client_as, version):
    values = {"due_date": typed(days(60)), "reason": "Čeká se.", "seen": version.pk}
    client = client_as("head")
    assert client.get(page(version, "termin/")).status_code == 200
    assert client.post(page(version, "termin/"), values).status_code == 302
    assert version.milestone.versions.latest("pk").due_date == days(60)
    response = client.post(page(version, "termin/"), {**values, "due_date": typed(days(70))})
    assert response.status_code == 422
    assert "Milník mezitím někdo změnil." in text_of(response)
    newest = version.milestone.versions.latest("pk").pk
    # Sent again, it says that the change was seen; what was typed is still there.
    assert f'name="seen" value="{newest}"' in response.content.decode()
    assert f'value="{typed(days(70))}"' in response.content.decode()


def test_due_day_is_not_for_the_unit(client_as, version):
    client = client_as("unit")
    assert client.get(page(version, "termin/")).status_code == 403
    values = {"due_date": typed(days(60)), "reason": "Čeká se."}
    assert client.post(page(version, "termin/"), values).status_code == 403
    assert MilestoneVersion.objects.count() == 1


def test_title_is_mended(client_as, version):
    client = client_as("unit")
    assert 'value="Studie"' in client.get(page(version, "nazev/")).content.decode()
    values = {"title": "Studie bydlení", "reason": "Překlep.", "seen": version.pk}
    assert client.post(page(version, "nazev/"), values).status_code == 302
    assert version.milestone.versions.latest("pk").title == "Studie bydlení"


@pytest.mark.parametrize("act", ["hotovo/", "zrusit/", "ocekavani/", "nazev/", "termin/"])
def test_page_of_a_closed_milestone_leads_to_what_may_be_done(client_as, version, act):
    factories.finish(version, days(-1))
    response = client_as("head").get(page(version, act), follow=True)
    assert response.redirect_chain == [(page(version), 302)]
    assert "Milník je mezitím v jiném stavu." in text_of(response)


@pytest.mark.parametrize("act", ["", "hotovo/", "ocekavani/", "nazev/", "termin/", "otevrit/"])
def test_unknown_milestone_is_not_found(client_as, act):
    assert client_as("head").get(f"/prace/milnik/999/{act}").status_code == 404


@pytest.mark.parametrize("seen", ["999", "x", "99999999999999999999"])
def test_forged_version_is_refused_in_words(client_as, version, seen):
    values = {"title": "Jinak", "reason": "Překlep.", "seen": seen}
    response = client_as("unit").post(page(version, "nazev/"), values)
    assert response.status_code == 422
    assert MilestoneVersion.objects.count() == 1


def test_long_reason_is_refused_and_kept(client_as, version):
    values = {"title": "Jinak", "reason": 100_000 * "x", "seen": version.pk}
    response = client_as("unit").post(page(version, "nazev/"), values)
    assert response.status_code == 422
    assert 100_000 * "x" in response.content.decode()


def test_measure_page_leads_to_the_milestone(client_as, version):
    response = client_as("unit").get("/strategie/kk/opatreni/1.2/")
    assert f'href="{page(version)}"' in response.content.decode()


def test_moves_stand_on_the_line_of_time_without_names(client, version, head, measure):
    actions.move_milestone(
        milestone=version.milestone,
        by=head,
        due_date=days(60),
        reason="Čeká se na posudek.",
        resolution="RK 512/05/26",
    )
    text = text_of(client.get(measure.get_absolute_url()))
    assert f"{said(TODAY)} · změna milníku, usnesení RK 512/05/26" in text
    assert f"termín {said(days(30))} → {said(days(60))} (+30 dní)" in text
    assert "head@portal.test" not in text


def test_reopening_stands_on_the_line_of_time(client, version, unit, measure):
    factories.finish(version, days(-3), recorded_at=factories.noon(days(-2)))
    actions.reopen_milestone(milestone=version.milestone, by=unit, reason="Zapsáno omylem.")
    text = text_of(client.get(measure.get_absolute_url()))
    assert "Milník „Studie“. Zapsáno omylem." in text
    assert f"milník hotovo {said(days(-3))} → otevřený" in text
