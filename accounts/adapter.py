from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """How people come in: accounts are made by an administrator, nobody signs up."""

    def is_open_for_signup(self, request):
        return False
