"""People and their roles in the administration: for the role admin, and never more than roles."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"


def filled(**changes):
    values = {
        "email": "jana@kraj.cz",
        "name": "Jana Malá",
        "usable_password": "true",
        "password1": "dlouhe-heslo-9911",
        "password2": "dlouhe-heslo-9911",
    }
    return {**values, **changes}


def group_pk(name):
    return Group.objects.get(name=name).pk


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 403), ("head", 403), ("councillor", 302), ("admin", 200)]
)
def test_people_are_for_the_admin(client_as, role, status):
    user = UserFactory()
    client = client_as(role)
    for page in [USERS, f"{USERS}add/", f"{USERS}{user.pk}/change/"]:
        assert client.get(page).status_code == status, page
    assert client.post(f"{USERS}{user.pk}/password/", {}).status_code == status


def test_admin_adds_a_person_with_a_role(client_as):
    values = filled(email="Jana@Kraj.cz", groups=[group_pk("unit")])
    response = client_as("admin").post(f"{USERS}add/", values)
    assert response.status_code == 302
    user = User.objects.get(email="jana@kraj.cz")
    assert user.roles() == {"unit"}
    assert user.check_password("dlouhe-heslo-9911")
    assert not user.is_superuser


def test_second_account_of_one_address_is_refused_at_the_field(client_as):
    UserFactory(email="jana@kraj.cz")
    response = client_as("admin").post(f"{USERS}add/", filled(email="JANA@kraj.cz"))
    assert response.context["adminform"].form.errors == {
        "email": ["Účet s tímto e-mailem už existuje."]
    }


def test_admin_changes_roles_and_takes_an_account_out_of_use(client_as):
    user = UserFactory(email="jana@kraj.cz", roles=["unit"])
    values = {"email": "jana@kraj.cz", "name": "Jana Malá", "groups": [group_pk("head")]}
    client_as("admin").post(f"{USERS}{user.pk}/change/", values)
    user = User.objects.get(pk=user.pk)
    assert (user.roles(), user.is_active) == ({"head"}, False)


def test_admin_makes_nobody_almighty(client_as):
    user = UserFactory(email="jana@kraj.cz")
    values = {
        "email": "jana@kraj.cz",
        "name": "Jana",
        "is_superuser": "on",
        "user_permissions": ["1"],
    }
    client_as("admin").post(f"{USERS}{user.pk}/change/", values)
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_technical_administrator_is_out_of_the_admins_reach(client_as):
    boss = UserFactory(is_superuser=True, password="puvodni-heslo-123")
    client = client_as("admin")
    assert boss.email not in client.get(USERS).content.decode()
    values = {"password1": "moje-nove-heslo-1", "password2": "moje-nove-heslo-1"}
    assert client.post(f"{USERS}{boss.pk}/password/", values).status_code in (302, 403, 404)
    boss.refresh_from_db()
    assert boss.check_password("puvodni-heslo-123")


def test_nobody_is_deleted(client_as):
    user = UserFactory()
    client = client_as("admin")
    assert client.get(f"{USERS}{user.pk}/delete/").status_code == 403
    values = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    client.post(USERS, values)
    assert User.objects.filter(pk=user.pk).exists()


def test_roles_are_shown_in_czech(client_as):
    UserFactory(name="Jana Malá", roles=["unit"])
    page = client_as("admin").get(USERS).content.decode()
    assert "implementační jednotka" in page


def test_groups_are_renamed_by_nobody(client_as):
    assert client_as("admin").get("/admin/auth/group/").status_code == 404


def test_list_of_people_takes_the_same_queries_for_many(client_as, django_assert_num_queries):
    client = client_as("admin")
    for number in (1, 30):
        for _ in range(number):
            UserFactory(roles=["unit"])
        # Session and person, the permissions Django itself keeps (none) in two, two counts,
        # people, their roles.
        with django_assert_num_queries(8):
            client.get(USERS)
