"""Questions to partner organisations: their links, and how each of them stands."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.db import models

from common import czech
from common.mail import absolute, letter_to, plain

VALID = timedelta(days=14)
TOKEN_BYTES = 32
_signer = Signer(sep=".", salt="measures.partners")


class AnswerKind(models.TextChoices):
    NO_CHANGE = "no_change", "beze změny"
    PROGRESS = "progress", "pokrok"
    TROUBLE = "risk", "potíže"


def new_link():
    """Return the part of a new link that opens a question, and the digest to be kept of it.

    The link is random, so it can be told by nobody, and signed, so an altered one is known as such
    before the database is asked. When it expires and that it was used stands at the question.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return _signer.sign(token), _digest(token)


def digest_of(link):
    """Return the digest kept of a link, or None for one we never made."""
    try:
        return _digest(_signer.unsign(link))
    except BadSignature:
        return None


def _digest(token):
    return sha256(token.encode()).hexdigest()


class StandingKey(models.TextChoices):
    UNSENT = "unsent", "e-mail neodešel"
    WAITING = "waiting", "čeká na odpověď"
    ANSWERED = "answered", "odpověď čeká na převzetí"
    DRAFTED = "drafted", "odpověď je v konceptu"
    WITHDRAWN = "withdrawn", "vzato zpět"
    EXPIRED = "expired", "odkaz vypršel bez odpovědi"


@dataclass(frozen=True)
class Standing:
    """How a question stands at a moment; while it is open, its link takes an answer."""

    key: StandingKey
    moment: datetime
    is_open: bool = False

    @property
    def word(self):
        return self.key.label

    @property
    def may_be_taken(self):
        return self.key == StandingKey.ANSWERED


def standing(request, now):
    """Return the Standing of a question at a moment; first match wins."""
    if request.drafted_at:
        return Standing(StandingKey.DRAFTED, request.drafted_at)
    if request.answered_at:
        return Standing(StandingKey.ANSWERED, request.answered_at)
    if request.withdrawn_at:
        return Standing(StandingKey.WITHDRAWN, request.withdrawn_at)
    # A server may take a letter and not live to say so: who has the link may use it all the same.
    is_open = request.expires_at > now
    if request.sent_at is None:
        return Standing(StandingKey.UNSENT, request.asked_at, is_open)
    if is_open:
        return Standing(StandingKey.WAITING, request.expires_at, is_open)
    return Standing(StandingKey.EXPIRED, request.expires_at)


@dataclass(frozen=True)
class Closed:
    """What is said over a link that no longer opens anything; it never tells the measure."""

    heading: str
    sentence: str
    status: int = 410


UNKNOWN = Closed(
    "Odkaz neznáme",
    "Na této adrese žádný dotaz nemáme. Odkaz může být neúplný: zkopírujte ho z e-mailu celý.",
    404,
)
BUSY = Closed(
    "Příliš mnoho pokusů",
    "Z vašeho připojení přišlo za krátkou dobu příliš mnoho požadavků. Počkejte deset minut a "
    "otevřete odkaz z e-mailu znovu.",
    429,
)
_USED = Closed("Odpověď už máme", "Odkaz jde použít jednou a odpověď přes něj už přišla. Děkujeme.")
_EXPIRED = Closed(
    "Platnost odkazu vypršela",
    "Na dotaz už odpovědět nejde. Chcete-li přesto něco sdělit, odpovězte na e-mail, ve kterém "
    "odkaz přišel.",
)
_WITHDRAWN = Closed("Odkaz už neplatí", "Dotaz jsme mezitím vzali zpět, odpovídat nemusíte.")
_CLOSED = {
    StandingKey.ANSWERED: _USED,
    StandingKey.DRAFTED: _USED,
    StandingKey.EXPIRED: _EXPIRED,
    StandingKey.UNSENT: _EXPIRED,
    StandingKey.WITHDRAWN: _WITHDRAWN,
}


def closed(key):
    """Return what is said of a question that takes no answer; None is the key of no question."""
    return _CLOSED.get(key, UNKNOWN)


def source_text(request):
    """Return where a draft made from the answer comes from."""
    day = plain(czech.date(request.answered_at))
    return f"odpověď organizace {request.organisation.name} ze dne {day}"


ANSWER_WORDS = {
    "happened": "Co se stalo",
    "note": "Co je nového",
    "obstacle": "Co brání",
    "next_step": "Další krok",
    "link": "Odkaz",
    "role": "Kdo odpověděl",
}


def answer_rows(request):
    """Return what was answered as pairs of label and text, in the order of the form."""
    said = dict(request.answer)
    if said:
        said["happened"] = AnswerKind(said["happened"]).label
    rows = [(label, said.get(name)) for name, label in ANSWER_WORDS.items()]
    return [(label, text) for label, text in rows if text]


def question_letter(request, path):
    """Return the letter that brings the question and its link to the organisation."""
    measure = request.measure
    body = QUESTION.format(
        organisation=request.organisation.name,
        measure=f"{measure.code} {measure.name}",
        question=request.question.strip(),
        link=absolute(path),
        until=czech.date_time(request.expires_at),
    )
    subject = f"Dotaz k opatření {measure.code} {measure.short_name}"
    return letter_to(request.email, subject, body, reply_to=[request.asked_by.email])


def answered_letter(request, person, is_drafted, path):
    """Return the letter that tells who reports on the measure of an answer."""
    measure = request.measure
    outcome = IN_DRAFT if is_drafted else WAITS
    body = ANSWERED.format(
        organisation=request.organisation.name,
        measure=f"{measure.code} {measure.short_name}",
        outcome=outcome,
        link=absolute(path),
    )
    return letter_to(person.email, f"Portál: přišla odpověď k opatření {measure.code}", body)


QUESTION = """\
Dobrý den,

implementační jednotka Karlovarského kraje se vás ({organisation}) ptá na opatření
„{measure}“ Strategie sociálního začleňování:

{question}

Odpovězte prosím v krátkém formuláři, účet k tomu nepotřebujete:

{link}

Odkaz platí do {until} a jde použít jednou. Kdo ho má, může za vás odpovědět, proto ho
předejte jen tomu, kdo odpovídat má. Do odpovědi nepište žádné údaje o klientech.

Implementační jednotka, portál sociálního začleňování
"""

ANSWERED = """\
Dobrý den,

organizace {organisation} odpověděla na dotaz k opatření {measure}.
{outcome}

{link}

Nic se nezveřejní, dokud hlášení nezveřejníte vy.
"""
IN_DRAFT = "Odpověď je v konceptu vašeho hlášení:"
WAITS = "Vaše hlášení je odevzdané nebo opravné, proto v něm odpověď není. Přečtete si ji tady:"
