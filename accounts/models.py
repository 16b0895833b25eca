from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from accounts.roles import NAMES


class UserQuerySet(models.QuerySet):
    def with_roles(self):
        """Read the roles in the same query: a page of a signed-in reader costs no third one."""
        return self.annotate(
            **{
                f"in_{role}": models.Exists(
                    User.groups.through.objects.filter(
                        user_id=models.OuterRef("pk"), group__name=role
                    )
                )
                for role in NAMES
            }
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        """Create and return a user who signs in with `email`; the password may be unusable."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Create a technical administrator: everything but what the append-only guard refuses."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address and acts in one or more roles."""

    email = models.EmailField(
        "e-mail",
        max_length=254,
        unique=True,
        error_messages={"unique": "Účet s tímto e-mailem už existuje."},
    )
    name = models.CharField("jméno", max_length=120)
    is_active = models.BooleanField("aktivní", default=True)
    created_at = models.DateTimeField("založen", auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    history = HistoricalRecords(
        excluded_fields=["password", "last_login"],
        m2m_fields=[PermissionsMixin._meta.get_field("groups")],
    )

    class Meta:
        verbose_name = "uživatel"
        verbose_name_plural = "uživatelé"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="%(app_label)s_%(class)s_email_lower",
                violation_error_message="E-mail zapište malými písmeny.",
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def save(self, *args, **kwargs):
        # Signing in is no change of a person.
        if kwargs.get("update_fields") == ["last_login"]:
            self.skip_history_when_saving = True
        # One address, one spelling: the same person may not have two accounts.
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    def roles(self):
        """Return the roles as a set of names; read once, at best with the user."""
        if not hasattr(self, "_roles"):
            if hasattr(self, f"in_{next(iter(NAMES))}"):
                self._roles = {role for role in NAMES if getattr(self, f"in_{role}")}
            else:
                self._roles = set(self.groups.values_list("name", flat=True))
        return self._roles

    def has_any_role(self, *names):
        """Say whether the person acts in one of the roles; a superuser acts in all of them."""
        return self.is_active and (self.is_superuser or not self.roles().isdisjoint(names))


class AbsenceQuerySet(models.QuerySet):
    def on(self, day):
        """Absences that cover a day."""
        return self.filter(start_date__lte=day, end_date__gte=day)


class Absence(models.Model):
    """Days on which a person is away and gets no reminders."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="absences", verbose_name="kdo je pryč"
    )
    start_date = models.DateField("od")
    end_date = models.DateField("do")

    objects = models.Manager.from_queryset(AbsenceQuerySet)()

    class Meta:
        verbose_name = "nepřítomnost"
        verbose_name_plural = "nepřítomnosti"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_date__lte=models.F("end_date")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message="Nepřítomnost končí dřív, než začíná.",
            ),
        ]

    def __str__(self):
        return f"nepřítomnost {self.user_id} od {self.start_date}"

    def end_early(self, today):
        """Take back the days from `today` on and say whether there were any."""
        if self.end_date < today:
            return False
        if self.start_date >= today:
            self.delete()
        else:
            self.end_date = today - timedelta(days=1)
            self.save(update_fields=["end_date"])
        return True
