from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Společné"

    def ready(self):
        # Altering a table on SQLite silently loses its triggers and a data migration would be
        # refused by them, so they go before every migrate and come back after it.
        from common import append_only

        pre_migrate.connect(append_only.before_migrate, sender=self)
        post_migrate.connect(append_only.after_migrate, sender=self)
