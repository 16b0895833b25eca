"""The sentences of a municipality's sheet: those of its page, without the marks of HTML."""

from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from common import czech
from measures.models import Measure
from municipalities.models import Component
from portal.outline import numbered
from projects.coverage import Cover, Need

SAMPLE = (
    "Ukázková data: stavy, termíny a\u00a0hlášení jsou smyšlené. "
    "Texty strategie a\u00a0index jsou skutečné."
)
WITHHELD = {"masked": "méně než 5", "borrowed": "převzato", "unknown": "neznámé"}
"""What stands in place of a share."""

SIMILAR = (
    "Podle abecedy. Nejbližší v kraji podle počtu obyvatel a podílů složek, které jsou zveřejněné "
    "u obou obcí; v čem se liší, říká stránka obce."
)

USE = (
    "k rozhodnutí, kterou oblast v obci řešit dřív",
    "ke zdůvodnění žádosti o dotaci nebo službu",
    "ke srovnání s podobnými obcemi ve stejném roce",
)
NOT_USE = (
    "k popisu jednotlivých lidí nebo domácností",
    "k žebříčku obcí: rozdíl jednoho bodu nic neznamená",
    "k závěru, že opatření zabralo: index zachycuje víc vlivů",
)


def population(municipality):
    """„31 920 obyvatel (31. 12. 2020)“."""
    number = municipality.population
    if number is None:
        return "počet obyvatel neznámý"
    people = czech.count(number, "obyvatel", "obyvatelé", "obyvatel")
    return f"{people} ({czech.date(municipality.population_date)})"


def answer(found):
    """The first sentence of a Profile: its value and band, or that the value is not known."""
    if found.value is None:
        which = f": vydání {found.edition.year} ji pro tuto obec nemá" if found.edition else ""
        return czech.typography(f"Hodnota indexu není známa{which}. Neznámá hodnota není nula.")
    band = f", pásmo {found.band.word} ({found.band.threshold})" if found.band else ""
    return czech.typography(
        f"Index sociálního vyloučení {found.edition.year} je {found.value} z 30{band}."
    )


def rest(found):
    """What changed, how the value compares and what stands out."""
    if found.value is None:
        return ""
    change = found.change.sentence if found.change else ""
    return " ".join(filter(None, [_plain(change), found.comparison, _plain(found.drivers)]))


def small(found):
    """What a reader must know of a small municipality; empty for a larger one."""
    if not found.is_small or found.value is None:
        return ""
    one = found.municipality
    people = czech.count(one.population, "obyvatele", "obyvatele", "obyvatel")
    return czech.typography(
        f"V malé obci index výrazně změní i několik případů. {one.name} má {people}; "
        "čtěte spíš víceletý vývoj než jedno číslo."
    )


def ruler_head(found):
    """„Kde obec stojí: nad mediánem ORP i kraje“."""
    if found.value is None:
        return ""
    return ": ".join(filter(None, ["Kde obec stojí", found.position]))


def ruler_note(found):
    if found.value is None:
        return ""
    dots = f"; tečky: ostatní obce ORP {found.municipality.orp.name}" if found.others else ""
    return czech.typography(
        f"Index {found.edition.year}, stupnice 0–30 bodů{dots}. Medián: aspoň polovina obcí má "
        "hodnotu stejnou nebo nižší a aspoň polovina stejnou nebo vyšší."
    )


def components_note(found):
    if not found.lines:
        return ""
    return czech.typography(
        f"Rok {found.edition.year}. Skrýváme počty větší než 0 a menší než 5 i podíly z nich. "
        "Body za složky se nezveřejňují, index proto z podílů dopočítat nelze."
    )


def development(found):
    """Sentences of the editions and of where the index goes, in their order."""
    known = [one for one in found.history if one.value is not None]
    values = ", ".join(f"{one.year}: {one.value}" for one in known)
    told = [
        f"Index podle vydání – {values}." if len(known) > 1 else "",
        found.trend if found.history else "",
        found.change.proviso if found.change else "",
    ]
    return [czech.typography(one) for one in told if one]


