"""Statements that a sentence reports in its own words, each with its source.

What belongs here: the order in which a frame sentence is read, and active verbs. What does not: other cues
(:mod:`pipelines.extract.indirect_frames`), quoted runs and their speakers (:mod:`pipelines.extract.dialogue`), rows
(:mod:`pipelines.extract.attributions`). No parser: a cue is found in a list, its subject stands to the left, what it governs to
the right, or before a comma to the left. What one cue governs is not searched for others.
"""

from __future__ import annotations

from pipelines.extract.indirect_bounds import right, tail
from pipelines.extract.indirect_frames import (
    according,
    asked,
    colon,
    gives_name,
    of_adjective,
    of_noun,
    passive,
    seems,
)
from pipelines.extract.indirect_reading import Reading, Report
from pipelines.extract.indirect_sources import source_of, without_relative
from pipelines.extract.indirect_words import ALSO_NOUNS, WORDS, Cue
from pipelines.extract.nounphrases import Piece, subject_after
from pipelines.extract.signs import AS, CUE, FINITE, FOLDS, pattern
from pipelines.extract.wordclasses import PERSONAL, PREPOSITIONS, RELATIVES
from pipelines.extract.words import LONGEST_LABEL, Sentence

_BE, _NEGATIONS, _INVERTING = WORDS["be"], WORDS["negations"], WORDS["inverting"]
_SUBJECTS, _OPENERS, _NO_SECOND = WORDS["subject_pronouns"], WORDS["openers"], WORDS["no_second_part"]
_LEADING = PREPOSITIONS | _OPENERS
_CUE, _FINITE, _END = pattern(CUE), pattern(FINITE), pattern(AS, ",—–)" + FOLDS)
_YET_TO = frozenset(("yet", "to"))
_NOBODY = frozenset(("neither", "nobody", "none"))
_LONGEST_SOURCE = 25


def reports(tokens: Sentence) -> list[Report]:
    """The statements that a frame sentence attributes, left to right."""
    signs = tokens.signs
    places = [match.start() for match in _CUE.finditer(signs)]
    labelled = signs.find(":", 1, LONGEST_LABEL) > 0
    if not places and not labelled:
        return []
    reading = Reading(tokens)
    told = colon(reading) if labelled else None
    if told is not None:
        return [told]
    behind = _behind(reading, places)
    found = [report for report in behind + _before(reading, places, behind) if _whole(report)]
    return sorted(found, key=_first) if behind else found


def _whole(report: Report) -> bool:
    """Whether the source and all pieces of a report have words."""
    source = report.source
    if source is not None and source[0] >= source[1]:
        return False
    if len(report.content) == 1:
        start, end = report.content[0]
        return start < end
    return all(start < end for start, end in report.content)


def _first(report: Report) -> int:
    return min(report.content[0][0], report.cue[0])


def _past(report: Report) -> int:
    past = max(report.content[-1][1], report.cue[1])
    if report.source is not None and report.rule in ("according_to", "said_after"):
        return max(past, report.source[1])
    return past


def _behind(reading: Reading, places: list[int]) -> list[Report]:
    """Reports whose cue stands behind the statement, or in it: they hold whatever else stands in the statement."""
    found: list[Report] = []
    tokens = reading.tokens
    # A statement before its cue ends with a mark, but for "As Lee noted, …".
    found_mark = _END.search(reading.signs, 0, reading.end)
    mark = found_mark.start() if found_mark is not None else reading.end
    for at in places:
        if at < reading.low:
            continue
        cue = tokens[at].cue
        if cue is not None and cue.kind == "verb":
            report = _postposed(reading, at, cue) if at > mark else None
        else:
            report = according(reading, at) if tokens[at].low == "according" else None
        if report is not None:
            found.append(report)
            reading.low = _past(report)
    reading.low = 0
    return found


