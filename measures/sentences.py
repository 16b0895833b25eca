"""The sentence of the rule that matched: what a status rests on and what it means.

The rules stand in rules.md, section Status of a measure; here are only their words in Czech.
"""

from dataclasses import dataclass

from common import czech
from measures.models import Health
from measures.status import Cause, StatusKey


@dataclass(frozen=True)
class RuleSentence:
    """`fact` says what of this measure matched, `rule` what the status means for any measure."""

    fact: str
    rule: str


def rule_sentence(status, facts):
    """Return the RuleSentence of a Status that `status()` derived from these Facts."""
    say = _FACTS.get((status.key, status.cause)) or _FACTS[status.cause]
    rule = _RULES.get((status.key, status.cause)) or _RULES[status.key]
    return RuleSentence(czech.typography(say(status, facts)), czech.typography(rule))


def _reported(what):
    return lambda status, facts: (
        f"Podle hlášení ke dni {czech.date(facts.report.as_of_date)} {what}."
    )


def _suspended(status, facts):
    if status.day is None:
        return "Opatření je pozastaveno a den, kdy se znovu posoudí, není uveden."
    return f"Opatření je pozastaveno, znovu se posoudí {czech.date(status.day)}."


def _milestone_late(status, facts):
    title, day = status.milestone.title, czech.date(status.day)
    return f"Milník „{title}“ měl být hotov {day} a je otevřený."


def _expected_late(status, facts):
    milestone = status.milestone
    due, expected = czech.date(milestone.due_date), czech.date(milestone.expected_date)
    return f"Milník „{milestone.title}“ má termín {due}, ale očekává se až {expected}."


def _milestone_ahead(status, facts):
    day = czech.date(status.day)
    return f"Práce jdou bez potíží a milník „{status.milestone.title}“ má termín {day}."


def _undated(status, facts):
    """Say which of the conditions of rule 9 is missing."""
    if facts.report.health == Health.UNKNOWN:
        return "Na opatření se pracuje, ale poslední hlášení neuvádí, jak to jde."
    if facts.is_continuous:
        return (
            "Na opatření se pracuje, ale za posledních 12 měsíců nemá žádný výstup "
            "a žádný milník nemá před sebou."
        )
    return "Na opatření se pracuje, ale žádný milník ani plánovaný konec nemá před sebou."


_FACTS = {
    (StatusKey.CANCELLED, Cause.PHASE): _reported("je opatření zrušeno"),
    (StatusKey.SUSPENDED, Cause.PHASE): _suspended,
    (StatusKey.COMPLETED, Cause.PHASE): _reported("je opatření dokončeno"),
    (StatusKey.NOT_STARTED, Cause.PHASE): _reported("opatření ještě nezačalo"),
    Cause.MILESTONE_LATE: _milestone_late,
    Cause.REVIEW_LATE: lambda status, facts: (
        f"Pozastavené opatření se mělo znovu posoudit {czech.date(status.day)} "
        "a hlášení o tom chybí."
    ),
    Cause.START_LATE: lambda status, facts: (
        f"Opatření mělo začít {czech.date(status.day)} a žádné hlášení neříká, že začalo."
    ),
    Cause.END_LATE: lambda status, facts: (
        f"Opatření mělo skončit {czech.date(status.day)} a není dokončeno."
    ),
    Cause.NO_REPORT: lambda status, facts: "K opatření zatím nikdo nepodal hlášení.",
    Cause.START_AHEAD: lambda status, facts: f"Opatření má začít {czech.date(status.day)}.",
    Cause.OLD_REPORT: lambda status, facts: f"Poslední hlášení je ke dni {czech.date(status.day)}.",
    Cause.MINOR_TROUBLE: _reported("má opatření menší potíže"),
    Cause.SERIOUS_TROUBLE: _reported("má opatření vážné potíže"),
    Cause.EXPECTED_LATE: _expected_late,
    Cause.MILESTONE_AHEAD: _milestone_ahead,
    Cause.END_AHEAD: lambda status, facts: (
        f"Práce jdou bez potíží a opatření má skončit {czech.date(status.day)}."
    ),
    Cause.RECENT_OUTPUT: lambda status, facts: (
        f"Práce jdou bez potíží a poslední výstup je ze dne {czech.date(status.day)}."
    ),
    Cause.NOTHING_DATED: _undated,
    Cause.HEALTH_UNKNOWN: _undated,
    Cause.PHASE_UNKNOWN: lambda status, facts: (
        f"Hlášení ke dni {czech.date(facts.report.as_of_date)} neuvádí fázi opatření."
    ),
}

