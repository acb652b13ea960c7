"""Names as written: runs of capitalised words, taken apart into titles and the name itself.

What belongs here: the shape of names. What does not: whom a name means (:mod:`pipelines.extract.people`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.rules import load_csv, load_toml

WORDS = {name: frozenset(words.split()) for name, words in load_toml("reference/en/names.toml").items()}
OPENERS, ORGANISATIONS, PLACES = WORDS["openers"], WORDS["organisations"], WORDS["places"]
ORGANISATION_NOUNS, TRANSPARENT_NOUNS = WORDS["organisation_nouns"], WORDS["transparent_nouns"]
_SMALL_WORDS = WORDS["small_words"]
_BREAKS, _PARTICLE_WORDS = WORDS["breaks"], frozenset(word.title() for word in WORDS["particles"])
_WEEKDAYS = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_NAMED_DAYS = WORDS["named_days"]
SUFFIXES = frozenset(("Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"))

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
# The full stop comes before the look-behind, so that most words are not asked at all.
_DOTTED = (
    r"\.(?:(?<=\bMr\.|\bMs\.|\bMx\.|\bDr\.|\bLt\.|\bSt\.|\bFt\.|\bMt\.|\bJr\.|\bSr\.)"
    r"|(?<=\bMrs\.|\bSen\.|\bRep\.|\bGov\.|\bGen\.|\bMaj\.|\bCol\.|\bSgt\.|\bCpl\.|\bPvt\.|\bAdm\.|\bRev\.|\bHon\.)"
    r"|(?<=\bProf\.|\bSens\.|\bReps\.|\bGovs\.|\bCapt\.|\bCmdr\.|\bPres\.|\bAtty\.|\bSupt\.))"
)
_REST = rf"(?:\.(?<=[A-Z]\.)(?:[A-Z]\.)*|\w*+(?:[’'-](?!s\b)\w+)*(?:{_DOTTED})?)"
_PARTICLES = "|".join(sorted(WORDS["particles"]))
# The capital letter comes before the look-behind: a search for one of a set of characters is several times faster.
NAME = re.compile(rf"{_CAPITAL}(?<![\w’'].){_REST}(?:[ \u00a0](?:(?:{_PARTICLES})[ -]){{0,2}}{_CAPITAL}{_REST})*")
"""A run of capitalised words with the particles that names carry inside."""


COMPOUND = re.compile(
    "[-‑](?:based|born|raised|led|backed|controlled|run|owned|dominated|winning|winner|nominated|nominee|style|era)$"
)
"""The end of a capitalised compound that tells of a name and is no part of it: "Oslo-based Ann Lee"."""


@cache
def title_genders() -> dict[str, str]:
    """The titles that come before names, each with the gender that it tells, or an empty string."""
    return {row["title"]: row["gender"] for row in load_csv("en/titles.csv")}


@cache
def given_names() -> dict[str, str]:
    """Common given names, each with the gender that it tells, or an empty string."""
    return {row["name"]: row["gender"] for row in load_csv("en/given_names.csv")}


@cache
def nations() -> tuple[dict[str, str], re.Pattern[str], frozenset[str], frozenset[str]]:
    """Countries and their adjectives, lower case, to one key; a pattern that finds them; the last words of adjectives, the words of countries."""
    keys: dict[str, str] = {}
    adjectives: set[str] = set()
    places: set[str] = set()
    for row in load_csv("en/demonyms.csv"):
        key = row["demonym"].lower().replace(" ", "_")
        keys[row["demonym"].lower()] = key
        keys[row["country"].lower()] = key
        adjectives.add(row["demonym"].split()[-1])
        places.update(row["country"].split())
    longest_first = sorted(map(re.escape, keys), key=lambda name: (-len(name), name))
    return keys, re.compile(r"\b(?:" + "|".join(longest_first) + r")(?!\w)"), frozenset(adjectives), frozenset(places)


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run taken apart: words in front that are no part of the name, the name, and where it begins."""

    before: tuple[str, ...]
    words: tuple[str, ...]
    at: int
    gender: str
    """What a title in front tells; empty where none does."""
    titled: bool
    length: int
    """Characters of the name as written."""
    written: str
    """The words of the name with one space between"""
    key: str
    """The same for names of the same words and gender only"""
    count: int
    """How many words the name has; none where the run is no name"""


