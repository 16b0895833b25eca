import logging

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from accounts import second_factor

log = logging.getLogger(__name__)


@transaction.atomic
def drop_second_factor(person, *, by=None):
    """Take the second factor from a person who has lost it, and let them know.

    Without `by` it is the command line that asks. Returns whether there was one.
    """
    if by is not None and not by.has_perm("accounts.change_user", person):
        raise PermissionDenied
    dropped = second_factor.drop(person)
    if dropped and by is not None:
        LogEntry.objects.log_actions(
            by.pk, [person], CHANGE, "Zrušen druhý faktor.", single_object=True
        )
    if dropped:
        transaction.on_commit(lambda: _tell(person.email))
    return dropped


def _tell(address):
    text = render_to_string("account/email/second_factor_dropped_message.txt")
    try:
        send_mail("Druhý faktor byl zrušen", text, None, [address])
    except OSError:
        log.exception("The message about a dropped second factor was not sent.")
