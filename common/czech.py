"""Czech text: alphabetical order, number forms, dates and typography. Needs no Django.

What these functions return is ready to be shown: no-break spaces stand where a line must not end.
Order follows ČSN 97 6030, typography ČSN 01 6910, prepositions the language guide of ÚJČ.
"""

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import filterfalse
from zoneinfo import ZoneInfo

NBSP = "\u00a0"
WORD_JOINER = "\u2060"
MINUS = "\u2212"
PRAGUE = ZoneInfo("Europe/Prague")

# Alphabetical order

ALPHABET = (*"abcčdefgh", "ch", *"ijklmnopqrřsštuvwxyzž")
_RANKS = {sign: f"{n:02}" for n, sign in enumerate([" ", *ALPHABET, *"0123456789"], start=1)}
_RANK_OF_OTHER = "99"  # other alphabets, after everything of ours
_MARKS = {"": "01", "\u0301": "02", "\u030c": "03", "\u030a": "04"}  # none, acute, caron, ring
_OTHER_MARK = "05"
_UNMARKED = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss"})
_NOT_LETTERS = re.compile(r"[\W_]+")
_SIGNS = re.compile(r"ch|.", re.IGNORECASE | re.DOTALL)


def sort_key(text):
    """Return digits that sort as `text` does in Czech, on any database and under any locale.

    Two digits a sign, three levels parted by "00": letters (č, ch, ř, š, ž are letters of their
    own), then marks, then case. A space sorts before letters and digits after them; other signs
    count as one space. The key is at most 6 × length + 4 digits long.
    """
    words = _NOT_LETTERS.sub(" ", _composed(text)).strip()
    levels = zip(*map(_weights, _SIGNS.findall(words)), strict=True)
    return "00".join("".join(level) for level in levels)


def search_key(text):
    """Return `text` in lower case, without marks and with single spaces: what people type."""
    parts = unicodedata.normalize("NFD", _composed(text).lower())
    return " ".join("".join(filterfalse(unicodedata.combining, parts)).split())


def code_key(code):
    """Return digits that sort codes as people count: 4.9, 4.10; 1, 1.1, 1.A; I … XIII.

    A number is written as 1, its count of digits and itself, so it sorts by size and before
    letters. Roman numerals (of I, V and X, at the start) count as numbers: elsewhere "1.C" or
    "2.I" is a letter.
    """
    parts = re.findall(r"[0-9]+|[^\W\d_]+", _composed(code))
    if parts and re.fullmatch(r"X{0,3}(IX|IV|V?I{0,3})", parts[0]):
        parts[0] = _roman(parts[0])
    return "".join(_code_part(part) for part in parts)


def _composed(text):
    return unicodedata.normalize("NFC", text).translate(_UNMARKED)


@lru_cache(maxsize=1_000)
def _weights(sign):
    """Return the two digits of each level for one letter (ch is one), digit or space."""
    lower, mark = sign.lower(), ""
    if lower not in _RANKS:
        lower, *marks = unicodedata.normalize("NFD", lower)
        mark = marks[0] if marks else ""
    capitals = sum(letter.isupper() for letter in sign)
    return _RANKS.get(lower, _RANK_OF_OTHER), _MARKS.get(mark, _OTHER_MARK), f"{capitals + 1:02}"


def _code_part(part):
    if part.isdecimal():
        digits = part.lstrip("0") or "0"
        return f"1{len(digits):02}{digits}"
    return f"2{sort_key(part)}00"


def _roman(numeral):
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return str(sum(-a if a < b else a for a, b in zip(values, following, strict=True)))


# Numbers


def integer(n):
    """Return a whole number with thousands apart: 31 920. Halves round away from zero."""
    return decimal(n, 0)


