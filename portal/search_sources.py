"""What the search looks through. A source takes a Query and gives Entries; to add one, write a
function and name it in SOURCES, whose order decides between equal matches."""

from collections import Counter
from functools import partial

from django.db.models import Case, Count, Min, Q, When
from django.urls import reverse
from django.utils import timezone

from common import czech
from indicators.models import Indicator
from measures.models import Measure
from meetings.models import Meeting, Resolution
from meetings.resolved import address_of
from municipalities.models import Municipality, Orp
from municipalities.models.territory import MunicipalityKind
from portal.glossary import TERMS
from portal.methodology import METHODS
from portal.search import Entry, forms, one_letter_off, words_of
from projects.calls import rows as call_rows
from projects.models import Call, Project
from strategy.models import Goal, Organisation, Priority, Strategy

# Their order in a strategy between equal matches.
STRATEGY, MEASURE, GOAL, PRIORITY = range(4)

MOST_PROJECTS = 200
"""More of them are never compared; the page shows fewer."""

_AROUND = ("orp", "district", "region")
_PLACE_LABELS = frozenset(["obec", "mesto", "mestys"])


def municipalities(query):
    """Municipalities, chosen in the database so that a whole nation of them stays quick."""
    chosen = Q(code__in=query.words)
    for word in query.significant:
        chosen |= _may_answer(word)
    yield from _places(Municipality.objects.filter(chosen).select_related(*_AROUND))


def misspelled(query):
    """Municipalities whose name is one letter off, of four letters at least.

    One half of such a name is right, so the database looks for that.
    """
    text = query.text
    if len(text) < 4:
        return
    half = len(text) // 2
    near = Q(search_key__startswith=text[:half]) | Q(search_key__endswith=text[half:])
    yield from _places(
        municipality
        for municipality in Municipality.objects.filter(near).select_related(*_AROUND)
        if one_letter_off(text, " ".join(words_of(municipality.name)))
    )


def orps(query):
    """Areas of municipalities with extended powers."""
    for orp in Orp.objects.select_related("region"):
        yield Entry(
            kind="území",
            name=f"ORP {orp.name}",
            link=orp.get_absolute_url,
            order=(not orp.region.is_home, orp.sort_key, orp.code),
            aliases=(orp.name, orp.code),
            context=orp.region.name,
            labels=frozenset(["orp"]),
        )


def plans(query):
    """Strategies with their measures, goals and priorities; a monitored strategy comes first."""
    for strategy in Strategy.objects.select_related("region"):
        yield Entry(
            kind="strategie",
            name=strategy.short_name,
            link=strategy.get_absolute_url,
            order=_plan_order(strategy, STRATEGY),
            wording=strategy.title,
            aliases=(strategy.slug, strategy.region.name),
            context=strategy.region.name,
        )
    goals = {"goal_count": Count("goals"), "goal_code": Min("goals__code")}
    measures = Measure.objects.annotate(**goals, goal_name=Min("goals__short_name"))
    for measure in measures.select_related("strategy"):
        yield _plan_item(measure, "opatření", MEASURE, measure.get_absolute_url, _goals_of(measure))
    for goal in Goal.objects.select_related("strategy", "priority"):
        link = partial(_part_url, "portal:goal_detail", goal)
        yield _plan_item(goal, "cíl", GOAL, link, f"priorita {goal.priority.short_name}")
    for priority in Priority.objects.select_related("strategy"):
        link = partial(_part_url, "portal:priority_detail", priority)
        yield _plan_item(priority, "priorita", PRIORITY, link, text=priority.motto)


def meetings(query):
    """Meetings whose briefing was frozen, the latest first."""
    for meeting in Meeting.objects.frozen().select_related("body__strategy"):
        day, body = meeting.meeting_date, meeting.body
        yield Entry(
            kind="zasedání",
            name=czech.plain(str(meeting)),
            link=meeting.get_absolute_url,
            order=(-day.toordinal(), body.slug),
            aliases=(f"{body.name} {day.year}", day.isoformat()),
            context=f"podklad pro zasedání · {body.strategy.short_name}",
            also=f"{body.get_kind_display()} {czech.month_year(day)} podklad usnesení rozhodnutí",
            labels=frozenset(["zasedani", "podklad"]),
        )


