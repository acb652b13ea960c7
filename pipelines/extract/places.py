"""The places that an article names: found, judged, and told apart.

What belongs here: putting together what the runs say (:mod:`pipelines.extract.toponyms`), which place is meant
(:mod:`pipelines.extract.whereabouts`) and who is a person (:mod:`pipelines.extract.people`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.document import Document
from pipelines.extract.gazetteer import Place, gazetteer, key_of
from pipelines.extract.names import given_names
from pipelines.extract.people import Cast, Mention, Person, cast_of
from pipelines.extract.placenames import FAMILY_FIRST, WORDS, lookup, no_person
from pipelines.extract.placeruns import READINGS
from pipelines.extract.toponyms import FEATURE_LETTERS, Named, Surroundings
from pipelines.extract.whereabouts import Whereabouts
from pipelines.normalise.registry import host_of, outlet_by_host

ENOUGH = 0.6
"""The evidence from which on a name counts as a place's."""


DOUBTFUL = -0.7
"""From here on a name counts where the article is about the region that it lies in."""
LOST = -1.6
"""Below this nothing that the rest of the article says makes a place of a name."""
SUPPORTED = 0.999999
"""The votes of other names that make an article about a region: one name's, however its shares are rounded."""


class Located(NamedTuple):
    """A place in the text, the place it means if that is known, and the rule that decided."""

    start: int
    end: int
    sort: str
    name: str
    place: Place | None
    rule: str


@lru_cache(maxsize=1 << 12)
def _country_of_host(host: str) -> str | None:
    outlet = outlet_by_host(host)
    if outlet is not None:
        return outlet.country
    last = host.rsplit(".", 1)[-1].upper()
    code = _DOMAINS.get(last, last)
    return code if len(last) == 2 and last not in _NO_COUNTRY and gazetteer().has_country(code) else None


_DOMAINS = {"UK": "GB"}
_NO_COUNTRY = frozenset(["AI", "CC", "CO", "EU", "FM", "IO", "LY", "ME", "TV", "WS"])
"""Domains of countries that sites of all countries use."""


def home_country(url: str | None) -> str | None:
    """The country of the outlet at an address: of the registry's outlet, else of the domain.

    >>> home_country("https://www.post.example.co.uk/a"), home_country("https://news.example.com/a")
    ('GB', None)
    """
    host = host_of(url) if url else None
    return _country_of_host(host) if host else None


def located(text: str, runs: Sequence[tuple[int, int, str]], cast: Cast, home: str | None) -> list[Located]:
    """The places of an article in order. ``runs`` are its capitalised runs: the start of their block, their own, their words."""
    mentions = cast.mentions
    starts = [mention.start for mention in mentions]
    around = Surroundings(text)
    readings = READINGS
    found: list[tuple[str, Named]] = []
    best: dict[str, float] = {}
    gone = -1
    sure: dict[int, bool] = {}
    for begin, start, run in runs:
        end = start + len(run)
        if (readings[run] is None and text[end + 1 : end + 4] not in FEATURE_LETTERS) or start < gone:
            continue  # most runs are nothing that a place could be
        near = bisect_left(starts, start)
        if near < len(starts) and starts[near] == start:
            mention = mentions[near]
            if mention.end == end and text[end : end + 1] != ",":
                number = id(mention.person)
                if number not in sure:
                    sure[number] = _is_sure(mention.person)
                if sure[number] and not _is_namesake(text, mention):
                    continue  # most towns that are named in an article are persons
        for name in around.named(begin, start, run):
            judged = _judge(text, name, mentions, near) if near < len(starts) and starts[near] < name.end else name
            gone = name.end if name.end > gone else gone
            if judged is not None:
                key = key_of(text[name.start : name.end])
                found.append((key, judged))
                if key not in best or judged.evidence > best[key]:
                    best[key] = judged.evidence
    where = Whereabouts([pair for pair in found if best[pair[0]] >= ENOUGH], home)
    made: list[Located] = []
    for key, name in found:
        start, end, sort, _, evidence, _ = name
        lifted = evidence + (2.0 if best[key] >= 2.0 and sort == "town" and evidence > LOST else 0.0)
        choice = where.choose(key, name) if lifted >= DOUBTFUL else None
        if lifted < ENOUGH and (choice is None or where.support(choice.place, key) < SUPPORTED):
            continue
        words = text[start:end]
        if choice is None:
            made.append(Located(start, end, sort, words, None, f"place_{sort}"))
        else:
            made.append(Located(start, end, sort, _called(words, key, sort, choice.place), choice.place, choice.rule))
    return made


def places_of(document: Document) -> list[Located]:
    """The places of a document's factual blocks, in order: read once, whichever kind of fact asks first."""
    found: list[Located] | None = document.shared.get("places")
    if found is None:
        cast = cast_of(document)
        found = located(document.clean, cast.runs, cast, home_country(document.url))
        document.shared["places"] = found
    return found


def _called(words: str, key: str, sort: str, place: Place) -> str:
    """The name of a place: the gazetteer's, unless that is in another language than the article ("Amurskaya oblast'")."""
    other = place.kind in ("region", "district") and sort not in ("people", "short") and key_of(place.name) != key
    return words if other else place.name


def _is_namesake(text: str, mention: Mention) -> bool:
    """Whether a place is meant that bears the given name of a person of the article, by the word before it: "to Jordan"."""
    words = text[mention.start : mention.end]
    if " " in words or not mention.person.name.startswith(words + " "):
        return False
    before = text[max(0, mention.start - 12) : mention.start].rpartition(" ")[0].rpartition(" ")[2]
    if before not in WORDS["locatives"] and before not in ("to", "from"):
        return False
    found = lookup(words)
    return found is not None and found[0] == "known"


def _is_sure(person: Person) -> bool:
    """Whether somebody named in full is a person beyond doubt: gender, given name, or often named."""
    name = person.name
    return (
        " " in name
        and not no_person(name)
        and (bool(person.gender) or person.mentions > 2 or name.split()[0] in given_names())
    )


def _looks_like_one(person: Person) -> bool:
    """Whether a given name, a title or an initial makes a person of a name; others are as likely "Dublin Singers"."""
    return bool(person.gender) or _begins_like_one(person.name)


@lru_cache(maxsize=1 << 14)
def _begins_like_one(name: str) -> bool:
    first = name.split()[0]
    return first.partition("-")[0] in given_names() or first in FAMILY_FIRST or (len(first) == 2 and first[1] == ".")


def _judge(text: str, name: Named, mentions: Sequence[Mention], near: int) -> Named | None:
    """The name with what the article's persons from number ``near`` on make of it; nothing where it is a part of a person's name."""
    for number in range(near, len(mentions)):
        mention = mentions[number]
        if mention.start >= name.end:
            break
        if mention.end <= name.start:
            continue
        if no_person(mention.person.name):
            continue
        words = text[mention.start : mention.end].count(" ")
        if mention.start <= name.start and mention.end >= name.end:
            if mention.end - mention.start > name.end - name.start:
                if _looks_like_one(mention.person) or name.start > mention.start:
                    return None
                return _weakened(name, 0.5)
            person = mention.person
            if not words and (name.within or _is_namesake(text, mention)) and name.end == mention.end:
                return name  # "Jordan Hale flew to Jordan"
            sure = _is_sure(person)
            return _weakened(name, 5.0 if sure and not words else 1.5 if words or name.evidence < 1 else 0.5)
    return name


def _weakened(name: Named, by: float) -> Named:
    """The name with so much against it."""
    start, end, sort, places, evidence, within = name
    return Named(start, end, sort, places, evidence - by, within)
