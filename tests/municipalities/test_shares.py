"""The share of a component in classes, worked out by hand."""

from decimal import Decimal

import pytest

from municipalities.hexmap import hex_map
from municipalities.models import Component
from municipalities.overview import overview
from municipalities.sentences import share_finding
from municipalities.shares import Scale, Shares, number, percent, withheld
from tests.municipalities.rows import four_bands, plain, row
from tests.municipalities.test_hexmap import layer, titles

SCALE = Scale(Component.EXECUTION, Decimal("6.77"), Decimal("9.46"))


def share(value, **fields):
    return row(5, share=Decimal(value), share_state="known", **fields)


def no_share(state, **fields):
    return row(5, share_state=state, **fields)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("0", "pod-prumerem"),
        ("6.77", "pod-prumerem"),
        ("6.7701", "nad-prumerem"),
        ("9.4599", "nad-prumerem"),
        ("9.46", "vysoky"),
        ("100", "vysoky"),
    ],
)
def test_class_of_a_share_against_the_nation_and_its_90th_percentile(value, wanted):
    assert SCALE.class_of(Decimal(value)).slug == wanted


def test_a_withheld_share_has_no_class():
    assert SCALE.class_of(None) is None


def test_classes_print_their_thresholds():
    assert [(plain(one.range), one.shade) for one in SCALE.classes] == [
        ("do 6,77 %", 1),
        ("přes 6,77 %", 2),
        ("od 9,46 %", 4),
    ]


def test_without_a_percentile_there_are_two_classes_without_the_nation_one():
    two = Scale(Component.EXECUTION, Decimal("6.77"))
    assert [one.slug for one in two.classes] == ["pod-prumerem", "nad-prumerem"]
    assert two.class_of(Decimal(99)).slug == "nad-prumerem"
    one = Scale(Component.EXECUTION)
    assert one.class_of(Decimal(99)) == one.class_of(Decimal(0)) == one.classes[0]
    assert one.class_of(None) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("0.04", "0,0"), ("0.7", "0,7"), ("9.96", "10,0"), ("14.7", "15")],
)
def test_number_in_a_hexagon_is_short(value, text):
    assert number(Decimal(value)) == text


def test_percent_has_one_place():
    assert plain(percent(Decimal("14.6512"))) == "14,7 %"


def test_counts_leave_withheld_ones_out_of_every_class():
    found = [share("1"), share("7"), share("10"), share("20")]
    found += [no_share("masked"), no_share("masked"), no_share("borrowed"), no_share("unknown")]
    shares = Shares(SCALE, (*found, row(5)))
    assert [(one.band.slug, one.number) for one in shares.tallies] == [
        ("vysoky", 2),
        ("nad-prumerem", 1),
        ("pod-prumerem", 1),
    ]
    assert (shares.known, shares.masked, shares.borrowed, shares.unknown) == (4, 2, 1, 2)


@pytest.mark.parametrize(
    ("state", "words"),
    [("masked", "méně než 5"), ("borrowed", "převzato"), ("unknown", "neznámý"), ("", "neznámý")],
)
def test_words_stand_in_place_of_a_withheld_share(state, words):
    assert withheld(no_share(state)) == words


def test_finding_counts_the_high_the_next_and_those_without_a_number():
    found = [share("10"), share("20"), share("7"), share("1"), no_share("masked")]
    assert plain(share_finding(Shares(SCALE, tuple(found)))) == (
        "2 obce ze 4, u kterých podíl osob v exekuci známe, ho mají vysoký (od 9,46 %), další 1 "
        "nad průměrem Česka (6,77 %). U 1 obce číslo není."
    )


def test_finding_of_none_and_of_an_unknown_nation():
    none = Shares(SCALE, (share("1"),))
    assert plain(share_finding(none)) == (
        "Žádná obec z 1, u kterých podíl osob v exekuci známe, ho nemá vysoký (od 9,46 %)."
    )
    empty = Shares(SCALE, (no_share("masked"),))
    assert plain(share_finding(empty)) == "Podíl osob v exekuci není znám u žádné obce."
    blind = Shares(Scale(Component.EXECUTION), (share("1"),))
    assert plain(share_finding(blind)) == (
        "Podíl osob v exekuci je znám u 1 obce. Podíl v Česku pro toto vydání neznáme."
    )


def drawn(*rows, **options):
    return hex_map(overview(rows, four_bands()), scale=SCALE, **options)


def test_map_shows_shares_in_place_of_the_index():
    drawing = drawn(
        share("14.6512", name="Aš", cell=(0, 0)), share("0.7", name="Cheb", cell=(1, 0))
    )
    assert [plain(title) for title in titles(drawing)] == [
        "Aš: 14,7 %, vysoký",
        "Cheb: 0,7 %, pod průměrem",
    ]
    assert ">15</text>" in drawing.links
    assert ">0,7</text>" in drawing.links
    assert [one.look for one in drawing.layers] == ["b1", "b4"]
    assert "v každém jeho podíl v procentech, osoby v exekuci" in drawing.label


def test_map_gives_a_withheld_share_neither_number_nor_colour():
    drawing = drawn(
        no_share("masked", name="M", cell=(0, 0)),
        no_share("borrowed", name="B", cell=(1, 0)),
        no_share("unknown", name="U", cell=(2, 0)),
        row(3, name="H", kind="vojensky_ujezd", cell=(3, 0)),
    )
    assert titles(drawing) == [
        "M: méně než 5 případů, podíl se neuvádí",
        "B: podíl převzat odjinud, číslo zveřejněno není",
        "U: podíl neznámý",
        "H: vojenský újezd, nezapočítává se",
    ]
    assert "<text" not in drawing.links
    (lent,) = drawing.layers
    assert (lent.look, lent.fill, lent.cores) == ("lent", "#FFFFFF", "")
    assert lent.hatched == lent.everything
    assert drawing.empty.count("M") == 3


def test_map_draws_a_borrowed_share_that_is_not_chosen_without_its_hatch():
    drawing = drawn(no_share("borrowed", name="B", code="1", cell=(0, 0)), chosen=())
    assert [one.look for one in drawing.layers] == ["off"]
    assert layer(drawing, "off").hatched == ""