def resolutions(query):
    """Resolutions of meetings by their number, the latest first."""
    found = Resolution.objects.valid(timezone.now()).with_public().defer("text")
    for one in found.select_related("meeting__body__strategy").latest_first():
        body = one.meeting.body
        yield Entry(
            kind="usnesení",
            name=f"Usnesení {one.number}",
            link=partial(_resolution_url, one),
            order=(-one.adopted_on.toordinal(), one.pk),
            aliases=(one.number,),
            context=f"{body.name} {czech.date(one.adopted_on)} · {body.strategy.short_name}",
            labels=frozenset(["usneseni"]),
        )


def projects(query):
    """Projects, also by their registration number; chosen in the database, the best first, so that
    tens of thousands of them stay quick."""
    for project in _chosen_projects(query).select_related("recipient")[:MOST_PROJECTS]:
        yield Entry(
            kind="projekt",
            name=project.name,
            link=project.get_absolute_url,
            order=(project.sort_key, project.pk),
            aliases=(project.registration_number,),
            context=project.recipient.name if project.recipient else "příjemce neznámý",
            also=project.programme,
            labels=frozenset(["projekt"]),
        )


def indicators(query):
    """Indicators with their definitions."""
    for indicator in Indicator.objects.select_related("region"):
        yield Entry(
            kind="ukazatel",
            name=indicator.name,
            link=indicator.get_absolute_url,
            order=(indicator.sort_key, indicator.pk),
            context=indicator.region.name,
            also=f"{indicator.definition} {indicator.group}",
            labels=frozenset(["ukazatel"]),
        )


def calls(query):
    """Grant calls, those that take applications first."""
    for row in call_rows(Call.objects.by_deadline(), timezone.localdate()):
        yield Entry(
            kind="výzva",
            name=row.call.title,
            link=partial(getattr, row, "url"),
            order=(row.is_past, row.call.sort_key, row.call.pk),
            context=f"{row.until} · {row.call.provider}",
            also=f"{row.call.programme} {row.call.applicants} {row.call.support}",
            labels=frozenset(["vyzva", "dotace"]),
        )


def organisations(query):
    """Departments, partners and recipients."""
    for one in Organisation.objects.select_related("region"):
        yield Entry(
            kind="organizace",
            name=one.name,
            link=one.get_absolute_url,
            order=(one.sort_key, one.pk),
            context=one.get_kind_display(),
            also=one.note,
            labels=frozenset(["organizace", "odbor"]),
        )


def terms(query):
    """The words of the glossary."""
    for number, term in enumerate(TERMS):
        yield Entry(
            kind="pojem",
            name=term.word,
            link=partial(_term_url, term),
            order=(number,),
            text=term.definition,
            labels=frozenset(["pojem"]),
        )


def methods(query):
    """The pages of methodology."""
    for number, method in enumerate(METHODS.values()):
        yield Entry(
            kind="metodika",
            name=method.title,
            link=method.get_absolute_url,
            order=(number,),
            text=method.question,
            labels=frozenset(["metodika"]),
        )


SOURCES = (
    municipalities,
    orps,
    plans,
    meetings,
    resolutions,
    projects,
    indicators,
    calls,
    organisations,
    terms,
    methods,
)


