"""The words of time expressions: where one may stand, and the parts that the words around play.

What belongs here: the gate, and a stretch of text as a row of tokens of named parts. What does not: phrases
(:mod:`times_phrases`), and what they stand for. All words are data, in ``seeds/reference/en``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines import scan
from pipelines.extract.times_calendar import HOLIDAYS
from pipelines.rules import load_toml

_DATA = load_toml("reference/en/time_words.toml")
_CALENDAR: dict[str, dict[str, list[str]]] = load_toml("reference/calendar.toml")
_WORDS: dict[str, str] = _DATA["words"]

PARTS = {
    name: chr(0x100 + number)
    for number, name in enumerate(
        [*_WORDS, "unit", "units", "cardinal", "nth", "decade", "day", "year", "number", "ordinal", "clocktime", "numeric",
         "holiday", "comma", "dash", "bracket", "lower", "capital", "stop", "decade_word", "short_year"]
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
    for _word, _value in _DATA[_table].items():
        LEXICON.setdefault(_word, PARTS[_part])
        VALUES.setdefault(_word, _value)
for _table in ("frequency", "daypart", "clock", "season", "approximate"):
    for _code, _words in _DATA[_table].items():
        for _word in _words.split():
            VALUES.setdefault(_word, _code)
for _table in ("months", "weekdays"):
    for _code, _listed in _CALENDAR[_table].items():
        for _word in _listed:
            if LEXICON.get(_word) == PARTS[_table[:-1]]:
                VALUES[_word] = int(_code)
            if f"{_word}s" in LEXICON and _table == "weekdays":
                VALUES[f"{_word}s"] = int(_code)

MODIFIERS: dict[str, str] = {word: code for code, words in _DATA["approximate"].items() for word in words.split()}
SECOND = "second"
"""The unit that is also an ordinal."""
LEXICON[SECOND], VALUES[SECOND] = PARTS["nth"], 2

MODELS: dict[str, frozenset[str]] = {name: frozenset(words.split()) for name, words in _DATA["models"].items()}
"""Words beside four digits that are no year: makers of cars, things counted, things numbered."""

ABBREVIATIONS = frozenset(
    word for name in ("month", "weekday") for word in _WORDS[name].split() if len(word) < 6 and (
        any(full != word and full.startswith(word[:3]) for full in _WORDS[name].split() if len(full) > len(word))
    )
) - {"march", "april", "may", "june", "july"}  # fmt: skip
"""Short forms of months and weekdays, many of them other words too: they need a full stop or a day beside them."""

_HEADS = (
    "month", "weekday", "weekday_plural", "weekend", "weekends", "daypart", "daypart_plural", "clock_name", "season", "quarter",
    "century", "day_word", "night_word", "now_word", "recent_word", "recent", "past_noun", "future_noun", "frequency", "ago",
    "fiscal_name", "clock", "glued", "unit", "units", "decade_word", "season_plural", "current",
)  # fmt: skip
"""Parts of which every expression has one, or a number."""
_BY_CAPITAL = {PARTS["month"], PARTS["weekday"], PARTS["weekday_plural"]}


def _gate() -> str:
    heads = {PARTS[name] for name in _HEADS}
    words = sorted((word for word, part in LEXICON.items() if part in heads), key=lambda word: (-len(word), word))
    named = [word for word in words if LEXICON[word] in _BY_CAPITAL]
    cased = "|".join(
        sorted({form for word in named for form in (word.title(), word.upper())}, key=lambda w: (-len(w), w))
    )
    any_case = "|".join(re.escape(word) for word in words if word not in named)
    holidays = "|".join(re.escape(name).replace(r"\ ", " ") for name in sorted(HOLIDAYS, key=len, reverse=True))
    return (
        rf"(?-u:\b)(?:(?:{cased})(?-u:\b)|(?i:{any_case}|{holidays}|this time|(?:at the|this) moment)(?-u:\b)"
        r"|[12][0-9]{3}|[0-9]{1,2}(?:[:/.][0-9]{2}|[ ]?(?i:[ap]\.?[ ]?m))|[0-9]0s|[0-9]-second)|['’‘][0-9]{2}"
    )


_GATE = _gate()
_GATE_PYTHON = re.compile(_GATE.replace(r"(?-u:\b)", r"(?a:\b)"))


def places(texts: Sequence[str]) -> Iterator[list[int]]:
    r"""For each text the places, in order, where the head of a time expression may stand: all of them, and few others.

    >>> list(places(["By late August, 12 of 90", "none", "on Friday \x01 at 9am"]))
    [[8], [], [3, 15]]
    """
    return scan.places(texts, _GATE, _GATE_PYTHON)


_REACH = 64
"""How far an expression may reach before its head, in characters."""
_BESIDE = " \"'“”‘’()[]-–—,.:;\n"
_OUTSIDE = frozenset((PARTS["lower"], PARTS["capital"], PARTS["stop"]))


def back(text: str, place: int, low: int) -> int:
    """Where to begin reading for a head at a place: at the second word before it that plays no part.

    >>> back("we said they met on the first Monday", 30, 0)
    8
    """
    begin = max(low, place - _REACH)
    outside, at = 0, place + 1
    for word in reversed(text[begin:place].split(" ")):
        at -= len(word) + 1
        if word and word.lower() not in LEXICON and not word[0].isdigit():
            bare = word.strip(_BESIDE).lower()
            if bare and bare not in LEXICON and not bare[0].isdigit():
                outside += 1
                if outside == 2:
                    break
    return at


_TOKEN = re.compile(
    r"[^\S\n]*(?:\n[^\S\n]*)?(?:([^\W\d_]+)|([0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])|[0-9]{3}0['’]s(?!\w)"
    r"|[0-9]+(?:[.,:/][0-9]+)*[^\W\d_]*)|(['’‘][0-9](?:0s|[0-9])(?![\w'’]))|(.|\n))"
)
"""A word, a number, a decade or year behind an apostrophe, a mark; a second line end is a mark."""
_JOINED = re.compile(
    r"o['’]clock(?!\w)|not-too-distant|(?:bi|semi)-(?:weekly|annual)|[ap]\.[ ]?m(?!\w)\.?", re.IGNORECASE
)
_JOINED_FIRST = frozenset(("o", "not", "bi", "semi", "a", "p"))
_HOLIDAY = re.compile("|".join(re.escape(name) for name in sorted(HOLIDAYS, key=len, reverse=True)), re.IGNORECASE)
_HOLIDAY_FIRST = frozenset(re.split(r"[ .'’-]", name)[0] for name in HOLIDAYS)
_MARKS = {
    ",": PARTS["comma"], "-": PARTS["dash"], "–": PARTS["dash"], "—": PARTS["stop"], "‑": PARTS["dash"], "(": PARTS["bracket"],
}  # fmt: skip
FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "½": 0.5, "¼": 0.25, "¾": 0.75}
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
    if word in FRACTIONS:
        return "fraction"
    if tail in FRACTIONS:
        return "number"
    if tail in _ORDINAL_ENDS:
        return "ordinal"
    if tail in ("am", "pm") or re.fullmatch(r"[:.][0-5][0-9](?::[0-5][0-9])?(?:[ap]m)?", tail):
        return "number" if tail[0] == "." and not tail.endswith("m") else "clocktime"
    if tail in ("s", "'s", "’s"):
        return "decade" if word[: len(word) - len(tail)].endswith("0") else "capital"
    if word == "9/11" or (word[-1].isdigit() and ("-" in word or word.count("/") == 2)):
        return "numeric"
    return "number" if word[-1].isdigit() and "/" not in word and ":" not in word else "stop"


_WORDS_TOO = frozenset(("sun", "sat", "wed", "mon"))
_GOES_ON = re.compile(r"\.?,?[ ](?:[0-9a-z(]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))|\.?[,)-]")


def _short(text: str, low: str, end: int, limit: int) -> int | None:
    """Where a short form of a month or weekday ends; ``None`` where nothing beside it says that it is one."""
    if low in _WORDS_TOO and not _GOES_ON.match(text, end):
        return None
    if text.startswith(".", end):
        return end + 1
    behind = text[end : min(end + 4, limit)].lstrip()
    return end if (behind[:1].isdigit() or (low in ("sept", "thurs", "tues") and not behind[:1].isalpha())) else None


_LOWER, _CAPITAL, _STOP = PARTS["lower"], PARTS["capital"], PARTS["stop"]
_SPECIAL = _JOINED_FIRST | _HOLIDAY_FIRST | {SECOND} | {word for word, part in LEXICON.items() if part in _BY_CAPITAL}
"""Words that need a closer look: names of months and days, and words that may go on behind a mark."""


_PLAIN = {
    form: (word, part)
    for word, part in LEXICON.items()
    if word not in _SPECIAL
    for form in (word, word.capitalize(), word.upper())
}
"""The forms of words that need no closer look: most words of most expressions."""


_KNOWN = _SPECIAL.union(LEXICON)


def _special(
    text: str, low: str, capital: bool, part: str, at: int, to: int, high: int, before: str
) -> tuple[str, str, int]:
    """The word, its part and its end, of one of the words that need a closer look."""
    if capital and low in _HOLIDAY_FIRST:
        named = _HOLIDAY.match(text, at, high)
        if named and not text[named.end() : named.end() + 1].isalnum():
            return named.group().lower(), PARTS["holiday"], named.end()
    if low in _JOINED_FIRST:
        joined = _JOINED.match(text, at, high)
        if joined:
            whole = joined.group().lower()
            if whole[1] == ".":
                return whole[0] + "m", PARTS["half_day"], joined.end()
            return whole, LEXICON.get(whole, part), joined.end()
    elif low == SECOND:
        return low, PARTS["unit"] if before == PARTS["dash"] else part, to
    elif part in _BY_CAPITAL:
        if not capital:
            return low, _LOWER, to
        if low in ABBREVIATIONS:
            shorter = _short(text, low, to, high)
            return (low, _CAPITAL, to) if shorter is None else (text[at:shorter].lower(), part, shorter)
    return low, part, to


def tokens(text: str, start: int, head: int, high: int) -> Tokens:
    """The tokens of ``text[start:high]`` up to the first one behind the head that plays no part.

    >>> found = tokens("By Sept. 5, 2023, she left the town", 0, 3, 35)
    >>> found.words
    ['by', 'sept.', '5', ',', '2023', ',', 'she']
    """
    row: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    past = start
    for match in _TOKEN.finditer(text, start, high):
        kind = match.lastindex or 4
        at, to = match.span(kind)
        if at < past:
            continue  # the stop of an abbreviation
        word = match[kind]
        if kind == 1:
            known = _PLAIN.get(word)
            if known is not None:
                word, part = known
            elif word not in _KNOWN and word.islower():
                part = _LOWER
            else:
                low = word.lower()
                part = LEXICON.get(low) or (_LOWER if word[0] == low[0] else _CAPITAL)
                if low in _SPECIAL:
                    low, part, to = _special(text, low, word[0] != low[0], part, at, to, high, row[-1] if row else "")
                word = low
        elif kind == 2:
            word = word.lower()
            part = PARTS[_number(word)]
        elif kind == 3:
            part = PARTS["decade" if word[-1] == "s" else "short_year"]
        else:
            part = _MARKS.get(word, _STOP)
        past = to
        row.append(part)
        starts.append(at)
        ends.append(to)
        words.append(word)
        if at >= head and part in _OUTSIDE:
            break
    return Tokens("".join(row), starts, ends, words)
