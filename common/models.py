from django.conf import settings
from django.core import checks
from django.db import models
from django.utils import timezone

REMOVED = "[odstraněno z důvodu ochrany osobních údajů]"
"""What readers get in place of a text that was redacted; the guard lets nothing else in."""


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
    """A record that is added once and then never edited or deleted, by any path.

    The one exception: a Redaction that names the record lets its `redactable` texts be replaced
    by REMOVED.
    """

    redactable = ()

    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        return [*super().check(**kwargs), *_unguardable_keys(cls), *_unremovable_texts(cls)]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError

    def after_redaction(self):
        """Remove what a redacted record keeps outside the database; asked again, it changes
        nothing. Runs after the commit."""


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


def _unremovable_texts(model):
    """The guard lets a whole text become REMOVED: one that is there, is no key and has room."""
    fields = [model._meta.get_field(name) for name in model.redactable]
    return [
        checks.Error(
            f"{field.name} is redactable: it must be plain text with room for the placeholder.",
            obj=model,
            id="common.E002",
        )
        for field in fields
        if not isinstance(field, models.CharField | models.TextField)
        or (field.null or field.unique or field.column != field.name)
        or (field.max_length or len(REMOVED)) < len(REMOVED)
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


class Redaction(AppendOnly):
    """Texts of an append-only record that were removed because they held personal data."""

    record_table = models.CharField("tabulka", max_length=100)
    record_id = models.BigIntegerField("záznam")
    fields = models.JSONField("odstraněná pole")
    digests = models.JSONField("otisky SHA-256 odstraněných textů")
    reference = models.CharField("značka pověřence pro ochranu osobních údajů", max_length=100)
    made_at = models.DateTimeField("odstraněno", default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="redactions",
        verbose_name="odstranil",
    )

    class Meta:
        verbose_name = "odstranění osobních údajů"
        verbose_name_plural = "odstranění osobních údajů"
        indexes = [models.Index(fields=["record_table", "record_id"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reference=""),
                name="%(app_label)s_%(class)s_reference",
                violation_error_message="Uveďte značku pověřence pro ochranu osobních údajů.",
            ),
        ]

    def __str__(self):
        return f"{self.record_table} {self.record_id}: {self.reference}"


class Throttle(models.Model):
    """How often something was tried within a window of time; shared by all processes."""

    key = models.CharField("co a odkud", max_length=200, unique=True)
    started_at = models.DateTimeField("začátek okna")
    count = models.PositiveIntegerField("počet", default=0)

    class Meta:
        verbose_name = "počitadlo pokusů"
        verbose_name_plural = "počitadla pokusů"

    def __str__(self):
        return f"{self.key}: {self.count}"


class ImportState(models.TextChoices):
    PREVIEWED = "previewed", "čeká na potvrzení"
    DONE = "done", "načteno"
    UNCHANGED = "unchanged", "beze změny"
    REFUSED = "refused", "odmítnuto"
    ABANDONED = "abandoned", "zahozeno"


class ImportRun(models.Model):
    """One run of an import: which file, what it was found to change, who let it in and when.

    `counts` and `problems` are what the preview said; the bytes wait in the storage under
    `stored_name` until the run is confirmed or abandoned.
    """

    kind = models.CharField("co se načítá", max_length=20)
    file_name = models.CharField("soubor", max_length=200)
    sha256 = models.CharField("otisk SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("velikost v bajtech")
    state = models.CharField("stav", max_length=10, choices=ImportState)
    counts = models.JSONField("počty", default=dict, blank=True)
    problems = models.JSONField("co bylo špatně", default=list, blank=True)
    stored_name = models.CharField("jméno v úložišti", max_length=100, blank=True)
    started_at = models.DateTimeField("začátek", default=timezone.now, editable=False)
    finished_at = models.DateTimeField("konec", null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="import_runs",
        verbose_name="kdo",
        null=True,
        blank=True,
        help_text="Prázdné znamená příkazovou řádku.",
    )

    class Meta:
        verbose_name = "běh importu"
        verbose_name_plural = "běhy importů"
        indexes = [models.Index(fields=["-started_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values),
                name="%(app_label)s_%(class)s_state",
                violation_error_message="Neznámý stav.",
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.file_name}"
