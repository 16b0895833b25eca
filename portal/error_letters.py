"""Letters about errors readers report: to the heads that something came, to a reader the answer.

What a reader wrote is never in them: the heads read it on the portal, and nobody can have the
portal send words of theirs to somebody else. A reader's address is kept nowhere but at the report.
"""

import logging

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import HEAD
from common import czech
from common.mail import Courier, LetterRefused, ServerDown, absolute, letter_to
from common.throttle import allow
from portal.models import ErrorReport
from portal.pages import page_of

logger = logging.getLogger(__name__)

HOUR = 60 * 60

NEWS = """\
Dobrý den,

čtenáři hlásí na portálu chybu. {waiting}

{address}

Nejvýš jednou za hodinu přijde jedna taková zpráva, ať chyb přijde kolik chce.
Tuto zprávu posílá portál, neodpovídejte na ni prosím."""

ANSWER = """\
Dobrý den,

{day} jste na portálu nahlásili chybu{page}. Odpověď:

{answer}

Portál sociálního začleňování, Karlovarský kraj
{portal}

Tuto zprávu posílá portál, neodpovídejte na ni prosím. Chcete-li něco dodat, napište na
{form}"""


def tell_heads():
    """Send the heads who are there one letter that something waits, one in an hour at most."""
    if not allow("chyby:vedoucim", limit=1, seconds=HOUR, now=timezone.now()):
        return
    heads = User.objects.filter(is_active=True, groups__name=HEAD).order_by("pk")
    letters = [_news(head.email) for head in heads]
    try:
        with Courier() as courier:
            for letter in letters:
                _hand_over(courier, letter)
    except ServerDown as fault:
        logger.error("Poštovní server nepřevzal zprávu o nahlášené chybě: %s", fault)


def send_answer(error):
    """Send a reader the answer and say whether the mail server took it."""
    try:
        with Courier() as courier:
            courier.send(_answer(error))
    except (LetterRefused, ServerDown):
        # What the server says may repeat the address, which stays out of the log.
        logger.error("Poštovní server nepřevzal odpověď na nahlášenou chybu %s.", error.pk)
        return False
    return True


def _hand_over(courier, letter):
    try:
        courier.send(letter)
    except LetterRefused as refusal:
        logger.error("Poštovní server odmítl zprávu o nahlášené chybě: %s", refusal)


def _news(address):
    number = ErrorReport.objects.open().count()
    waits = czech.plural(number, "Čeká", "Čekají", "Čeká")
    what = czech.count(number, "nahlášená chyba", "nahlášené chyby", "nahlášených chyb")
    body = NEWS.format(waiting=f"{waits} {what}.", address=absolute(reverse("portal:error_list")))
    return letter_to(address, "Portál: nahlášená chyba", body)


def _answer(error):
    page = page_of(error.page)
    body = ANSWER.format(
        day=czech.date(timezone.localdate(error.reported_at)),
        page=f" ({page.name}, {absolute(page.path)})" if page else "",
        answer=error.answer,
        portal=absolute("/"),
        form=absolute(reverse("portal:error_report")),
    )
    return letter_to(error.email, "Odpověď na nahlášenou chybu", body)
