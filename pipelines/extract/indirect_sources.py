"""The subject of a cue: who is the source of a reported statement.

What belongs here: subjects of participles and owners of nouns, beside the subjects that
:mod:`pipelines.extract.subjects` finds for finite verbs. What does not: which statement (:mod:`pipelines.extract.indirect`).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from pipelines.extract.indirect_reading import Reading
from pipelines.extract.indirect_words import WORDS, Cue
from pipelines.extract.nounphrases import Piece, chunk_start, trim_left
from pipelines.extract.subjects import main_subject, subject_before
from pipelines.extract.wordclasses import (
    CONJUNCTIONS,
    DETERMINERS,
    PAST,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    TIMES,
    WEEKDAYS,
)

_BE, _ASPECT, _LIGHT, _OWNERS = WORDS["be"], WORDS["aspect"], WORDS["light_verbs"], WORDS["owners"]
_LEADING = PREPOSITIONS | WORDS["openers"]
_NO_NOUN = PREPOSITIONS | CONJUNCTIONS
_IN_NAMES = frozenset(("of", "and", "for", "the", "in", "at"))
_TIMES = WEEKDAYS | {"late", "early", "noon", "midnight", "then", "now"}
_BREAKS = frozenset(",;:—–")


def source_of(reading: Reading, at: int, cue: Cue, helpers: AbstractSet[str]) -> Piece | None:
    """The subject of the verb at ``at``."""
    low = reading.since(at)
    if cue.shape == "ing" and helpers.isdisjoint(_BE):
        return _of_participle(reading, at, low)
    found = subject_before(reading.tokens, at, low, cue.shape, reading.earlier)
    if found is not None and found[1] - found[0] == 1 and is_time(reading, found[0]):
        # "Rebels who have held the town since January agreed": a month says nothing.
        found = main_subject(reading.tokens, low, found[0])
    return found or _behind_relative(reading, at, low)


def is_time(reading: Reading, at: int) -> bool:
    """Whether a time begins at ``at``: a day, a month, "late Monday", "noon"."""
    token = reading.tokens[at]
    return token.low in _TIMES or (token.capital and token.low in TIMES) or token.text.isdigit()


def without_relative(reading: Reading, source: Piece) -> Piece:
    """A source without the "who" or "which" of its clause: "Germany" of "Germany, which"."""
    start, end = source
    if end - start > 1 and reading.tokens[end - 1].low in RELATIVES:
        end -= 1
        if end - start > 1 and reading.tokens[end - 1].text == ",":
            end -= 1
    return start, end


def _behind_relative(reading: Reading, at: int, low: int) -> Piece | None:
    """The subject of a verb behind the relative clause that made the last statement: "The union, which opposes it, says"."""
    tokens, earlier = reading.tokens, reading.earlier
    if earlier is None or earlier[1] + 1 >= at:
        return None
    back = at - 1
    while back > low and (tokens[back].auxiliary or tokens[back].adverb or tokens[back].low == "yet"):
        back -= 1
    inserted = tokens[earlier[1]].text == "," and tokens[earlier[1] + 1].low in RELATIVES
    return earlier if inserted and tokens[back].text == "," else None


def _of_participle(reading: Reading, at: int, low: int) -> Piece | None:
    """The subject of a participle: the word before it, or that of the clause that it belongs to."""
    tokens = reading.tokens
    back = at - 1
    while back >= 0 and (tokens[back].adverb or tokens[back].low == "not"):
        back -= 1
    if back < 0 or (back < 2 and tokens[back].low in PREPOSITIONS):
        return _behind_lead(reading, at)
    before = tokens[back]
    if before.low in _ASPECT:
        return subject_before(tokens, back, low, "past", reading.earlier)
    if before.letter and before.low not in _NO_NOUN:
        start = trim_left(tokens, chunk_start(tokens, back + 1, low), back + 1)
        if start <= back:
            return start, back + 1
    if tokens[0].low in _LEADING and not any(token.text == "," for token in tokens[:at]):
        return _behind_lead(reading, at)
    return reading.earlier or _first_subject(reading, 0, at)


def _behind_lead(reading: Reading, at: int) -> Piece | None:
    """The subject behind the comma that ends a leading phrase: "Citing a poll, Lee said"."""
    for number in range(at + 1, reading.end - 1):
        if reading.tokens[number].text == ",":
            named = _first_subject(reading, number + 1, reading.end)
            if named is not None:
                return named
    return None


def _first_subject(reading: Reading, at: int, high: int) -> Piece | None:
    """The first noun phrase in ``[at, high)`` behind leading phrases."""
    tokens = reading.tokens
    while at < high:
        token = tokens[at]
        low = token.low
        if token.folded:
            return None
        if low in CONJUNCTIONS or token.mark or token.adverb:
            at += 1
        elif low in _LEADING or low == "to" or (low.endswith(("ing", "ed")) and not token.capital):
            while at < high and tokens[at].text not in ",—":
                at += 1
        else:
            break
    if at >= high:
        return None
    start = at
    if tokens[at].low in PERSONAL:
        return at, at + 1
    named = False
    while at < high:
        token = tokens[at]
        low = token.low
        if token.finite or token.text in _BREAKS or low in RELATIVES or token.folded:
            break
        if at > start and (token.adverb or (token.small and (low in PAST or low.endswith("ed")))):
            break
        if named and token.small and low not in _IN_NAMES:
            break
        named = token.capital and at > start
        at += 1
    return (start, at) if at > start else None


def owner_of(reading: Reading, at: int) -> Piece | None:
    """Whose the noun at ``at`` is: "Ann Lee's claim", "her plan"; or who is the subject of its verb: "they raised doubts"."""
    tokens = reading.tokens
    for back in range(at - 1, max(-1, at - 5), -1):
        token = tokens[back]
        low = token.low
        if low in _OWNERS:
            return back, back + 1
        if token.letter and low.endswith(("'s", "s'")):
            start = back
            while start and (tokens[start - 1].capital or tokens[start - 1].low in DETERMINERS):
                start -= 1
            return start, back + 1
        if not token.letter or low in PREPOSITIONS or token.finite:
            break
    for back in range(at - 1, max(0, at - 7), -1):
        token = tokens[back]
        low = token.low
        if token.text in _BREAKS or token.folded:
            break
        if not token.small:
            continue
        if low in _LIGHT or low in PAST or low.endswith("ed") or token.finite:
            shape = "ing" if low.endswith("ing") else "past"
            return subject_before(tokens, back, reading.since(back), shape, reading.earlier)
    return None
