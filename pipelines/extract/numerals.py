"""Numbers written with digits: groups, decimals, fractions, magnitudes, ordinal endings.

What belongs here: the value of a chain of digits and of what sticks to it. What does not: number words
(:mod:`number_words`), units, and whether the number is a quantity at all.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.rules import load_csv

LONGEST_NUMERAL = 24
"""Longer chains of digits are identifiers, phone numbers, hashes: no numbers of an article."""


class Number(NamedTuple):
    """A number in the text. ``high`` differs from ``low`` only in vague plurals (``tens of millions``)."""

    start: int
    end: int
    low: float
    high: float
    kind: str
    """cardinal, ordinal, fraction, vague or times (twice)"""
    digits: bool
    """Written with digits"""
    plain: bool = False
    """Digits alone, without separators or magnitude: a year or a name's number looks like this"""
    factor: float = 1.0
    """The magnitude (million, bn) that the value includes"""
    joined: str = ""
    """The dash that ties it to the next number of the same chain (``11-13``), else empty"""
    decimals: bool = False
    """Has a decimal point"""


class _Numeral(NamedTuple):
    value: float
    plain: bool
    decimals: bool


_FRACTIONS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
VULGAR = "".join(_FRACTIONS)
_DASHES = r"‐‑–—\-"

CHAIN = rf"[0-9]+(?:[.,:/'’{_DASHES}][0-9]+)*[{VULGAR}]?|[{VULGAR}]"
"""A chain of digits, read whole and judged once, so that dates, times, phone numbers and versions fall as one."""

_DASH = re.compile(rf"[{_DASHES}]")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
# European forms only where they cannot be English: several groups of points, points and then a comma, "3,5 percent"
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}")
_COMMA_DECIMAL = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
_COMMA_DECIMAL_UNIT = re.compile(r"[ \xa0]?(?:%|€|percent\b|per[ ]cent\b|[mb]illions?\b|bn\b|mn\b|trillion\b)")
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_DENOMINATORS = frozenset((2, 3, 4, 5, 8, 16, 32, 64))
# Spaces between groups: hard ones always, soft ones where no year or count can begin with 000, or behind a currency
_SPACED_GROUPS = re.compile(r"(?:[\xa0\u202f\u2009][0-9]{3})+(?![0-9])|(?:,?[ ]000)+(?![0-9]|[.,][0-9])")
_MORE_GROUPS = re.compile(r"(?:[ ][0-9]{3})+(?![0-9])")
# "some 2, 300 homes", as texts put together from tokens have it: behind a small word, and not in a list of numbers
_LOOSE_GROUPS = re.compile(r"(?:,[ ][0-9]{3})+(?![0-9]|[.,]?[0-9]|,?[ ](?:and|or|to)[ ][0-9]|,[ ][0-9])")
_LOOSE_LEFT = re.compile(
    r"(?:[$€£¥₹(]|(?<![\w'’-])(?!(?:and|or|age|aged|ages|at|to|day|page|section|between)[ ])[a-z]+[ ])$"
)
_TAIL = re.compile(rf"[ \-]([1-9])/([0-9]{{1,2}})(?![0-9/])|[ ]?([{VULGAR}])|[ \-]and[ \-]a[ \-](half|quarter)(?!\w)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)")
_MAGNITUDE = re.compile(
    r"[ \xa0\u202f]?-?(hundred|thousand|million|billion|trillion|lakh|crore)s?(?!\w)"
    r"|[ \xa0]?(bn|mn|mln|mio|bln|tn|trn)(?!\w)|(mm|[mkbt])(?![\w²³/]|[ ](?:run|race))",
    re.IGNORECASE,
)
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12,
    "bn": 1e9, "bln": 1e9, "mn": 1e6, "mln": 1e6, "mio": 1e6, "tn": 1e12, "trn": 1e12, "k": 1e3, "m": 1e6, "mm": 1e6, "b": 1e9,
    "t": 1e12,
}  # fmt: skip
_CURRENCY_LEFT = re.compile(r"(?:[$€£¥₹₽₺₩₪₦฿₫]|(?:^|[^\w])(?:[A-Z]{3}|R|Rs\.?|RM))[ ]?(?:[0-9][0-9.,]*[-–—])?$")


