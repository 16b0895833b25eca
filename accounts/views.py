from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts import second_factor
from accounts.adapter import Adapter
from common import czech


@login_required
@never_cache
def account_detail(request):
    """A person reads their own data; an administrator answers for them and changes them."""
    return render(request, "account/email.html")


class Activate(ActivateTOTPView):
    """Connects an application that shows one-time codes."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        # In fours, as people read and type them.
        context["key"] = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        return context

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.keep_session(self.request)
        return response


class Deactivate(DeactivateTOTPView):
    """Takes the application away, to connect another or none."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.keep_session(self.request)
        return response


class RecoveryCodes(ViewRecoveryCodesView):
    """Shows the recovery codes that have not been used."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        left = len(context["unused_codes"])
        context["left"] = czech.count(left, "záložní kód", "záložní kódy", "záložních kódů")
        context["start_url"] = Adapter(self.request).get_login_redirect_url(self.request)
        return context


activate_totp = never_cache(Activate.as_view())
deactivate_totp = never_cache(Deactivate.as_view())
recovery_codes = never_cache(RecoveryCodes.as_view())
