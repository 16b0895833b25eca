from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from accounts import second_factor


class EmailBackend(AuthenticationBackend):
    """Sign-in by e-mail that reads a person, their roles and second factor in one query.

    Where the factor is a duty and missing, the roles sleep: on every page, not only on those of
    the staff, the person may no more than any reader.
    """

    def get_user(self, user_id):
        people = get_user_model()._default_manager.with_roles().with_second_factor()
        user = people.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.roles_asleep = second_factor.is_missing(user)
        return user
