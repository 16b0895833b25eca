from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Účty a role"

    def ready(self):
        from accounts import checks, roles  # noqa: F401

        post_migrate.connect(roles.create_groups, sender=self)
