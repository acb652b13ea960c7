"""Where a reported statement begins and ends.

What belongs here: the words that a cue governs. What does not: cues and sources (:mod:`pipelines.extract.indirect`).
A clause goes on to the end of the sentence unless another cue, a new subject or an aside cuts it; an object ends earlier.
"""

from __future__ import annotations

import re

from pipelines.extract.indirect_reading import Reading
from pipelines.extract.indirect_words import WORDS, Cue
from pipelines.extract.signs import CLOSER, COMMA_END, TURN, pattern
from pipelines.extract.wordclasses import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, WEEKDAYS

_SAYING, _THOUGHTS, _ADDRESSED = WORDS["saying_verbs"], WORDS["thoughts"], WORDS["addressed_verbs"]
_SUBJECTS, _WH, _PARTICLES = WORDS["subject_pronouns"], WORDS["questions"], WORDS["particles"]
_OBJECTS = WORDS["objects"]
_FINITE, _OBJECT_ENDS = WORDS["finite"], WORDS["object_ends"]
_INNER = WORDS["inner_words"] | _SUBJECTS
_CLAUSE, _INFINITIVE, _OBJECT, _QUOTED = "clause", "infinitive", "object", "quoted"

_ASIDE = 14
"""Words between commas that can stand before a *that*"""
_TURNS = pattern(TURN, ",;" + COMMA_END)
_CLOSERS = pattern(CLOSER, ",;—–:" + COMMA_END)
_ANY = re.compile(r"(?s:.)")

Right = tuple[str, int, int]
"""Rule, first token and, if it is an object, the token behind the last; 0 otherwise."""


def tail(reading: Reading, start: int) -> int:
    """Where the clause ends that begins at ``start``."""
    tokens, end = reading.tokens, reading.end
    for match in _TURNS.finditer(reading.signs, start, end):
        at, sign = match.start(), match.group()
        if sign == COMMA_END:
            if at + 1 < end and _cut_at_comma(reading, start, at):
                return at + 1
        elif at == start:
            continue
        elif sign == ",":
            if at + 1 < end and reading.comma(at) and _cut_at_comma(reading, start, at):
                return at
        elif sign == ";":
            return at
        elif tokens[at].low == "according":
            if at + 1 < end and tokens[at + 1].low == "to":
                return at - 1 if tokens[at - 1].text == "," else at
        else:
            if tokens[at].low == "and" and _others_say(reading, at):
                return at - 1 if tokens[at - 1].text == "," else at
            cue = _verb_behind(reading, at + 1)
            if cue is not None and cue.shape == "past" and cue.word not in _THOUGHTS:
                return at
    return end


def _cut_at_comma(reading: Reading, start: int, at: int) -> bool:
    """Whether a clause ends at a comma: another cue follows, another subject, or an aside about its last word."""
    following = reading.tokens[at + 1]
    low = following.low
    cue = following.cue
    if cue is not None and cue.shape == "ing":
        return True
    if low in ("but", "while", "though", "although"):
        return True
    if low == "and" and reading.opens_clause(at + 2):
        return True
    if low in ("who", "which", "whose", "where"):
        return reading.has_verb(start, at)
    if low in CONJUNCTIONS or following.adverb:
        cue = _verb_behind(reading, at + 1 + (low in CONJUNCTIONS))
        return cue is not None and cue.shape == "past"
    return False


def _verb_behind(reading: Reading, at: int) -> Cue | None:
    """The verb that attributes at ``at`` or behind adverbs there."""
    tokens, end = reading.tokens, reading.end
    while at < end and tokens[at].adverb:
        at += 1
    if at < end and tokens[at].small:
        cue = tokens[at].cue
        if cue is not None and cue.kind == "verb":
            return cue
    return None


def _others_say(reading: Reading, at: int) -> bool:
    """Whether somebody else says something behind the *and* at ``at``."""
    for token in reading.tokens[at + 1 : min(at + 6, reading.end)]:
        cue = token.cue
        if cue is not None and cue.shape in ("past", "s") and cue.word in _SAYING:
            return True
    return False


def object_tail(reading: Reading, start: int, of_noun: bool = False) -> int:
    """Where the object ends that begins at ``start``; what a noun governs ends before the verb of the noun's clause."""
    tokens, signs, end = reading.tokens, reading.signs, reading.end
    inner = tokens[start].low in _INNER
    closing = _ANY if of_noun and not inner else _CLOSERS
    for match in closing.finditer(signs, start, end):
        at, sign = match.start(), match.group()
        if sign == COMMA_END:
            if at + 1 < end:
                return at + 1
            continue
        if at == start:
            continue
        token = tokens[at]
        low = token.low
        if sign in ";—–:" or low in _OBJECT_ENDS:
            return at
        if sign == ",":
            if reading.comma(at) and not (at + 1 < end and tokens[at + 1].low == "including"):
                return at
            continue
        if of_noun and not inner and low in _FINITE:
            return at
        inner = inner or low in _INNER
        if low in WEEKDAYS:
            return at - 1 if tokens[at - 1].low == "on" else at
        if low == "and":
            cue = _verb_behind(reading, at + 1)
            if cue is not None and cue.shape in ("past", "s"):
                return at
    return end