_RULES = {
    StatusKey.CANCELLED: (
        "Zrušeno je opatření, jehož zrušení ohlásilo poslední hlášení s důvodem nebo usnesením."
    ),
    StatusKey.SUSPENDED: (
        "Pozastaveno je opatření, které pozastavilo poslední hlášení; "
        "den jeho nového posouzení neuplynul nebo není znám."
    ),
    StatusKey.COMPLETED: (
        "Splněno je opatření, jehož dokončení ohlásilo poslední hlášení; "
        "žádný jeho milník přitom nesmí zůstat otevřený."
    ),
    (StatusKey.LATE, Cause.MILESTONE_LATE): (
        "Zpožděno je opatření, které má aspoň jeden milník po termínu."
    ),
    (StatusKey.LATE, Cause.REVIEW_LATE): (
        "Zpožděno je i pozastavené opatření, když uplyne den jeho nového posouzení."
    ),
    (StatusKey.LATE, Cause.START_LATE): (
        "Zpožděno je opatření, které do plánovaného začátku nezačalo."
    ),
    (StatusKey.LATE, Cause.END_LATE): (
        "Zpožděno je opatření, které po plánovaném konci není dokončeno; "
        "platí to i pro průběžnou činnost."
    ),
    StatusKey.UNREPORTED: (
        "Bez hlášení je opatření, o kterém nic nevíme; neznamená to, že nezačalo."
    ),
    (StatusKey.NOT_STARTED, Cause.START_AHEAD): (
        "Nezahájeno je opatření bez hlášení, jehož plánovaný začátek teprve přijde."
    ),
    (StatusKey.NOT_STARTED, Cause.PHASE): (
        "Nezahájeno je opatření, o kterém to říká poslední hlášení."
    ),
    StatusKey.STALE: (
        "Neaktuální je opatření, k němuž za poslední dva uzavřené cykly nepřišlo žádné hlášení. "
        "Mezi opatření, která jdou dobře, se nepočítá."
    ),
    StatusKey.AT_RISK: "Ohroženo je opatření, jehož poslední hlášení uvádí potíže.",
    (StatusKey.AT_RISK, Cause.EXPECTED_LATE): (
        "Ohroženo je opatření s milníkem, který se očekává až po termínu."
    ),
    StatusKey.ON_TRACK: (
        "Podle plánu je opatření, které jde bez potíží a má před sebou milník nebo plánovaný konec."
    ),
    StatusKey.CONTINUOUS: (
        "Plněno průběžně je opatření s průběžnou činností, které jde bez potíží a za posledních "
        "12 měsíců má výstup nebo má milník před sebou."
    ),
    StatusKey.UNDATED: (
        "Probíhá bez termínů je opatření, na kterém se pracuje, ale nic s termínem neslibuje; "
        "mezi opatření, která jdou dobře, se nepočítá."
    ),
    (StatusKey.UNDATED, Cause.HEALTH_UNKNOWN): (
        "Termín před sebou opatření má, ale bez údaje, jak to jde, se mezi ta, která jdou dobře, "
        "nepočítá."
    ),
    (StatusKey.UNDATED, Cause.PHASE_UNKNOWN): (
        "Bez fáze se stav určit nedá; opatření se počítá mezi ta, která probíhají bez termínů."
    ),
}