def _before(reading: Reading, places: list[int], behind: list[Report]) -> list[Report]:
    """Reports whose cue stands before the statement, outside of the statements that are known."""
    found: list[Report] = []
    last = -1
    taken = [(_first(other), _past(other), other.source) for other in behind]
    for at in places:
        cue = reading.tokens[at].cue
        if at <= last or cue is None or cue.kind == "according":
            continue
        limit = reading.end
        inside = False
        for first, past, source in taken:
            inside = inside or first <= at < past
            if past <= at and source is not None:
                reading.earlier = source
            if first > at:
                limit = min(limit, first)
        report = None if inside else _of(reading, at, cue)
        if report is None:
            continue
        if _past(report) > limit:
            pieces = tuple((start, min(end, limit)) for start, end in report.content if start < limit)
            if not pieces:
                continue
            report = report._replace(content=pieces)
        found.append(report)
        last = _past(report) - 1
        if report.source is not None:
            reading.earlier = without_relative(reading, report.source)
        if cue.shape != "ing" or reading.tokens[at - 1].text == ",":
            reading.low = (
                last + 1
            )  # a participle without a comma is a part of a subject: "the man leading the poll said"
    return found


def _of(reading: Reading, at: int, cue: Cue) -> Report | None:
    """What the word at ``at`` reports behind it."""
    if cue.kind == "adjective":
        return of_adjective(reading, at, cue)
    if cue.kind == "noun":
        return of_noun(reading, at, cue)
    report = _verb(reading, at, cue)
    if report is None:
        noun = ALSO_NOUNS.get(reading.tokens[at].low)
        if noun is not None:
            return of_noun(reading, at, noun)
    return report


def _verb(reading: Reading, at: int, cue: Cue) -> Report | None:
    """``Lee said that …``, ``Lee vowed to …``, ``Lee, attacking …``."""
    tokens = reading.tokens
    if tokens[at].capital and at and not reading.title:
        return None
    back, helpers = reading.helpers(at)
    if not reading.is_verb(at, back, cue, helpers):
        return None
    polarity = cue.polarity
    negated = not helpers.isdisjoint(_NEGATIONS) or helpers >= _YET_TO
    if polarity in ("positive", "intended") and negated:
        polarity = "negative"
    if "noun" in cue.governs and cue.shape in ("s", "base") and not reading.opens_content(at + 1, cue):
        return None
    if cue.word == "ask" and cue.shape == "past" and (back < 0 or tokens[back].low in ("when", ",")):
        return asked(reading, at)
    being = not helpers.isdisjoint(_BE)
    if being and cue.shape in ("past", "participle"):
        return passive(reading, at, cue, polarity)
    if cue.shape == "participle" and cue.word == "know":
        return None
    if "seems" in cue.governs:
        return seems(reading, at, cue)
    governed = right(reading, at, cue)
    if governed is None:
        return None
    rule, start, end = governed
    if cue.word == "call" and cue.shape == "past" and not helpers and gives_name(reading, at, start):
        return None
    source = source_of(reading, at, cue, helpers)
    if source is None and cue.shape != "ing" and rule != "quoted":
        return None
    if source is not None:
        if tokens[source[0]].low in ("what", "whatever"):
            return None  # "What she said is unknown"
        if source[0] and tokens[source[0] - 1].low == "no":
            source, polarity = (source[0] - 1, source[1]), "negative"
        elif tokens[source[0]].low in _NOBODY:
            polarity = "negative"
        if end and tokens[source[1] - 1].low in RELATIVES and tokens[source[1] - 2].text != ",":
            # "The man who backed the plan has left": the second verb is the sentence's.
            end = next((past for past in range(start + 1, end) if tokens[past].finite), end)
    end = end or tail(reading, start)
    opens = cue.shape == "ing" and not being and (back < 0 or (back < 2 and tokens[back].low in PREPOSITIONS))
    if opens or reading.leads(at, source):
        end = reading.next_comma(start + 1, end)
    return Report(rule, source, (at, at + 1), ((start, end),), polarity) if end > start else None


