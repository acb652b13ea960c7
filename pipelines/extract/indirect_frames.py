"""Statements that other words than active verbs attribute.

What belongs here: nouns ("her claim that"), adjectives ("is sure that"), passives ("is said to be"), *seems*, *according
to*, and a name before a colon. What does not: active verbs (:mod:`pipelines.extract.indirect`).
"""

from __future__ import annotations

import re

from pipelines.extract.indirect_bounds import object_tail, tail
from pipelines.extract.indirect_reading import Reading, Report
from pipelines.extract.indirect_sources import is_time, owner_of
from pipelines.extract.indirect_words import WORDS, Cue
from pipelines.extract.nounphrases import Piece, subject_after
from pipelines.extract.signs import FINITE, FOLDS, flagged
from pipelines.extract.subjects import subject_before
from pipelines.extract.wordclasses import PAST, PREPOSITIONS, RELATIVES
from pipelines.extract.words import LONGEST_LABEL

_BE, _COPULAS, _NAMING, _WH = WORDS["be"], WORDS["copulas"], WORDS["naming"], WORDS["questions"]
_WHOLE, _EXPLETIVES, _LABELS = WORDS["statement_words"], WORDS["expletives"], WORDS["labels"]
_LABEL = re.compile(rf"(?s:.)[^{flagged(FINITE, ',;—–:' + FOLDS)}]*+:")
_AFTER_NAMES = PREPOSITIONS | PAST | RELATIVES | {"and"}
_INDEFINITE = frozenset(["a", "an", "another", "one"])


def according(reading: Reading, at: int) -> Report | None:
    """``according to Lee``, before or behind what she says, or in the middle of it."""
    tokens, end = reading.tokens, reading.end
    if at + 2 >= end or tokens[at + 1].low != "to":
        return None
    stop = at + 2
    while stop < end and tokens[stop].text not in ",;—–":
        stop += 1
    if stop == at + 2:
        return None
    cue = (at, at + 2)
    if at - reading.low <= 1:
        stop = _behind_apposition(reading, stop)
    source = (at + 2, stop)
    if at - reading.low <= 1:
        if stop + 1 >= end:
            return None
        return Report("according_to", source, cue, ((stop + 1, tail(reading, stop + 1)),), "positive")
    start, past = reading.opening(at), at
    while past > start and tokens[past - 1].text in ",—–(":
        past -= 1
    if past - start < 2 or (reading.low and not reading.has_verb(start, past)):
        return None  # "…,” she told them in May, according to Harbour Radio": through whom, not who
    content: tuple[Piece, ...] = ((start, past),)
    if stop + 2 < end and tokens[stop].text == "," and not reading.has_verb(start, past):
        content = (*content, (stop + 1, tail(reading, stop + 1)))
    return Report("according_to", source, cue, content, "positive")


def _behind_apposition(reading: Reading, comma: int) -> int:
    """The comma behind what is set off after a name: "According to Lee, a farmer from Oslo, the bridge leaks"."""
    tokens, end = reading.tokens, reading.end
    if comma + 2 >= end or tokens[comma].text != ",":
        return comma
    first = tokens[comma + 1]
    relative = first.low in ("who", "whose")
    if not (relative or first.low in ("a", "an") or first.text.isdigit()):
        return comma
    past = reading.next_comma(comma + 1, end)
    if past + 2 >= end or not reading.has_verb(past + 1, end):
        return comma
    if not relative and reading.has_verb(comma + 1, past):
        return comma
    rest = _behind_apposition(reading, past)
    return comma if rest == past and tokens[past + 1].low in RELATIVES else rest


def colon(reading: Reading) -> Report | None:
    """``Lee: the plan is dead``, as in headlines and transcripts."""
    tokens = reading.tokens
    found = _LABEL.match(reading.signs, 0, min(LONGEST_LABEL, reading.end - 2))
    if found is None:
        return None
    at = found.end() - 1
    first, last = tokens[0], tokens[at - 1]
    if not (first.capital and last.capital) or first.low in _LABELS or last.low in _LABELS:
        return None
    after = tokens[at + 1]
    if not (after.letter or after.folded) or (after.folded and at + 2 >= reading.end):
        return None
    return Report("colon", (0, at), (at, at + 1), ((at + 1, reading.end),), "positive")


def of_noun(reading: Reading, at: int, cue: Cue) -> Report | None:
    """``Lee's claim that …``, ``her plan to …``, ``they raised questions about …``."""
    tokens = reading.tokens
    link = at + 1
    if link + 1 >= reading.end or tokens[link].low not in cue.governs or (tokens[at].capital and not reading.title):
        return None
    owner = owner_of(reading, at)
    if owner is None and tokens[link].low != "that":
        return None
    content = _governed(reading, link, of_noun=True)
    return Report("noun" if owner else "noun_alone", owner, (at, at + 1), (content,), cue.polarity)


