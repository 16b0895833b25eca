"""Sentences of a briefing: the lead, how things are counted, how old the data are, a glossary."""

from common import czech
from measures.cycles import DUE_DAYS, TOLERANCE_DAYS
from measures.sentences import meaning, state_sentence
from measures.status import StatusKey, icon
from meetings.briefing.measures import rollup_of
from meetings.content import TermSaid, VintageSaid
from strategy.models import Precision

NOT_MONITORED = "Hlášení se zde nevedou."
_NOT_ENDED = "která nejsou splněna ani zrušena"
_CYCLES = {1: "kalendářní měsíc", 3: "kalendářní čtvrtletí", 6: "pololetí", 12: "rok"}


def lead(plan):
    """Return the one sentence on how the measures stand."""
    number = len(plan.measures)
    if not number:
        return "Strategie zatím nemá žádné opatření."
    if not plan.strategy.is_monitored:
        has = czech.count(number, "opatření", "opatření", "opatření")
        return czech.plain(f"Strategie má {has}. {NOT_MONITORED}")
    return czech.plain(state_sentence(rollup_of(plan.measures)))


def glossary():
    """Return the statuses, worst first, and when each holds."""
    return tuple(
        TermSaid(str(key.value), str(key.label), icon(key), czech.plain(meaning(key)))
        for key in StatusKey
    )


def methods(plan, counts, region):
    """Return how the numbers came about, for who is to trust them."""
    texts = list(_reporting(plan, counts)) if plan.strategy.is_monitored else [NOT_MONITORED]
    if region:
        bands = ", ".join(band.points for band in region.bands)
        texts.append(
            "Index sociálního vyloučení (0–30 bodů) vydává Agentura pro sociální začleňování. "
            f"Pásma: {bands}. Pásmo se určuje z celkové hodnoty, body za složky nejsou zveřejněny."
        )
    return tuple(texts)


def _reporting(plan, counts):
    yield (
        "Lidé hlásí, co se stalo; stav z toho odvozují pravidla. Nikdo nemůže opatření označit "
        "jako splněné nebo podle plánu ručně. Slova stavů jsou slova portálu, ve strategii nejsou."
    )
    months = plan.strategy.cycle_months
    cycle = _CYCLES.get(months) or czech.plain(czech.count(months, "měsíc", "měsíce", "měsíců"))
    yield (
        f"Cyklus hlášení: {cycle}. Hlášení se čeká do {DUE_DAYS} dnů po jeho konci, "
        f"tolerance je {TOLERANCE_DAYS} dnů."
    )
    if counts.expected:
        yield _coverage(counts)


def _coverage(counts):
    """„Vykázáno 26 ze 30“ explained by its own numbers."""
    n, said = counts.expected, counts.text[:1].upper() + counts.text[1:]
    which = czech.plural(n, "které není splněno ani zrušeno", *2 * [_NOT_ENDED])
    have = czech.plural(counts.reported, "má", "mají", "má")
    return (
        f"„{said}“ znamená: {czech.z_ze(n)} {n} opatření, {which}, {have} jiný stav než "
        f"neaktuální a bez hlášení {counts.reported}."
    )


def vintages(plan, region):
    """Return how old each kind of data is and where it comes from, what is known of it."""
    found = [_wording(plan.strategy)]
    if plan.strategy.is_monitored:
        found.append(_reports(plan))
    if region:
        found.append(VintageSaid("index a jeho složky", str(region.year), region.source))
    return tuple(one for one in found if one)


def _wording(strategy):
    day = strategy.adopted_on
    if day is None and not strategy.source:
        return None
    is_whole = strategy.adopted_precision == Precision.DAY
    when = "" if day is None else czech.date(day) if is_whole else czech.month_year(day)
    return VintageSaid("znění strategie", czech.plain(when), strategy.source.rstrip("."))


def _reports(plan):
    """The newest of the last reports."""
    day = max((one.report.as_of_date for one in plan.measures if one.report), default=None)
    if day is None:
        return None
    when = czech.plain(czech.date(day))
    return VintageSaid("poslední hlášení o opatřeních", when, "tento portál")
