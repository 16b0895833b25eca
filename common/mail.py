"""Sending e-mail one by one over one connection, telling a refused letter from a dead server."""

import contextlib
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from common import czech

logger = logging.getLogger(__name__)

TIMEOUT = 30
"""Seconds after which a server that says nothing counts as dead."""
CLOSING = 421
"""With this answer the server takes leave, whatever it was asked."""
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""Nobody's answering machine should reply to a program."""


class LetterRefused(Exception):
    """The server works but would not take this letter to this address."""


class ServerDown(Exception):
    """The server does not answer or takes no letters from us at all."""


class Courier:
    """Hands letters to the mail server over one connection, which is opened when the first is
    sent, opened anew when it breaks, and closed at the end of the `with` block."""

    def __init__(self):
        self.connection = get_connection(timeout=TIMEOUT)
        self.is_open = False

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._close()

    def send(self, letter):
        """Return when the server has accepted the letter; raise LetterRefused or ServerDown."""
        # An idle server may have hung up since the last letter: that is no reason to give up.
        tries = 2 if self.is_open else 1
        while True:
            tries -= 1
            try:
                return self._try(letter)
            except (OSError, smtplib.SMTPException) as error:
                self._judge(error)
                self._close()
                if not tries:
                    raise ServerDown(_reason(error)) from error

    def _try(self, letter):
        if not self.is_open:
            self.connection.open()
            self.is_open = True
        try:
            self.connection.send_messages([letter])
        except (ValueError, smtplib.SMTPNotSupportedError) as error:
            raise LetterRefused(str(error)) from error

    def _judge(self, error):
        """Raise LetterRefused where only this letter is to blame; the connection then stays."""
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, said = next(iter(error.recipients.values()))
        elif isinstance(error, smtplib.SMTPDataError):
            code, said = error.smtp_code, error.smtp_error
        else:
            return
        if code != CLOSING:
            raise LetterRefused(_answer(code, said)) from error

    def _close(self):
        self.is_open = False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self.connection.close()


def letter_to(address, subject, body, **options):
    """Return a plain-text letter from the portal; spaces and signs are those people type."""
    headers = {**AUTOMATIC, **options.pop("headers", {})}
    subject = " ".join(plain(subject).split())
    return EmailMessage(subject, plain(body), to=[address], headers=headers, **options)


def plain(text):
    """Return text without the signs that keep lines of pages together."""
    return text.replace(czech.NBSP, " ").replace(czech.WORD_JOINER, "")


def absolute(path):
    """Return the whole address of a page of the portal, for letters."""
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"


def _reason(error):
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _answer(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _answer(code, said):
    if isinstance(said, bytes):
        said = said.decode("utf-8", "replace")
    return f"{code} {said}".strip()