@cache
def _letter_signs() -> frozenset[str]:
    """Currency signs of letters, which may stick to the digits: USD115, R500, MEUR30."""
    signs = {sign for row in load_csv("en/units.csv") for sign in row["before"].split("|") if sign.isalpha()}
    return frozenset(signs | {"M" + sign for sign in signs if len(sign) == 3})


def times(value: float, factor: float) -> float:
    """``value * factor`` for a magnitude, as a reader of decimals expects it.

    >>> times(16.4, 1e6), 16.4 * 1e6
    (16400000.0, 16399999.999999998)
    """
    written = repr(value)
    return value * factor if "e" in written else float(f"{written}e{len(str(int(factor))) - 1}")


def chain(text: str, start: int, end: int, limit: int) -> tuple[list[Number], int]:
    """The numbers of the chain of digits ``text[start:end]``, and where reading goes on; ``limit`` ends the block."""
    before, written = text[start - 1 : start], text[start:end]
    if end - start < 8 and written.isdigit() and not before.isalpha() and before != "." and _ends(text, end, limit):
        if written[0] == "0" and end - start > 1:
            return [], end
        value = float(written)
        return [_new(Number, (start, end, value, value, "cardinal", True, True, 1.0, "", False))], end
    if end - start > 2 * LONGEST_NUMERAL:
        return [], end
    if before.isalpha():
        letters = start - 1
        while text[letters - 1 : letters].isalpha() and letters > 0:
            letters -= 1
        if text[letters:start] not in _letter_signs():
            return [], end  # A5, G7, B52
    parts = _DASH.split(text[start:end])
    if len(parts) > 2 or max(map(len, parts)) > LONGEST_NUMERAL:
        return [], end
    first = _numeral(parts[0], text, start + len(parts[0]))
    if first is None:
        return [], end
    begin = start
    if text[start - 1 : start] == "." and first.plain and (start < 2 or text[start - 2] in " \xa0\n(+-$€£"):
        first, begin = _Numeral(float(f"0.{parts[0]}"), False, True), start - 1
    if len(parts) == 1:
        number, end = _finish(text, begin, end, first, limit)
        return ([] if number is None else [number]), end
    middle = start + len(parts[0])
    last = _numeral(parts[1], text, end)
    if last is None:
        return [], end
    number, end = _finish(text, middle + 1, end, last, limit)
    if number is None:
        return [], end
    value = first.value
    return [
        Number(begin, middle, value, value, "cardinal", True, first.plain, 1.0, text[middle], first.decimals),
        number,
    ], end


_GOES_ON = frozenset("0123456789-,htmblckHTMBLCKa" + VULGAR)
"""Characters behind a space that may belong to the number before it."""
_CLOSES = frozenset(".;:)?!%\"”'’\n")
"""Characters behind digits that end their number."""


def _ends(text: str, end: int, limit: int) -> bool:
    """Whether nothing behind digits can belong to their number, which one or two characters mostly tell."""
    if end + 1 >= limit:
        return False
    behind = text[end]
    return behind in _CLOSES or (behind == " " and text[end + 1] not in _GOES_ON)


_new = tuple.__new__
"""Past the named tuple's own constructor, for the most frequent of numbers."""