def take_apart(run: str) -> Name:
    """What in a capitalised run is title, nationality or the opening of a sentence, and what is the name.

    >>> name = take_apart("But Russian President Ann Lee")
    >>> name.before, name.words, name.at, name.gender
    (('But', 'Russian', 'President'), ('Ann', 'Lee'), 22, '')
    >>> take_apart("Mrs. Lee").gender, take_apart("North Korean").words
    ('f', ())
    >>> take_apart("Oslo-based Ann Lee").words, take_apart("Oscar-winner Lee").words
    (('Ann', 'Lee'), ('Lee',))
    """
    titles = title_genders()
    adjectives = nations()[2]
    words = run.split()
    drop = 0
    while drop < len(words) and words[drop].rstrip(".") in OPENERS:
        drop += 1
    while drop + 1 < len(words) and COMPOUND.search(words[drop]):
        drop += 1
    if not any(word in ORGANISATIONS for word in words[drop:]) or any(word in given_names() for word in words[drop:]):
        # "National Security Adviser Ann Lee": all goes up to the last title that a name follows.
        for number in range(len(words) - 1, drop - 1, -1):
            bare = words[number].rstrip(".")
            is_title = bare in titles or bare.split("-")[-1] in titles or bare in adjectives
            if is_title and (words[number + 1 :] == [] or words[number + 1] not in SUFFIXES):
                if number + 1 == len(words) and number > drop and bare not in adjectives:
                    continue  # a title behind the name
                drop = number + 1
                break
    before, kept = tuple(words[:drop]), words[drop:]
    while len(kept) > 1 and kept[-1] in titles and kept[0] not in given_names():
        kept.pop()
    for number in range(1, len(kept) - 1):
        if kept[0] in given_names() or kept[0] in PLACES or (len(kept[0]) == 2 and kept[0][1] == "."):
            break
        if kept[number] in given_names() and kept[number] not in _PARTICLE_WORDS:
            # "Filmmaker Ann Lee": a title that no list holds.
            before, kept = (*before, *kept[:number]), kept[number:]
            break
    for number in range(1, len(kept)):
        if kept[number] in _BREAKS:
            kept = kept[:number]
            break
    if len(kept) > 1 and kept[-1] in _WEEKDAYS and _is_dated(kept, drop > 0):
        kept.pop()  # "Ann Lee Tuesday said"
    while len(kept) > 1 and kept[-1][1:2] == "-" and kept[-1][2:].islower():
        kept.pop()  # "Ann Lee T-shirts"
    if all(word.rstrip(".") in titles for word in kept) and len(kept) > 1:
        kept = []
    if len(kept) == 1 and any(part in adjectives for part in kept[0].split("-")):
        kept = []
    at = 0
    for word in before:
        at = run.index(word, at) + len(word)
    at = run.index(kept[0], at) if kept else len(run)
    told = [titles[word.rstrip(".")] for word in before if word.rstrip(".") in titles]
    gender = next(filter(None, told), "")
    written = " ".join(kept)
    return Name(before, tuple(kept), at, gender, bool(told), len(written), written, f"{gender} {written}", len(kept))


def _is_dated(words: list[str], led: bool) -> bool:
    """Whether the day at the end of a run is when it was, and no part of a name: Lee Tuesday, but Black Friday, Harbour News Sunday."""
    return words[0] not in _NAMED_DAYS if len(words) == 2 else led or words[0] in given_names()