def of_adjective(reading: Reading, at: int, cue: Cue) -> Report | None:
    """``She is confident that …``, ``he seems eager to …``."""
    tokens = reading.tokens
    link = at + 1
    if link + 1 >= reading.end or tokens[link].low not in cue.governs:
        return None
    back, helpers = reading.helpers(at)
    verb = at
    if helpers.isdisjoint(_BE):
        if back < 1 or tokens[back].low not in _COPULAS:
            return None
        verb = back
        helpers |= reading.helpers(back)[1]
        verb = verb + 1 if helpers.isdisjoint(_BE) else at
    source = subject_before(tokens, verb, reading.since(at), "past", reading.earlier)
    if source is None or tokens[source[0]].low in _EXPLETIVES:
        return None
    start, end = _governed(reading, link)
    if reading.leads(at, source):
        end = reading.next_comma(start + 1, end)
    return Report("adjective", source, (at, at + 1), ((start, end),), cue.polarity)


def _governed(reading: Reading, link: int, of_noun: bool = False) -> Piece:
    """What stands behind the *that*, *to* or preposition at ``link``."""
    if reading.tokens[link].low in _WHOLE:
        return link, tail(reading, link)
    return link + 1, object_tail(reading, link + 1, of_noun)


def passive(reading: Reading, at: int, cue: Cue, polarity: str) -> Report | None:
    """``It was reported that …``, ``the plan was attacked by Lee``, ``is expected to …``, ``is seen as …``."""
    tokens, end = reading.tokens, reading.end
    start = reading.skip(at + 1)
    if start >= end:
        return None
    if cue.word == "ask":
        return asked(reading, at)
    named = subject_before(tokens, at, reading.since(at), "past", reading.earlier)
    if named is None:
        return None
    place = (at, at + 1)
    following = tokens[start].low
    if following == "to" and "clause" in cue.governs:
        return Report("passive_to", None, place, (named, (start, tail(reading, start))), polarity)
    if cue.word == "quote":
        return _quoted(reading, at, named, start)
    if following == "that" and tokens[named[0]].low == "it":
        return Report("passive_that", None, place, ((start, tail(reading, start)),), polarity)
    if following == "by" and "object" in cue.governs:
        agent = subject_after(tokens, start + 1, end)
        if agent is not None and not is_time(reading, start + 1):
            return Report("passive_by", agent, place, (named,), polarity)
    if following == "as" or (cue.word in _NAMING and following != "to"):
        start += following == "as"
        if start < end and tokens[start].low not in PREPOSITIONS and not tokens[start].mark:
            return Report("passive_as", None, place, (named, (start, object_tail(reading, start))), polarity)
    return None


def _quoted(reading: Reading, at: int, named: Piece, start: int) -> Report | None:
    """``Lee was quoted by Harbour Radio as saying that …``."""
    tokens, end = reading.tokens, reading.end
    via = subject_after(tokens, start + 1, end) if tokens[start].low == "by" else None
    link = via[1] if via is not None else start
    if link + 2 >= end or tokens[link].low != "as" or not tokens[link + 1].low.endswith("ing"):
        return None
    return Report("clause", named, (at, at + 1), ((link + 2, tail(reading, link + 2)),), "positive", via)


def asked(reading: Reading, at: int) -> Report | None:
    """``Asked whether …, she said``, ``he was asked about …``: by nobody, if no *by* tells."""
    tokens, end = reading.tokens, reading.end
    start = reading.skip(at + 1)
    source = None
    if start < end and tokens[start].low == "by":
        source = subject_after(tokens, start + 1, end)
        start = source[1] if source else start
        while start < end and tokens[start].low not in _WH and tokens[start].low not in ("about", "to"):
            start += 1
    if start + 1 >= end:
        return None
    low = tokens[start].low
    if not (low in _WH or low in ("about", "to", "for") or tokens[start].folded):
        return None
    start += low == "about"
    past = tail(reading, start)
    if at < 3:
        past = reading.next_comma(start + 1, past)
    return Report("asked", source, (at, at + 1), ((start, past),), "open")


def seems(reading: Reading, at: int, cue: Cue) -> Report | None:
    """``The plan seems to be dead``: how it looks, to nobody in particular."""
    tokens = reading.tokens
    start = reading.skip(at + 1)
    if start >= reading.end or tokens[start].mark or tokens[start].low in ("in", "on", "at"):
        return None
    named = subject_before(tokens, at, reading.since(at), cue.shape, reading.earlier)
    if named is None:
        return None
    return Report("seems", None, (at, at + 1), (named, (at + 1, tail(reading, at + 1))), "open")


def gives_name(reading: Reading, at: int, start: int) -> bool:
    """Whether *called* says what a thing is named, and nobody calls anybody anything: "a group called Dams for All"."""
    tokens, past = reading.tokens, start
    while past < reading.end and tokens[past].capital:
        past += 1
    if past == start or not tokens[at - 1].small:
        return False
    if past < reading.end and tokens[past].letter and tokens[past].low not in _AFTER_NAMES and not tokens[past].finite:
        return False  # "a farmer called Lee a liar"
    return any(token.low in _INDEFINITE for token in tokens[max(0, at - 4) : at - 1])
