"""The names of places inside of a run of capitalised words, by the run alone.

What belongs here: which words of a run the lists know, as what, and what kind of word stands before and behind them in the run.
What does not: the text around the run (:mod:`pipelines.extract.toponyms`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.gazetteer import Place, gazetteer
from pipelines.extract.known_organisations import KNOWN_RUNS
from pipelines.extract.known_places import Listed, listed_names
from pipelines.extract.names import OPENERS, given_names, title_genders
from pipelines.rules import load_toml

_LISTS = load_toml("reference/en/places.toml")
WORDS = {name: frozenset(words.split()) for name, words in _LISTS.items() if name != "no_places"}
_NO_PLACES = frozenset(words.strip() for words in _LISTS["no_places"].split("|"))
_STREETS, _FEATURES, _HEADS = WORDS["streets"], WORDS["features"], WORDS["feature_heads"]
_BODIES, _HOUSES, _BEFORE = WORDS["bodies"], WORDS["houses"], WORDS["before"]
_LONGEST = 5
"""Words of the longest name that is looked up."""
_NAMESAKES = 25
"""Places of one name that are weighed: the largest."""
_LONGEST_RUN = 60
"""A run of more capitalised words than this holds no names that could be told from the rest."""
_WELL_KNOWN = 50_000
"""People of a town whose name everybody has heard."""
FAMILY_FIRST = frozenset(load_toml("reference/en/persons.toml")["family_first"].split())
PARTY = re.compile(r"[DRI]-")
"""Before the home of a lawmaker: "R-Ohio"."""


@lru_cache(maxsize=1 << 15)
def lookup(name: str) -> tuple[str, tuple[Place, ...]] | None:
    """What the lists have under a name: its sort and its places."""
    listed = _listed(name)
    if listed is not None:
        if listed.use == "code":
            return None
        if listed.use == "people":
            return "people", (listed.place,)
        if listed.use == "short":
            return "short", (listed.place,)
        others = tuple(place for place in gazetteer().named(name) if place != listed.place and place.kind != "country")
        return "known", (listed.place, *others) if name != "America" else (listed.place,)
    if len(name) < 3 or name in WORDS["not_places"] or name in _NO_PLACES:
        return None
    found = gazetteer().named(name)
    if not found:
        return None
    first = found[0]
    known = first.kind == "country" or (first.kind == "region" and first.country in _FEDERAL)
    known = known or (first.kind == "district" and name.split()[-1] in WORDS["districts"])
    return ("known" if known else "town"), found[:_NAMESAKES]


_FEDERAL = frozenset(("US", "CA", "AU"))
"""Countries whose states are as well known by name as countries."""


@lru_cache(maxsize=1 << 14)
def _listed(name: str) -> Listed | None:
    """The entry of a name, in capitals or in the plural of a people too."""
    listed = listed_names()
    found = listed.get(name)
    if found is None and name.isupper() and len(name) > 3:
        found = listed.get(name.title())
    if found is None and name[-1:] == "s" and name[:-1] in listed and listed[name[:-1]].use == "people":
        found = listed[name[:-1]]
    return found


class Segment(NamedTuple):
    """A name inside of a run, by the run alone: where it is, what it may be, the kinds of word before and behind it in the run."""

    at: int
    length: int
    name: str
    sort: str
    places: tuple[Place, ...]
    lead: str
    rest: str


def _kind_of_rest(words: list[str]) -> str:
    """What the words behind a name in its run make of it."""
    if not words:
        return ""
    if any(word.rstrip(",") in _HOUSES for word in words[:4]):
        return "house"
    first = words[0]
    if first in _BODIES or first.rstrip(".") in title_genders():
        return "body"
    if first in given_names():
        return "person"
    return "place" if lookup(first) else "other"


def _kind_of_lead(words: list[str]) -> str:
    """What the words before a name in its run make of it."""
    if not words:
        return ""
    last = words[-1]
    if last in _BEFORE or last.rstrip(".") in OPENERS:
        return "before"
    if last.rstrip(".") in title_genders():
        return "title"
    found = lookup(last)
    if found and found[0] in ("people", "known"):
        return "place"
    return "person" if last in given_names() else "other"


def _street(words: list[str], first: int) -> int:
    """How many words from ``first`` on are the name of a street; none if they are not."""
    for last in range(first + 1, min(first + 5, len(words))):
        if words[last] in _STREETS:
            if last + 1 < len(words) and words[last + 1] not in WORDS["directions"]:
                return 0
            behind = last + 1 < len(words) and words[last + 1] in WORDS["directions"] and last + 2 == len(words)
            return last + 1 - first + behind
    return 0


def _feature(words: list[str], first: int) -> int:
    """How many words from ``first`` on name a part of the landscape."""
    if "-" in words[first] and words[first].rsplit("-", 1)[-1].islower():
        return 0  # a given name: "Ju-min Park"
    if words[first] in _HEADS and first + 1 < len(words) and words[first + 1] not in _STREETS:
        return 2
    for last in range(min(first + 4, len(words)) - 1, first, -1):
        if words[last] in _FEATURES or words[last] in WORDS["districts"]:
            return last + 1 - first
    return 0


@lru_cache(maxsize=1 << 15)
def segments(run: str) -> tuple[Segment, ...]:
    """The names of places that a run of capitalised words may hold.

    >>> [(found.name, found.sort, found.rest) for found in segments("Northeast Ohio Police Department")]
    [('Ohio', 'known', 'body')]
    """
    words = run.split()
    if len(words) > _LONGEST_RUN:
        return ()
    starts: list[int] = []
    at = 0
    for number, word in enumerate(words):
        at = run.index(word, at)
        party = PARTY.match(word)
        if party:
            words[number] = word[2:]
        starts.append(at + 2 if party else at)
        at += len(word)
    found: list[Segment] = []
    first = 0
    left = 0
    while first < len(words):
        word = words[first]
        if word.rstrip(".") in OPENERS and word not in _HEADS:
            first += 1
            left = first
            continue
        taken, sort, places = _longest(words, first)
        lead = _kind_of_lead(words[left:first])
        street = 0 if lead in ("person", "title") else _street(words, first)
        feature = _feature(words, first)
        if street > taken or (street == taken and sort == "town"):
            taken, sort, places = street, "street", ()
        elif feature > taken and first + feature >= len(words) - 2:
            taken, sort, places = feature, "feature", ()
        if not taken:
            parts = _hyphened(word, starts[first], lead, _kind_of_rest(words[first + 1 :]))
            found += parts
            first += 1
            left = first if parts else left
            continue
        rest = _kind_of_rest(words[first + taken :])
        begin, end = starts[first], starts[first + taken - 1] + len(words[first + taken - 1])
        found.append(Segment(begin, end - begin, run[begin:end], sort, places, lead, rest))
        first += taken
        left = first
    return tuple(found)


def _longest(words: list[str], first: int) -> tuple[int, str, tuple[Place, ...]]:
    """The longest name in the lists that begins with a word: how many words, its sort, its places."""
    for count in range(min(_LONGEST, len(words) - first), 0, -1):
        looked = lookup(" ".join(words[first : first + count]))
        if looked and not (
            count > 1 and words[first + count - 1] == "City" and _governs(words[first + count :], looked[1])
        ):
            return count, *looked
    return 0, "", ()


def _governs(behind: list[str], places: tuple[Place, ...]) -> bool:
    """Whether "City" belongs to what stands behind it, and not to the name before it."""
    return bool(behind) and behind[0] in WORDS["governing"] and places[0].population < _WELL_KNOWN


def _hyphened(word: str, at: int, lead: str, rest: str) -> list[Segment]:
    """The names in a word of several parts: "Georgia-Russia", "Russian-backed", "R-Ohio"."""
    found = []
    if ("-" in word or "/" in word) and len(word) < _LONGEST_RUN:
        for part in re.finditer(r"[^-/]+", word):
            looked = lookup(part.group()) if part.group()[:1].isupper() else None
            if looked and (looked[0] != "town" or part.start() > 0 or rest in ("body",)):
                found.append(Segment(at + part.start(), len(part.group()), part.group(), *looked, lead, rest))
    return found


_NO_PERSON = WORDS["bodies"] | WORDS["houses"] | WORDS["features"] | WORDS["streets"] | WORDS["districts"]


@lru_cache(maxsize=1 << 14)
def no_person(name: str) -> bool:
    """Whether what was taken for a person is rather a body of a place: "Dublin Director", "Newark Fire"."""
    words = name.split()
    return (
        name in KNOWN_RUNS
        or any(word in _NO_PERSON for word in words[1:])
        or (
            len(words) > 1
            and words[0] not in given_names()
            and any(s.sort in ("known", "feature", "street") for s in segments(name))
        )
    )
