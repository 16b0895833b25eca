"""Reports that are being written, wait for approval or were returned; questions to partners."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from measures.models import DraftState, PartnerRequest, RefusedMail, ReportDraft, ReportSource
from portal.demo.days import Round, Today
from portal.demo.story import Said, progress, risk

VALID_DAYS = 14
MAILBOX = "partner@portal.test"


@dataclass(frozen=True)
class Draft:
    """A draft of somebody, saved so many minutes ago."""

    code: str
    author: str
    said: Said
    minutes: int
    state: str = DraftState.WRITING
    comment: str = ""
    partner: str = ""


@dataclass(frozen=True)
class Question:
    """A question to a partner; the answer, if any, came three days later."""

    code: str
    organisation: str
    at: Round | Today
    question: str
    answer: str = ""


DRAFTS = (
    Draft(
        "4.5",
        "jana",
        progress(Today(0), "Tři ze čtyř odborů poslaly připomínky k pravidlům spoluúčasti,"),
        minutes=38,
    ),
    Draft(
        "1.4",
        "jana",
        risk(
            Today(0),
            "S poskytovatelem na Kraslicku jsme se sešli, návrh individuální dotace se píše.",
            "Dotace pokryje jen část úvazků terénních pracovníků.",
            "krajský úřad",
            Today(30),
        ),
        minutes=2 * 24 * 60,
        state=DraftState.RETURNED,
        comment="Doplňte prosím, který odbor jedná, a přidejte další krok.",
    ),
    Draft(
        "3.1",
        "lenka",
        progress(
            Today(0),
            "Domluvili jsme dva semináře pro samosprávy na příští čtvrtletí, v Toužimi a ve "
            "Skalné.",
        ),
        minutes=26 * 60,
        state=DraftState.SUBMITTED,
    ),
    Draft(
        "3.7",
        "hana",
        progress(Today(0), "Na kurz pro pokročilé se přihlásilo 14 lidí z devíti služeb."),
        minutes=5 * 60,
        state=DraftState.SUBMITTED,
    ),
    Draft(
        "2.1",
        "tomas",
        progress(
            Today(0), "Pro školy v kraji chystáme tři setkání o práci s nerovnostmi ve třídě."
        ),
        minutes=4 * 24 * 60,
        partner="Národní pedagogický institut",
    ),
)

QUESTIONS = (
    Question(
        "3.1",
        "Institut prevence a řešení předlužení",
        Round(-1, 3),
        "Jak dopadly společné webináře a kolik lidí je vidělo?",
        "Oba webináře proběhly, záznam si pustilo přes dvě stě lidí.",
    ),
    Question(
        "2.1",
        "Národní pedagogický institut",
        Today(-9),
        "Co pro školy v našem kraji chystáte na příští čtvrtletí?",
        "Pro školy v kraji chystáme tři setkání o práci s nerovnostmi ve třídě.",
    ),
    Question(
        "1.1",
        "Platforma pro sociální bydlení",
        Today(-4),
        "Můžete nám poslat dva příklady dobré praxe pro katalog služeb?",
    ),
    Question(
        "1.1",
        "Iniciativa za bydlení",
        Today(-60),
        "Chystáte v našem kraji letos ještě nějakou akci?",
    ),
)


def make(stage):
    """Write drafts, questions and one address the mail server refused."""
    for draft in DRAFTS:
        _draft(stage, draft)
    for question in QUESTIONS:
        _question(stage, question)
    person = stage.people["tomas"]
    RefusedMail.objects.create(
        address=person.email,
        person=person,
        reason="550 schránka je plná",
        refused_at=stage.calendar.moment(Today(-2), "mail"),
    )


def _draft(stage, told):
    saved_at = stage.now - timedelta(minutes=told.minutes)
    day = saved_at.date()
    values = stage.content(told.said)
    if told.partner:
        values |= {"source": ReportSource.PARTNER, "source_text": told.partner}
    if told.state == DraftState.RETURNED:
        values |= {"comment": told.comment, "returned_by": stage.head}
    if told.state != DraftState.WRITING:
        values["submitted_at"] = saved_at
    draft = ReportDraft.objects.create(
        measure=stage.measures[told.code],
        author=stage.people[told.author],
        state=told.state,
        cycle_start=stage.calendar.offered(day),
        as_of_date=day,
        opened_at=saved_at - timedelta(seconds=70),
        **values,
    )
    # Saving writes the moment of its own.
    ReportDraft.objects.filter(pk=draft.pk).update(saved_at=saved_at)


def _question(stage, told):
    asked_at = stage.calendar.moment(told.at, told.organisation)
    answered = {}
    if told.answer:
        answered_at = asked_at + timedelta(days=3, minutes=20)
        answered = {"answered_at": answered_at, "answer": {"note": told.answer}}
    PartnerRequest.objects.create(
        measure=stage.measures[told.code],
        organisation=stage.organisations[told.organisation],
        email=MAILBOX,
        question=told.question,
        asked_by=stage.owner(told.code, asked_at),
        asked_at=asked_at,
        sent_at=asked_at,
        expires_at=asked_at + timedelta(days=VALID_DAYS),
        digest=sha256(f"{told.code} {told.organisation}".encode()).hexdigest(),
        **answered,
    )
