from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Účty a role"

    def ready(self):
        from accounts import roles

        post_migrate.connect(roles.create_groups, sender=self)
