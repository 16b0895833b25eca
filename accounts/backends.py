from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class EmailBackend(AuthenticationBackend):
    """Sign-in by e-mail that reads a person and their roles in one query."""

    def get_user(self, user_id):
        user = get_user_model()._default_manager.with_roles().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
