"""Czech sentences made of the index: what it says of a territory and of one municipality."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join

from common import czech
from municipalities.index import points_text
from municipalities.shares import percent
from municipalities.trend import EDITIONS

STANDS_OUT = Decimal("1.25")
"""A component is named from this multiple of the national share; source: rules.md of the design,
repeated in the methodology."""

MOST_NAMED = 2
"""At most so many components are named: the largest ones."""


@dataclass(frozen=True)
class Finding:
    """What the index says of a territory: the part to stand out and the rest of the text."""

    headline: str
    rest: str = ""

    def __str__(self):
        return f"{self.headline}{self.rest}"


# A territory


def finding(overview):
    """Return the Finding: how many municipalities are in the highest band and the one below it,
    which ORP has the most of the highest, how many are unknown."""
    if not overview.known or not overview.bands:
        return Finding("Hodnoty indexu zatím nejsou načteny.")
    *_, highest = overview.bands
    number = overview.counts[-1]
    rest = [_second(overview), _leading_orp(overview, number), _unknown(overview)]
    return Finding(
        czech.typography(_headline(highest, number, overview.known)),
        czech.typography("".join(rest)),
    )


def share_finding(shares):
    """Return the Finding of a component: how many municipalities have a high share and one above
    the nation, in how many it is withheld. Never which, and never of a withheld one."""
    scale = shares.scale
    if not shares.known:
        return Finding(czech.typography(f"Podíl {scale.genitive} není znám u žádné obce."))
    if scale.nation is None:
        known = f"Podíl {scale.genitive} je znám u {_places(shares.known)}."
        return Finding(czech.typography(known), " Podíl v\u00a0Česku pro toto vydání neznáme.")
    return Finding(
        czech.typography(_share_headline(shares)),
        czech.typography(_share_rest(shares)),
    )


def _share_headline(shares):
    """„34 obcí ze 121, kde je podíl osob v exekuci zveřejněn, ho má vysoký (od 9,46 %)“."""
    *_, top = shares.scale.classes
    number = shares.tallies[0].number
    what = f"{'vysoký' if top.slug == 'vysoky' else 'nad průměrem Česka'} ({top.range})"
    known = f"{czech.z_ze(shares.known)} {czech.integer(shares.known)}"
    where = f"u kterých podíl {shares.scale.genitive} známe"
    if number == 0:
        return f"Žádná obec {known}, {where}, ho nemá {what}"
    return f"{_municipalities(number)} {known}, {where}, ho {_have(number)} {what}"


def _share_rest(shares):
    rest = "."
    if len(shares.tallies) == 3 and shares.tallies[1].number:
        second = shares.tallies[1]
        more = czech.plural(second.number, "další", "další", "dalších")
        rest = f", {more} {second.number} nad průměrem Česka ({percent(shares.scale.nation, 2)})."
    hidden = shares.masked + shares.borrowed + shares.unknown
    return f"{rest} U {_places(hidden)} číslo není." if hidden else rest


def _places(number):
    """„1 obce“, „5 obcí“, after „u“."""
    return czech.count(number, "obce", "obcí", "obcí")


def medians_sentence(orp_median, region_median):
    """„Medián ORP je 5,5 bodu, kraje 3 body.“; „“ where one of them is unknown."""
    if orp_median is None or region_median is None:
        return ""
    return czech.typography(f"Medián ORP je {_points(orp_median)}, kraje {_points(region_median)}.")


def spread_sentence(overview):
    """Say from where to where the values go: „Od 0 do 21, aspoň polovina obcí má nejvýš 5 bodů“.

    At least half of the values are not above the median, so neither above its whole part.
    """
    if not overview.known:
        return "Hodnoty nejsou známy"
    low, high = min(overview.values), max(overview.values)
    if overview.known == 1:
        return czech.typography(f"Jediná známá hodnota je {_points(low)}")
    if low == high:
        return czech.typography(f"Všechny známé hodnoty jsou {_points(low)}")
    middle = _points(int(overview.median))
    return czech.typography(f"Od {low} do {high}, aspoň polovina obcí má nejvýš {middle}")


def change_sentence(years):
    """Compare the highest band of the newest year with the one before, both from Years.

    „V pásmu „vysoký“ bylo v roce 2020 podle zveřejněných součtů 18 obcí, v roce 2023 jich je 26.“
    Only counts: what changed them cannot be told from totals. „“ where one of them is unknown.
    """
    if len(years.all) < 2 or not years.all[0].bands:
        return ""
    now, then = years.all[:2]
    band = now.bands[-1]
    number, before = now.numbers.get(band.lower), then.numbers.get(band.lower)
    if number is None or before is None:
        return ""
    were = czech.plural(before, "byla", "byly", "bylo")
    are = czech.plural(number, "je", "jsou", "je")
    how = "" if then.is_counted else " podle zveřejněných součtů"
    return czech.typography(
        f"V pásmu „{band.word}“ {were} v roce {then.year}{how} {_municipalities(before)}, "
        f"v roce {now.year} jich {are} {number}{_of_how_many(then, now)}."
    )


def _of_how_many(then, now):
    """Where the totals differ, the two counts are not of the same municipalities: say so."""
    if then.total == now.total or not (then.is_whole and now.is_whole):
        return ""
    return f" (známe hodnoty {then.total} a {now.total} obcí)"


def median_change_sentence(years, of):
    """„Medián kraje je 4 body, v roce 2022 to byly 3 body.“ from the newest two counted years."""
    if len(years.counted) < 2:
        return ""
    now, then = years.counted[:2]
    if now.median == then.median:
        return czech.typography(f"Medián {of} je {_points(now.median)} jako v roce {then.year}.")
    were = czech.plural(then.median, "byl", "byly", "bylo", "bylo")
    before = f"v roce {then.year} to {were} {_points(then.median)}"
    return czech.typography(f"Medián {of} je {_points(now.median)}, {before}.")


def nation_sentence(year, bands):
    """Say what was published for the nation in a year, band by band, with the note that belongs
    to it: „Za celé Česko bylo v roce 2020 zveřejněno: vysoký 208, zvýšený 271 …“."""
    counts = ", ".join(
        f"{band.word} {czech.integer(year.numbers[band.lower])}"
        for band in reversed(bands)
        if band.lower in year.numbers
    )
    published = f"Za celé Česko byly v roce {year.year} zveřejněny počty obcí: {counts}."
    return czech.typography(" ".join(filter(None, [published, year.note])))


def _headline(band, number, total):
    """„26 obcí ze 133 má vysokou hodnotu indexu (12 a více bodů)“."""
    of_all = f"{czech.z_ze(total)} {czech.integer(total)}"
    if band.adjective is None:
        are = czech.plural(number, "je", "jsou", "je")
        what = f"v pásmu „{band.name}“ ({band.threshold})"
        return f"{_municipalities(number)} {of_all} {are} {what}"
    what = f"{band.adjective} hodnotu indexu ({band.threshold})"
    if number == 0:
        return f"Žádná obec {of_all} nemá {what}"
    return f"{_municipalities(number)} {of_all} {_have(number)} {what}"


def _second(overview):
    """„, dalších 9 zvýšenou (8–11 bodů).“, or the end of the sentence where there is nothing."""
    if len(overview.bands) < 2 or not overview.counts[-2]:
        return "."
    band, number = overview.bands[-2], overview.counts[-2]
    if band.adjective is None or overview.bands[-1].adjective is None:
        return f", {_municipalities(number)} v pásmu „{band.name}“ ({band.threshold})."
    if not overview.counts[-1]:
        what = f"{band.adjective} ({band.threshold})"
        return f", {_municipalities(number)} {_have(number)} {what}."
    more = czech.plural(number, "další", "další", "dalších")
    return f", {more} {number} {band.adjective} ({band.threshold})."


def _leading_orp(overview, number):
    """„ Z 26 obcí s vysokou hodnotou jich nejvíc, 11, leží v ORP Sokolov, které má 30 obcí.“

    Nothing where several ORP share the most, or one municipality would be all of it.
    """
    ranked = sorted(overview.orps, key=lambda row: row.counts[-1][1], reverse=True)
    if len(ranked) < 2:
        return ""
    first, second = (row.counts[-1][1] for row in ranked[:2])
    adjective = overview.bands[-1].adjective
    if first < 2 or first == second or adjective is None:
        return ""
    word = czech.plural(number, "obce", "obcí", "obcí")
    those = f"{czech.z_ze(number).capitalize()} {number} {word} s {adjective} hodnotou"
    orp = f"ORP {ranked[0].orp.name}, které má {_municipalities(ranked[0].number)}"
    return f" {those} jich nejvíc, {first}, leží v {orp}."


def _unknown(overview):
    if not overview.unknown:
        return ""
    word = czech.plural(overview.unknown, "obce", "obcí", "obcí")
    return f" U {overview.unknown} {word} hodnota není známa."


def _municipalities(number):
    return czech.count(number, "obec", "obce", "obcí")


def _have(number):
    return czech.plural(number, "má", "mají", "má")


def _points(value):
    return czech.count(value, "bod", "body", "bodů", "bodu")


# One municipality


def comparison(value, orp_name, orp_median, region_median):
    """„Je vyšší než medián ORP Kraslice (5) i kraje (3).“

    A median that is None is left out: unknown, or of an ORP with no other municipality.
    """
    marks = [(f"ORP {orp_name}", orp_median), ("kraje", region_median)]
    known = [
        (_relation(value, mark), f"{of} ({points_text(mark)})")
        for of, mark in marks
        if mark is not None
    ]
    if not known:
        return ""
    if len({relation for relation, _ in known}) == 1:
        text = f"Je {known[0][0]} medián {' i '.join(of for _, of in known)}."
    else:
        text = "Je " + " a ".join(f"{relation} medián {of}" for relation, of in known) + "."
    return czech.typography(text)


def position(value, orp_median, region_median):
    """The same in a headline: „nad mediánem ORP i kraje“, „na mediánu ORP, pod mediánem kraje“."""
    marks = [("ORP", orp_median), ("kraje", region_median)]
    known = [(_place(value, mark), of) for of, mark in marks if mark is not None]
    if len(known) == 2 and known[0][0] == known[1][0]:
        return f"{known[0][0]} ORP i{czech.NBSP}kraje"
    return ", ".join(f"{place} {of}" for place, of in known)


def _relation(value, mark):
    if value == mark:
        return "stejný jako"
    return "vyšší než" if value > mark else "nižší než"


def _place(value, mark):
    if value == mark:
        return "na mediánu"
    return "nad mediánem" if value > mark else "pod mediánem"


def drivers(lines):
    """Return the components that stand out against the nation, the most outstanding first.

    `lines` are ComponentLine; a masked, borrowed or unknown one has no multiple and is never
    named.
    """
    out = [line for line in lines if line.times is not None and line.times >= STANDS_OUT]
    return sorted(out, key=lambda line: line.times, reverse=True)[:MOST_NAMED]


def drivers_sentence(lines):
    """Say which components stand out: „Proti celému Česku vyčnívají <b>osoby v exekuci</b>
    (14,7 %, v Česku 6,8 %).“ They are named as what is high, never as what made the index."""
    comparable = [line for line in lines if line.times is not None]
    if not comparable:
        return "Žádnou složku nelze s\u00a0celým Českem srovnat."
    named = [
        (line.name[:1].lower() + line.name[1:], line.share, line.nation)
        for line in drivers(comparable)
    ]
    if not named:
        which = "složka" if len(comparable) == len(lines) else "zveřejněná složka"
        return f"Žádná {which} nepřevyšuje podíl v\u00a0Česku aspoň o\u00a0čtvrtinu."
    parts = ((czech.typography(name), share, nation) for name, share, nation in named)
    return format_html(
        "Proti celému Česku vyčnívají {}.",
        format_html_join(" a\u00a0", "<b>{}</b> ({}, v\u00a0Česku {})", parts),
    )


def trend_sentence(years):
    """Say why no trend can be told from the editions of these years; „“ where one could."""
    years = sorted(years)
    if not years or len(years) >= EDITIONS:
        return ""
    if len(years) == 1:
        return f"Vývoj nelze určit: načteno je jen vydání {years[0]}."
    loaded = f"načtena jsou jen vydání {', '.join(map(str, years))}"
    return f"Vývoj nelze určit: {loaded}, potřeba jsou aspoň {EDITIONS}."
