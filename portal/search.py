"""Search: how well an entry answers what was typed, and in which order answers stand.

Works on plain words: diacritics and case never count. Pure but for the sources, which are given;
portal/search_sources.py has those of the portal.

A form of a word is recognised by cutting Czech endings (`forms`), not by a dictionary: „v Chebu“,
„mariánských lázních“, „garančního fondu“, „Lokti“ find what they name; „Praze“ does not find Praha.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property, lru_cache

from common import czech

LONGEST = 100
"""How many signs of what was typed count."""
MOST_WORDS = 6
SHOWN = 50

_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")

_BEFORE_A_NOUN = "do k ke na nad o od po pod pri pro s se u v ve z za ze"
_PREPOSITIONS = frozenset(_BEFORE_A_NOUN.split())
_SMALL_WORDS = _PREPOSITIONS | {"a", "i"}

_NOUN = "a e i o u y ou em am im um ym ech ach ich ych ami emi imi ymi ove ovi"
_ADJECTIVE = "a e i o y ou em eho emu ho ym ych ymi"
_SOFT = "ni niho nimu nim nich nimi"
_ENDINGS = (
    [(ending, 2) for ending in f"{_NOUN} eho emu iho imu".split()]
    + [(suffix + ending, 3) for suffix in ("sk", "ov") for ending in _ADJECTIVE.split()]
    + [(ending, 3) for ending in _SOFT.split()]
)
_VOWELS = set("aeiouy")
_CODE_SIGNS = set("ivx.0123456789")


class Match(IntEnum):
    """How well an entry answers, the best first."""

    EXACT = 1  # the whole name, or the code
    DECLINED = 2  # the whole name in the case its preposition asks for: „v Aši“
    BEGINNING = 3  # the name begins with what was typed
    WORDS = 4  # each word begins a word of the name
    INSIDE = 5  # each word stands within the name
    FORM = 6  # each word is a form of a word of the name
    TEXT = 7  # some words stand only in what is said of it
    PART = 8  # only some words are found at all
    TYPO = 9  # a name that differs by one letter


@dataclass(frozen=True)
class Query:
    """What was typed, cleaned; `typed` is shown back, `words` are what is looked for."""

    typed: str
    words: tuple[str, ...]
    is_cut: bool = False

    @classmethod
    def of(cls, text):
        """Return the Query of what came in an address, whatever it is."""
        text = " ".join(text.replace("\x00", " ").split())
        typed = text[:LONGEST].rstrip()
        return cls(typed, words_of(_DECIMAL_COMMA.sub(".", typed)), len(text) > LONGEST)

    @property
    def text(self):
        return " ".join(self.words)

    @cached_property
    def significant(self):
        """The words that choose: without prepositions, unless there is nothing else."""
        chosen = [word for word in self.words if word not in _SMALL_WORDS]
        return tuple(chosen or self.words)[:MOST_WORDS]


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    `name`, `code`, `wording` and `aliases` are its names; `text` is shown and searched after them,
    `also` only searched. `labels` are words that may stand before or after the name when it is
    asked for („ORP Cheb“, „LK IX“). `order` decides between equal entries of one source.
    """

    kind: str
    name: str
    link: Callable[[], str]
    order: tuple
    code: str = ""
    wording: str = ""
    context: str = ""
    text: str = ""
    also: str = ""
    aliases: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()

    @property
    def url(self):
        return self.link()

    @cached_property
    def names(self):
        """The names in plain words, the code among them."""
        written = filter(None, [self.code, self.name, self.wording, *self.aliases])
        return tuple(" ".join(words_of(name)) for name in written)

    @cached_property
    def name_words(self):
        return tuple(" ".join(self.names).split())

    @cached_property
    def all_words(self):
        return (*self.name_words, *words_of(f"{self.text} {self.also}"), *self.labels)


@dataclass(frozen=True)
class Hit:
    """An entry that was found, and how."""

    entry: Entry
    match: Match
    query: Query

    @property
    def code(self):
        return marked(self.entry.code, self.query)

    @property
    def name(self):
        return marked(self.entry.name, self.query)

    @property
    def wording(self):
        return marked(self.entry.wording, self.query)

    @property
    def text(self):
        return marked(self.entry.text, self.query)


@dataclass(frozen=True)
class Results:
    """What a query found, the best first; for want of better all are PART or all TYPO."""

    query: Query
    hits: list[Hit] = field(default_factory=list)

    @property
    def shown(self):
        return self.hits[:SHOWN]

    @property
    def are_partial(self):
        return bool(self.hits) and self.hits[0].match == Match.PART

    @property
    def are_guessed(self):
        return bool(self.hits) and self.hits[0].match == Match.TYPO

    @property
    def sentence(self):
        """How many were found: „Nalezeny 2 výsledky.“"""
        number = len(self.hits)
        verb = czech.plural(number, "Nalezen", "Nalezeny", "Nalezeno")
        found = f"{verb} {czech.count(number, 'výsledek', 'výsledky', 'výsledků')}"
        rest = f", tady je prvních {SHOWN}. Další slovo výběr zúží" if number > SHOWN else ""
        return czech.typography(f"{found}{rest}.")


