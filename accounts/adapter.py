import logging
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse

from accounts import lockout
from accounts.roles import ADMIN, HEAD, UNIT

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """How people come in: accounts are made by an administrator, nobody signs up."""

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        """Lead each role to the page it works on."""
        if request.user.has_any_role(UNIT, HEAD):
            return settings.LOGIN_REDIRECT_URL
        return reverse("admin:index") if request.user.has_any_role(ADMIN) else "/"

    def is_reauthentication_required(self, *, app, **kwargs):
        """Take a sign-in of the last minutes for the proof allauth would ask for anew."""
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(self.request, self.request.user)
        just_came = any(record["at"] > since for record in records)
        return not just_came and super().is_reauthentication_required(app=app, **kwargs)

    def set_password(self, user, password):
        super().set_password(user, password)
        # Who could set a new password need not wait for the end of a lock.
        lockout.forget_wrong_passwords(user)

    def send_password_reset_mail(self, user, email, context):
        """Send no link to whom the administrator gave no password: they come in elsewhere."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)

    def send_mail(self, template_prefix, email, context):
        """Send a message; a mail server that fails neither undoes what was done nor tells a
        stranger, by an error page, which addresses have an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("Message %s was not sent.", template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Czech sentences of the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": "Záložní kódy lze vytvořit, až když jsou jednorázové "
        "kódy zapnuté.",
        "incorrect_code": "Tento kód neplatí. Opište ten, který aplikace ukazuje teď. Pokud "
        "nepomůže ani to, zkontrolujte, že má telefon správný čas.",
        "spent_code": "Tento kód už byl použit. Počkejte, až aplikace ukáže další.",
        "unverified_email": "Nejdřív musí správce portálu potvrdit váš e-mail.",
    }
