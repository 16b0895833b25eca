"""What the administration writes into the history, and where its „Historie“ leads."""

import pytest

from accounts.models import User
from measures.models import Activity
from strategy.models import Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return make.make_measure("1.2", short_name="Garanční fond", name="Garanční fond")


def test_administration_links_to_the_same_page(client_as, fund):
    client = client_as("head")
    answer = client.get(f"/admin/measures/measure/{fund.pk}/history/")
    assert answer.status_code == 302
    assert answer.url == f"/prace/historie/measures-measure/{fund.pk}/"
    assert client.get(answer.url).status_code == 200


def test_administration_hides_history_from_those_who_may_not_see_the_record(client_as, fund):
    answer = client_as("unit").get(f"/admin/measures/measure/{fund.pk}/history/")
    assert answer.status_code == 403


def test_administration_keeps_the_reason_of_a_change(client_as):
    client = client_as("head")
    charity = make.OrganisationFactory(name="Charita")
    page = f"/admin/strategy/organisation/{charity.pk}/change/"
    form = client.get(page).context["adminform"].form
    assert form.fields["change_reason"].label == "Důvod změny"
    values = {name: value for name, value in form.initial.items() if value is not None}
    answer = client.post(page, {**values, "note": "Nová.", "change_reason": "Oprava adresy"})
    assert answer.status_code == 302
    last = charity.history.latest()
    me = User.objects.get(email="head@portal.test")
    assert (last.note, last.history_user, last.history_change_reason) == (
        "Nová.",
        me,
        "Oprava adresy",
    )


def test_a_measure_saved_in_the_administration_is_one_row(client_as, fund):
    """Its fields, three lists and an activity are one act."""
    client = client_as("head")
    goal = make.GoalFactory(priority__strategy=fund.strategy, code="1.A")
    partner = make.OrganisationFactory()
    page = f"/admin/measures/measure/{fund.pk}/change/"
    values = {
        "code": "1.2",
        "name": "Garanční fond bydlení",
        "short_name": "Garanční fond",
        "territory": "region",
        "goals": [goal.pk],
        "partners": [partner.pk],
        "activities-TOTAL_FORMS": 1,
        "activities-INITIAL_FORMS": 0,
        "activities-0-order": 1,
        "activities-0-text": "Připravíme model.",
    }
    before = fund.history.count()
    assert client.post(page, values).status_code == 302
    assert fund.history.count() == before + 1
    row = fund.history.latest()
    assert row.name == "Garanční fond bydlení"
    assert [link.goal_id for link in row.goals.all()] == [goal.pk]
    assert [link.organisation_id for link in row.partners.all()] == [partner.pk]
    [activity] = Activity.history.all()
    assert activity.history_date == row.history_date
    values |= {"activities-INITIAL_FORMS": 1, "activities-0-id": activity.id}
    values["activities-0-measure"] = fund.pk
    assert client.post(page, values).status_code == 302
    assert fund.history.count() == before + 1, "nothing changed, nothing to tell"
    assert Activity.history.count() == 1


def test_deleting_in_the_administration_is_recorded(client_as):
    client = client_as("head")
    one, other = make.OrganisationFactory(name="A"), make.OrganisationFactory(name="B")
    client.post(f"/admin/strategy/organisation/{one.pk}/delete/", {"post": "yes"})
    client.post(
        "/admin/strategy/organisation/",
        {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"},
    )
    assert not Organisation.objects.exists()
    gone = Organisation.history.filter(history_type="-").order_by("name")
    assert [(row.name, row.history_user.email) for row in gone] == [
        ("A", "head@portal.test"),
        ("B", "head@portal.test"),
    ]
