"""The words of time expressions: where one may stand, and the parts that the words around play.

What belongs here: the gate, and a stretch of text as a row of tokens of named parts. What does not: phrases
(:mod:`times_phrases`), and what they stand for. All words are data, in ``seeds/reference/en``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import polars as pl

from pipelines.extract.times_calendar import HOLIDAYS
from pipelines.rules import load_toml

_DATA = load_toml("reference/en/time_words.toml")
_NUMBERS: dict[str, dict[str, int]] = load_toml("reference/calendar.toml")
_WORDS: dict[str, str] = _DATA["words"]

PARTS = {
    name: chr(0x100 + number)
    for number, name in enumerate(
        [*_WORDS, "unit", "units", "cardinal", "nth", "decade", "day", "year", "number", "ordinal", "clocktime", "numeric",
         "holiday", "comma", "dash", "bracket", "lower", "capital", "stop", "decade_word"]
    )
}  # fmt: skip
"""Each part a word can play, as the character that stands for it in a row of tokens."""

LEXICON: dict[str, str] = {}
"""A word in lower case to its part's character."""
VALUES: dict[str, int | str] = {}
"""What a word says: a month's number, a unit's code, a cardinal's value."""

for _name, _words in _WORDS.items():
    for _word in _words.split():
        LEXICON.setdefault(_word, PARTS[_name])
for _code, _forms in _DATA["unit"].items():
    for _part, _words in zip(("unit", "units"), _forms, strict=True):
        for _word in _words.split():
            LEXICON.setdefault(_word, PARTS[_part])
            VALUES[_word] = _code
for _table, _part in (("numbers", "cardinal"), ("ordinals", "nth"), ("decades", "decade_word")):
    for _word, _number in _DATA[_table].items():
        LEXICON.setdefault(_word, PARTS[_part])
        VALUES.setdefault(_word, _number)
for _table in ("frequency", "daypart", "clock", "season", "approximate"):
    for _code, _words in _DATA[_table].items():
        for _word in _words.split():
            VALUES.setdefault(_word, _code)
for _table in ("months", "weekdays"):
    for _code, _listed in _NUMBERS[_table].items():
        for _word in _listed:
            if LEXICON.get(_word) == PARTS[_table[:-1]]:
                VALUES[_word] = int(_code)
            if _table == "weekdays" and f"{_word}s" in LEXICON:
                VALUES[f"{_word}s"] = int(_code)

MODIFIERS: dict[str, str] = {word: code for code, words in _DATA["approximate"].items() for word in words.split()}
SECOND = "second"
"""The unit that is also an ordinal."""
LEXICON[SECOND] = PARTS["nth"]

ABBREVIATIONS = frozenset(
    word for name in ("month", "weekday") for word in _WORDS[name].split() if len(word) < 6 and (
        any(full != word and full.startswith(word[:3]) for full in _WORDS[name].split() if len(full) > len(word))
    )
) - {"march", "april", "may", "june", "july"}  # fmt: skip
"""Short forms of months and weekdays, many of them other words too: they need a full stop or a day beside them."""

_HEADS = (
    "month", "weekday", "weekday_plural", "weekend", "weekends", "daypart", "daypart_plural", "clock_name", "season", "quarter",
    "century", "half", "day_word", "night_word", "now_word", "recent_word", "recent", "past_noun", "future_noun", "moment",
    "frequency", "ago", "fiscal", "fiscal_name", "clock", "half_day", "glued", "unit", "units", "decade_word", "light",
    "season_plural", "current",
)  # fmt: skip
"""Parts of which every expression has one, or a number."""
_BY_CAPITAL = {PARTS["month"], PARTS["weekday"], PARTS["weekday_plural"]}


def _gate() -> str:
    heads = {PARTS[name] for name in _HEADS}
    words = sorted((word for word, part in LEXICON.items() if part in heads), key=lambda word: (-len(word), word))
    short = [word for word in words if LEXICON[word] in _BY_CAPITAL and word in ABBREVIATIONS]
    rest = [word for word in words if word not in short]
    cased = "|".join(sorted({form for word in short for form in (word.title(), word.upper())}))
    holidays = "|".join(sorted({re.escape(re.split(r"[ .'’]", name)[0]) for name in HOLIDAYS} - set(LEXICON)))
    return (
        rf"(?-u:\b)(?:(?i:{'|'.join(map(re.escape, rest))}|{SECOND}|{holidays})(?-u:\b)|(?:{cased})(?-u:\b)"
        r"|[12][0-9]{3}|[0-9]{1,2}(?:[:/.][0-9]{2}|[ap]m)|[0-9]0s|(?i:[ap]\.\s?m))"
    )


_GATE = _gate()
_SENTINEL = "\x01"
_GATE_PYTHON = re.compile(_GATE.replace(r"(?-u:\b)", r"(?a:\b)"))


def places(texts: Sequence[str]) -> Iterator[list[int]]:
    r"""For each text the places, in order, where the head of a time expression may stand: all of them, and few others.

    >>> list(places(["By late August, 12 of 90", "none", "on Friday \x01 at 9am"]))
    [[8], [], [3, 15]]
    """
    marked = pl.Series(texts, dtype=pl.String).str.replace_all(_GATE, _SENTINEL + "${0}").to_list()
    for text, mark in zip(texts, marked, strict=True):
        if _SENTINEL in text:
            yield [match.start() for match in _GATE_PYTHON.finditer(text)]
        else:
            yield list(accumulate(map(len, mark.split(_SENTINEL)[:-1])))


