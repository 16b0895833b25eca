"""Counts of one to four people are in nothing public: not they, not their shares, not their
quotients, neither directly nor by subtraction from a total shown beside them.

A small region has such counts planted in it. Every public address is then read in every kind it
comes in, and every form is looked for in which one of these numbers could be written.
"""

import re
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import product
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from meetings.actions.freeze import freeze
from municipalities import components
from municipalities.models import Component, ComponentShare, ComponentValue
from municipalities.models.index import ValueState
from tests import factories as make
from tests.meetings.factories import MeetingFactory
from tests.portal.public_pages import public_addresses, read

pytestmark = pytest.mark.django_db

A, B = "Horky", "Doly"
PLACES = {"Adamov": A, "Bukov": A, "Cihelna": A, "Doubí": A, "Erbov": B, "Farna": B, "Hamry": B}
MASKED = {
    # municipality, component, year: count, base, share, quotient
    ("Adamov", "execution", 2023): ("3", "739", "0.4060", "0.6543"),
    ("Bukov", "housing_benefit", 2023): ("3.4167", "4.6713", "73.1424", "16.7891"),
    ("Erbov", "housing_benefit", 2023): ("1.4667", "2.1", "69.8429", "15.4321"),
    ("Cihelna", "early_leavers", 2023): ("4", "29", "13.7931", "47.6497"),
    ("Farna", "unemployed_6m", 2023): ("2", "437", "0.4577", "38.1352"),
    ("Hamry", "unemployed_6m", 2023): ("1", "283", "0.3534", "19.7313"),
    ("Doubí", "subsistence_benefit", 2022): ("2.5", "3.1", "80.6452", "37.1357"),
}
KNOWN = {
    # Of everybody else, for each component: count, many times over by the municipality, and base.
    "execution": ("131.5", "12917"),
    "housing_benefit": ("79.25", "12917"),
    "subsistence_benefit": ("67.75", "12917"),
    "unemployed_6m": ("43", "8873"),
    "early_leavers": ("7", "613"),
}
TIMES = {
    "Adamov": 33,
    "Bukov": 28,
    "Cihelna": 26,
    "Doubí": 14,
    "Erbov": 21,
    "Farna": 10,
    "Hamry": 11,
}
"""Chosen so that no number that may be shown is written like one that may not."""
NATION = {
    "execution": "6.77",
    "housing_benefit": "2.71",
    "subsistence_benefit": "0.70",
    "unemployed_6m": "1.82",
    "early_leavers": "2.96",
}


@pytest.fixture
def world(make_user):
    """The region with two editions of the index, a strategy and a project in it."""
    region = make.RegionFactory(name="Zkušební kraj")
    orps = {name: make.OrpFactory(name=name, region=region) for name in (A, B)}
    district = make.DistrictFactory(region=region)
    places = {
        name: make.MunicipalityFactory(
            name=name,
            orp=orps[orp],
            region=region,
            district=district,
            population=800,
            population_date=date(2023, 12, 31),
            hex_q=number,
            hex_r=0,
        )
        for number, (name, orp) in enumerate(PLACES.items())
    }
    for lower, name in [(0, "Nízký"), (2, "Střední"), (8, "Zvýšený"), (12, "Vysoký")]:
        make.IndexBandFactory(lower=lower, name=name)
    for year in (2022, 2023):
        _plant_edition(make.IndexEditionFactory(year=year), region, places)
    strategy = make.StrategyFactory(slug="kk", region=region)
    for number, component in enumerate(["housing_benefit", "early_leavers", "execution"], 1):
        priority = make.PriorityFactory(
            strategy=strategy, code=str(number), index_component=component
        )
        goal = make.GoalFactory(strategy=strategy, priority=priority, code=f"{number}.A")
        make.make_measure(f"{number}.1", goal).municipalities.set(places.values())
    meeting = MeetingFactory(body__strategy=strategy, meeting_date=timezone.localdate())
    freeze(meeting=meeting, by=make_user("head"))
    return SimpleNamespace(region=region, places=places)


def _plant_edition(edition, region, places):
    for name, place in places.items():
        entry = make.IndexEntryFactory(edition=edition, municipality=place, value=13)
        for component in Component:
            _plant(entry, component, MASKED.get((name, component, edition.year)))
    for component, share in NATION.items():
        nation = {"edition": edition, "component": component}
        ComponentShare.objects.create(**nation, share=Decimal(share), percentile_90=Decimal(9))
        share = total(edition.year, component).share
        ComponentShare.objects.create(**nation, region=region, share=share)


