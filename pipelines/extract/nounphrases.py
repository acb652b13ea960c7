"""Where a noun phrase begins and ends among the tokens of a frame sentence, without a parser.

What belongs here: the edges of noun phrases. What does not: whose subject they are (:mod:`pipelines.extract.subjects`).
"""

from __future__ import annotations

from pipelines.extract.wordclasses import (
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    PAST,
    PERSONAL,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    WEEKDAYS,
)
from pipelines.extract.words import BREAKS, Sentence

# Combined once: these are asked for every word.
_PRONOUNS_DETERMINERS = PRONOUNS | DETERMINERS
_PREPOSITIONS_DETERMINERS = PREPOSITIONS | DETERMINERS
_PRONOUNS_ALONE = PRONOUNS - DETERMINERS
_ENDING = PREPOSITIONS - {"of", "for"}
_LONGEST_BRACKET = 30
"""Tokens between brackets behind a name"""
_CLOSING = PREPOSITIONS - {"of", "for", "at", "with", "from"}

Piece = tuple[int, int]
"""Token numbers, end exclusive."""


def trim_left(tokens: Sentence, start: int, end: int) -> int:
    """Drop what stands before the noun phrase in ``[start, end)``: conjunctions, adverbs, a leading phrase with a preposition."""
    while start < end - 1:
        token = tokens[start]
        low = token.low
        if (
            low in CONJUNCTIONS or low in SUBORDINATORS or token.adverb or token.text in "\"'’,"
        ) and low not in PRONOUNS:
            start += 1
            continue
        if low in ("that", "so") and tokens[start + 1].low in _PRONOUNS_DETERMINERS:
            start += 1
            continue
        if low in PREPOSITIONS:
            # "In a statement Smith": the subject is the last phrase that no preposition leads.
            for at in range(end - 1, start + 1, -1):
                before, here = tokens[at - 1], tokens[at]
                if (
                    here.low in PRONOUNS
                    and before.low not in PREPOSITIONS
                    and here.low not in ("that", "this", "one", "all")
                ):
                    return at
                if here.low in DETERMINERS and before.low not in PREPOSITIONS:
                    return at
                if here.capital and not before.capital and before.low not in _PREPOSITIONS_DETERMINERS:
                    return at
                if before.low in WEEKDAYS:
                    return at
            return start
        break
    return start


def chunk_start(tokens: Sentence, end: int, low: int) -> int:
    """Where the chunk that ends before ``end`` begins: behind the nearest break, conjunction of clauses or other verb."""
    at = end - 1
    while at >= low:
        token = tokens[at]
        text = token.text
        if text in BREAKS:
            if text == ")" or text == "]":
                # Words in brackets belong to the name before them: (D-Ohio).
                back = at - 1
                while back >= low and tokens[back].text not in "([" and at - back < _LONGEST_BRACKET:
                    back -= 1
                if back >= low and tokens[back].text in "([":
                    at = back - 1
                    continue
            if text == "-" and at > low and tokens.touches(at):
                at -= 1
                continue
            break
        if token.low in SUBORDINATORS and not (token.low == "that" and at + 1 == end):
            before = tokens[at - 1] if at > low else None
            if (
                token.low == "that"
                and before is not None
                and not before.finite
                and before.low not in PREPOSITIONS
                and before.letter
            ):
                at -= 1
                continue
            break
        if _is_verb(tokens, at, end) and not _inside_relative(tokens, at, low):
            break
        at -= 1
    return at + 1


def _is_verb(tokens: Sentence, at: int, end: int) -> bool:
    """Whether the token is the verb of another clause: a finite form, or a past form with an object behind it."""
    token = tokens[at]
    if token.finite:
        return True
    if at + 1 >= end or not token.small:
        return False
    return (token.low in PAST or token.low.endswith("ed")) and tokens[at + 1].low in DETERMINERS


def _inside_relative(tokens: Sentence, at: int, low: int) -> bool:
    """Whether a verb belongs to a *who* clause that no comma sets off, as in "the man who shot him said"."""
    return any(
        tokens[back].low in ("who", "that", "which")
        for back in range(at - 1, max(low, at - 6) - 1, -1)
        if tokens[back].text not in BREAKS
    )


def noun_phrase_end(tokens: Sentence, at: int, high: int) -> int:
    """Where the noun phrase that begins at ``at`` ends, roughly: before a verb, a preposition other than of/for, a break."""
    start = at
    if tokens[at].low in PERSONAL:
        return at + 1
    while at < high:
        token = tokens[at]
        if token.text in BREAKS or token.auxiliary or token.low in SUBORDINATORS or token.low in RELATIVES:
            break
        if at > start:
            if token.adverb or token.low in _ENDING:
                break
            if token.small and (token.low.endswith("ed") or token.low in PAST or token.form is not None):
                break
        at += 1
    return at


def subject_after(tokens: Sentence, start: int, high: int) -> Piece | None:
    """The noun phrase that begins at ``start`` behind an inverted verb ("said Ann Lee, a farmer")."""
    while start < high and tokens[start].adverb and tokens[start].low not in WEEKDAYS:
        start += 1
    if start >= high:
        return None
    first = tokens[start]
    named = first.capital or first.low in DETERMINERS or first.low in PRONOUNS or first.letter
    if (
        not named
        or first.low in PREPOSITIONS
        or first.low in SUBORDINATORS
        or first.low in ADVERBS
        or first.text in BREAKS
    ):
        return None
    if first.low in _PRONOUNS_ALONE:
        return start, start + 1
    at = start
    while at < high:
        token = tokens[at]
        if token.folded or token.text in ",;:—–.":
            break
        if token.text == "-" and not tokens.touches(at):
            break
        if at > start and (token.low in _CLOSING or token.low in SUBORDINATORS):
            break
        if token.low in WEEKDAYS:
            break
        at += 1
    if at == start + 1 and at < len(tokens) and tokens[at].folded and first.low in DETERMINERS:
        return None  # the “bridge first” report: the run is a part of the phrase
    has_name = any(token.capital for token in tokens[start:at])
    if not has_name and at < high - 1 and tokens[at].text == "," and tokens[at + 1].capital:
        # "said the manager, Ann Lee."
        at += 2
        while at < high and tokens[at].capital:
            at += 1
    return (start, at) if at > start else None
