from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from accounts.second_factor import with_second_factor


class EmailBackend(AuthenticationBackend):
    """Sign-in by e-mail that reads a person, their roles and second factor in one query."""

    def get_user(self, user_id):
        people = with_second_factor(get_user_model()._default_manager.with_roles())
        user = people.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