def _plant(entry, component, masked):
    if masked:
        names = dict(zip(["count", "base", "share", "quotient"], map(Decimal, masked), strict=True))
        state = ValueState.MASKED
    else:
        count, base = known(entry.municipality.name, component)
        names = {"count": count, "base": base, "share": rounded(100 * count / base, 4)}
        state = ValueState.KNOWN
    make.ComponentValueFactory(entry=entry, component=component, state=state, **names)


def known(name, component):
    count, base = KNOWN[component]
    return TIMES[name] * Decimal(count), Decimal(base)


def total(year, component, orp=None):
    """The count and the share over a territory, as its publisher would work them out."""
    inside = [name for name in PLACES if orp in (None, PLACES[name])]
    pairs = [MASKED.get((name, component, year), known(name, component))[:2] for name in inside]
    count = sum(Decimal(count) for count, _ in pairs)
    share = rounded(100 * count / sum(Decimal(base) for _, base in pairs), 4)
    masked = sum((name, component, year) in MASKED for name in inside)
    return SimpleNamespace(count=count, share=share, masked=masked)


# In which forms a number may be written


def rounded(number, places, how=ROUND_HALF_UP):
    return Decimal(number).quantize(Decimal(1).scaleb(-places), how)


def written(number, *, units=""):
    """Return a pattern of each form of a number: rounded to 1 to 4 places, either way, with a comma
    or a dot, alone where it has three figures, before one of the `units` where it has fewer."""
    found = set()
    for places, how in product(range(1, 5), (ROUND_HALF_UP, ROUND_HALF_EVEN)):
        # Zeros at the end come and go; thousands may stand apart.
        whole, part = str(rounded(number, places, how)).split(".")
        part = part.rstrip("0") or "0"
        is_telling = len((whole + part).lstrip("0")) >= 3
        whole = r"\s?".join(re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole))
        if is_telling:
            found.add(rf"(?<![\d.,]){whole}[.,]{part}0*(?!\d)")
        elif units:
            found.add(rf"(?<![\d.,]){whole}[.,]{part}0*\s*[{units}]")
    return found


def withheld():
    """Return what may stand nowhere, each with its patterns."""
    found = {}
    for (name, component, year), (count, base, share, quotient) in MASKED.items():
        what = f"{name}, {component} {year}"
        between = r"\"?\s*(?:z|ze|;|,|/|,\s*\"\w+\":)\s*\"?"
        pair = rf"(?<![\d.,]){re.escape(count)}(?:\.0+)?{between}{re.escape(base)}(?!\d)"
        found[f"{what}: count"] = {pair, pair.replace(r"\.", "[.,]")}
        if "." in count:
            found[f"{what}: count"] |= written(count)
        found[f"{what}: share"] = written(share, units="%")
        found[f"{what}: quotient"] = written(quotient, units="×")
        found[f"{what}: times"] = written(Decimal(share) / Decimal(NATION[component]), units="×")
    for year in (2022, 2023):
        for component in Component:
            for orp in (None, A, B):
                sum_ = total(year, component, orp)
                if sum_.masked == 1:
                    what = f"{orp or 'kraj'}, {component} {year}"
                    found[f"{what}: total"] = written(sum_.share)
                    times = sum_.share / Decimal(NATION[component])
                    found[f"{what}: total times"] = written(times)
                    if sum_.count != int(sum_.count):
                        found[f"{what}: sum"] = written(sum_.count)
    # Two figures before an × may be somebody else's, who may show theirs.
    shown = shown_times()
    return {what: re.compile("|".join(sorted(forms - shown))) for what, forms in found.items()}


def shown_times():
    """Return the patterns of multiples of the national share that known values have."""
    found = set()
    for name, component in product(PLACES, Component):
        count, base = known(name, component)
        found |= written(100 * count / base / Decimal(NATION[component]), units="×")
    return {form for form in found if form.endswith("[×]")}


PATTERNS = withheld()


def leaks(text):
    """Return what of the withheld numbers stands in a text."""
    return {what: found[0] for what, form in PATTERNS.items() if (found := form.search(text))}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("podíl 0,41 %", "Adamov, execution 2023: share"),
        ('"share": 0.406,', "Adamov, execution 2023: share"),
        ("0.4060", "Adamov, execution 2023: share"),
        ("podíl je 0,4\u00a0%", "Adamov, execution 2023: share"),
        ("kvocient 0,654", "Adamov, execution 2023: quotient"),
        ("3 ze 739 osob", "Adamov, execution 2023: count"),
        ('{"count": 3, "base": 739}', "Adamov, execution 2023: count"),
        ("Adamov;3;739", "Adamov, execution 2023: count"),
        ("v průměru 3,4 z 4,7; 3,42", "Bukov, housing_benefit 2023: count"),
        ("73,1 %", "Bukov, housing_benefit 2023: share"),
        ("27,0×", "Bukov, housing_benefit 2023: times"),
        ("z 80,6 % na 1,4 %", "Doubí, subsistence_benefit 2022: share"),
    ],
)
def test_a_leak_is_known_in_any_form(text, what):
    assert what in leaks(text)


