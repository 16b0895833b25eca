from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.factories import AbsenceFactory, UserFactory
from tests.refusals import assert_refused, constraint_names

pytestmark = pytest.mark.django_db


def test_every_constraint_has_its_refusal_here():
    assert constraint_names("accounts") == {
        "accounts_user_email_lower",
        "accounts_absence_dates",
        "User.email",
    }


def test_absence_that_ends_before_it_starts_is_refused():
    values = {"start_date": date(2026, 7, 2), "end_date": date(2026, 7, 1)}
    assert_refused(AbsenceFactory, "accounts_absence_dates", values)


def test_email_is_kept_in_small_letters():
    assert UserFactory(email="Anna.Nova@Kraj.CZ").email == "anna.nova@kraj.cz"


def test_email_in_capitals_is_refused_by_the_database():
    user = UserFactory(email="anna@kraj.cz")
    with pytest.raises(IntegrityError, match="accounts_user_email_lower"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email="Anna@kraj.cz")


def test_two_people_share_no_email():
    UserFactory(email="anna@kraj.cz")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Anna@kraj.cz")
    with pytest.raises(ValidationError) as refusal:
        User(email="anna@kraj.cz", name="Anna").full_clean(exclude=["password"])
    assert refusal.value.message_dict == {"email": ["Účet s tímto e-mailem už existuje."]}


def test_roles_are_read_with_the_person(django_assert_num_queries):
    user = UserFactory(roles=["unit", "head"])
    with django_assert_num_queries(1):
        found = User.objects.with_roles().get(pk=user.pk)
        assert found.roles() == {"unit", "head"}
    assert User.objects.get(pk=user.pk).roles() == {"unit", "head"}


@pytest.mark.parametrize(
    ("fields", "has"),
    [
        ({"roles": ["head"]}, True),
        ({"roles": ["councillor"]}, False),
        ({"roles": ["head"], "is_active": False}, False),
        ({"is_superuser": True}, True),
        ({}, False),
    ],
)
def test_person_acts_in_a_role(fields, has):
    assert UserFactory(**fields).has_any_role("unit", "head") is has
