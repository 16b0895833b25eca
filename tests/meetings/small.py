"""The smallest briefing that holds each kind of text, worded by hand."""

from datetime import UTC, date, datetime

from meetings.content import (
    Briefing,
    DecisionSaid,
    LateSaid,
    MeetingSaid,
    ResolutionSaid,
    RollupSaid,
    StrategySaid,
    Words,
)

WHY = "Chybí peníze #1 <b> $x$ @jan \\ *"
FACT = "Milník „Smlouva“ měl být hotov 1. 10. 2026 a je otevřený."
KNOWN = datetime(2026, 11, 14, 8, 30, tzinfo=UTC)


def small(**values):
    """Return a Briefing with one late measure, one decision and one resolution."""
    return Briefing(
        **{
            "schema": "zasedani/1",
            "strategy": StrategySaid(
                "kk", "Strategie", "KK", "Karlovarský kraj", "Karlovarského kraje", True, "/s/"
            ),
            "meeting": MeetingSaid("Rada", "rada", date(2026, 11, 26), "/zasedani/x/"),
            "previous": None,
            "since": None,
            "on": date(2026, 11, 14),
            "known": KNOWN,
            "is_demo": False,
            "lead": "Jedno opatření je zpožděno.",
            "decisions": (_decision(),),
            "rollup": RollupSaid((), 0, 0, ""),
            "change_summary": "",
            "changes": (),
            "resolutions": (_resolution(),),
            "late": (_late(),),
            "priorities": (),
            "apart": (),
            "region": None,
            "glossary": (),
            "methods": (),
            "stale": (),
            "vintages": (),
        }
        | values
    )


def _decision():
    return DecisionSaid(
        number=1,
        report=7,
        code="1.2",
        short_name="Krizový fond",
        url="/strategie/kk/opatreni/1.2/",
        text=Words("Kdo to zaplatí?"),
        why=Words(WHY),
        who=Words("kraj"),
        by=None,
        asked_on=date(2026, 10, 1),
    )


def _resolution():
    return ResolutionSaid(
        number="RK 1/11/26",
        body="Rada",
        day=date(2026, 10, 5),
        text=Words("Rada bere na vědomí."),
        codes=("1.2",),
        url="",
    )


def _late():
    return LateSaid(
        code="1.2",
        short_name="Krizový fond",
        url="/strategie/kk/opatreni/1.2/",
        days=44,
        due=date(2026, 10, 1),
        fact=Words(FACT),
        why=Words(WHY),
        next_step=Words("Jednat."),
        who=Words("kraj"),
        until=None,
    )
