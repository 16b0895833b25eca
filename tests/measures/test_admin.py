"""The administration under the same rules as the desk."""

from datetime import date

import pytest

from measures.models import Measure, Milestone, MilestoneVersion, PlanVersion, Report
from tests import factories
from tests.measures.days import CYCLE, TODAY, days, typed

pytestmark = pytest.mark.django_db

ADMIN = "/admin/measures/"
RECORDS = ["milestone", "milestoneversion", "planversion", "report", "output"]


def errors(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


@pytest.fixture
def measure():
    return factories.make_measure("1.2", factories.GoalFactory())


@pytest.fixture
def records(measure):
    """Return one record of each append-only kind by the name of its model."""
    version = factories.milestone(measure, days(5), title="Studie")
    return {
        "milestone": version.milestone,
        "milestoneversion": version,
        "planversion": factories.plan(measure),
        "report": factories.report(measure, days(-1)),
        "output": factories.output(measure, days(-1)),
    }


# Who may


@pytest.mark.parametrize("model", RECORDS)
@pytest.mark.parametrize(
    ("role", "status"), [("unit", 200), ("head", 200), ("councillor", 302), ("admin", 403)]
)
def test_records_are_seen_by_the_unit(client_as, records, role, status, model):
    client = client_as(role)
    assert client.get(f"{ADMIN}{model}/").status_code == status
    assert client.get(f"{ADMIN}{model}/{records[model].pk}/change/").status_code == status


ADDERS = {
    "milestone": {"unit", "head"},
    "milestoneversion": {"unit", "head"},
    "report": {"unit", "head"},
    "planversion": {"head"},
    "output": {"unit", "head"},
}


@pytest.mark.parametrize("role", ["unit", "head", "admin"])
@pytest.mark.parametrize("model", RECORDS)
def test_records_are_added_by_those_who_may(client_as, records, role, model):
    expected = 200 if role in ADDERS[model] else 403
    assert client_as(role).get(f"{ADMIN}{model}/add/").status_code == expected


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 403), ("head", 200), ("councillor", 302), ("admin", 200)]
)
def test_wording_of_measures_is_for_head_and_admin(client_as, measure, role, status):
    client = client_as(role)
    for page in ["measure/", "measure/add/", f"measure/{measure.pk}/change/"]:
        assert client.get(f"{ADMIN}{page}").status_code == status


def test_drafts_are_not_in_the_administration(client_as):
    assert client_as("head").get(f"{ADMIN}reportdraft/").status_code == 404


# Nothing is changed or deleted


@pytest.mark.parametrize("model", RECORDS)
def test_record_is_neither_changed_nor_deleted(client_as, records, model):
    client, record = client_as("head"), records[model]
    before = type(record).objects.filter(pk=record.pk).values().get()
    page = f"{ADMIN}{model}/{record.pk}/"
    assert client.post(f"{page}change/", {"note": "Jinak", "title": "Jinak"}).status_code == 403
    assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    values = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    client.post(f"{ADMIN}{model}/", values)
    assert type(record).objects.filter(pk=record.pk).values().get() == before
    assert "delete_selected" not in client.get(f"{ADMIN}{model}/").content.decode()


def test_superuser_is_refused_too(client, records):
    client.force_login(
        factories.UserFactory(is_superuser=True), backend="accounts.backends.EmailBackend"
    )
    for model, record in records.items():
        page = f"{ADMIN}{model}/{record.pk}/"
        assert client.post(f"{page}change/", {}).status_code == 403
        assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403


def test_measure_with_a_history_is_not_deleted(client_as, measure, records):
    client = client_as("head")
    client.post(f"{ADMIN}measure/{measure.pk}/delete/", {"post": "yes"})
    values = {"action": "delete_selected", "_selected_action": [measure.pk], "post": "yes"}
    client.post(f"{ADMIN}measure/", values)
    assert Measure.objects.filter(pk=measure.pk).exists()


# Added through the actions