# Other municipalities, by the alphabet and never ranked


def surroundings(found):
    """Groups of municipalities with their values: neighbours, the ORP, similar ones."""
    name = found.municipality.orp.name
    near = "mají společnou hranici" if found.near.by_boundary else "přibližně podle mapy obcí"
    groups = [
        ("Sousední obce", _places(found, found.neighbours), f"Podle abecedy; {near}."),
        (f"Obce ORP {name}", _places(found, found.orp.banded), orp_note(found)),
        ("Podobné obce", _places(found, _similar(found)), SIMILAR),
    ]
    return [
        {"heading": heading, "places": places, "note": czech.typography(note)}
        for heading, places, note in groups
        if places
    ]


def _similar(found):
    return [(one.row, one.band) for one in found.similar]


def _places(found, pairs):
    own = found.municipality.code
    return [
        {
            "name": row.name,
            "value": row.index_value if row.is_counted else None,
            "shade": band.shade if band and row.is_counted else None,
            "is_own": row.code == own,
        }
        for row, band in pairs
    ]


def orp_note(found):
    return f"Podle abecedy. Medián ORP {found.orp.median_text}, kraje {found.region.median_text}."


def contacts(departments):
    """„Odbor sociálních věcí, vedoucí odboru, odbor@kraj.cz“: an office, never a person."""
    found = (", ".join(filter(None, [one.name, one.contact_role])) for one in departments)
    return [
        f"{czech.typography(Truncator(office).chars(120))}, {one.mailbox}"
        for office, one in zip(found, departments, strict=True)
    ]


def outputs_sum(outputs):
    """„Za posledních 12 měsíců 2 semináře, celkem 7 výstupů.“; empty where there is none."""
    if not outputs:
        return ""
    return czech.typography(
        f"Za posledních 12 měsíců {outputs.recent or 'nic'}, celkem {outputs.total}."
    )


def sources(found, on):
    """Rows of what, of which day, from where."""
    rows = []
    if found.edition:
        rows.append(["Index a složky", str(found.edition.year), found.edition.source])
    if found.municipality.population is not None:
        day = czech.date(found.municipality.population_date)
        rows.append(["Počet obyvatel", day, "Český statistický úřad"])
    rows.append(["Opatření a výstupy", czech.date(on), "hlášení a plány v tomto portálu"])
    rows.append(["Projekty", "u každého", "dokumenty uvedené na stránce projektu"])
    return [[czech.typography(cell) for cell in row] for row in rows]


# Need against what is done


def need(one):
    """A NeedHere as a row: a priority, how high the need is, what is done about it."""
    component = Component(one.priority.index_component)
    return {
        "priority": czech.typography(numbered(one.priority)),
        "component": component.label,
        "need": one.cell.need.label,
        "figures": _figures(one.column.threshold, one.cell),
        "done": _done(one.cell),
        "is_gap": one.is_gap,
    }


def _figures(threshold, cell):
    """„14,66 %, v Česku 6,77 %, vysoká od 9,46 %“; why it is not known otherwise."""
    if cell.need == Need.UNKNOWN:
        return "údaj je skrytý, převzatý nebo chybí"
    own, nation, high = (
        f"{czech.decimal(share, 2)}{czech.NBSP}%"
        for share in (cell.share, threshold.share, threshold.high)
    )
    return czech.typography(f"{own}, v Česku {nation}, vysoká od {high}")


def _done(cell):
    if cell.cover != Cover.HERE:
        return cell.cover.label
    measures = sum(isinstance(one, Measure) for one in cell.works)
    projects = len(cell.works) - measures
    counts = [
        czech.count(measures, "opatření", "opatření", "opatření") if measures else "",
        czech.count(projects, "projekt", "projekty", "projektů") if projects else "",
    ]
    return f"{cell.cover.label}: {', '.join(filter(None, counts))}"


def _plain(text):
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text
