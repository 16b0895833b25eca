from datetime import timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower

from accounts.roles import NAMES
from common.history import RecordHistory


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

    def with_second_factor(self):
        """Read in the same query since when each person has a second factor."""
        factors = Authenticator.objects.filter(
            user_id=models.OuterRef("pk"), type=Authenticator.Type.TOTP
        )
        return self.annotate(factor_at=models.Subquery(factors.values("created_at")[:1]))


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

    # Whether the roles of a signed-in person sleep for want of a second factor (see backends.py).
    roles_asleep = False

    history = RecordHistory(
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
        # One address, one spelling: the same person may not have two accounts.
        self.email = self.email.lower()
        fields = kwargs.get("update_fields")
        with transaction.atomic():
            super().save(*args, **kwargs)
            if fields is None or "email" in fields:
                self.keep_address()

    def keep_address(self):
        """Keep the address that allauth asks for in step: one, verified by an administrator."""
        # It reads the model of users, which is this one.
        from allauth.account.models import EmailAddress

        EmailAddress.objects.filter(user=self).exclude(email=self.email).delete()
        state = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=self, email=self.email, defaults=state)

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

    def second_factor_since(self):
        """Return when the person set up the second factor they have, None without one; read once,
        at best with the user."""
        if not hasattr(self, "factor_at"):
            self.factor_at = User.objects.with_second_factor().get(pk=self.pk).factor_at
        return self.factor_at

    def get_session_auth_hash(self):
        return self._with_factor(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        return (self._with_factor(old) for old in super().get_session_auth_fallback_hash())

    def _with_factor(self, session_hash):
        # A factor set up or taken away ends all other sessions, as a new password does: who knew
        # the password before gains nothing, and each living session has brought the factor.
        since = self.second_factor_since()
        if since is None:
            return session_hash
        # The hash of the password is keyed already.
        return sha256(f"{session_hash} {since}".encode()).hexdigest()

    def has_any_role(self, *names):
        """Say whether the person acts in one of the roles; a superuser acts in all of them."""
        awake = self.is_active and not self.roles_asleep
        return awake and (self.is_superuser or not self.roles().isdisjoint(names))

    def has_perm(self, perm, obj=None):
        return not self.roles_asleep and super().has_perm(perm, obj)

    def has_module_perms(self, app_label):
        return not self.roles_asleep and super().has_module_perms(app_label)


class LockOut(AccessAttempt):
    """Failed attempts to sign in to one account from one address, as django-axes counts them."""

    class Meta:
        proxy = True
        verbose_name = "neúspěšné přihlášení"
        verbose_name_plural = "neúspěšná přihlášení"
        ordering = []

    def __str__(self):
        return f"{self.username} z {self.ip_address}"


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