def right(reading: Reading, at: int, cue: Cue) -> Right | None:
    """What the verb at ``at`` governs behind it, if anything."""
    tokens, end, governs = reading.tokens, reading.end, cue.governs
    start = reading.skip(at + 1)
    if start >= end:
        return None
    if tokens[start].text == ":":
        return (_CLAUSE, start + 1, end) if start + 1 < end else None
    if "told" in governs:
        return _told(reading, start, cue)
    if tokens[start].low in ("out", "up") and tokens[start].low in governs:
        return (_CLAUSE, start + 1, 0) if start + 1 < end else None
    clause = "clause" in governs or "quote" in governs
    if clause and tokens[start].low in PREPOSITIONS:
        start = _behind_venue(reading, start)
        if start >= end:
            return None
    token = tokens[start]
    low = token.low
    if low == "that" and (clause or "that" in governs or "object" not in governs):
        return (_CLAUSE, start, 0) if clause or "that" in governs else None
    if token.folded:
        return _QUOTED, start, 0
    if token.text == ",":
        if not clause or start + 1 >= end:
            return None
        if tokens[start + 1].folded:
            return _QUOTED, start + 1, 0
        past = _behind_aside(reading, start + 1)
        return (_CLAUSE, past, 0) if past else None
    if low in _WH:
        return (_CLAUSE, start, 0) if not governs.isdisjoint(("clause", "wh", "object")) else None
    if low == "to":
        return (_INFINITIVE, start, 0) if "to" in governs else None
    if low in PREPOSITIONS and low in governs:
        if cue.word == "speak" and any(word.low == "condition" for word in tokens[start + 1 : start + 3]):
            return None  # on condition of anonymity: how somebody speaks, not of what
        return (_OBJECT, start + 1, object_tail(reading, start + 1)) if start + 1 < end else None
    if token.mark or low in PREPOSITIONS or low in CONJUNCTIONS or low == "as":
        return None
    if cue.word == "show" and low in _OBJECTS:
        return None  # "showed him a rocket"
    if "clause" in governs and ("object" not in governs or cue.word in ("say", "note") or reading.has_finite(start)):
        return _CLAUSE, start, 0
    if "object" in governs and low not in _PARTICLES:
        return _OBJECT, start, object_tail(reading, start)
    return None


def _behind_aside(reading: Reading, start: int) -> int:
    """The *that* behind words between commas: "said, without giving a reason, that"; 0 if there is none."""
    tokens = reading.tokens
    for at in range(start + 1, min(reading.end - 1, start + _ASIDE)):
        if tokens[at].text in ";:" or tokens[at].folded:
            break
        if tokens[at].text == "," and tokens[at + 1].low == "that":
            return at + 1
    return 0


def _behind_venue(reading: Reading, start: int) -> int:
    """Behind where it was said ("in a statement that", "at a rally in Ohio that"), else ``start``."""
    tokens, end = reading.tokens, reading.end
    for at in range(start + 1, min(end, start + 16)):
        token = tokens[at]
        if token.text == ":":
            return at + 1
        if token.low == "that" or token.folded or (token.low in _SUBJECTS and tokens[at - 1].low not in PREPOSITIONS):
            return at
        if token.text == ",":
            return at + 1 if at + 1 < end and (tokens[at + 1].folded or tokens[at + 1].low == "that") else start
        if token.finite:
            break
    return start


def _told(reading: Reading, start: int, cue: Cue) -> Right | None:
    """What is said behind whom it is said to: "told reporters in Columbus, Ohio, that", "urged voters to"."""
    tokens, end, governs = reading.tokens, reading.end, cue.governs
    at = start
    limit = min(end, start + 18)
    while at < limit:
        token = tokens[at]
        low = token.low
        if low == "that" and (at > start or "clause" in governs):
            return _CLAUSE, at, 0
        if token.folded:
            return _QUOTED, at, 0
        if at > start and (low in _WH or (low in _SUBJECTS and tokens[at - 1].low not in PREPOSITIONS)):
            return _CLAUSE, at, 0
        if (low == "to" and (at > start or "to" in governs)) or (low in PREPOSITIONS and low in governs):
            return _CLAUSE, start if cue.word in _ADDRESSED else at, 0
        if token.text == ":":
            return (_CLAUSE, at + 1, 0) if at + 1 < end else None
        if token.text == ",":
            for past in (at + 1, _next(reading, at + 1)):
                if past < end and tokens[past].folded:
                    return _QUOTED, past, 0
                if past < end and tokens[past].low == "that":
                    return _CLAUSE, past, 0
            break
        at += 1
    divided = at < end and tokens[at].text == ","
    closed = divided or at >= end
    if not divided and "clause" in governs and reading.has_finite(start):
        return _CLAUSE, _behind_hearer(reading, start), 0
    if "object" in governs and not (closed and cue.word == "tell"):
        return _OBJECT, start, object_tail(reading, start)
    return None


def _behind_hearer(reading: Reading, start: int) -> int:
    """Behind whom it is said to, where no *that* divides them: "told Harbour Radio the bridge would close"."""
    tokens = reading.tokens
    for at in range(start + 1, min(reading.end, start + 5)):
        if tokens[at].low in DETERMINERS and tokens[at - 1].low not in PREPOSITIONS:
            return at
    return start


def _next(reading: Reading, start: int) -> int:
    """Behind the next comma within five words."""
    for at in range(start, min(reading.end, start + 4)):
        if reading.tokens[at].text == ",":
            return at + 1
    return reading.end