def search(query, sources, guess=None):
    """Return the Results of a query over sources, which give entries for a query.

    Between equal matches the earlier source wins, then the order of its entries. Where no entry
    answers all words, those that answer some stand in; after them what `guess` gives for a query,
    entries whose names are one letter off.
    """
    if not query.words:
        return Results(query)
    entries = [
        ((number, *entry.order), entry)
        for number, source in enumerate(sources)
        for entry in source(query)
    ]
    found = [(level, order, e) for order, e in entries if (level := match(query, e))]
    if not found:
        parts = [(part(query, e), order, e) for order, e in entries]
        most = max((number for number, _, _ in parts), default=0)
        found = [(Match.PART, order, e) for number, order, e in parts if number == most > 0]
    if not found and guess:
        found = [(Match.TYPO, entry.order, entry) for entry in guess(query)]
    found.sort(key=lambda one: one[:2])
    return Results(query, [Hit(entry, level, query) for level, _, entry in found])


def match(query, entry):
    """Return the Match of an entry that answers all words of a query, None of another."""
    if query.text in entry.names or _without_labels(query, entry) in entry.names:
        return Match.EXACT
    if any(_is_declined(query, name) for name in entry.names):
        return Match.DECLINED
    if any(name.startswith(query.text) for name in entry.names):
        return Match.BEGINNING
    if level := _worst(query.significant, entry.name_words):
        return level
    return Match.TEXT if _worst(query.significant, entry.all_words) else None


def part(query, entry):
    """Return how many words of a query the names of an entry answer; short ones do not count."""
    words = [word for word in query.significant if len(word) > 2]
    return sum(word_match(word, entry.name_words) is not None for word in words)


def word_match(typed, words):
    """Return the best way in which one of the words answers a typed one: WORDS, INSIDE or FORM;
    None where none does."""
    if any(word.startswith(typed) for word in words):
        return Match.WORDS
    if len(typed) > 2 and any(typed in word for word in words):
        return Match.INSIDE
    cut = forms(typed)
    if any(not cut.isdisjoint(forms(word)) for word in words):
        return Match.FORM
    return None


@lru_cache(maxsize=20_000)
def forms(word):
    """Return a plain word and its stems: without each Czech ending it has, and each of these
    without the „e“ that comes and goes (Loket, Lokti). Two words with one of them in common are
    taken for forms of one word. Numbers and Roman numerals have none.
    """
    if _CODE_SIGNS.issuperset(word):
        return frozenset([word])
    cuts = {word}
    for ending, shortest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            cuts.add(word.removesuffix(ending))
    fleeting = {cut[:-2] + cut[-1] for cut in cuts if _has_fleeting_e(cut)}
    return frozenset(cuts | fleeting)


def words_of(text):
    """Return the plain words of a text; codes stay whole: „1.2“, „4.a“."""
    return tuple(_WORD.findall(czech.search_key(text)))


def marked(text, query):
    """Return a text in parts, pairs of the part and whether it is a word that was looked for."""
    parts = _WORD.split(czech.typography(text))
    return [
        (piece, number % 2 == 1 and _is_looked_for(piece, query))
        for number, piece in enumerate(parts)
        if piece
    ]


def one_letter_off(one, other):
    """Say whether two texts differ by one letter: another one, one more or one less."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return other_rest[1:] == rest[1:] or other_rest[1:] == rest or other_rest == rest[1:]


def _worst(typed, words):
    """The level of the typed word that is answered worst; None where one is not answered."""
    worst = Match.EXACT
    for one in typed:
        level = word_match(one, words)
        if level is None:
            return None
        worst = max(worst, level)
    return worst


def _without_labels(query, entry):
    """The query without the words that only say what is meant; empty where nothing is left."""
    return " ".join(word for word in query.words if word not in entry.labels)


def _is_declined(query, name):
    """Say whether a query is a preposition and a form of each word of a name, in their order."""
    if len(query.words) < 2 or query.words[0] not in _PREPOSITIONS:
        return False
    typed, name = query.words[1:], name.split()
    return len(typed) == len(name) and all(
        not forms(one).isdisjoint(forms(other)) for one, other in zip(typed, name, strict=True)
    )


def _has_fleeting_e(cut):
    return len(cut) > 3 and cut[-2] == "e" and not _VOWELS & {cut[-1], cut[-3]}


def _is_looked_for(piece, query):
    return any(word_match(word, [czech.search_key(piece)]) for word in query.significant)
