"""The forms of the second factor: allauth's, with our words and with limits all workers share."""

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from accounts import lockout, second_factor


def word(field, label, hint):
    field.label, field.help_text = label, hint
    # A keyboard of digits on a phone; a recovery code is of digits too.
    field.widget.attrs |= {"inputmode": "numeric", "autofocus": True, "class": "short"}
    field.widget.attrs.pop("placeholder", None)


class LimitedCode:
    """A code that is good once and locks the second step after a few wrong ones."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = "Šest číslic z aplikace v telefonu. Když ho nemáte, napište záložní kód."
        word(self.fields["code"], "Jednorázový kód", hint)

    def clean_code(self):
        if lockout.are_codes_locked(context.request, self.user):
            raise get_adapter().validation_error("incorrect_code")
        try:
            code = super().clean_code()
            self.refuse_spent(code)
        except ValidationError:
            lockout.count_wrong_code(context.request, self.user)
            raise
        lockout.forget_wrong_codes(self.user)
        return code

    def refuse_spent(self, code):
        is_totp = self.authenticator.type == second_factor.TOTP
        if is_totp and not second_factor.spend(self.authenticator, code):
            raise get_adapter().validation_error("spent_code")


class CodeForm(LimitedCode, AuthenticateForm):
    """The second step of a sign-in."""


class ConfirmingCodeForm(LimitedCode, ReauthenticateForm):
    """Who is signed in proves to be the same person."""


class FirstCodeForm(ActivateTOTPForm):
    """The first code of an application that is being connected."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self.fields["code"], "Jednorázový kód", "Šest číslic, které aplikace právě ukazuje.")
