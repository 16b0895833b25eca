from django.core import checks
from django.db import models


class AppendOnlyError(Exception):
    """Someone tried to change or delete a record that may only be added."""

    def __init__(self):
        super().__init__("Záznam nelze změnit ani smazat. Opravu zapište jako nový záznam.")


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError

    def delete(self):
        raise AppendOnlyError

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError

    def update_or_create(self, defaults=None, create_defaults=None, **kwargs):
        raise AppendOnlyError

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise AppendOnlyError
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A record that is added once and then never edited or deleted, by any path."""

    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        return [*super().check(**kwargs), *_unguardable_keys(cls)]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError


def _unguardable_keys(model):
    """The insert trigger on SQLite compares columns: it cannot guard a partial or computed key."""
    return [
        checks.Error(
            f"{constraint.name} is conditional or an expression, the guard cannot watch it.",
            obj=model,
            id="common.E001",
        )
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and (constraint.condition is not None or constraint.expressions)
    ]


class LoadedFile(models.Model):
    """A fixture file of ours that was loaded, known by the fingerprint of its bytes."""

    name = models.CharField("soubor", max_length=200)
    sha256 = models.CharField("otisk SHA-256", max_length=64, unique=True)
    loaded_at = models.DateTimeField("načteno", auto_now_add=True)

    class Meta:
        verbose_name = "načtený soubor"
        verbose_name_plural = "načtené soubory"

    def __str__(self):
        return self.name


class LoadedRecord(models.Model):
    """What a fixture once wrote into one record: tells people's changes and deletions from ours."""

    model = models.CharField("druh záznamu", max_length=100)
    key = models.CharField("přirozený klíč", max_length=300)
    values = models.JSONField("načtené hodnoty")

    class Meta:
        verbose_name = "načtený záznam"
        verbose_name_plural = "načtené záznamy"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "key"],
                name="%(app_label)s_%(class)s_model_key",
                violation_error_message="Záznam s tímto klíčem už je načten.",
            ),
        ]

    def __str__(self):
        return f"{self.model} {self.key}"