def _numeral(part: str, text: str, end: int) -> _Numeral | None:
    """The value of a chain without dashes; ``None`` where it is no number."""
    if _PLAIN.fullmatch(part):
        return None if len(part) > 15 or (len(part) > 1 and part[0] == "0") else _Numeral(float(part), True, False)
    if _GROUPED.fullmatch(part):
        return _Numeral(float(part.replace(",", "")), False, "." in part)
    if _DECIMAL.fullmatch(part):
        return _Numeral(float(part), False, True)
    if _EUROPEAN.fullmatch(part):
        return _Numeral(float(part.replace(".", "").replace(",", ".")), False, "," in part)
    if _COMMA_DECIMAL.fullmatch(part) and _COMMA_DECIMAL_UNIT.match(text, end):
        return _Numeral(float(part.replace(",", ".")), False, True)
    if part in _FRACTIONS:
        return _Numeral(_FRACTIONS[part], False, True)
    if part and part[-1] in _FRACTIONS and _PLAIN.fullmatch(part[:-1]):
        return _Numeral(float(part[:-1]) + _FRACTIONS[part[-1]], False, True)
    slash = _SLASH.fullmatch(part)
    if slash and int(slash[2]) in _DENOMINATORS and 0 < int(slash[1]) < int(slash[2]):
        return _Numeral(int(slash[1]) / int(slash[2]), False, True)
    return None


def _finish(text: str, start: int, end: int, numeral: _Numeral, limit: int) -> tuple[Number | None, int]:
    """The number at ``text[start:end]`` with what goes on behind it: groups, a fraction, an ordinal ending, a magnitude."""
    value, plain, decimals = numeral
    if plain and value < 1000:
        # Not further than to see that it is too long: rows of figures are looked at from each of them.
        far = min(limit, start + LONGEST_NUMERAL + 8)
        groups = _SPACED_GROUPS.match(text, end, far)
        if groups is None and _CURRENCY_LEFT.search(text[max(0, start - 5) : start]):
            groups = _MORE_GROUPS.match(text, end, far)
        if groups is None and text[end : end + 2] == ", " and _LOOSE_LEFT.search(text[max(0, start - 12) : start]):
            groups = _LOOSE_GROUPS.match(text, end, far)
        if groups is not None and groups.end() - start <= LONGEST_NUMERAL:
            value = float("".join(char for char in text[start : groups.end()] if char.isdigit()))
            end, plain = groups.end(), False
    if plain and (ordinal := _ORDINAL.match(text, end, limit)):
        return Number(start, ordinal.end(), value, value, "ordinal", True), ordinal.end()
    if plain and text[end : end + 1] == "s" and end - start == 4:
        return None, end + 1  # the 1990s
    if (plain or not decimals) and (tail := _TAIL.match(text, end, limit)) and (part := _part(tail)):
        value, plain, decimals, end = value + part, False, True, tail.end()
    factor = 1.0
    while (
        (magnitude := _MAGNITUDE.match(text, end, limit)) and (scale := _scale(text, start, magnitude)) and factor < 1e9
    ):
        value, factor, plain, end = times(value, scale), factor * scale, False, magnitude.end()
    return Number(start, end, value, value, "cardinal", True, plain, factor, "", decimals), end


def _part(tail: re.Match[str]) -> float | None:
    """The fraction behind a whole number: 5 1/2, 4½, 2 and a half."""
    if tail[3]:
        return _FRACTIONS[tail[3]]
    if tail[4]:
        return 0.5 if tail[4] == "half" else 0.25
    over, under = int(tail[1]), int(tail[2])
    return over / under if under in _DENOMINATORS and over < under else None


def _scale(text: str, start: int, match: re.Match[str]) -> float | None:
    """The factor of a magnitude behind a numeral; a lone letter is one only where it cannot be a unit."""
    if match[3] is None:
        return _SCALES[(match[1] or match[2]).lower()]
    letter = match[3]
    # "5m" is five metres unless money is meant: "$5m", "£4.5-6.5m"; a capital M is a million, never metres
    if letter == "K" and text[start : match.start()] in ("2", "4", "5", "6", "8"):
        return None  # 4K screens, 5K runs
    if letter in "kKM" or _CURRENCY_LEFT.search(text[max(0, start - 14) : start]):
        return _SCALES[letter.lower()]
    return None