class _Apart(dict[str, Name]):
    """Runs taken apart: articles have many names in common."""

    def __missing__(self, run: str) -> Name:
        if len(self) >= _MOST_RUNS:
            self.clear()
        made = self[run] = take_apart(run)
        return made


_MOST_RUNS = 1 << 16
taken_apart = _Apart().__getitem__
"""As :func:`take_apart`, each run once. A dict: to look a run up in an ``lru_cache`` costs twice as much."""


@lru_cache(maxsize=1 << 14)
def bare_name(phrase: str) -> Name | None:
    """The name that a phrase is, perhaps with titles in front, and nothing else.

    >>> bare_name("Mayor Ann Lee").words, bare_name("Ann Lee, the mayor"), bare_name("The Mayor")
    (('Ann', 'Lee'), None, None)
    """
    if NAME.fullmatch(phrase) is None:
        return None
    name = taken_apart(phrase)
    ends_in_title = name.count == 1 and name.at == 0 and phrase != name.written
    return name if name.count and not ends_in_title else None


@lru_cache(maxsize=1 << 14)
def is_no_person(words: tuple[str, ...]) -> bool:
    """Whether a run holds a word of organisations, places or countries, or ends with a day."""
    _, _, adjectives, countries = nations()
    parts = [part for word in words for part in word.split("-")]
    return (
        words[0] in PLACES
        or words[-1] in _WEEKDAYS
        or any(part in ORGANISATIONS or part in adjectives or part in countries for part in parts)
    )


def is_plain_word(text: str, first: str, at: int, start: int) -> bool:
    """Whether the first word of a name at ``at`` is none of it, as a sentence of the piece from ``start`` on begins with it.

    >>> text = "Donor Lee left. The donor, Ann Lee, said no. Debating Lee is hard."
    >>> is_plain_word(text, "Donor", 0, 0), is_plain_word(text, "Debating", 45, 0), is_plain_word(text, "Ann", 27, 0)
    (True, True, False)
    """
    before = text[max(start, at - 2) : at].rstrip()
    if (before and before[-1] not in _ENDS) or first in given_names() or not first[1:].islower():
        return False
    low = first.lower()
    return (len(first) > 5 and low.endswith(("ing", "ed"))) or any(f" {low}{end}" in text for end in " ,.")


_ENDS = frozenset(".!?:;\n\"“”‘’'")


def has_title_case(text: str) -> bool:
    """Whether a line is written like a headline, where a run of capitalised words is no name.

    >>> has_title_case("Lee Tells Guest Of New Bridge Plan"), has_title_case("Ann Lee told the guests of the plan")
    (True, False)
    """
    count = 0
    for word in text.split():
        first = word[0]
        if first.isalpha() and word not in _SMALL_WORDS:
            if not first.isupper():
                return False
            count += 1
    return count > 3


def family_name(words: tuple[str, ...]) -> str:
    """The last word of a name, suffixes aside.

    >>> family_name(("Ann", "Lee", "Jr."))
    'Lee'
    """
    return words[-2] if words[-1] in SUFFIXES and len(words) > 2 else words[-1]


def stands_inside(text: str, word: str) -> bool:
    """Whether a capitalised word stands inside of a sentence: behind a small letter or a comma, perhaps in marks.

    >>> stands_inside("Parents met in (Northgate) today", "Northgate"), stands_inside("Parents met. Parents!", "Parents")
    (True, False)
    """
    at = text.find(word)
    while at >= 0:
        before = at - 1 if at and text[at - 1] in '“"‘(' else at
        if before > 1 and text[before - 1] in " \u00a0" and text[before - 2] in _INSIDE:
            end = at + len(word)
            if _in_word(text[end - 1]) != _in_word(text[end : end + 1]):
                return True
        at = text.find(word, at + 1)
    return False


_INSIDE = frozenset("abcdefghijklmnopqrstuvwxyz,")


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