_BEFORE, _AFTER = 60, 70
"""How far an expression may reach before and behind a head, in characters."""


def windows(text: str, at_places: Sequence[int], low: int, high: int) -> Iterator[tuple[int, int]]:
    """The stretches of ``text[low:high]`` that hold all that may belong to the heads at these places, without overlaps."""
    begin = finish = -1
    for place in at_places:
        if place - _BEFORE > finish:
            if finish >= 0:
                yield begin, min(finish, high)
            begin = max(place - _BEFORE, low, finish)
            if begin > low:
                begin = max(begin, text.find(" ", begin, place) + 1)
        finish = place + _AFTER
    if finish >= 0:
        yield begin, min(finish, high)


_TOKEN = re.compile(
    r"""
      ([0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])|[0-9]{3}0['’]s(?!\w)|[0-9]+(?:[.,:/][0-9]+)*[^\W\d_]*)
    | ([ap]\.\ ?m(?!\w)\.?)
    | (o['’]clock(?!\w)|not-too-distant|(?:bi|semi)-(?:weekly|annual)|[^\W\d_]+)
    | (['’‘][0-9]0s(?!\w))
    | \n[ \t]*\n | [^\s\w]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOLIDAY = re.compile("|".join(re.escape(name) for name in sorted(HOLIDAYS, key=len, reverse=True)), re.IGNORECASE)
_HOLIDAY_FIRST = frozenset(re.split(r"[ .'’-]", name)[0] for name in HOLIDAYS)
_MARKS = {
    ",": PARTS["comma"], "-": PARTS["dash"], "–": PARTS["dash"], "—": PARTS["stop"], "‑": PARTS["dash"], "(": PARTS["bracket"],
}  # fmt: skip
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
_DIGITS = re.compile(r"[0-9]+")


class Tokens(NamedTuple):
    """A stretch of text in tokens: ``row`` has one character for the part of each."""

    row: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    """In lower case."""


def _number(word: str) -> str:
    """The part of a token that begins with a digit."""
    if word.isdigit():
        if len(word) == 4 and "1400" <= word <= "2199":
            return "year"
        return "day" if len(word) <= 2 and 1 <= int(word) <= 31 else "number"
    digits = _DIGITS.match(word)
    tail = word[digits.end() :] if digits else ""
    if tail in _ORDINAL_ENDS:
        return "ordinal"
    if tail in ("am", "pm") or re.fullmatch(r"[:.][0-5][0-9](?::[0-5][0-9])?(?:[ap]m)?", tail):
        return "number" if tail[0] == "." and not tail.endswith("m") else "clocktime"
    if tail in ("s", "'s", "’s"):
        return "decade" if word[: len(word) - len(tail)].endswith("0") else "capital"
    if word[-1].isdigit() and ("-" in word or word.count("/") == 2) or word == "9/11":
        return "numeric"
    return "number" if word[-1].isdigit() and "/" not in word and ":" not in word else "stop"


def _short(text: str, low: str, end: int, limit: int) -> int | None:
    """Where a short form of a month or weekday ends; ``None`` where nothing beside it says that it is one."""
    if text.startswith(".", end):
        return end + 1
    behind = text[end : min(end + 4, limit)].lstrip()
    return end if (behind[:1].isdigit() or (low in ("sept", "thurs", "tues") and not behind[:1].isalpha())) else None


def tokens(text: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``, which begins and ends at the edges of words where the text lets it.

    >>> found = tokens("By Sept. 5, 2023, she left", 0, 26)
    >>> found.words
    ['by', 'sept.', '5', ',', '2023', ',', 'she', 'left']
    """
    row: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    lower, capital, stop = PARTS["lower"], PARTS["capital"], PARTS["stop"]
    past = start
    for match in _TOKEN.finditer(text, start, end):
        at, to = match.span()
        if at < past:
            continue  # the stop of an abbreviation
        word = match.group()
        kind = match.lastindex
        if kind == 3:
            low = word.lower()
            part = LEXICON.get(low)
            named = _HOLIDAY.match(text, at, end) if low in _HOLIDAY_FIRST and word[0] != low[0] else None
            if named and not text[named.end() : named.end() + 1].isalnum():
                part, to = PARTS["holiday"], named.end()
                low = named.group().lower()
            elif part is None:
                part = lower if word[0] == low[0] else capital
            elif part in _BY_CAPITAL:
                if word[0] == low[0]:
                    part = lower
                elif low in ABBREVIATIONS:
                    shorter = _short(text, low, to, end)
                    part, to = (capital, to) if shorter is None else (part, shorter)
                    low = text[at:to].lower()
            word = low
        elif kind == 1:
            word = word.lower()
            part = PARTS[_number(word)]
        elif kind == 2:
            part = PARTS["half_day"]
            word = word[0].lower() + "m"
        elif kind == 4:
            part = PARTS["decade"]
        else:
            part = _MARKS.get(word, stop)
        past = to
        row.append(part)
        starts.append(at)
        ends.append(to)
        words.append(word)
    return Tokens("".join(row), starts, ends, words)
