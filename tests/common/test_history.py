"""What is written into the history, when, of whom and why."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from common.history import begin_histories, history_model, recording, tracked_models
from common.loading import LoadingError, load_files
from measures import actions
from measures.models import Activity, Measure
from municipalities.models import Region
from strategy.actions import save_goal
from strategy.models import Organisation
from tests import factories as make
from tests.factories import moment

pytestmark = pytest.mark.django_db


def rows(record):
    """Return (type, who, why) of the rows of a record, the first one first."""
    found = record.history.order_by("history_id").select_related("history_user")
    return [
        (row.history_type, row.history_user and row.history_user.name, row.history_change_reason)
        for row in found
    ]


def partners_of(row):
    return sorted(link.organisation.name for link in row.partners.all())


@pytest.fixture
def anna():
    return make.UserFactory(name="Anna")


@pytest.fixture
def charity():
    return make.OrganisationFactory(name="Charita")


# One act, one row


def test_every_save_outside_of_an_act_is_a_row(charity):
    charity.note = "Nová."
    charity.save()
    assert rows(charity) == [("+", None, None), ("~", None, None)]
    assert [row.note for row in charity.history.order_by("history_id")] == ["", "Nová."]


def test_save_that_changes_nothing_leaves_no_row(charity):
    charity.save()
    with recording(by=None):
        charity.save()
    assert rows(charity) == [("+", None, None)]


def test_one_act_is_one_row_with_who_and_why(anna):
    with recording(by=anna, reason="Usnesení RK 12"):
        measure = make.make_measure("1.2", name="První")
        measure.partners.set([make.OrganisationFactory(name="Charita")])
        measure.name = "Druhé"
        measure.save()
        measure.partners.add(make.OrganisationFactory(name="Agentura"))
    assert rows(measure) == [("+", "Anna", "Usnesení RK 12")]
    row = measure.history.get()
    assert row.name == "Druhé"
    assert partners_of(row) == ["Agentura", "Charita"]


def test_row_tells_what_the_database_holds_not_an_old_copy():
    measure = make.make_measure("1.2", name="Staré")
    copy = Measure.objects.get(pk=measure.pk)
    measure.name = "Nové"
    measure.save()
    copy.partners.set([make.OrganisationFactory(name="Charita")])
    last = measure.history.latest()
    assert (last.name, partners_of(last)) == ("Nové", ["Charita"])


def test_rows_of_one_act_have_one_moment(charity):
    with recording(by=None):
        charity.note = "x"
        charity.save()
        other = make.OrganisationFactory()
    assert charity.history.latest().history_date == other.history.latest().history_date


def test_moment_may_be_named(charity):
    with recording(by=None, moment=moment("2026-03-01 10:00")):
        charity.note = "x"
        charity.save()
    assert charity.history.get(note="x").history_date == moment("2026-03-01 10:00")


def test_act_that_fails_leaves_nothing(charity):
    def fail():
        charity.note = "x"
        charity.save()
        raise RuntimeError

    with pytest.raises(RuntimeError), recording(by=None):
        fail()
    charity.refresh_from_db()
    assert charity.note == ""
    assert rows(charity) == [("+", None, None)]


def test_act_within_an_act_joins_it_unless_it_is_another(anna, charity):
    with recording(by=anna, reason="Import"):
        charity.note = "1"
        charity.save()
        with recording(by=anna):
            charity.note = "2"
            charity.save()
        with recording(by=anna, reason="Oprava"):
            charity.note = "3"
            charity.save()
        charity.note = "4"
        charity.save()
    assert rows(charity)[1:] == [
        ("~", "Anna", "Import"),
        ("~", "Anna", "Oprava"),
        ("~", "Anna", "Import"),
    ]
    notes = charity.history.order_by("history_id").values_list("note", flat=True)
    assert list(notes) == ["", "2", "3", "4"]


def test_what_a_savepoint_took_back_leaves_no_row(charity):
    with recording(by=None):
        try:
            with transaction.atomic():
                charity.note = "x"
                charity.save()
                charity.delete()
                make.OrganisationFactory(name="Zmizelá")
                raise IntegrityError
        except IntegrityError:
            pass
    assert rows(Organisation.objects.get(name="Charita")) == [("+", None, None)]
    assert not Organisation.history.filter(name="Zmizelá").exists()


def test_long_reason_is_cut(charity):
    with recording(by=None, reason=150 * "x"):
        charity.note = "x"
        charity.save()
    assert charity.history.latest().history_change_reason == 100 * "x"


# Deleting and lists


def test_deleted_record_leaves_its_last_state(anna, charity):
    pk = charity.pk
    with recording(by=anna, reason="Zanikla"):
        charity.delete()
    last = Organisation.history.filter(id=pk).latest()
    assert (last.history_type, last.name, last.history_change_reason) == ("-", "Charita", "Zanikla")
    assert last.history_user == anna


def test_deleted_queryset_leaves_a_row_of_each():
    make.OrganisationFactory.create_batch(3)
    Organisation.objects.all().delete()
    assert Organisation.history.filter(history_type="-").count() == 3


def test_what_came_and_went_within_an_act_was_never_there():
    with recording(by=None):
        make.OrganisationFactory().delete()
    assert not Organisation.history.exists()


def test_deleted_partner_leaves_the_list_of_the_measure(anna, charity):
    measure = make.make_measure("1.2")
    measure.partners.set([charity])
    with recording(by=anna):
        charity.delete()
    last = measure.history.latest()
    assert (last.history_type, last.history_user, partners_of(last)) == ("~", anna, [])


@pytest.mark.parametrize("change", ["add", "remove", "clear", "set"])
def test_list_changed_from_the_other_end_is_the_measures_change(charity, change):
    measure, other = make.make_measure("1.2"), make.make_measure("1.3")
    if change in ("remove", "clear"):
        measure.partners.set([charity])
    before = (measure.history.count(), other.history.count(), charity.history.count())
    act = getattr(charity.partner_measures, change)
    act(*{"add": [measure], "remove": [measure], "clear": [], "set": [[measure]]}[change])
    after = (measure.history.count(), other.history.count(), charity.history.count())
    assert after == (before[0] + 1, before[1], before[2])
    expected = ["Charita"] if change in ("add", "set") else []
    assert partners_of(measure.history.latest()) == expected


def test_functions_for_many_records_keep_lists_and_the_act(anna, charity):
    measure = make.make_measure("1.2")
    measure.partners.set([charity])
    measure.note = "x"
    with recording(by=anna, reason="Hromadně"):
        bulk_update_with_history([measure], Measure, ["note"])
        made = bulk_create_with_history([Organisation(name="B", kind="partner")], Organisation)
    last = measure.history.latest()
    assert (last.note, partners_of(last)) == ("x", ["Charita"])
    assert rows(measure)[-1] == ("~", "Anna", "Hromadně")
    assert rows(made[0]) == [("+", "Anna", "Hromadně")]


def test_functions_for_many_records_take_their_own_person_and_reason(anna):
    made = bulk_create_with_history(
        [Organisation(name="B", kind="partner")],
        Organisation,
        default_user=anna,
        default_change_reason="Import",
    )
    assert rows(made[0]) == [("+", "Anna", "Import")]


# Actions


def test_actions_say_who_also_outside_of_a_request():
    head = make.UserFactory(name="Vedoucí", roles=["head"])
    goal = make.GoalFactory()
    measure = make.make_measure("1.2", strategy=goal.strategy)
    actions.set_goals(measure=measure, by=head, goals=[goal])
    assert rows(measure)[-1] == ("~", "Vedoucí", None)
    assert [link.goal for link in measure.history.latest().goals.all()] == [goal]
    goal.note = "x"
    save_goal(goal=goal, by=head)
    assert rows(goal)[-1] == ("~", "Vedoucí", None)


# Loading


@pytest.fixture
def load(tmp_path):
    def write_and_load(*tables, name="05-data.json"):
        path = tmp_path / name
        path.write_text(json.dumps({"tables": tables}), encoding="utf-8")
        return list(load_files([path]))

    return write_and_load


def table(model, key, columns, *data):
    return {"model": model, "key": key.split(), "columns": columns.split(), "rows": list(data)}


def plan(name, partners):
    return (
        table("municipalities.region", "code", "code name", ["CZ041", "Kraj"]),
        table(
            "strategy.strategy",
            "slug",
            "slug title short_name region",
            ["kk", "Strategie", "Strategie", "CZ041"],
        ),
        table(
            "strategy.organisation",
            "name",
            "name kind",
            ["Charita", "partner"],
            ["Agentura", "partner"],
        ),
        table(
            "measures.measure",
            "strategy code",
            "strategy code name short_name partners",
            ["kk", "1.1", name, "Fond", partners],
        ),
    )


def test_loaded_record_has_one_row_without_a_person(load, anna):
    with recording(by=anna):
        load(*plan("Fond", ["Charita", "Agentura"]))
    measure = Measure.objects.get()
    assert rows(measure) == [("+", None, "načteno ze souboru 05-data.json")]
    assert partners_of(measure.history.get()) == ["Agentura", "Charita"]
    assert rows(Region.objects.get()) == [("+", None, "načteno ze souboru 05-data.json")]


def test_changed_file_leaves_one_row_of_what_it_changed(load):
    load(*plan("Fond", ["Charita"]))
    load(*plan("Garanční fond", ["Agentura"]), name="05-nova.json")
    measure = Measure.objects.get()
    assert rows(measure)[1:] == [("~", None, "načteno ze souboru 05-nova.json")]
    last = measure.history.latest()
    assert (last.name, partners_of(last)) == ("Garanční fond", ["Agentura"])
    assert Organisation.history.count() == 2


def test_refused_file_leaves_no_history(load):
    bad = table("strategy.organisation", "name", "name kind", ["X", "nic takového"])
    with pytest.raises(LoadingError, match="tabulka strategy"):
        load(*plan("Fond", []), bad)
    assert not Measure.history.exists()


# The first rows


def forget():
    for model in tracked_models():
        history_model(model).objects.all().delete()


def test_records_without_history_get_their_first_row(charity):
    measure = make.make_measure("1.2")
    measure.partners.set([charity])
    forget()
    number = sum(model._base_manager.count() for model in tracked_models())
    assert begin_histories() == number
    assert rows(measure) == [("~", None, "stav, od kterého se historie vede")]
    assert partners_of(measure.history.get()) == ["Charita"]
    assert begin_histories() == 0
    assert measure.history.count() == 1


def test_one_record_without_history_among_others_gets_it(charity):
    other = make.OrganisationFactory()
    Organisation.history.filter(id=charity.pk).delete()
    assert begin_histories() == 1
    assert [charity.history.count(), other.history.count()] == [1, 1]


def test_nothing_to_begin_costs_a_query_a_model(charity, django_assert_num_queries):
    # And two of the act's own savepoint.
    with django_assert_num_queries(len(tracked_models()) + 2):
        begin_histories()


def test_command_says_how_many_began(charity):
    forget()
    said = StringIO()
    call_command("begin_histories", stdout=said)
    number = sum(model._base_manager.count() for model in tracked_models())
    assert said.getvalue() == f"Historie začíná u těchto záznamů: {number}\n"
    said = StringIO()
    call_command("begin_histories", stdout=said)
    assert said.getvalue() == ""


# Many at once


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_every_change():
    """Ten people add an activity each to the same measure: ten rows, none lost."""
    measure = make.make_measure("1.2")
    people = [make.UserFactory(name=f"Osoba {n}") for n in range(10)]
    failures = []

    def write(number):
        try:
            with recording(by=people[number]):
                locked = Measure.objects.select_for_update().get(pk=measure.pk)
                locked.note += f" {number}"
                locked.save()
                Activity.objects.create(measure=locked, order=number, text=f"Aktivita {number}")
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    found = list(measure.history.order_by("history_date", "history_id"))
    assert len(found) == 11
    # Each row holds all that was written before it: the order is that of the locks.
    notes = [row.note.split() for row in found]
    assert all(notes[n] == notes[n + 1][:n] for n in range(10))
    assert {row.history_user_id for row in found[1:]} == {person.pk for person in people}
    assert Activity.history.count() == 10
