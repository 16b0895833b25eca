"""A real SMTP server for tests: it takes, refuses, hangs up or dies as it is told."""

import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class PostOffice:
    """Keeps the letters it accepted; `before` is called with itself at each MAIL command."""

    def __init__(self):
        self.letters = []
        self.connections = 0
        self.refused = {}
        self.refused_letters = {}
        self.before = lambda office: None
        self.is_dead = False

    @property
    def recipients(self):
        return [letter["To"] for letter in self.letters]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        if self.is_dead:
            server.transport.abort()
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.before(self) == "hang up" or self.is_dead:
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if envelope.rcpt_tos[0] in self.refused_letters:
            return self.refused_letters[envelope.rcpt_tos[0]]
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append(letter)
        return "250 OK"


def free_port():
    """Return a port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def post_office():
    """Run a PostOffice on a free port of this machine: `office.port`."""
    office = PostOffice()
    office.port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=office.port, ready_timeout=20)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def deliver_to(office, settings):
    """Point Django's e-mail at a PostOffice."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
