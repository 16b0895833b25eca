"""Plans changed one by one and who answers for what set in bulk."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures import actions
from measures.models import PlanVersion
from tests import factories
from tests.measures.acting import refused
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

WHY = "Ke změně plánovaného začátku nebo konce patří důvod nebo usnesení."


@pytest.fixture
def kk():
    return factories.StrategyFactory(slug="kk")


@pytest.fixture
def measure(kk):
    return factories.make_measure("1.2", strategy=kk, short_name="Krizový fond")


@pytest.fixture
def other(kk):
    return factories.make_measure("1.10", strategy=kk, short_name="Bydlení")


@pytest.fixture
def head(make_user):
    return make_user("head")


@pytest.fixture
def jana(make_user):
    return make_user("unit", email="jana@portal.test")


@pytest.fixture
def petr(make_user):
    return make_user("unit", email="petr@portal.test")


def department(name="odbor sociálních věcí"):
    return factories.OrganisationFactory(name=name, kind="department")


# The plan of one measure


def test_first_setting_of_the_days_needs_no_reason(measure, head):
    factories.plan(measure, reason="Plán dokumenty neuvádějí.")
    plan = actions.change_plan(measure=measure, by=head, end_date=date(2027, 12, 31))
    assert plan.end_date == date(2027, 12, 31)


@pytest.mark.parametrize("name", ["start_date", "end_date"])
@pytest.mark.parametrize("new", [None, date(2026, 6, 30)])
def test_changed_day_of_a_plan_needs_a_reason_or_a_resolution(measure, head, name, new):
    factories.plan(measure, start=date(2026, 1, 1), end=date(2026, 12, 31))
    arguments = {"measure": measure, "by": head, name: new}
    assert refused(actions.change_plan, **arguments) == {"reason": [WHY]}
    assert refused(actions.change_plan, **arguments, reason=" ") == {"reason": [WHY]}
    actions.change_plan(**arguments, resolution="RK 12/2026")
    assert getattr(PlanVersion.objects.latest("pk"), name) == new


def test_other_changes_of_a_plan_need_no_reason(measure, head, jana):
    factories.plan(measure, start=date(2026, 1, 1))
    plan = actions.change_plan(measure=measure, by=head, owner=jana, kind="continuous")
    assert (plan.start_date, plan.owner, plan.kind) == (date(2026, 1, 1), jana, "continuous")


def test_plan_that_says_the_same_is_refused(measure, head, jana):
    factories.plan(measure, owner=jana)
    found = refused(actions.change_plan, measure=measure, by=head, owner=jana)
    assert found == {"": ["V plánu se nic nezměnilo, není co uložit."]}


def test_plan_changed_by_somebody_else_is_not_overwritten(measure, head, jana, petr):
    old = factories.plan(measure, owner=jana)
    newer = factories.plan(measure, owner=petr, recorded_at=factories.moment("2026-01-02 10:00"))
    sentence = "Plán mezitím někdo změnil. Podívejte se, jak zní teď, a odešlete znovu."
    for seen in (0, old.pk):
        found = refused(actions.change_plan, measure=measure, by=head, seen=seen, kind="continuous")
        assert found == {"": [sentence]}
    actions.change_plan(measure=measure, by=head, seen=newer.pk, kind="continuous")


@pytest.mark.parametrize("name", ["owner", "deputy"])
def test_plan_names_members_of_the_unit_only(measure, head, make_user, name):
    stranger = make_user("councillor")
    found = refused(actions.change_plan, measure=measure, by=head, **{name: stranger})
    assert found == {name: ["councillor@portal.test není v implementační jednotce."]}


def test_plan_names_nobody_whose_account_is_closed(measure, head, jana):
    jana.is_active = False
    jana.save()
    assert "owner" in refused(actions.change_plan, measure=measure, by=head, owner=jana)


def test_plan_keeps_somebody_whose_account_was_closed_later(measure, head, jana):
    factories.plan(measure, owner=jana)
    jana.is_active = False
    jana.save()
    assert actions.change_plan(measure=measure, by=head, kind="continuous").owner == jana


# Its page


def page(measure):
    return f"/prace/opatreni/{measure.pk}/plan/"


def filled(**changes):
    return {"kind": "unknown", "owner": "", "deputy": "", "department": "", **changes}


def test_plan_page_starts_from_what_holds_and_records_the_change(client_as, measure, jana):
    plan = factories.plan(measure, start=date(2026, 1, 1), end=date(2026, 12, 31), owner=jana)
    client = client_as("head")
    html = client.get(page(measure)).content.decode()
    assert 'value="31. 12. 2026"' in html
    assert f'<option value="{jana.pk}" selected>' in html
    values = filled(start_date="1. 1. 2026", end_date="30. 6. 2027", seen=plan.pk)
    response = client.post(page(measure), values)
    assert response.status_code == 422
    assert response.context["form"].errors == {"reason": [WHY]}
    response = client.post(page(measure), {**values, "reason": "Chybí stavební povolení."})
    assert response.url == "/strategie/kk/opatreni/1.2/"
    newest = PlanVersion.objects.latest("pk")
    assert (newest.end_date, newest.owner, newest.author.email) == (
        date(2027, 6, 30),
        None,
        "head@portal.test",
    )


def test_plan_page_offers_active_people_of_the_unit(client_as, measure, make_user, jana):
    closed = make_user("unit", email="byvaly@portal.test")
    closed.is_active = False
    closed.save()
    make_user("councillor")
    client = client_as("head")
    offered = {
        str(name) for _, name in client.get(page(measure)).context["form"]["owner"].field.choices
    }
    assert offered == {"nikdo", "head@portal.test", "jana@portal.test"}


@pytest.mark.parametrize(
    "forged",
    [
        {"owner": "999"},
        {"owner": "x"},
        {"deputy": "councillor"},
        {"department": "partner"},
        {"kind": "party"},
        {"seen": "1; DROP"},
    ],
)
def test_forged_plan_is_refused(client_as, measure, make_user, forged):
    keys = {
        "councillor": make_user("councillor").pk,
        "partner": factories.OrganisationFactory(kind="partner").pk,
    }
    values = filled(**{name: keys.get(value, value) for name, value in forged.items()})
    response = client_as("head").post(page(measure), values)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(forged)
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("path", ["plan", "bulk"])
@pytest.mark.parametrize(
    ("role", "status"), [("unit", 403), ("head", 200), ("councillor", 403), ("admin", 403)]
)
def test_plans_are_for_the_head(client_as, measure, role, status, path):
    address = page(measure) if path == "plan" else BULK
    assert client_as(role).get(address).status_code == status


# Many at once


def test_assign_plans_sets_only_what_is_named(measure, other, head, jana, petr):
    osv = department()
    factories.plan(measure, owner=petr, start=date(2026, 1, 1))
    changed = actions.assign_plans(measures=[measure, other], by=head, owner=jana, department=osv)
    assert {plan.measure: (plan.owner, plan.department) for plan in changed} == {
        measure: (jana, osv),
        other: (jana, osv),
    }
    assert measure.plan_versions.latest("pk").start_date == date(2026, 1, 1)


def test_assign_plans_clears_and_leaves_unchanged_measures_alone(measure, other, head, jana):
    factories.plan(measure, owner=jana)
    factories.plan(other, deputy=jana)
    [changed] = actions.assign_plans(measures=[measure, other], by=head, owner=None)
    assert (changed.measure, changed.owner) == (measure, None)
    assert other.plan_versions.count() == 1


def test_assign_plans_writes_all_or_nothing_and_says_which(measure, other, head, jana):
    factories.plan(measure)
    factories.plan(other, deputy=jana)
    with pytest.raises(ValidationError) as caught:
        actions.assign_plans(measures=[measure, other], by=head, owner=jana)
    assert [(error.code, error.messages) for error in caught.value.error_list] == [
        (
            str(other.pk),
            ["Opatření 1.10: Zastupovat má někdo jiný než ten, kdo odpovídá."],
        )
    ]
    assert PlanVersion.objects.count() == 2


def test_assign_plans_is_for_the_head(measure, jana):
    with pytest.raises(PermissionDenied):
        actions.assign_plans(measures=[measure], by=jana, owner=jana)


def test_assign_plans_is_not_for_a_strategy_that_is_not_monitored(head, jana):
    measure = factories.make_measure("I", strategy__is_monitored=False)
    found = refused(actions.assign_plans, measures=[measure], by=head, owner=jana)
    assert found == {"": ["Opatření I: Plnění této strategie se na portálu nesleduje."]}


BULK = "/prace/odpovednost/"


def test_bulk_page_lists_who_answers_and_sets_the_ticked(client_as, measure, other, jana, petr):
    osv = department()
    factories.plan(measure, owner=petr, deputy=jana, department=osv)
    client = client_as("head")
    text = text_of(client.get(BULK))
    assert "1 ze 2 opatření nemá odpovědného" in text
    assert "1.2 Krizový fond petr@portal.test jana@portal.test odbor sociálních věcí" in text
    assert "1.10 Bydlení nikdo nikdo neuvedeno" in text
    values = {"opatreni": [measure.pk, other.pk], "owner": petr.pk, "department": osv.pk}
    response = client.post(BULK, values, follow=True)
    assert "Změněno u 1 opatření, 1 to tak už mělo." in text_of(response)
    assert "checked" not in response.content.decode()
    plan = other.plan_versions.get()
    assert (plan.owner, plan.deputy, plan.department) == (petr, None, osv)
    assert plan.author.email == "head@portal.test"
    assert measure.plan_versions.count() == 1


def test_bulk_page_clears_explicitly(client_as, measure, jana):
    factories.plan(measure, owner=jana, deputy=None)
    client_as("head").post(BULK, {"opatreni": [measure.pk], "owner": "nikdo"})
    assert measure.plan_versions.latest("pk").owner is None


def test_bulk_page_tells_the_error_at_its_row_and_writes_nothing(client_as, measure, other, jana):
    factories.plan(other, deputy=jana)
    values = {"opatreni": [measure.pk, other.pk], "owner": jana.pk}
    response = client_as("head").post(BULK, values)
    assert response.status_code == 422
    assert PlanVersion.objects.count() == 1
    html = response.content.decode()
    assert html.count(" checked") == 2
    assert f'<option value="{jana.pk}" selected>' in html
    row = html.split(f'id="chyba-{other.pk}"')[1].split("</span>")[0]
    assert "Zastupovat" in row
    assert f"chyba-{measure.pk}" not in html


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "opatreni"),
        ({"opatreni": ["999"], "owner": "nikdo"}, "opatreni"),
        ({"opatreni": ["x"], "owner": "nikdo"}, "opatreni"),
        ({"opatreni": ["this"]}, "__all__"),
        ({"opatreni": ["this"], "owner": "999"}, "owner"),
        ({"opatreni": ["this"], "deputy": "councillor"}, "deputy"),
        ({"opatreni": ["this"], "department": "0"}, "department"),
    ],
)
def test_forged_or_empty_bulk_is_refused(client_as, measure, make_user, values, field):
    keys = {"this": measure.pk, "councillor": make_user("councillor").pk}
    sent = {
        name: [keys.get(one, one) for one in value]
        if isinstance(value, list)
        else keys.get(value, value)
        for name, value in values.items()
    }
    response = client_as("head").post(BULK, sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not PlanVersion.objects.exists()


def test_bulk_takes_no_measure_that_is_not_monitored(client_as, measure):
    foreign = factories.make_measure("I", strategy__is_monitored=False)
    response = client_as("head").post(BULK, {"opatreni": [foreign.pk], "owner": "nikdo"})
    assert set(response.context["form"].errors) == {"opatreni"}


def codes(response):
    return [row.record.measure.code for row in response.context["table"].rows]


def test_bulk_page_shows_only_those_without_an_owner(client_as, measure, other, jana):
    factories.plan(measure, owner=jana)
    client = client_as("head")
    assert codes(client.get(BULK)) == ["1.2", "1.10"]
    assert codes(client.get(f"{BULK}?bez=1")) == ["1.10"]
    html = client.get(f"{BULK}?bez=1&vybrat=vse").content.decode()
    assert html.count(" checked") == 1
    jana.is_active = False
    jana.save()
    assert codes(client.get(f"{BULK}?bez=1")) == ["1.2", "1.10"]


@pytest.mark.parametrize("column", ["opatreni", "odpovida", "zastupuje", "utvar"])
def test_bulk_table_sorts_by_every_column(client_as, measure, other, kk, jana, petr, column):
    """1.2 has the first of everything, 1.10 the second, 2.1 nothing."""
    factories.make_measure("2.1", strategy=kk)
    factories.plan(measure, owner=jana, deputy=petr, department=department("Aš"))
    factories.plan(other, owner=petr, department=department("Cheb"))
    client = client_as("head")
    # Nobody deputises for 1.10: unknown comes last both ways.
    down = {
        "opatreni": ["2.1", "1.10", "1.2"],
        "odpovida": ["1.10", "1.2", "2.1"],
        "zastupuje": ["1.2", "1.10", "2.1"],
        "utvar": ["1.10", "1.2", "2.1"],
    }
    assert codes(client.get(f"{BULK}?razeni={column}")) == ["1.2", "1.10", "2.1"]
    assert codes(client.get(f"{BULK}?razeni=-{column}")) == down[column]


def test_bulk_page_takes_the_same_queries_for_many(client_as, kk, jana, petr):
    client = client_as("head")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BULK).status_code == 200
        return len(captured)

    def grow(number):
        for n in range(number):
            one = factories.make_measure(f"{n}.{number}", strategy=kk)
            factories.report(one, date(2026, 6, 1))
            factories.plan(
                one,
                owner=jana,
                deputy=petr,
                department=department(f"odbor {n}.{number}"),
            )

    grow(1)
    first = queries()
    grow(30)
    # The session and the person, facts 3, people, departments.
    assert (first, queries()) == (7, 7)


# In public


def test_moves_of_the_planned_end_are_told(client, measure):
    """31. 12. 2026 → 31. 12. 2027 is 365 days, → 30. 6. 2027 is 184 days back: +181."""
    ends = [None, date(2026, 12, 31), None, date(2027, 12, 31), date(2027, 6, 30)]
    for year, end in enumerate(ends, start=2021):
        factories.plan(measure, end=end, recorded_at=factories.moment(f"{year}-01-05 10:00"))
    text = text_of(client.get(measure.get_absolute_url()))
    assert (
        "konec 30. 6. 2027 původně 31. 12. 2026 → 31. 12. 2027 → 30. 6. 2027 · "
        "termín posunut 2×, celkem +181 dní"
    ) in text


def test_planned_end_set_once_never_moved(client, measure):
    factories.plan(measure)
    factories.plan(
        measure, end=date(2026, 12, 31), recorded_at=factories.moment("2026-01-05 10:00")
    )
    text = text_of(client.get(measure.get_absolute_url()))
    assert "konec 31. 12. 2026 druh" in text


@pytest.mark.parametrize(("role", "may"), [("unit", False), ("head", True)])
def test_measure_page_leads_the_head_to_the_plan(client_as, measure, role, may):
    html = client_as(role).get(measure.get_absolute_url()).content.decode()
    assert (f'href="{page(measure)}"' in html) is may
