"""Whom the words for an actor or recipient mean, by name: persons, places and organisations of the article, and pronouns for them.

What belongs here: the choice among the names that other modules find. What does not: who acts (:mod:`pipelines.extract.actions_clauses`),
and the names of sources (:mod:`pipelines.extract.referents`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from pipelines.extract.actions_lexicon import words
from pipelines.extract.names import WORDS
from pipelines.extract.people import Cast, Person
from pipelines.extract.places import Located
from pipelines.extract.pronouns import subject_ahead
from pipelines.extract.speech import forms

_HEADS_OF_STATE = WORDS["heads_of_state"]
_PERSONAL = words("classes", "person_pronouns")
_MALE = frozenset(("he", "him", "his", "himself"))
_SINGULAR = frozenset(("it", "its"))
_PLURAL = frozenset(("they", "their", "both", "them"))
_NAMELESS = _SINGULAR | _PLURAL | frozenset(("who", "which", "that"))
_PAIRS = words("classes", "pairs")
_DIRECTION = re.compile(r"the (North|South|East|West)\Z", re.IGNORECASE)
_SAYS_IT = re.compile(r"(?P<who>[^,.;:()“”\"]{2,70}?) (?P<verb>[a-z]+)(?: (?:on )?[A-Z][a-z]+day)?(?: that)? \Z")
"""All of a sentence before *it*: who says something, the verb."""
_AND = re.compile(r"(?:, [^,;.]{1,60},)? and (?P<between>(?:[\w.’'-]+ ){0,6})\Z")
"""What stands between two names of a row."""
_SENTENCES, _FAR = 2, 800
"""Sentences, and characters of one, in which the two are looked for whom *they* mean; the first that names persons is the last."""
_SO_MANY = 8
"""Words of the longest subject that *it* is taken to mean."""


class _Named(NamedTuple):
    start: int
    end: int
    name: str


class Names:
    """The names of one document, asked for phrase by phrase."""

    def __init__(self, text: str, cast: Cast, places: list[Located]) -> None:
        self.text = text
        self.cast = cast
        self.places = places
        self.starts = [place.start for place in places]

    def name(self, start: int, end: int, sentence: int) -> str | None:
        """The canonical name of whom the words ``[start, end)`` mean; ``sentence`` is where their sentence begins."""
        words_ = self.text[start:end]
        low = words_.lower()
        if "'" in low or "’" in low:
            for ending in ("'s", "’s", "'ll", "’ll", "'d", "’d", "'re", "’re", "'ve", "’ve"):
                low = low.removesuffix(ending)
        if low in _SINGULAR:
            return self._it(start, sentence)
        if low in _NAMELESS:
            return None
        if low in _PERSONAL:
            person = self._pronoun(low, start, sentence)
            return person.name if person is not None else None
        bare = start + 4 if low.startswith("the ") else start
        place = self._place_at(bare)
        if place is not None and place.end == end:
            return place.name
        direction = _DIRECTION.match(words_)
        if direction is not None:
            return self._part(direction.group(1).title())
        if low == words_ and not low.startswith(("the ", "his ", "her ", "their ", "its ")):
            return None  # "groups", "a farmer": nobody by name
        if words_.partition(" ")[2].islower() and low.rpartition(" ")[2] not in _HEADS_OF_STATE:
            return None  # "the party": only a head of state is told by the office
        return self.cast.name_of(start, end)[0]

    def pair(self, start: int, end: int, sentence: int) -> tuple[str, str] | None:
        """The two whom *they*, *their* or "the two leaders" mean: the row of two names before them, in this sentence or the last."""
        low = self.text[start:end].lower()
        if low not in _PLURAL and not (low.startswith(("the two ", "both ")) and low.rpartition(" ")[2] in _PAIRS):
            return None
        found = self._row(sentence, start)
        at = sentence
        for _ in range(0 if self.cast.between(sentence, start) else _SENTENCES):
            before = self._before(at)
            if found is not None or before >= at:
                break
            found = self._row(before, at)
            if self.cast.between(before, at):
                break
            at = before
        return found

    def _place_at(self, start: int) -> Located | None:
        at = bisect_left(self.starts, start)
        return self.places[at] if at < len(self.places) and self.starts[at] == start else None

    def _part(self, direction: str) -> str | None:
        """The one country of the article that has the direction in its name: "the North" of North Korea."""
        named = {place.name for place in self.places if place.name.startswith(direction + " ") and _is_country(place)}
        return named.pop() if len(named) == 1 else None

    def _before(self, sentence: int) -> int:
        """Where the sentence before the one at ``sentence`` begins."""
        low = max(0, sentence - _FAR)
        end = low + len(self.text[low:sentence].rstrip())
        return (
            max(self.text.rfind(". ", low, max(low, end - 1)), self.text.rfind("\n", low, max(low, end - 1)), low - 1)
            + 1
        )

    def _pronoun(self, pronoun: str, at: int, sentence: int) -> Person | None:
        """Whom *he* or *she* means: the person named first in the sentence, else the subject behind a leading phrase, else the
        first of the sentence before, else the last named."""
        gender = "m" if pronoun in _MALE else "f"
        for mention in self.cast.between(sentence, at):
            if mention.person.gender in ("", gender) and self.text[mention.end : mention.end + 2] not in ("'s", "’s"):
                return mention.person
        ahead = subject_ahead(self.cast, sentence, at)
        if ahead is not None and ahead.gender in ("", gender):
            return ahead
        before = self.text.rfind(". ", 0, max(0, sentence - 2)) + 1
        for mention in self.cast.between(before, sentence):
            if mention.person.gender in ("", gender):
                return mention.person
        return next((one.person for one in self.cast.before(sentence, 12) if one.person.gender in ("", gender)), None)

    def _it(self, at: int, sentence: int) -> str | None:
        """What *it* means: who, no person, says at the beginning of the sentence what it did ("Norway said it had …")."""
        match = _SAYS_IT.match(self.text[sentence:at]) if at - sentence < 120 else None
        if match is None or match["verb"] not in forms() or match["who"].count(" ") >= _SO_MANY:
            return None
        end = sentence + match.end("who")
        if self.cast.between(sentence, end):
            return None
        return self.name(sentence, end, sentence)

    def _row(self, low: int, high: int) -> tuple[str, str] | None:
        """The only row of two names in ``[low, high)``: persons, or countries."""
        named = [_Named(one.start, one.end, one.person.name) for one in self.cast.between(low, high)]
        for place in self.places[bisect_left(self.starts, low) : bisect_left(self.starts, high)]:
            if _is_country(place):
                named.append(_Named(place.start, place.end, place.name))
        named.sort()
        found: set[tuple[str, str]] = set()
        for one, other in pairwise(named):
            match = _AND.match(self.text[one.end : other.start]) if other.start - one.end < 120 else None
            if (
                match is not None
                and one.name != other.name
                and self.text[other.end : other.end + 2] not in ("'s", "’s")
                and not any(word in forms() or word.endswith("ed") for word in match["between"].split())
            ):
                found.add((one.name, other.name))
        return found.pop() if len(found) == 1 else None


def _is_country(place: Located) -> bool:
    return place.sort != "people" and place.place is not None and place.place.kind == "country"