def _chosen_projects(query):
    """Projects of which some word answers; all where only projects as such are asked for."""
    words = [word for word in query.significant if not word.startswith("projek")]
    if not words:
        return Project.objects.in_czech_order()
    stems = [_stem(word) for word in words]
    chosen, whole = Q(), Q()
    programmes = Project.objects.order_by().values_list("programme", flat=True).distinct()
    programmes = {one: czech.search_key(one) for one in programmes}
    for word, stem in zip(words, stems, strict=True):
        named = Q(search_key__contains=stem)
        of = [name for name, key in programmes.items() if stem in key]
        chosen |= named | Q(registration_number__icontains=word) | Q(programme__in=of)
        whole &= named
    rank = Case(
        When(search_key=query.text, then=0),
        When(search_key__startswith=query.text, then=1),
        When(whole, then=2),
        default=3,
    )
    number = Q(registration_number__iexact=query.typed)
    return Project.objects.filter(chosen | number).order_by(rank, "sort_key", "pk")


def _stem(word):
    """The part all forms of a word have in common, as it can be looked for in a database."""
    stem = min(forms(word), key=len)
    return stem[:-1] if len(stem) > 2 else stem


def _may_answer(word):
    """The condition that the name of a place can answer a word: no name that does is left out.

    Forms of one word begin alike, up to the consonant after an „e“ that comes and goes.
    """
    stem = _stem(word)
    begins = Q(search_key__startswith=stem)
    begins |= Q(search_key__contains=f" {stem}") | Q(search_key__contains=f"-{stem}")
    return begins | Q(search_key__contains=word) if len(word) > 2 else begins


def _places(municipalities):
    """Entries of municipalities; those that share both name and ORP are told apart by code."""
    found = list(municipalities)
    alike = Counter((one.search_key, one.orp_id) for one in found)
    return [_place(one, alike[one.search_key, one.orp_id] > 1) for one in found]


def _place(municipality, is_alike=False):
    people = municipality.population
    orp, district, region = municipality.orp.name, municipality.district.name, municipality.region
    kind = MunicipalityKind(municipality.kind).label
    # Within its own region the portal need not say which one it speaks of.
    elsewhere = "" if region.is_home else f"okres {district} · {region.name}"
    code = f"kód {municipality.code}" if is_alike else ""
    return Entry(
        kind=kind,
        name=municipality.name,
        link=municipality.get_absolute_url,
        order=(not region.is_home, municipality.sort_key, -(people or 0), municipality.code),
        aliases=(municipality.code,),
        context=" · ".join(
            filter(None, [f"ORP {orp}", elsewhere, _inhabitants(municipality), code])
        ),
        also=f"ORP {orp} okres {district} {kind} {'' if region.is_home else region.name}",
        labels=_PLACE_LABELS,
    )


def _inhabitants(municipality):
    if not municipality.is_counted:
        return "bez obyvatel"
    if municipality.population is None:
        return "počet obyvatel neznámý"
    return czech.count(municipality.population, "obyvatel", "obyvatelé", "obyvatel")


def _plan_item(item, kind, order, link, context="", text=""):
    strategy = item.strategy
    return Entry(
        kind=kind,
        name=item.short_name,
        # Priorities of some strategies have codes of ours, which are no numbers.
        code="" if order == PRIORITY and not item.code.isdecimal() else item.code,
        link=link,
        order=_plan_order(strategy, order, item.code_key),
        wording="" if item.name == item.short_name else item.name,
        context=" · ".join(filter(None, [strategy.short_name, context])),
        text=text,
        labels=frozenset([*words_of(kind), strategy.slug]),
    )


def _plan_order(strategy, *order):
    return (not strategy.is_monitored, strategy.slug, *order)


def _goals_of(measure):
    if measure.goal_count == 1:
        return f"cíl {measure.goal_code} {measure.goal_name}"
    if measure.goal_count:
        return czech.count(measure.goal_count, "cíl", "cíle", "cílů")
    return "průřezové" if measure.is_cross_cutting else ""


def _part_url(view_name, part):
    return reverse(view_name, args=[part.strategy.slug, part.code])


def _resolution_url(resolution):
    return address_of(resolution) or resolution.meeting.body.strategy.get_absolute_url()


def _term_url(term):
    page = reverse("portal:methodology_detail", args=["slovnicek"])
    return f"{page}#{term.slug}"
