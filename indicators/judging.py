"""The judgement of an indicator in words, and how it was worked out: A, E, P and their parts."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from common import czech
from common.units import amount
from indicators import wording
from indicators.models import Accumulation, Direction
from indicators.progress import Judgement

STYLES = {
    Judgement.UNKNOWN: ("is-off is-gap", "none"),
    Judgement.KEPT: ("is-ok", "ok"),
    Judgement.NOT_KEPT: ("is-late", "late"),
    Judgement.MET: ("is-done", "done"),
    Judgement.NOT_MET: ("is-late", "late"),
    Judgement.MISSING: ("is-off is-gap", "stale"),
    Judgement.WORSE: ("is-late", "late"),
    Judgement.TOO_EARLY: ("is-ns", "ns"),
    Judgement.ON_TRACK: ("is-ok", "ok"),
    Judgement.BEHIND: ("is-risk", "risk"),
    Judgement.FAR_BEHIND: ("is-late", "late"),
}
_SENTENCES = {
    Judgement.KEPT: "Hodnota je tam, kde má zůstat.",
    Judgement.NOT_KEPT: "Hodnota není tam, kde má zůstat.",
    Judgement.MET: "Cíle bylo dosaženo: A je 1 nebo víc.",
    Judgement.NOT_MET: "Hodnota je ze dne cíle nebo pozdější a cíle nedosáhla: A je menší než 1.",
    Judgement.MISSING: "Den cíle minul a hodnotu k němu neznáme.",
    Judgement.WORSE: "Hodnota se od cíle vzdaluje: A je menší než 0.",
    Judgement.TOO_EARLY: "Od výchozího dne uplynulo málo: E je menší než 0,10.",
    Judgement.ON_TRACK: "Hodnota se k cíli blíží dost rychle: P je 0,95 nebo víc.",
    Judgement.BEHIND: "Hodnota se k cíli blíží pomaleji: P je od 0,60 do 0,95.",
    Judgement.FAR_BEHIND: "Hodnota se k cíli blíží příliš pomalu: P je menší než 0,60.",
}
_MISSING = "Chybí {}, proto pokrok hodnotit nejde."
_PLACES = 2


@dataclass(frozen=True)
class Judged:
    """A judgement as components/status.html shows it, with the sentence of the rule that matched
    and the steps of the arithmetic."""

    css: str
    icon: str
    word: str
    sentence: str
    steps: tuple = ()
    left_out: tuple = ()
    extra: str = ""


def judged(indicator, progress):
    """Return the Judged of a Progress."""
    css, icon = STYLES[progress.judgement]
    return Judged(
        css=css,
        icon=icon,
        word=str(progress.judgement.label),
        sentence=czech.typography(_sentence(progress)),
        steps=tuple(map(czech.typography, _steps(indicator, progress))),
        left_out=tuple(_left_out(indicator, progress)),
    )


def movement(indicator, series):
    """Return which way the newest two sure values go, „roste“, and what that means where the way
    is set: (word, meaning), both empty where there is nothing to compare."""
    sure = [row for row in series if not row.is_uncertain and row.period_end is not None]
    if len(sure) < 2 or sure[-1].period_end == sure[-2].period_end:
        return "", ""
    older, newer = sure[-2].amount, sure[-1].amount
    if older == newer:
        return "nemění se", ""
    is_up = newer > older
    wanted = {Direction.UP: True, Direction.DOWN: False}.get(indicator.direction)
    meaning = "" if wanted is None else ("zlepšuje se" if is_up is wanted else "zhoršuje se")
    return ("roste" if is_up else "klesá"), meaning


def number_text(number):
    """Return a fraction as a decimal number with two places: „0,40“."""
    return czech.decimal(_decimal(number), _PLACES)


def _sentence(progress):
    if progress.judgement != Judgement.UNKNOWN:
        return _SENTENCES[progress.judgement]
    task = progress.task
    parts = [
        ("výchozí hodnota", task.base),
        ("cíl", task.goal),
        ("hodnota, ze které by šlo počítat", progress.total.amount),
    ]
    missing = [name for name, known in parts if known is None]
    *most, last = missing
    return _MISSING.format(f"{', '.join(most)} a {last}" if most else last)


def _steps(indicator, progress):
    task, total = progress.task, progress.total
    if task.base is not None:
        yield f"Výchozí hodnota: {wording.base_text(indicator)}."
    if task.goal is not None:
        day, value = task.goal
        yield f"Cíl: {_amount(indicator, value)} do {czech.date(day)}."
    if total.amount is not None:
        value = _value(indicator, task, total)
        yield f"Hodnota: {value}, vztahuje se ke dni {czech.date(total.day)}."
    if progress.covered is not None:
        yield from _arithmetic(progress)
    elif progress.judgement != Judgement.UNKNOWN:
        yield _kept(indicator, task)


def _arithmetic(progress):
    task, total = progress.task, progress.total
    base, target = task.base, task.goal[1]
    now = _plain(total.amount)
    yield (
        f"A = ({now} − {_plain(base)}) ÷ ({_plain(target)} − {_plain(base)}) "
        f"= {number_text(progress.covered)}: tolik z cesty k cíli je za námi."
    )
    elapsed = number_text(progress.elapsed)
    yield f"E = {_elapsed(progress)} = {elapsed}: tolik z cesty už za námi mělo být."
    if progress.pace is None:
        yield "P = A ÷ E se nepočítá, E je 0."
    else:
        pace = number_text(progress.pace)
        yield f"P = A ÷ E = {pace}: 1 znamená přesně tak rychle, jak je potřeba."


def _elapsed(progress):
    task, day = progress.task, progress.total.day
    due = task.goal[0]
    if day >= due:
        return "den cíle minul"
    if progress.is_stepped:
        asked = [pair for pair in task.interim if pair[0] <= day]
        if not asked:
            return "žádný průběžný cíl ještě nenastal"
        return f"průběžný cíl k {czech.date(asked[-1][0])}"
    gone, whole = max((day - task.base_date).days, 0), (due - task.base_date).days
    days = czech.count(whole, "dne", "dní", "dní")
    return f"{czech.integer(gone)} {czech.z_ze(whole)} {days} mezi výchozím dnem a dnem cíle"


def _kept(indicator, task):
    tolerance = Fraction(task.tolerance or 0)
    low, high = sorted((Fraction(task.base), Fraction(task.goal[1])))
    low, high = _amount(indicator, low - tolerance), _amount(indicator, high + tolerance)
    if task.direction == Direction.UP:
        return f"Udržuje se, když je nejméně {low}."
    if task.direction == Direction.DOWN:
        return f"Udržuje se, když je nejvýš {high}."
    return f"Udržuje se, když je od {low} do {high}."


def _value(indicator, task, total):
    if task.accumulation != Accumulation.SUM:
        [row] = total.used
        ratio = wording.ratio_text(row)
        tail = f", {ratio}" if ratio else ""
        return f"{wording.value_text(row, indicator)} ({wording.period_text(row)}{tail})"
    shown = _amount(indicator, total.amount)
    parts = [
        f"{wording.value_text(row, indicator)} ({wording.period_text(row)})" for row in total.used
    ]
    if total.used[0].value is None:
        numerators = " + ".join(_plain(row.numerator) for row in total.used)
        denominators = " + ".join(_plain(row.denominator) for row in total.used)
        return f"{shown} = ({numerators}) ÷ ({denominators}), děleno jednou"
    return f"{shown} = výchozí {_plain(task.base or 0)} + {' + '.join(parts)}"


def _left_out(indicator, progress):
    for row, reason in progress.total.left_out:
        value, period = wording.value_text(row, indicator), wording.period_text(row)
        yield czech.typography(f"{value} ({period}): {reason.label}.")


def _amount(indicator, number):
    return amount(_decimal(number), indicator.unit, indicator.decimals)


def _plain(number):
    """Return a number as it is, with up to four places."""
    whole = round(Fraction(number) * 10_000)
    text = czech.decimal(Decimal(whole) / 10_000, 4)
    return text.rstrip("0").rstrip(",") if "," in text else text


def _decimal(number):
    number = Fraction(number)
    return Decimal(number.numerator) / Decimal(number.denominator)