def report_values(measure, **changes):
    values = {
        "measure": measure.pk,
        "cycle_start": typed(CYCLE),
        "as_of_date": typed(TODAY),
        "kind": "progress",
        "phase": "running",
        "health": "on_track",
    }
    return {**values, **changes}


def test_report_is_published(client_as, measure):
    response = client_as("unit").post(f"{ADMIN}report/add/", report_values(measure))
    assert response.status_code == 302
    report = Report.objects.get()
    assert (report.measure, report.author.email) == (measure, "unit@portal.test")
    assert report.as_of_date == TODAY


def test_report_is_refused_as_on_the_desk(client_as, measure):
    factories.milestone(measure, days(5), title="Studie")
    client = client_as("unit")
    values = report_values(measure, kind="risk", health="minor")
    assert errors(client.post(f"{ADMIN}report/add/", values)) == {
        "note": ["Hlášení „riziko“ potřebuje poznámku: stačí jedna dvě věty."],
        "obstacle": ["Napište, co brání."],
        "actor_role": ["Uveďte, kdo jedná: organizaci nebo roli."],
        "act_by_date": ["Uveďte, do kdy se má jednat."],
    }
    values = report_values(measure, phase="completed")
    assert errors(client.post(f"{ADMIN}report/add/", values)) == {
        "phase": ["Dokončit opatření nejde, dokud je otevřený milník: „Studie“."]
    }
    assert not Report.objects.exists()


def test_report_on_a_measure_of_somebody_else_is_refused(client_as, measure, make_user):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    response = client_as("unit").post(f"{ADMIN}report/add/", report_values(measure))
    assert response.status_code == 403
    assert not Report.objects.exists()


def test_report_on_a_strategy_that_is_not_monitored_is_refused(client_as):
    measure = factories.make_measure(strategy__is_monitored=False)
    response = client_as("head").post(f"{ADMIN}report/add/", report_values(measure))
    assert set(errors(response)) == {"measure"}


def test_report_is_corrected_once(client_as, measure):
    old = factories.report(measure, days(-10), note="Dvě.")
    values = report_values(
        measure,
        corrects=old.pk,
        note="Tři.",
        as_of_date=typed(days(-10)),
        cycle_start=typed(old.cycle_start),
    )
    client = client_as("head")
    assert client.post(f"{ADMIN}report/add/", values).status_code == 302
    assert Report.objects.get(corrects=old).note == "Tři."
    assert errors(client.post(f"{ADMIN}report/add/", values)) == {
        "corrects": ["Toto hlášení už někdo opravil. Opravit lze jeho opravu."]
    }


def test_milestone_is_added_and_refused(client_as, measure):
    factories.plan(measure, start=date(2026, 3, 1))
    client = client_as("unit")
    values = {"measure": measure.pk, "title": "Studie", "due_date": "28. 2. 2026"}
    assert errors(client.post(f"{ADMIN}milestone/add/", values)) == {
        "due_date": ["Termín je před plánovaným začátkem opatření 1.\u00a03.\u00a02026."]
    }
    assert not Milestone.objects.exists()
    values["due_date"] = "1. 3. 2026"
    assert client.post(f"{ADMIN}milestone/add/", values).status_code == 302
    assert MilestoneVersion.objects.get().due_date == date(2026, 3, 1)


def test_milestone_is_done_with_a_day_only(client_as, measure, records):
    client, milestone = client_as("unit"), records["milestone"]
    values = {"milestone": milestone.pk, "state": "done", "evidence": "čj. 12"}
    assert errors(client.post(f"{ADMIN}milestoneversion/add/", values)) == {
        "done_on": ["Uveďte den, kdy byl milník hotov."]
    }
    values["done_on"] = typed(days(-1))
    assert client.post(f"{ADMIN}milestoneversion/add/", values).status_code == 302
    newest = milestone.versions.latest("pk")
    assert (newest.state, newest.closed_on, newest.title) == ("done", days(-1), "Studie")
    assert set(errors(client.post(f"{ADMIN}milestoneversion/add/", values))) == {"milestone"}


