"""Readers of years and what is longer: ``2019``, ``the 1990s``, ``the 19th century``.

What belongs here: one function for each. What does not: pieces of years (:mod:`times_pieces`), days and months (:mod:`times_days`), distances (:mod:`times_spans`).
"""

from __future__ import annotations

import re

from pipelines.extract.times_reading import Found, Passage, modifier
from pipelines.extract.times_words import MODELS, VALUES

_MORE_YEARS = re.compile(r"[-/](?:[0-9]{2}|[12][0-9]{3})(?![0-9])")
_GLUE_BEFORE = frozenset("$£€¥#@_=&+%.:/")
_OLD_YEARS_AFTER = (
    "in", "since", "of", "until", "from", "to", "for_like", "part", "part_noun", "and", "bracket", "comma", "dash", "moved", "on",
)  # fmt: skip


def year(p: Passage, first: int, last: int) -> Found | None:
    """A year alone, told apart from counts, prices, numbers in names and parts of longer numbers."""
    at = p.part("year", first, last)
    unit = p.part("unit", first, at)
    if unit >= 0 and p.value(unit) != "Y":
        return None
    if last > at + 1:
        return _school_year(p, first, at, last)
    word, text, tokens = p.word(at), p.text, p.tokens
    start, end = tokens.starts[at], tokens.ends[at]
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and before in _GLUE_BEFORE) or (after and after in "%@_"):
        return None
    if before and before in "-–'’" and first == at and not p.is_part(at - 2, "year", "month"):
        return None
    if after in ("-", "/", ".", ",") and text[end + 1 : end + 2].isdigit() and not _MORE_YEARS.match(text, end):
        return None
    if p.word(at - 1) in MODELS["labels"] and first == at:
        return None
    counted = (
        p.is_part(last, "units", "unit", "cardinal", "half_day", "zone", "times") or p.word(last) in MODELS["counted"]
    )
    lead = p.is_part(first - 1, "in", "since", "of", "until", "part", "month", "on") or first < at
    coloured = p.word(last) in MODELS["colours"]
    if p.is_part(last + coloured, "capital") and p.word(last + coloured) in MODELS["makers"]:
        return None
    if counted and not (lead and p.is_part(first - 1, "in", "since") and not p.is_part(last, "units", "cardinal")):
        return None
    if not "1900" <= word <= "2059" and not (lead or p.is_part(first - 1, *_OLD_YEARS_AFTER)):
        return None
    if not "1900" <= word <= "2059" and (p.is_part(last, "lower") and p.word(last).endswith("s") and not lead):
        return None
    return Found(first, last, "DATE", word, "year", modifier(p, first, at), stated=True)


def _school_year(p: Passage, first: int, at: int, last: int) -> Found | None:
    """Two years in a row: 2009-10; two years that are not are a range, of which this is the first."""
    begin, end = p.word(at), p.word(last - 1).lstrip("'’‘")
    full = end if len(end) == 4 else begin[:2] + end
    if len(end) in (2, 4) and int(full) == int(begin) + 1 and len(end) == 2:
        return Found(first, last, "DATE", f"{begin}/{full}", "year", None, stated=True)
    low = year(p, first, at + 1)
    if low is None or len(end) != 2 or not int(begin) < int(full) <= int(begin) + 60:
        return low
    if p.is_part(last, "units") or p.text[p.tokens.ends[at] : p.tokens.starts[last - 1]].strip() not in ("-", "–"):
        return low
    return low._replace(also=(Found(last - 1, last, "DATE", full, "year", stated=True),))


def decade(p: Passage, first: int, last: int) -> Found | None:
    """The 1990s, the '60s, the nineties; not somebody's thirties, nor weather in the 50s."""
    at = last - 1
    word = p.word(at)
    mod = modifier(p, first, at)
    if p.is_part(at, "decade_word"):
        digit = int(p.value(at))
        if p.is_part(at - 1, "cardinal") and at > first:
            century_number = int(p.value(at - 1))
            return (
                Found(first, last, "DATE", f"{century_number}{digit}", "decade", mod)
                if 14 <= century_number <= 20
                else None
            )
        if not p.is_part(at - 1, "the", "part", "dash"):
            return None
        return Found(first, last, "DATE", f"{_century_of(p, digit)}{digit}", "decade", mod)
    digits = re.sub(r"[^0-9]", "", word)
    if len(digits) == 4:
        start = p.tokens.starts[at]
        if not "1400" <= digits <= "2190" or p.text[start - 1 : start] in ("$", "£", "€"):
            return None
        if p.is_part(first, "the") and p.is_part(last, "lower") and p.word(last) not in CLAUSE:
            first += 1  # "the 1950s look": the article is the look's
        return Found(first, last, "DATE", digits[:3], "decade", mod, stated=True)
    if len(digits) != 2 or not (word[0] in "'’‘" or p.is_part(at - 1, "the", "part", "dash")):
        return None
    if word[0] not in "'’‘" and (p.is_part(first - 1, "lower") or digits[0] in "0123" or not mod):
        return None
    return Found(first, last, "DATE", f"{_century_of(p, int(digits[0]))}{digits[0]}", "decade", mod)


CLAUSE = frozenset(
    [
        "was",
        "were",
        "had",
        "saw",
        "is",
        "are",
        "brought",
        "when",
        "that",
        "which",
        "who",
        "as",
        "with",
        "because",
        "but",
        "while",
        "where",
        "has",
        "have",
        "began",
        "ended",
    ]
)
"""Words that go on with a sentence: what stands before them has its article for itself."""


def _century_of(p: Passage, digit: int) -> str:
    """The century of a decade that is stated without one: the latest that has begun."""
    here = p.published.year if p.published else 2020
    return f"{here // 100}" if digit <= here % 100 // 10 and digit < 2 else f"{here // 100 - 1}"


def century(p: Passage, first: int, last: int) -> Found | None:
    """The 19th century: TIMEX3 names it by its first two digits, 18."""
    at = max(p.part("ordinal", first, last), p.part("nth", first, last))
    if p.is_part(last, "capital") and p.text[p.tokens.starts[last - 1]] == "C" and not p.is_part(last - 2, "dash"):
        return None  # a name: "20th Century Pictures"
    word = p.word(at)
    number = int(VALUES[word]) if word in VALUES else int(re.sub(r"[^0-9]", "", word))
    if not 1 <= number <= 22:
        return None
    if p.is_part(first, "the") and p.is_part(last - 2, "dash") and p.is_part(last, "lower"):
        first += 1  # "the 19th-century hall": the article is the hall's
    return Found(first, last, "DATE", f"{number - 1:02}", "century", modifier(p, first, at), stated=True)


def centuries(p: Passage, first: int, last: int) -> Found | None:
    """Two centuries that share the word: the 17th to the 19th century."""
    ats = [k for k in range(first, last) if p.is_part(k, "nth", "ordinal")]
    second = ats[1] - p.is_part(ats[1] - 1, "the")
    low, high = century(p, first, ats[0] + 1), century(p, second, last)
    return high._replace(also=(low,)) if low and high and p.word(last - 1) in ("century", "centuries") else None


def short_year(p: Passage, first: int, last: int) -> Found | None:
    """A year of two figures behind an apostrophe: '05, in '98."""
    figures = p.word(first)[1:]
    if figures[0] != "0" and not p.is_part(first - 1, "in", "of", "since", "from", "until"):
        return None
    here = p.published.year % 100 if p.published else 30
    return Found(first, last, "DATE", ("20" if int(figures) <= here + 1 else "19") + figures, "year")
