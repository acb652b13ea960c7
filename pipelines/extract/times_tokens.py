"""A stretch of text around the head of a time expression, as a row of tokens of named parts.

What belongs here: cutting text into tokens, and the part that each plays. What does not: the words and their parts
(:mod:`times_words`), phrases (:mod:`times_phrases`), and what they stand for.
What is cut once for all texts is in :mod:`times_around`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.extract.times_calendar import HOLIDAYS
from pipelines.extract.times_words import ABBREVIATIONS, BY_CAPITAL, FRACTIONS, LEXICON, PARTS, SECOND

REACH = 64
"""How far an expression may reach before its head, in characters."""
_BESIDE = " \"'“”‘’()[]-–—,.:;\n"
OUTSIDE = frozenset((PARTS["lower"], PARTS["capital"], PARTS["stop"]))


def back(text: str, place: int, low: int) -> int:
    """Where to begin reading for a head at a place: at the second word before it that plays no part.

    >>> back("we said they met on the first Monday", 30, 0)
    8
    """
    begin = max(low, place - REACH)
    outside, at = 0, place + 1
    for word in reversed(text[begin:place].split(" ")):
        at -= len(word) + 1
        if word and plays_none(word):
            outside += 1
            if outside == 2:
                break
    return at


def plays_none(word: str) -> bool:
    """Whether a word plays no part, with or without the marks around it."""
    if word.lower() in LEXICON or word[0].isdigit():
        return False
    bare = word.strip(_BESIDE).lower()
    return bool(bare) and bare not in LEXICON and not bare[0].isdigit()


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
HOLIDAY_FIRST = frozenset(re.split(r"[ .'’-]", name)[0] for name in HOLIDAYS)
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
_SPECIAL = _JOINED_FIRST | HOLIDAY_FIRST | {SECOND} | {word for word, part in LEXICON.items() if part in BY_CAPITAL}
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
    if capital and low in HOLIDAY_FIRST:
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
    elif part in BY_CAPITAL:
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
        if at >= head and part in OUTSIDE:
            break
    return Tokens("".join(row), starts, ends, words)
