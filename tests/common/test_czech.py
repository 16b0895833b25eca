"""Expected values are worked out by hand from the rules of Czech, never taken from the code.

In them "~" stands for a no-break space and "^" for a word joiner.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.template import Context, Engine
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from common import czech


def shown(text):
    assert not {"~", "^"} & set(text)
    return text.replace("\u00a0", "~").replace("\u2060", "^")


def render(source, **values):
    engine = Engine(libraries={"czech": "common.templatetags.czech"})
    return shown(engine.from_string("{% load czech %}" + source).render(Context(values)))


# Alphabetical order

ORDERED = [
    ["Černava", "Čichalov"],
    ["Hroznětín", "Cheb", "Chlum Svaté Maří", "Chodov", "Chyše", "Jáchymov"],
    ["Citice", "Čáslav", "Dalovice"],
    ["Nová Role", "Nové Hamry", "Nový Kostel"],
    ["Nová Role", "Nová Ves", "Nové Hamry", "Nové Sedlo", "Nový Kostel"],
    ["Březová", "Březová u Sokolova", "Březovice"],
    ["Krajková", "Kraslice", "Krásná", "Krásné Údolí", "Krásno", "Krásný Les"],
    ["Stará Voda", "Staré Sedlo", "Stráž nad Ohří", "Stružná", "Stříbrná"],
    ["Svatava", "Šabina", "Šemnice", "Šindelová", "Štědrá", "Tatrovice", "Teplá", "Teplička"],
    ["Zádub-Závišín", "Žlutice"],
    ["shoda", "schody", "sídliště"],  # the three examples of the norm's explanation
    ["slovník jazykový", "slovníkářství"],
    ["motýl noční", "motýlek"],
    ["rada", "ráda", "rady", "řada", "sada"],
    ["dal", "ďal", "dále"],
    ["ne", "né", "ně"],
    ["u", "ú", "ů"],
    ["aš", "Aš", "AŠ"],
    ["cíl a", "cíl z", "cíl 1", "cíl 2"],
    ["Lodz", "Łódź", "Loket"],
]


@pytest.mark.parametrize("names", ORDERED, ids=lambda names: names[0])
def test_sort_key_follows_czech_alphabet(names):
    assert sorted(reversed(names), key=czech.sort_key) == names


def test_sort_key_has_digits_only_and_two_a_sign():
    assert re.fullmatch("[0-9]+", czech.sort_key("Zádub-Závišín (část 2), Žluť & Ω"))
    assert len(czech.sort_key("Cheb")) == 3 * 3 * 2 + 4  # ch is one letter
    assert czech.sort_key("") == ""


def test_sort_key_ignores_how_the_text_is_encoded_and_spaced():
    assert czech.sort_key("Č\u00a0a\u030c") == czech.sort_key(" C\u030c  ǎ ")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Mariánské Lázně", "marianske lazne"),
        ("  AŠ \u00a0 a\n okolí", "as a okoli"),
        ("Žluťoučký kůň", "zlutoucky kun"),
        ("1.2 Krajský garanční fond", "1.2 krajsky garancni fond"),
        ("Łódź", "lodz"),
        ("", ""),
    ],
)
def test_search_key_is_plain_lower_case(text, key):
    assert czech.search_key(text) == key


@pytest.mark.parametrize(
    "codes",
    [
        ["1.1", "1.2", "2.8", "4.1", "4.2", "4.9", "4.10", "4.11"],
        ["1.A", "1.B", "2.A", "2.B", "2.C", "3.D", "4.C", "4.D"],
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"],
        ["1", "1.1", "1.1.1", "1.2", "1.10", "1.A", "1.A.1", "1.B", "2", "10"],
        ["3.C", "3.D", "3.I", "3.M", "3.V", "3.X", "3.Z"],  # letters, not Roman numerals
        ["BEZPECI", "BYDLENI", "DLUHY", "VZDELAVANI", "ZAMESTNANOST"],
        ["9", "99", "100", "1000000"],
    ],
    ids=lambda codes: codes[-1],
)
def test_code_key_counts_as_people_do(codes):
    assert sorted(reversed(codes), key=czech.code_key) == codes
    assert all(czech.code_key(code).isdecimal() for code in codes)


# Numbers


@pytest.mark.parametrize(
    ("x", "places", "text"),
    [
        (12.5, 1, "12,5"),
        (0, 1, "0,0"),
        (0.05, 1, "0,1"),
        (2.345, 2, "2,35"),
        (Decimal("159.67"), 1, "159,7"),
        (1234567.891, 2, "1~234~567,89"),
        (-0.01, 1, "0,0"),
        (-1.5, 1, "−1,5"),
    ],
)
def test_decimal_has_comma_and_places(x, places, text):
    assert shown(czech.decimal(x, places)) == text


@pytest.mark.parametrize(
    ("n", "text"),
    [(0, "0"), (999, "999"), (5579, "5~579"), (31920, "31~920"), (1000000, "1~000~000")],
)
def test_integer_parts_thousands(n, text):
    assert shown(czech.integer(n)) == text


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0~obcí"),
        (1, "1~obec"),
        (2, "2~obce"),
        (3, "3~obce"),
        (4, "4~obce"),
        (5, "5~obcí"),
        (11, "11~obcí"),
        (21, "21~obcí"),
        (22, "22~obcí"),
        (101, "101~obcí"),
        (1004, "1~004~obcí"),
        (2.0, "2~obce"),
        (1.5, "1,5~obce"),
        (Decimal("159.67"), "159,7~obce"),
    ],
)
def test_count_takes_the_right_form(n, text):
    assert shown(czech.count(n, "obec", "obce", "obcí", part="obce")) == text


def test_plural_returns_the_word_only():
    assert czech.plural(3, "bod", "body", "bodů") == "body"
    assert czech.plural(-1, "bod", "body", "bodů") == "bod"
    assert czech.plural(0.5, "bod", "body", "bodů", part="bodu") == "bodu"


def test_plural_refuses_fraction_without_its_form():
    with pytest.raises(ValueError, match="'bod'"):
        czech.plural(1.5, "bod", "body", "bodů")


# The whole table; „z jedenácti“: a single consonant takes no vowel (rules.md had „ze 11“).
ZE = {2, 3, 4, 6, 7, 12, 13, 14, 16, 17, 40, 100, 133, 208}
Z_ZE = [(n, "ze" if n in ZE else "z") for n in [*range(41), 100, 133, 208, 1000]]
Z_ZE += [(60, "ze"), (70, "ze"), (80, "z"), (500, "z"), (600, "ze"), (800, "z"), (900, "z")]
Z_ZE += [(1133, "z"), (2000, "ze"), (5579, "z"), (6258, "ze"), (31920, "z"), (1000000, "z")]


@pytest.mark.parametrize(("n", "word"), Z_ZE)
def test_z_ze_is_vocalised_as_the_number_is_read(n, word):
    assert czech.z_ze(n) == word


def test_k_of_n_holds_together():
    assert shown(czech.k_of_n(4, 4)) == "4~ze~4"
    assert shown(czech.k_of_n(0, 5)) == "0~z~5"
    assert shown(czech.k_of_n(1204, 6258)) == "1~204~ze~6~258"


# Dates


def test_date_is_written_in_czech():
    assert shown(czech.date(dt.date(2026, 11, 14))) == "14.~11.~2026"
    assert shown(czech.date(dt.date(2026, 3, 1))) == "1.~3.~2026"


def test_moments_are_told_in_prague():
    summer = dt.datetime(2026, 7, 31, 22, 5, tzinfo=dt.UTC)
    winter = dt.datetime(2026, 11, 20, 7, 0, tzinfo=dt.UTC)
    assert shown(czech.date(summer)) == "1.~8.~2026"
    assert shown(czech.date_time(summer)) == "1.~8.~2026~0:05"
    assert shown(czech.date_time(winter)) == "20.~11.~2026~8:00"
    assert shown(czech.date_time(dt.datetime(2026, 11, 20, 14, 32))) == "20.~11.~2026~14:32"


@pytest.mark.parametrize(
    ("start", "months", "label"),
    [
        ((2026, 10, 1), 1, "říjen 2026"),
        ((2026, 1, 1), 3, "1.~čtvrtletí 2026"),
        ((2026, 7, 1), 3, "3.~čtvrtletí 2026"),
        ((2026, 10, 1), 3, "4.~čtvrtletí 2026"),
        ((2026, 1, 1), 6, "1.~pololetí 2026"),
        ((2026, 7, 1), 6, "2.~pololetí 2026"),
        ((2026, 1, 1), 12, "rok 2026"),
        ((2026, 10, 1), 4, "10/2026^–^1/2027"),
        ((2026, 2, 1), 3, "2/2026^–^4/2026"),
        ((2026, 9, 1), 4, "9/2026^–^12/2026"),
        ((2026, 7, 1), 12, "7/2026^–^6/2027"),
        ((2026, 1, 1), 24, "1/2026^–^12/2027"),
    ],
)
def test_quarter_label_names_the_period(start, months, label):
    assert shown(czech.quarter_label(dt.date(*start), months)) == label


def test_month_year_names_the_month():
    assert czech.month_year(dt.date(2026, 11, 30)) == "listopad 2026"
    assert czech.month_year(dt.date(2027, 1, 1)) == "leden 2027"


def test_days_late_and_ago_take_the_right_form():
    late = [shown(czech.days_late(n)) for n in (1, 2, 5, 34)]
    assert late == ["o~1~den", "o~2~dny", "o~5~dní", "o~34~dní"]
    ago = [shown(czech.days_ago(n)) for n in (0, 1, 2, 5, 36, 1000)]
    assert ago == ["dnes", "včera", "před~2~dny", "před~5~dny", "před~36~dny", "před~1~000~dny"]
    with pytest.raises(ValueError, match="ahead"):
        czech.days_ago(-1)


@pytest.mark.parametrize(
    "text",
    [
        "15. 12. 2026",
        "15.12.2026",
        " 15.\u00a012.\u00a02026 ",
        "15 . 12 . 2026",
        "2026-12-15",
    ],
)
def test_parse_date_reads_what_people_write(text):
    assert czech.parse_date(text) == dt.date(2026, 12, 15)


def test_parse_date_reads_short_days_leap_days_and_its_own_writing():
    assert czech.parse_date("1. 2. 2027") == czech.parse_date("01.02.2027") == dt.date(2027, 2, 1)
    assert czech.parse_date("29. 2. 2028") == dt.date(2028, 2, 29)
    assert czech.parse_date("1.1.1990") == dt.date(1990, 1, 1)
    assert czech.parse_date(czech.date(dt.date(2100, 12, 31))) == dt.date(2100, 12, 31)


HINT = "Datum napište jako 15.~12.~2026."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", HINT),
        ("zítra", HINT),
        ("15. 12.", HINT),
        ("15. 12. 26", HINT),
        ("15/12/2026", HINT),
        ("15. prosince 2026", HINT),
        ("2026-12-15 08:00", HINT),
        ("31. 2. 2026", f"Den 31.~2.~2026 v~kalendáři není. {HINT}"),
        ("29.2.2027", f"Den 29.~2.~2027 v~kalendáři není. {HINT}"),
        ("2026-13-01", f"Den 1.~13.~2026 v~kalendáři není. {HINT}"),
        ("0. 1. 2026", f"Den 0.~1.~2026 v~kalendáři není. {HINT}"),
        ("31. 12. 1989", f"Rok musí být od 1990 do 2100. {HINT}"),
        ("1. 1. 2101", f"Rok musí být od 1990 do 2100. {HINT}"),
    ],
)
def test_parse_date_says_what_to_do(text, sentence):
    with pytest.raises(ValueError, match="Datum napište jako") as refusal:
        czech.parse_date(text)
    assert shown(str(refusal.value)) == sentence


# Typography

TYPESET = [
    ("k obci v Chebu a s nimi i u nás", "k~obci v~Chebu a~s~nimi i~u~nás"),
    ("V obci. O tom (z kraje) „a dost“", "V~obci. O~tom (z~kraje) „a~dost“"),
    ("Ještě na to pro obec.", "Ještě na to pro obec."),
    ("dne 14. 11. 2026 končí", "dne 14.~11.~2026 končí"),
    ("od 14. 11. do 20. 11. 2026", "od 14.~11. do 20.~11.~2026"),
    ("14. listopadu 2026, 3. čtvrtletí", "14.~listopadu 2026, 3.~čtvrtletí"),
    ("Loni jich bylo 42. Letos 57.", "Loni jich bylo 42. Letos 57."),
    ("31 920 obyvatel a 1 234 567 Kč", "31~920~obyvatel a~1~234~567~Kč"),
    ("5 obcí, 12,5 % a 1,5 bodu", "5~obcí, 12,5~% a~1,5~bodu"),
    ("4 až 6 obcí, 5 nebo 6", "4 až 6~obcí, 5 nebo 6"),
    ("v roce 2026 bylo", "v~roce 2026 bylo"),
    ("roku 2026 obce hlásily", "roku 2026 obce hlásily"),
    ("13 z 30 bodů, 26 obcí ze 133", "13~z~30~bodů, 26~obcí ze 133"),
    ("Vykázáno k 26 ze 30.", "Vykázáno k~26~ze~30."),
    ("č. 5, § 3 odst. 2 písm. a", "č.~5, §~3 odst.~2 písm.~a"),
    ("zákon č. 99/2019 Sb.", "zákon č.~99/2019~Sb."),
    ("5 mil. Kč a 20 tis. obyvatel", "5~mil.~Kč a~20~tis.~obyvatel"),
    ("hodnota 12–30", "hodnota 12^–^30"),
    ("index roste – zhoršuje se", "index roste~– zhoršuje se"),
    ("1.2 Krajský fond, 2.3 Doprava", "1.2 Krajský fond, 2.3 Doprava"),
    ("CZ-0412 a 12-30", "CZ-0412 a~12-30"),
    ("", ""),
]


@pytest.mark.parametrize(("plain", "expected"), TYPESET)
def test_typography_holds_together_what_belongs_together(plain, expected):
    assert shown(czech.typography(plain)) == expected


def test_plain_text_has_no_signs_of_typography():
    text = "12\u2060–\u206030 bodů, 14.\u00a011.\u00a02026, 5\u00a0obcí"

    assert czech.plain(text) == "12–30 bodů, 14. 11. 2026, 5 obcí"


@given(st.text(alphabet="12059 kaz.,–%§čKč\u00a0\u2060(x", max_size=40))
def test_typography_is_idempotent_and_changes_only_spaces(text):
    once = czech.typography(text)
    assert czech.typography(once) == once
    bare = [s.replace("\u00a0", " ").replace("\u2060", "") for s in (text, once)]
    assert bare[0] == bare[1]


# In templates


def test_filters_format_and_leave_the_unknown_empty():
    day, moment = dt.date(2026, 11, 14), dt.datetime(2026, 11, 20, 8, 0)
    assert render("{{ d|cs_date }} {{ m|cs_datetime }}", d=day, m=moment) == (
        "14.~11.~2026 20.~11.~2026~8:00"
    )
    assert render("{{ n|cs_int }} {{ x|cs_decimal }} {{ x|cs_decimal:2 }}", n=31920, x=12.5) == (
        "31~920 12,5 12,50"
    )
    for name in ("cs_date", "cs_datetime", "cs_int", "cs_decimal", "typo"):
        assert render("{{ v|" + name + '|default:"–" }}', v=None) == "–"


def test_tags_count_and_decline():
    assert render('{% cs_count n "obec" "obce" "obcí" %}', n=5) == "5~obcí"
    assert render('{% cs_count n "bod" "body" "bodů" part="bodu" %}', n=1.5) == "1,5~bodu"
    assert render('{% cs_plural n "obec" "obce" "obcí" %}', n=2) == "obce"
    assert render("{% cs_k_of_n k n %}", k=26, n=133) == "26~ze~133"


def test_typo_escapes_what_people_wrote():
    assert render("{{ t|typo }}", t="<b>5 obcí</b> & v Chebu") == (
        "&lt;b&gt;5~obcí&lt;/b&gt; &amp; v~Chebu"
    )


def test_typo_leaves_tags_of_ours_alone():
    html = mark_safe('<a class="x a b" title="5 obcí">5 obcí</a>')
    assert render("{{ t|typo }}", t=html) == '<a class="x a b" title="5 obcí">5~obcí</a>'


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "1 kB"),
        (1, "1 kB"),
        (1_499, "1 kB"),
        (1_500, "2 kB"),
        (120_000, "120 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (1_250_000, "1,3 MB"),
        (10_000_000, "10,0 MB"),
    ],
)
def test_file_size_is_told_in_kilobytes_and_megabytes(n, said):
    assert czech.file_size(n) == said.replace(" ", czech.NBSP)