def _postposed(reading: Reading, at: int, cue: Cue) -> Report | None:
    """``…, Lee said``, ``…, said Lee``, ``The plan, she said, is dead``, ``as Lee noted, …``."""
    if cue.shape not in ("past", "s", "base") or not ("clause" in cue.governs or cue.word == "tell"):
        return None
    tokens = reading.tokens
    if at == reading.low or (tokens[at].capital and not reading.title):
        return None
    back, helpers = reading.helpers(at)
    if (cue.shape == "past" and not helpers.isdisjoint(_BE)) or not reading.is_verb(at, back, cue, helpers):
        return None
    start = reading.opening(at)
    governed = right(reading, at, cue)
    if tokens[at - 1].text == "," or tokens[at - 1].folded:
        return _inverted(reading, at, cue, start, governed[0] if governed else "object")
    if governed is not None:
        return None
    source = source_of(reading, at, cue, set())
    if source is None:
        return None
    if tokens[source[0]].low == "as" or (source[0] and tokens[source[0] - 1].low == "as"):
        return _as(reading, start, at, source, cue)
    first, last = tokens[source[0]], tokens[source[1] - 1]
    if source[0] <= start or source[1] - source[0] > _LONGEST_SOURCE:
        return None
    like_noun = "noun" in cue.governs and cue.shape != "past" and cue.word != "show"
    if like_noun and not (last.capital or last.low in PERSONAL):
        return None
    if first.low in RELATIVES or last.low in RELATIVES:
        return None
    if any(token.low == "that" for token in tokens[source[0] + 1 : source[1]]):
        return None
    return _said(reading, start, source[0], source, at, cue)


def _inverted(reading: Reading, at: int, cue: Cue, start: int, rule: str) -> Report | None:
    """``…, said Ann Lee``: the subject stands behind the verb."""
    tokens, end = reading.tokens, reading.end
    if rule != "object" and (rule != "clause" or ("object" not in cue.governs and cue.word != "say")):
        return None
    if at <= start or at + 1 >= end or tokens[at + 1].low in PREPOSITIONS:
        return None
    source = subject_after(tokens, at + 1, end)
    if source is None or any(token.finite for token in tokens[source[0] : min(source[1] + 1, end)]):
        return None
    bare = not tokens[at - 1].folded
    if bare and (tokens[source[0]].low in _SUBJECTS or cue.word not in _INVERTING or reading.has_finite(source[0])):
        return None  # "Ann Lee, the mayor, said she was ill": no statement stands before the comma
    return _said(reading, start, at, source, at, cue) if reading.has_verb(start, at) else None


def _said(reading: Reading, start: int, end: int, source: Piece, at: int, cue: Cue) -> Report | None:
    """The statement that ends before ``end``, and what goes on with it behind the cue."""
    tokens = reading.tokens
    if end <= start or not (tokens[end - 1].text in ",—–)" or tokens[end - 1].folded):
        return None
    while end > start and tokens[end - 1].text in ",—–":
        end -= 1
    if end <= start:
        return None
    report = Report("said_after", source, (at, at + 1), ((start, end),), cue.polarity)
    past = reading.skip(at + 1) + 1
    if past + 1 < reading.end and tokens[past - 1].text == "," and source[0] < at:
        following = tokens[past]
        if following.low not in _NO_SECOND and (following.capital or not following.low.endswith("ing")):
            return report._replace(content=((start, end), (past, tail(reading, past))))
    if end - start < 3 and not tokens[end - 1].folded:
        return None
    first = tokens[start].low
    if first not in _LEADING or "," in reading.signs[start:end]:
        return report
    # "In Ohio, Lee said": only a leading phrase
    return None if first in _OPENERS or not _FINITE.search(reading.signs, start, end) else report


def _as(reading: Reading, start: int, at: int, source: Piece, cue: Cue) -> Report | None:
    """``As Lee noted, the plan is dead``; ``the plan is dead, as Lee noted``."""
    tokens = reading.tokens
    begin = source[0] if tokens[source[0]].low == "as" else source[0] - 1
    source = (begin + 1, source[1])
    if source[1] <= source[0]:
        return None
    if begin - start >= 2:
        if tokens[begin - 1].text != ",":
            return None
        return Report("as_said", source, (at, at + 1), ((start, begin - 1),), cue.polarity)
    past = reading.skip(at + 1) + 1
    if past + 1 >= reading.end or tokens[past - 1].text != ",":
        return None
    return Report("as_said", source, (at, at + 1), ((past, tail(reading, past)),), cue.polarity)
