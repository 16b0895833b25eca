"""Czech of numbers, days and rules told a second time: what pages must say, with plain spaces."""

from itertools import pairwise

KINDS = {
    "seminar": ("seminář", "semináře", "seminářů"),
    "stay": ("stáž", "stáže", "stáží"),
    "methodology": ("metodika", "metodiky", "metodik"),
    "campaign": ("kampaň", "kampaně", "kampaní"),
    "meeting": ("setkání", "setkání", "setkání"),
    "other": ("jiný výstup", "jiné výstupy", "jiných výstupů"),
}
KIND = {
    "seminar": "seminář",
    "stay": "stáž nebo pobyt",
    "methodology": "metodika",
    "campaign": "kampaň",
    "meeting": "setkání",
    "other": "jiný výstup",
}
PHASES = {
    "": "fáze neuvedena",
    "not_started": "nezahájeno",
    "preparing": "připravuje se",
    "running": "běží",
    "suspended": "pozastaveno",
    "completed": "dokončeno",
    "cancelled": "zrušeno",
}
HEALTH = {
    "": "neuvedeno",
    "on_track": "bez potíží",
    "minor": "menší potíže",
    "serious": "vážné potíže",
}
STATES = {"open": "otevřený", "done": "hotovo", "dropped": "zrušený"}
TERRITORIES = {
    "region": "celý kraj",
    "named": "vyjmenované obce",
    "undetermined": "území neurčeno",
}
REPORTS = {"progress": "Pokrok.", "no_change": "Beze změny.", "risk": "Riziko."}
PLANS = {
    "deliverable": "výstup s termínem",
    "continuous": "průběžná činnost",
    "unknown": "druh neurčen",
}


def cs(day):
    return f"{day.day}. {day.month}. {day.year}"


def counted(n, one, few, many):
    word = one if abs(n) == 1 else few if abs(n) in (2, 3, 4) else many
    return f"{whole(n)} {word}"


def whole(n):
    """A whole number below a million with its thousands apart."""
    return f"{n // 1000} {n % 1000:03}" if n >= 1000 else str(n)


def days(n):
    return counted(n, "den", "dny", "dní")


def moved(n):
    """„+31 dní“, „−14 dní“, „0 dní“."""
    return f"+{days(n)}" if n > 0 else f"−{days(-n)}" if n < 0 else days(0)


def out_of(k, n):
    """„4 z 5“, „4 ze 7“; told for numbers up to 12, more the story has not."""
    return f"{k} {'ze' if n in (2, 3, 4, 6, 7, 12) else 'z'} {n}"


def ago(n):
    return ("dnes", "včera")[n] if n < 2 else f"před {whole(n)} dny"


def quarter(first):
    return f"{(first.month + 2) // 3}. čtvrtletí {first.year}"


def slippage(series):
    """How often and by how much days moved; each of the series holds the days of one promise."""
    moves = [days_had for days_had in series if len(days_had) > 1]
    if not moves:
        return ""
    times, total = 0, 0
    for had in moves:
        for before, after in pairwise(had):
            times += 1
            total += (after - before).days
    words = "termín posunut" if len(moves) == 1 else "termíny posunuty"
    return f"{words} {times}×, celkem {moved(total)}"


def kinds(outputs):
    """„2 semináře, 1 stáž“ in the order of the kinds."""
    parts = []
    for kind, forms in KINDS.items():
        number = len([one for one in outputs if one.kind == kind])
        if number:
            parts.append(counted(number, *forms))
    return ", ".join(parts)


def late_by(answer):
    """The word of a status with the delay: „zpožděno o 34 dní“."""
    if answer.stav == "zpožděno":
        return f"{answer.word} o {days(answer.days)}"
    return answer.word


def fact(answer, report):
    """The sentence of the rule: what of this measure matched."""
    what, *rest = answer.about
    as_of = cs(report.as_of) if report else ""
    about = rest[0] if rest else None
    if what == "milestone":
        return f"Milník „{rest[0]}“ měl být hotov {cs(rest[1])} a je otevřený."
    if what == "review":
        day = cs(rest[1])
        return f"Pozastavené opatření se mělo znovu posoudit {day} a hlášení o tom chybí."
    if what == "start":
        return f"Opatření mělo začít {cs(rest[1])} a žádné hlášení neříká, že začalo."
    if what == "end":
        return f"Opatření mělo skončit {cs(rest[1])} a není dokončeno."
    if what == "expected":
        due, expected = cs(about.due), cs(about.expected)
        return f"Milník „{about.title}“ má termín {due}, ale očekává se až {expected}."
    if what == "ahead":
        return f"Práce jdou bez potíží a milník „{about.title}“ má termín {cs(about.due)}."
    if what == "suspended":
        if about is None:
            return "Opatření je pozastaveno a den, kdy se znovu posoudí, není uveden."
        return f"Opatření je pozastaveno, znovu se posoudí {cs(about)}."
    return {
        "reported": f"Podle hlášení ke dni {as_of} {about}.",
        "nothing": "K opatření zatím nikdo nepodal hlášení.",
        "phase unknown": f"Hlášení ke dni {as_of} neuvádí fázi opatření.",
        "health unknown": "Na opatření se pracuje, ale poslední hlášení neuvádí, jak to jde.",
        "undated": _undated(about),
        **({what: _dated(what, cs(about))} if what in DATED else {}),
    }[what]


DATED = {
    "start ahead": "Opatření má začít {}.",
    "old": "Poslední hlášení je ke dni {}.",
    "end ahead": "Práce jdou bez potíží a opatření má skončit {}.",
    "output": "Práce jdou bez potíží a poslední výstup je ze dne {}.",
}


def _dated(what, day):
    return DATED[what].format(day)


def _undated(is_continuous):
    if is_continuous:
        return (
            "Na opatření se pracuje, ale za posledních 12 měsíců nemá žádný výstup "
            "a žádný milník nemá před sebou."
        )
    return "Na opatření se pracuje, ale žádný milník ani plánovaný konec nemá před sebou."