def test_milestone_is_dropped_with_a_reason_only(client_as, records):
    client, milestone = client_as("unit"), records["milestone"]
    values = {"milestone": milestone.pk, "state": "dropped", "reason": " "}
    assert errors(client.post(f"{ADMIN}milestoneversion/add/", values)) == {
        "reason": ["Napište, proč se milník ruší."]
    }
    values["reason"] = "Není potřeba."
    assert client.post(f"{ADMIN}milestoneversion/add/", values).status_code == 302
    assert milestone.versions.latest("pk").state == "dropped"


def test_plan_is_changed_by_a_new_version(client_as, measure, make_user):
    owner = make_user("unit")
    factories.plan(measure, start=date(2026, 1, 1), kind="continuous")
    client = client_as("head")
    page = client.get(f"{ADMIN}planversion/add/?measure={measure.pk}").content.decode()
    assert 'value="01.01.2026"' in page
    assert '<option value="continuous" selected>' in page
    values = {
        "measure": measure.pk,
        "kind": "continuous",
        "owner": owner.pk,
        "start_date": typed(days(10)),
        "end_date": typed(days(9)),
        "reason": "Začínáme později.",
    }
    assert errors(client.post(f"{ADMIN}planversion/add/", values)) == {
        "__all__": ["Plánovaný konec je dřív než začátek."]
    }
    values["end_date"] = typed(days(20))
    assert client.post(f"{ADMIN}planversion/add/", values).status_code == 302
    newest = PlanVersion.objects.latest("pk")
    assert (newest.owner, newest.end_date) == (owner, days(20))
    assert newest.author.email == "head@portal.test"


def test_plan_names_nobody_without_a_role_in_the_unit(client_as, measure, make_user):
    values = {"measure": measure.pk, "kind": "unknown", "owner": make_user("councillor").pk}
    response = client_as("head").post(f"{ADMIN}planversion/add/", values)
    assert set(errors(response)) == {"owner"}


# Wording


def measure_values(measure, **changes):
    values = {
        "strategy": measure.strategy_id,
        "code": measure.code,
        "name": measure.name,
        "short_name": measure.short_name,
        "territory": "undetermined",
        "goals": [goal.pk for goal in measure.goals.all()],
        "activities-TOTAL_FORMS": "0",
        "activities-INITIAL_FORMS": "0",
    }
    return {**values, **changes}


@pytest.mark.parametrize("page", ["add/", "{}/change/"])
def test_goal_of_another_strategy_is_refused_at_the_field(client_as, measure, page):
    foreign = factories.GoalFactory(code="IX")
    values = measure_values(measure, goals=[foreign.pk], code="9.9")
    response = client_as("head").post(f"{ADMIN}measure/{page.format(measure.pk)}", values)
    assert errors(response) == {"goals": ["Cíl IX patří jiné strategii."]}
    assert not Measure.objects.filter(code="9.9").exists()
    assert foreign not in measure.goals.all()


def test_wording_of_a_measure_is_changed_and_its_strategy_stays(client_as, measure):
    second = factories.GoalFactory(priority=measure.goals.get().priority)
    other = factories.StrategyFactory()
    values = measure_values(measure, name="Nové znění", strategy=other.pk, goals=[second.pk])
    response = client_as("admin").post(f"{ADMIN}measure/{measure.pk}/change/", values)
    assert response.status_code == 302
    changed = Measure.objects.get(pk=measure.pk)
    assert (changed.name, changed.strategy) == ("Nové znění", measure.strategy)
    assert list(changed.goals.all()) == [second]


@pytest.mark.parametrize("model", ["measure", *RECORDS])
def test_list_takes_the_same_queries_for_many(
    client_as, django_assert_max_num_queries, measure, records, model
):
    client = client_as("head")
    for n in range(30):
        other = factories.make_measure(f"2.{n}", strategy=measure.strategy)
        factories.plan(other, owner=factories.UserFactory())
        factories.milestone(other, days(n))
        factories.report(other, days(-n))
        factories.output(other, days(-n))
    with django_assert_max_num_queries(8):
        assert client.get(f"{ADMIN}{model}/").status_code == 200