def decimal(x, places):
    """Return a number with a decimal comma and exactly `places` places: 12,5.

    Takes int, float or Decimal; halves round away from zero, as people round.
    """
    value = Decimal(str(x)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(value):,f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if value < 0 else digits


def plural(n, one, few, many, part=None):
    """Return the form of a noun that `n` asks for: 1 obec, 2–4 obce, 0 and 5 up obcí.

    A fraction asks for the genitive singular `part` (1,5 bodu); without one it raises ValueError.
    """
    if n != int(n):
        if part is None:
            raise ValueError(f"{n} is not whole: give the genitive singular of {one!r}")
        return part
    return {1: one, 2: few, 3: few, 4: few}.get(abs(int(n)), many)


def count(n, one, few, many, part=None, places=1):
    """Return a number and its noun: 5 obcí. A fraction is shown to `places`: 1,5 bodu."""
    word = plural(n, one, few, many, part)
    return f"{decimal(n, 0 if n == int(n) else places)}{NBSP}{word}"


def k_of_n(k, n):
    """Return „4 ze 4“, „4 z 5“."""
    return f"{integer(k)}{NBSP}{z_ze(n)}{NBSP}{integer(n)}"


# ze dvou, tří, čtyř, šesti, sedmi, dvanácti, třinácti, čtrnácti, šestnácti, sedmnácti
_ZE_BELOW_20 = {2, 3, 4, 6, 7, 12, 13, 14, 16, 17}
_ZE_TENS = {4, 6, 7}  # ze čtyřiceti, šedesáti, sedmdesáti
_ZE_HUNDREDS = {1, 2, 3, 4, 6, 7}  # ze sta, dvou set, tří set, čtyř set, šesti set, sedmi set


def z_ze(n):
    """Return the preposition „z“ or „ze“ before a number, by the word it is read with first.

    „Ze“ stands before s and š and before dv, tř and čt: ze dvou, ze tří, ze čtyř, ze sta.
    Vowels and single consonants take „z“ (z pěti, z osmi, z tisíce). Where usage wavers, one form
    is kept: ze 12 and ze 13 as ze 2 and ze 3, but z 20–29 and z 30–39 (z dvaceti, z třiceti).
    """
    while n >= 1000:
        n //= 1000
    if n < 20:
        vocalised = n in _ZE_BELOW_20
    elif n < 100:
        vocalised = n // 10 in _ZE_TENS
    else:
        vocalised = n // 100 in _ZE_HUNDREDS
    return "ze" if vocalised else "z"


def file_size(n):
    """Return the size of a file of n bytes: „120 kB“, „1,2 MB“."""
    if n < 999_500:
        return f"{decimal(max(n / 1000, 1), 0)}{NBSP}kB"
    return f"{decimal(n / 1_000_000, 1)}{NBSP}MB"


# Dates

_MONTHS = (
    *("leden", "únor", "březen", "duben", "květen", "červen"),
    *("červenec", "srpen", "září", "říjen", "listopad", "prosinec"),
)
_CZECH_DATE = re.compile(r"([0-9]{1,2})\s*\.\s*([0-9]{1,2})\s*\.\s*([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEARS = range(1990, 2101)


def date(day):
    """Return a day as 14. 11. 2026; of an aware moment, its day in Prague."""
    day = _in_prague(day)
    return _dotted(day.day, day.month, day.year)


def date_time(moment):
    """Return a moment as 20. 11. 2026 8:00; an aware one is told in Prague's time."""
    moment = _in_prague(moment)
    return f"{date(moment)}{NBSP}{moment.hour}:{moment.minute:02}"


def month_year(day):
    """Return „listopad 2026“."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def quarter_label(start_date, months):
    """Return the name of a period of `months` months that begins with the month of `start_date`.

    „říjen 2026“, „3. čtvrtletí 2026“, „1. pololetí 2026“, „rok 2026“; one that is none of these
    reads „10/2026–1/2027“.
    """
    month, year = start_date.month, start_date.year
    part = {3: "čtvrtletí", 6: "pololetí", 12: "rok"}.get(months)
    if months == 1:
        return month_year(start_date)
    if part and (month - 1) % months == 0:
        order = "" if months == 12 else f"{(month - 1) // months + 1}.{NBSP}"
        return f"{order}{part} {year}"
    years, last = divmod(month + months - 2, 12)
    return f"{month}/{year}{WORD_JOINER}–{WORD_JOINER}{last + 1}/{year + years}"


def days_late(n):
    """Return by how many days something is late: „o 1 den“, „o 2 dny“, „o 34 dní“."""
    return f"o{NBSP}{count(n, 'den', 'dny', 'dní')}"


def days_ago(n):
    """Return how long ago something was: „dnes“, „včera“, „před 36 dny“.

    Raises ValueError for a day that has not come yet.
    """
    if n < 0:
        raise ValueError(f"{-n} days ahead is not ago")
    return ("dnes", "včera")[n] if n < 2 else f"před{NBSP}{integer(n)}{NBSP}dny"


def parse_date(text):
    """Return the day written as 15. 12. 2026, 15.12.2026 or 2026-12-15.

    Raises ValueError with a Czech sentence that says what to do: for any other writing, a day that
    is not in the calendar, and years outside 1990–2100.
    """
    hint = f"Datum napište jako {_dotted(15, 12, 2026)}."
    text = text.strip()
    if found := _CZECH_DATE.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise ValueError(hint)
    if year not in _YEARS:
        raise ValueError(f"Rok musí být od {_YEARS[0]} do {_YEARS[-1]}. {hint}")
    try:
        return dt.date(year, month, day)
    except ValueError:
        written = _dotted(day, month, year)
        raise ValueError(f"Den {written} v{NBSP}kalendáři není. {hint}") from None


def _dotted(day, month, year):
    return f"{day}.{NBSP}{month}.{NBSP}{year}"


def _in_prague(moment):
    aware = isinstance(moment, dt.datetime) and moment.tzinfo
    return moment.astimezone(PRAGUE) if aware else moment


# Typography

_LOWER = "[a-záčďéěíňóřšťúůýž]"
# Words that a number does not count: the line may end before them.
_UNCOUNTED = (
    "a aby ale ani až bez by být byl byla bylo byly či do i je jsou jako jen k ke má mají mezi na "
    "nad ne než nebo o od odst písm po pod podle pro proti při přes s se si tak také u už v ve "
    "však z za zda ze že"
).replace(" ", "|")
_COUNTED = rf"(?!(?:{_UNCOUNTED})\b){_LOWER}"

_RULES = [
    (re.compile(pattern), replacement.replace("~", NBSP).replace("^", WORD_JOINER))
    for pattern, replacement in [
        # 14. 11. 2026
        (r"(?<!\d)(\d{1,2}\.) (?=\d{1,2}\.)", r"\1~"),
        (rf"(?<!\d)(\d{{1,2}}\.{NBSP}\d{{1,2}}\.) (?=\d{{4}}(?!\d))", r"\1~"),
        # 14. listopadu, 3. čtvrtletí
        (rf"(?<!\w)(\d{{1,2}}\.) (?={_COUNTED})", r"\1~"),
        # č. 5, odst. 2, písm. a, § 3
        (r"(?<!\w)((?:č|čl|odst|písm|str|obr|tab)\.|§) (?=\w)", r"\1~"),
        # 13 z 30, 4 ze 4
        (rf"(?<=\d)[ {NBSP}](ze?)[ {NBSP}](?=\d)", r"~\1~"),
        # k obci, v Chebu, a s nimi
        (r"(?<![^\s„‚(\[])([ksvzouiaKSVZOUIA]) (?=\S)", r"\1~"),
        # 12,5 %, 300 Kč, 99/2019 Sb., 5 mil. Kč
        (r"(?<=\d) (?=[%‰°€]|Kč\b|EUR\b|Sb\.)", "~"),
        (rf"(?<!\w)(tis|mil|mld)\. (?=Kč\b|EUR\b|{_COUNTED})", r"\1.~"),
        # 5 obcí, 31 opatření; a year counts nothing
        (rf"(?<!\w)(?!(?:19|20)\d\d )(\d+) (?={_COUNTED})", r"\1~"),
        # 12–30, and no line begins with a dash
        (rf"(?<=\d){WORD_JOINER}?–{WORD_JOINER}?(?=\d)", "^–^"),
        (r"(?<=\S) –(?= )", "~–"),
    ]
]
_THOUSANDS = re.compile(rf"(?<![\w.,/])\d{{1,3}}(?:[ {NBSP}]\d{{3}})+(?!\w)")


def typography(text):
    """Return plain Czech text with its spaces made unbreakable where a line must not end.

    After one-letter prepositions and conjunctions, inside dates and thousands, between a number
    and what it counts, after č. and §; a word joiner on both sides of a dash between digits.
    Running it again changes nothing. For text with tags there is the filter `typo`.
    """
    text = _THOUSANDS.sub(lambda found: found[0].replace(" ", NBSP), text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def plain(text):
    """Return a text without what `typography` put in: for data, which no line has broken yet."""
    return text.replace(NBSP, " ").replace(WORD_JOINER, "")