@pytest.mark.parametrize("text", ["0,4 bodu", "10,406", "20. 11. 2023", "3 z 7390", "173,1 %"])
def test_other_numbers_are_no_leaks(text):
    assert not leaks(text)


def test_totals_looked_for_are_those_one_masked_member_hides_in():
    """By hand: one masked in the region for execution and leavers in 2023, subsistence in 2022."""
    totals = {what for what in PATTERNS if what.endswith(": total")}
    assert totals == {
        "kraj, execution 2023: total",
        "Horky, execution 2023: total",
        "kraj, early_leavers 2023: total",
        "Horky, early_leavers 2023: total",
        "kraj, subsistence_benefit 2022: total",
        "Horky, subsistence_benefit 2022: total",
        "Horky, housing_benefit 2023: total",
        "Doly, housing_benefit 2023: total",
    }


# The pages


def answers():
    client = Client()
    for address in public_addresses():
        response = client.get(address, follow=True)
        assert response.status_code in (200, 400), address
        yield address, read(response)


def test_no_public_address_gives_a_masked_number_away(world):
    found, seen = {}, []
    for address, text in answers():
        seen.append(address)
        if given := leaks(text):
            found[address] = given
    assert found == {}
    municipality = world.places["Adamov"].get_absolute_url()
    assert {"/", "/obce/", "/kraj/", municipality, "/strategie/kk/"} <= set(seen)


def test_what_may_be_shown_is_shown(world):
    """The walk would find nothing on empty pages either."""
    pages = {
        name: read(Client().get(place.get_absolute_url())).replace("\u00a0", " ")
        for name, place in world.places.items()
    }
    assert "méně než 5" in pages["Adamov"]
    assert "méně než 5" not in pages["Doubí"]
    # 28 × 131.5 of 12 917 people
    assert "28,5 %" in pages["Bukov"]
    # Two masked members hide in the share of the region: 94 × 79.25 and 4.8834 people
    # of 5 × 12 917 and 6.7713,
    assert "11,5 %" in pages["Adamov"]
    # 122 × 43 and 3 people of 5 × 8 873 and 720.
    assert "11,6 %" in pages["Farna"]
    assert "neuvádí se" in pages["Doubí"]


def test_walk_finds_the_numbers_once_masking_is_lifted(world, monkeypatch):
    monkeypatch.setattr(components, "is_public", lambda value: True)
    monkeypatch.setattr(components, "is_masked", lambda value: False)
    found = {}
    for name in ("Adamov", "Bukov", "Farna"):
        found |= leaks(read(Client().get(world.places[name].get_absolute_url())))
    assert {
        "Adamov, execution 2023: count",
        "Adamov, execution 2023: share",
        "Bukov, housing_benefit 2023: share",
        "Bukov, housing_benefit 2023: times",
        "Farna, unemployed_6m 2023: share",
    } <= found.keys()


def test_walk_finds_the_total_once_the_region_shows_it(world, monkeypatch):
    queryset = type(ComponentShare.objects.all())
    monkeypatch.setattr(queryset, "public", lambda self: self)
    found = leaks(read(Client().get(world.places["Doubí"].get_absolute_url())))
    assert "kraj, execution 2023: total" in found


# The share of a region


def shown(region):
    rows = ComponentShare.objects.public().filter(region=region, edition__year=2023)
    return set(rows.values_list("component", flat=True))


def test_share_of_a_region_is_shown_unless_one_municipality_alone_is_masked(world):
    """None masked: subsistence. Two: housing, unemployed. One: execution, leavers."""
    assert shown(world.region) == {"subsistence_benefit", "housing_benefit", "unemployed_6m"}


def test_military_area_hides_nobody(world):
    area = make.MunicipalityFactory(
        kind="vojensky_ujezd", region=world.region, orp=world.places["Adamov"].orp
    )
    entry = make.IndexEntryFactory(
        edition=make.IndexEditionFactory(year=2023), municipality=area, value=0
    )
    make.ComponentValueFactory(entry=entry, component="execution", state=ValueState.MASKED)
    assert "execution" not in shown(world.region)


def test_share_of_the_nation_is_always_shown(world):
    ComponentValue.objects.filter(entry__edition__year=2023).exclude(component="execution").delete()
    assert ComponentShare.objects.public().filter(region=None, edition__year=2023).count() == 5
