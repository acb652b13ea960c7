"""Readers of years and of the pieces of years: ``2019``, ``the 1990s``, ``the third quarter``, ``last summer``, ``fiscal 2024``.

What belongs here: one function for each. What does not: days and months (:mod:`times_days`), distances (:mod:`times_spans`).
"""

from __future__ import annotations

import datetime as dt
import re

from pipelines.extract.times_reading import Found, Passage, modifier, step
from pipelines.extract.times_words import MODELS, VALUES

_MORE_YEARS = re.compile(r"[-/](?:[0-9]{2}|[12][0-9]{3})(?![0-9])")
_GLUE_BEFORE = frozenset("$£€¥#@_=&+%.:/")
_OLD_YEARS_AFTER = (
    "in",
    "since",
    "of",
    "until",
    "from",
    "to",
    "for_like",
    "part",
    "part_noun",
    "and",
    "bracket",
    "comma",
    "dash",
    "moved",
    "on",
)


def year(p: Passage, first: int, last: int) -> Found | None:
    """A year alone, told apart from counts, prices, numbers in names and parts of longer numbers."""
    at = p.part("year", first, last)
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
    begin, end = p.word(at), p.word(last - 1)
    full = end if len(end) == 4 else begin[:2] + end
    if len(end) in (2, 4) and int(full) == int(begin) + 1 and len(end) == 2:
        return Found(first, last, "DATE", f"{begin}/{full}", "year", None, stated=True)
    return year(p, first, at + 1)


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
        if p.is_part(first, "the") and p.is_part(last, "lower") and p.word(last) not in _CLAUSE:
            first += 1  # "the 1950s look": the article is the look's
        return Found(first, last, "DATE", digits[:3], "decade", mod, stated=True)
    if len(digits) != 2 or not (word[0] in "'’‘" or p.is_part(at - 1, "the", "part", "dash")):
        return None
    if word[0] not in "'’‘" and (p.is_part(first - 1, "lower") or digits[0] in "0123" or not mod):
        return None
    return Found(first, last, "DATE", f"{_century_of(p, int(digits[0]))}{digits[0]}", "decade", mod)