_MEANINGS = {
    StatusKey.LATE: (
        "Milník je po termínu, minul plánovaný začátek nebo konec, nebo uplynul den, kdy se mělo "
        "pozastavené opatření znovu posoudit."
    ),
    StatusKey.AT_RISK: "Poslední hlášení uvádí potíže, nebo se milník očekává až po termínu.",
    StatusKey.STALE: (
        "Za poslední dva uzavřené cykly nepřišlo žádné hlášení. Mezi opatření, která jdou dobře, "
        "se nepočítá."
    ),
    StatusKey.UNREPORTED: "Hlášení zatím nikdo nepodal; neznamená to, že opatření nezačalo.",
    StatusKey.UNDATED: (
        "Na opatření se pracuje, ale nic s termínem neslibuje, nebo hlášení neuvádí fázi či průběh."
    ),
    StatusKey.SUSPENDED: (
        "Pozastavilo je poslední hlášení; den nového posouzení neuplynul nebo není znám."
    ),
    StatusKey.NOT_STARTED: "Říká to poslední hlášení, nebo plánovaný začátek teprve přijde.",
    StatusKey.ON_TRACK: "Jde bez potíží a má před sebou milník nebo plánovaný konec.",
    StatusKey.CONTINUOUS: (
        "Průběžná činnost bez potíží, která má za posledních 12 měsíců výstup nebo má milník "
        "před sebou."
    ),
    StatusKey.COMPLETED: "Dokončení ohlásilo poslední hlášení a žádný milník nezůstal otevřený.",
    StatusKey.CANCELLED: "Zrušení ohlásilo poslední hlášení s důvodem nebo usnesením.",
}


def meaning(key):
    """Return when a status holds, all its reasons in one short text, for a glossary."""
    return czech.typography(_MEANINGS[key])


def state_sentence(counts):
    """Return how the measures a Rollup counts stand: „Z 31 opatření jsou 2 zpožděna, …“.

    Those nobody has reported on lately stand apart, never among the others. Empty without
    measures.
    """
    if not counts.total:
        return ""
    clauses = [clause for keys, say in _CLAUSES if (clause := say(_number(counts, keys)))]
    out_of = f"{czech.z_ze(counts.total)} {czech.integer(counts.total)} opatření"
    if clauses:
        (first, _), *rest = clauses
        heard = _joined([first, *(later for _, later in rest)])
        parts = [f"{out_of[0].upper()}{out_of[1:]} {heard}.", _unheard(counts)]
    else:
        parts = [f"K žádnému {out_of} nemáme aktuální hlášení:", _unheard(counts)]
        parts[1] = f"{parts[1][:1].lower()}{parts[1][1:]}"
    return czech.typography(" ".join(part for part in parts if part))


def _number(counts, keys):
    return sum(counts.number(key) for key in keys)


def _joined(parts):
    """Return parts as a list in a sentence: „a, b a c“."""
    *most, last = parts
    return f"{', '.join(most)} a {last}" if most else last


def _participle(one, few):
    """Return a clause of „jsou 2 zpožděna“, first in a sentence and later in it, or None."""

    def say(n):
        if not n:
            return None
        be, word = czech.plural(n, "je", "jsou", "je"), czech.plural(n, one, few, one)
        return f"{be} {n} {word}", f"{n} {be} {word}"

    return say


def _carried_out(n):
    rest = "plní podle plánu nebo průběžně"
    return (f"se {n} {rest}", f"{n} se {rest}") if n else None


def _undated_clause(n):
    verb = czech.plural(n, "probíhá", "probíhají", "probíhá")
    return (f"{verb} {n} bez termínů", f"{n} {verb} bez termínů") if n else None


def _unheard(counts):
    """Return the sentence of the measures without a fresh report, empty if there are none."""
    stale, unreported = counts.number(StatusKey.STALE), counts.number(StatusKey.UNREPORTED)
    parts = [f"u {stale} je poslední hlášení neaktuální"] if stale else []
    parts += [f"u {unreported} zatím žádné hlášení není"] if unreported else []
    text = _joined(parts) if parts else ""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


_CLAUSES = [
    ((StatusKey.LATE,), _participle("zpožděno", "zpožděna")),
    ((StatusKey.AT_RISK,), _participle("ohroženo", "ohrožena")),
    ((StatusKey.UNDATED,), _undated_clause),
    ((StatusKey.SUSPENDED,), _participle("pozastaveno", "pozastavena")),
    ((StatusKey.NOT_STARTED,), _participle("nezahájeno", "nezahájena")),
    ((StatusKey.ON_TRACK, StatusKey.CONTINUOUS), _carried_out),
    ((StatusKey.COMPLETED,), _participle("splněno", "splněna")),
    ((StatusKey.CANCELLED,), _participle("zrušeno", "zrušena")),
]