_CLAUSE = frozenset(
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
    low, high = century(p, first, ats[0] + 1), century(p, ats[1], last)
    return high._replace(also=(low,)) if low and high and p.word(last - 1) in ("century", "centuries") else None


def short_year(p: Passage, first: int, last: int) -> Found | None:
    """A year of two figures behind an apostrophe: '05, in '98."""
    figures = p.word(first)[1:]
    if figures[0] != "0" and not p.is_part(first - 1, "in", "of", "since", "from", "until"):
        return None
    here = p.published.year % 100 if p.published else 30
    return Found(first, last, "DATE", ("20" if int(figures) <= here + 1 else "19") + figures, "year")


def school_year(p: Passage, first: int, last: int) -> Found | None:
    """A school year, which begins in August, or a fiscal year: this school year is 2009/2010."""
    at = last - 1
    if p.value(at) != "Y":
        return None
    here = p.published
    lead = next(
        (p.word(k) for k in range(at - 1, first - 1, -1) if p.is_part(k, "last", "past_noun", "next", "following")), ""
    )
    mod = modifier(p, first, at)
    if here is None:
        return Found(first, last, "DATE", "XXXX", "fiscal_year", mod)
    if p.is_part(at - 1, "fiscal"):
        return Found(first, last, "DATE", f"FY{here.year + step(lead)}", "fiscal_year", mod, here)
    begun = here.year - (here.month < 8) + step(lead)
    return Found(first, last, "DATE", f"{begun}/{begun + 1}", "fiscal_year", mod, here)


def _year_beside(p: Passage, first: int, last: int) -> tuple[str, dt.date | None, bool]:
    """The year that tokens state or point to (``of 2015``, ``of last year``); today's where they do not."""
    at = p.part("year", first, last)
    if at >= 0:
        return p.word(at), None, True
    unit = p.part("unit", first, last)
    lead = p.word(unit - 1) if unit > first else ""
    here, _ = p.base(lead)
    return (f"{here.year + step(lead):04}", here, False) if here else ("XXXX", None, False)


def quarter(p: Passage, first: int, last: int) -> Found | None:
    """A quarter or a half of a year; a quarter alone only where nothing speaks of a game."""
    at = max(p.part("nth", first, last), p.part("ordinal", first, last))
    word = p.word(at)
    number = int(VALUES[word]) if word in VALUES else int(re.sub(r"[^0-9]", "", word))
    half = p.part("half", first, last) >= 0
    limit, letter = (2, "H") if half else (4, "Q")
    if not 1 <= number <= limit and not (half and number == -1):
        return None
    if first == at and p.is_part(at - 1, "the"):
        first -= 1
    bare = p.part("year", first, last) < 0 and p.part("unit", first, last) < 0
    unit_at = p.part("unit", first, last)
    if unit_at >= 0 and p.value(unit_at) != "Y":
        return None
    if bare and _GAME.search(
        p.text, max(p.low, p.tokens.starts[first] - 120), min(p.high, p.tokens.ends[last - 1] + 120)
    ):
        return None
    year_text, here, stated = _year_beside(p, at, last)
    if bare and p.published:
        here = p.published
        year_number = here.year
        now = (here.month + 2) // 3
        told = p.direction(first, last)
        if told <= 0 and number > now:
            year_number -= 1
        elif told > 0 and number < now:
            year_number += 1
        year_text = f"{year_number:04}"
    return Found(
        first,
        last,
        "DATE",
        f"{year_text}-{letter}{number if number > 0 else limit}",
        "quarter",
        modifier(p, first, at),
        here,
        stated,
    )


_GAME = re.compile(
    r"\b(?:yards?|touchdowns?|rebounds?|quarterback|scored|scoring|halftime|buzzer|leads?|led|points|win|victory)\b"
)


def fiscal(p: Passage, first: int, last: int) -> Found | None:
    """A fiscal year: its days depend on whose it is, so no interval is given."""
    at = p.part("year", first, last)
    value = f"FY{p.word(at)}"
    number_at = max(p.part("nth", first, last), p.part("ordinal", first, last))
    if number_at >= 0 and (number := int(VALUES.get(p.word(number_at), 0))):
        value += f"-Q{number}"
    return Found(first, last, "DATE", value, "fiscal_year", modifier(p, first, at), stated=True)


def season(p: Passage, first: int, last: int) -> Found | None:
    """A season: this summer, the fall of 2015; not a fall from a roof, nor a spring in a field."""
    at = p.part("season", first, last)
    code, word = str(p.value(at)), p.word(at)
    lead = p.word(at - 1) if at > first else ""
    mod = modifier(p, first, at)
    year_at = p.part("year", at, last)
    unit_at = p.part("unit", at, last)
    if year_at >= 0:
        if lead == "the" and not p.is_part(at + 1, "of"):
            first = at
        return Found(first, last, "DATE", f"{p.word(year_at)}-{code}", "season", mod, stated=True)
    if unit_at >= 0:
        if p.value(unit_at) != "Y":
            return None
        year_text, here, _ = _year_beside(p, at, last)
        return Found(first, last, "DATE", f"{year_text}-{code}", "season", mod, here)
    if lead in ("", "the"):
        verb_like = word in ("spring", "fall")
        if not p.is_part(at - 1 - (lead == "the"), "in", "for_like", "since", "until") and not mod:
            return None
        if verb_like and ((lead != "the" and not mod) or p.is_part(last, "of")):
            return None
    if word in ("spring", "fall") and p.is_part(last, "of"):
        return None
    if p.published is None:
        return Found(first, last, "DATE", f"XXXX-{code}", "season", mod)
    here, moved = p.published, step(lead)
    months = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    ahead = months[code] - here.month
    year_number = here.year + moved
    if lead in ("past",):
        year_number = here.year - (ahead > -2)
    elif code == "WI" and here.month <= 4 and moved <= 0:
        year_number = here.year - 1
    elif moved < 0 and ahead <= -6:
        year_number = here.year  # in December, last spring is this year's
    elif moved > 0 and ahead > 0 and code != "SU":
        year_number = here.year + (ahead < 4)
    elif lead in ("that", "same"):
        base = p.base(lead)[0]
        year_number = base.year if base else here.year
    elif lead in ("", "the"):
        told = p.direction(first, last)
        year_number = here.year - (told < 0 and ahead > 0) + (told > 0 and ahead < -2)
    return Found(first, last, "DATE", f"{year_number:04}-{code}", "season", mod, here)
