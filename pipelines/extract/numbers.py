"""Numbers as news text writes them: numerals, number words, fractions, ordinals, vague plurals.

What belongs here: finding numbers and their values. What does not: what they measure, and whether a number is a
quantity, a date or a part of a name; that is for :mod:`pipelines.extract.quantities`.
Number words live in ``seeds/reference/en/number_words.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


class Word(NamedTuple):
    """A number word: its value and how it combines."""

    value: float
    kind: str


@cache
def _words() -> dict[str, Word]:
    return {row["word"]: Word(float(row["value"]), row["kind"]) for row in load_csv("en/number_words.csv")}


def _trie(words: list[str]) -> str:
    """A pattern that matches any of ``words`` and reads each character once; a flat alternation is several times slower."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
        branches = [re.escape(char) + pattern(rest) for char, rest in sorted(node.items()) if char]
        if not branches:
            return ""
        joined = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
        return joined + "?" if "" in node else joined

    return pattern(root)


_FRACTIONS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_EDGES = r"\s\"'“”‘’«»„()\[\]{}<>$€£¥₹₽₺₩₪₦₿฿₫₡₾₭₸₼₱৳₴+~≈≤≥=.,:;!?/*#@&%_|^‐‑–—−\-"
_VULGAR = "".join(_FRACTIONS)
_DASHES = r"‐‑–—\-"

# A chain of digits is read whole and judged once, so that dates, times, phone numbers and versions fall as one.
_CHAIN = rf"[0-9]+(?:[.,:/{_DASHES}'’][0-9]+)*[{_VULGAR}]?|[{_VULGAR}]"


@cache
def _scanner() -> re.Pattern[str]:
    words = [form for word in _words() for form in (word, word.title(), word.upper())]
    # The character class first lets the engine skip to candidates; a look-behind would be asked at every character.
    # Letters before the digits may be a currency's sign (USD115); whoever reads the number decides.
    return re.compile(rf"[{_EDGES}](?:({_CHAIN})|({_trie(words)})(?![\w])|[A-Z]{{1,4}}({_CHAIN}))")


@cache
def _next_word() -> re.Pattern[str]:
    """A number word that goes on with a run: ``-one``, `` and fifty``, `` a million``, `` of thousands``."""
    words = [form for word in _words() for form in (word, word.title(), word.upper())]
    return re.compile(rf"([ \xa0]?-[ ]?|[ \xa0\n])(and[ ](?:an?[ ])?|an?[ ]|of[ -](?:an?[ -])?)?({_trie(words)})(?![\w])")


_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
# European forms only where they cannot be English: several groups of points, or points and then a comma
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}")
_COMMA_DECIMAL = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
_COMMA_DECIMAL_UNIT = re.compile(r"[ \xa0]?(?:%|€|percent\b|per[ ]cent\b|[mb]illions?\b|bn\b|mn\b|trillion\b)")
_SPACED_GROUPS = re.compile(r"(?:[\xa0\u202f\u2009][0-9]{3})+(?![0-9])|(?:,?[ ]000)+(?![0-9]|[.,][0-9])")
_MORE_GROUPS = re.compile(r"(?:[ ][0-9]{3})+(?![0-9])")
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_DENOMINATORS = frozenset((2, 3, 4, 5, 8, 16, 32, 64))
_TAIL_FRACTION = re.compile(rf"[ \-]([1-9])/([0-9]{{1,2}})(?![0-9/])|[ ]?([{_VULGAR}])|[ ]and[ ](?:a[ ]half|a[ ]quarter)(?!\w)")
_MAGNITUDE = re.compile(
    r"[ \xa0\u202f]?-?(hundred|thousand|million|billion|trillion|lakh|crore)s?(?![\w])"
    r"|[ \xa0]?(bn|mn|mln|mio|bln|tn|trn)(?![\w])|(m|M|k|K|b|B|t|T)(?![\w²³/]|-[a-z])", re.IGNORECASE
)
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12,
    "bn": 1e9, "bln": 1e9, "mn": 1e6, "mln": 1e6, "mio": 1e6, "tn": 1e12, "trn": 1e12, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12,
}  # fmt: skip
_ORDINAL = re.compile(r"(?:st|nd|rd|th|ST|ND|RD|TH)(?![\w])")
_CURRENCY_LEFT = re.compile(r"[$€£¥₹₽₺₩₪₦฿₫][ ]?$|(?:^|[^\w])(?:[A-Z]{3}|R|Rs\.?|RM)[ ]?$")


def times(value: float, factor: float) -> float:
    """``value * factor`` for a magnitude, as a reader of decimals expects it.

    >>> times(16.4, 1e6), 16.4 * 1e6
    (16400000.0, 16399999.999999998)
    """
    return float(f"{value!r}e{len(str(int(factor))) - 1}") if "e" not in repr(value) else value * factor


def numbers(text: str, start: int, end: int) -> list[Number]:
    """The numbers of ``text[start:end]`` in order; chains of digits that are none (dates, phone numbers) are left out.

    >>> [(n.low, n.high, n.kind) for n in numbers(" two hundred and five, 3.5 million, tens of thousands, 21st", 0, 60)]
    [(205.0, 205.0, 'cardinal'), (3500000.0, 3500000.0, 'cardinal'), (10000.0, 100000.0, 'vague'), (21.0, 21.0, 'ordinal')]
    """
    return list(_numbers(text, start, end))


def _numbers(text: str, start: int, end: int) -> Iterator[Number]:
    at = start
    # The scanner needs a character before the first candidate: the one before the block, or a space put there.
    if start == 0:
        text, at, end, shift = " " + text[:end], 0, end + 1, -1
    else:
        at, shift = start - 1, 0
    scan = _scanner()
    while (match := scan.search(text, at, end)) is not None:
        group = match.lastindex or 1
        if group == 2:
            found, at = _run(text, match.start(2), match.end(2), end)
        else:
            found, at = _chain(text, match.start(group), match.end(group), end)
        for number in found:
            yield number._replace(start=number.start + shift, end=number.end + shift) if shift else number


def _numeral(chain: str, text: str, end: int) -> tuple[float, bool, bool] | None:
    """Value, plain, decimals of a chain without dashes; ``None`` where it is no number."""
    if _PLAIN.fullmatch(chain):
        if len(chain) > 15 or (len(chain) > 1 and chain[0] == "0"):
            return None
        return float(chain), True, False
    if _GROUPED.fullmatch(chain):
        return float(chain.replace(",", "")), False, "." in chain
    if _DECIMAL.fullmatch(chain):
        return float(chain), False, True
    if _EUROPEAN.fullmatch(chain):
        return float(chain.replace(".", "").replace(",", ".")), False, "," in chain
    if _COMMA_DECIMAL.fullmatch(chain) and _COMMA_DECIMAL_UNIT.match(text, end):
        return float(chain.replace(",", ".")), False, True
    if len(chain) == 1 and chain in _FRACTIONS:
        return _FRACTIONS[chain], False, True
    if chain[-1] in _FRACTIONS and _PLAIN.fullmatch(chain[:-1]):
        return float(chain[:-1]) + _FRACTIONS[chain[-1]], False, True
    slash = _SLASH.fullmatch(chain)
    if slash and int(slash[2]) in _DENOMINATORS and 0 < int(slash[1]) < int(slash[2]):
        return int(slash[1]) / int(slash[2]), False, True
    return None


_DASH = re.compile(rf"[{_DASHES}]")


def _chain(text: str, start: int, end: int, limit: int) -> tuple[list[Number], int]:
    """The numbers of the chain of digits ``text[start:end]`` and where reading goes on."""
    chain = text[start:end]
    if len(chain) > 2 * LONGEST_NUMERAL:
        return [], end
    parts = _DASH.split(chain)
    if len(parts) > 2:
        return [], end
    found: list[Number] = []
    at = start
    for n, part in enumerate(parts):
        part_end = at + len(part)
        last = n == len(parts) - 1
        value = _numeral(part, text, part_end) if len(part) <= LONGEST_NUMERAL else None
        if value is None:
            return [], end
        if last:
            number, after = _finish(text, at, part_end, value, limit)
            if number is None:
                return [], after
            found.append(number)
        else:
            found.append(
                Number(at, part_end, value[0], value[0], "cardinal", True, value[1], 1.0, text[part_end], value[2])
            )
            after = part_end
        at = part_end + 1
    return found, after


def _finish(text: str, start: int, end: int, value: tuple[float, bool, bool], limit: int) -> tuple[Number | None, int]:
    """The number at ``text[start:end]`` with what goes on behind it: groups, a fraction, an ordinal ending, a magnitude."""
    number, plain, decimals = value
    kind = "cardinal"
    scale = 1.0
    if plain and number < 1000:
        groups = _SPACED_GROUPS.match(text, end, limit)
        if groups is None and _CURRENCY_LEFT.search(text[max(0, start - 5) : start]):
            groups = _MORE_GROUPS.match(text, end, limit)
        if groups is not None and groups.end() - start <= LONGEST_NUMERAL:
            number = float("".join(char for char in text[start : groups.end()] if char.isdigit()))
            end, plain = groups.end(), False
    if plain and (ordinal := _ORDINAL.match(text, end, limit)):
        return Number(start, ordinal.end(), number, number, "ordinal", True), ordinal.end()
    if (plain or not decimals) and (tail := _TAIL_FRACTION.match(text, end, limit)):
        part = None
        if tail[3]:
            part = _FRACTIONS[tail[3]]
        elif tail[1]:
            if int(tail[2]) in _DENOMINATORS and int(tail[1]) < int(tail[2]):
                part = int(tail[1]) / int(tail[2])
        else:
            part = 0.5 if tail[0].endswith("half") else 0.25
        if part is not None:
            number, plain, decimals, end = number + part, False, True, tail.end()
    if magnitude := _MAGNITUDE.match(text, end, limit):
        factor = _magnitude(text, start, magnitude)
        if factor is not None:
            number, plain, scale, end = times(number, factor), False, factor, magnitude.end()
            again = _MAGNITUDE.match(text, end, limit)  # "5 thousand billion"
            if again and again[1]:
                number, end, scale = times(number, _SCALES[again[1].lower()]), again.end(), scale * _SCALES[again[1].lower()]
    if end < limit and (text[end].isalpha() and text[end].islower() and plain and end - start == 4 and text[end] == "s"):
        return None, end + 1  # the 1990s
    return Number(start, end, number, number, "cardinal", True, plain, scale, "", decimals), end


def _magnitude(text: str, start: int, match: re.Match[str]) -> float | None:
    """The factor of a magnitude behind a numeral; a lone letter is one only where it cannot be a unit."""
    if match[1] or match[2]:
        return _SCALES[(match[1] or match[2]).lower()]
    letter = match[3]
    if letter in "kK":
        return 1e3
    # "5m" is five metres unless money is meant: "$5m", "£4.5-6.5m"; a capital M is a million, never metres
    left = text[max(0, start - 12) : start]
    if letter == "M" or _CURRENCY_LEFT.search(left) or re.search(r"[$€£¥₹][ ]?[0-9.,]+[-–—]$", left):
        return _SCALES[letter.lower()]
    return None


def _run(text: str, start: int, end: int, limit: int) -> tuple[list[Number], int]:
    """The numbers of the run of number words that begins at ``text[start:end]``, and where reading goes on."""
    run = [(text[start:end].lower(), "", "", start, end)]
    at = end
    going_on = _next_word()
    while (match := going_on.match(text, at, limit)) is not None:
        run.append((match[3].lower(), match[1], (match[2] or "").strip(" -"), match.start(3), match.end()))
        at = match.end()
    found: list[Number] = []
    index = 0
    while index < len(run):
        number, index = _read(text, run, index)
        if number is not None:
            found.append(number)
    return found, at


def _read(text: str, run: list[tuple[str, str, str, int, int]], index: int) -> tuple[Number | None, int]:
    """One number from ``run[index:]`` and the index of the first word behind it."""
    words = _words()
    first, _, _, start, end = run[index]
    word = words[first]
    if word.kind == "times":
        return Number(start, end, word.value, word.value, "times", False), index + 1
    if word.kind == "ordinal":
        return _lone_ordinal(text, run, index)
    if word.kind == "vague":
        return _vague(run, index)
    if word.kind == "part":
        return _part(text, run, index)
    total, current, scale = 0.0, None, float("inf")
    begin = start
    kind = "cardinal"
    high_factor = 1.0
    if word.kind in ("hundred", "scale", "dozen"):
        article = _article(text, start)
        begin = article[0]
        current, high_factor = article[1], article[2]
    scaled = False
    k = index
    while k < len(run):
        form, gap, joint, _, word_end = run[k]
        word = words[form]
        glued = k == index or joint in ("", "and")
        if k > index and "\n" in gap:
            break
        if word.kind in ("unit", "teen", "tens") and glued:
            room = current is None or (current % 100 == 0 and current >= 100) or (
                word.kind == "unit" and 20 <= current % 100 <= 90 and current % 10 == 0 and joint == ""
            )
            if k > index and joint == "and" and current is not None and current < 100:
                room = False
            if k > index and current is None and total == 0:
                room = False
            if not room or (current is not None and word.value == 0):
                break
            current = (current or 0.0) + word.value
        elif word.kind == "hundred" and joint == "":
            if current is not None and current >= 100:
                break
            current = (current or 1.0) * 100
            scaled = True
        elif word.kind in ("scale", "dozen") and joint == "":
            if word.value >= scale:
                break
            total, current, scale, scaled = total + (1.0 if current is None else current) * word.value, None, word.value, True
        elif word.kind == "part" and joint in ("and a", "and an", "and") and form in ("half", "quarter"):
            # two and a half million; a million and a half
            if current is not None:
                current += word.value
            else:
                total += word.value * (scale if scale < float("inf") else 1.0)
        elif word.kind in ("part", "ordinal") and joint == "" and k == index + 1 and current is not None and not scaled:
            value = _denominator(form, current)
            if value is None:
                if word.kind == "ordinal" and 20 <= current <= 90 and current % 10 == 0 and word.value < 10:
                    return Number(begin, word_end, current + word.value, current + word.value, "ordinal", False), k + 1
                break
            return _times_scale(run, k, begin, current * value)
        elif word.kind == "ordinal" and joint in ("", "and") and current is not None and word.value < 100 and scaled:
            value = total + current + word.value
            return Number(begin, word_end, value, value, "ordinal", False), k + 1
        elif word.kind == "ordinal" and joint == "" and current is not None and 20 <= current % 100 <= 90 and word.value < 10:
            value = total + current + word.value
            return Number(begin, word_end, value, value, "ordinal", False), k + 1
        else:
            break
        end = word_end
        k += 1
    value = total + (current or 0.0)
    if high_factor != 1.0:
        kind = "vague"
    return Number(begin, end, value, value * high_factor, kind, False, False, scale if scaled and scale < float("inf") else 1.0), max(k, index + 1)


_ARTICLE = re.compile(r"(?:^|(?<=[^\w]))(an?|several|a[ ]few|few|a[ ]couple(?:[ ]of)?|couple(?:[ ]of)?|some[ ]few)[ ]$", re.I)


def _article(text: str, start: int) -> tuple[int, float | None, float]:
    """What stands before a magnitude word: where the number begins, its count, and how far up a vague one reaches."""
    match = _ARTICLE.search(text, max(0, start - 12), start)
    if match is None or match.end() != start:
        return start, None, 1.0
    form = match[1].lower()
    if form in ("a", "an"):
        return match.start(1), 1.0, 1.0
    if "couple" in form:
        return match.start(1), 2.0, 1.0
    return match.start(1), 2.0, 5.0


def _lone_ordinal(
    text: str, run: list[tuple[str, str, str, int, int]], index: int
) -> tuple[Number | None, int]:
    form, _, _, start, end = run[index]
    value = _words()[form].value
    # "a third of voters" is a part, "a third term" an ordinal
    share = text[max(0, start - 2) : start].lower() == "a " and form not in ("first", "second")
    if share and (text[end : end + 4] == " of " or text[max(0, start - 5) : start - 2].lower() == "by "):
        return Number(start - 2, end, 1 / value, 1 / value, "fraction", False), index + 1
    return Number(start, end, value, value, "ordinal", False), index + 1


def _vague(run: list[tuple[str, str, str, int, int]], index: int) -> tuple[Number | None, int]:
    """``dozens``, ``tens of millions``, ``hundreds of thousands``: from the value up to ten times it."""
    words = _words()
    value = last = words[run[index][0]].value
    end = run[index][4]
    k = index + 1
    while k < len(run) and run[k][2] == "of" and words[run[k][0]].kind == "vague" and words[run[k][0]].value > last:
        last = words[run[k][0]].value
        value *= words[run[k][0]].value
        end = run[k][4]
        k += 1
    return Number(run[index][3], end, value, 10 * value, "vague", False), k


def _part(text: str, run: list[tuple[str, str, str, int, int]], index: int) -> tuple[Number | None, int]:
    """``half``, ``half a million``, ``a quarter``; plural parts alone (``quarters``) are no numbers."""
    form, _, _, start, end = run[index]
    if form not in ("half", "quarter"):
        return None, index + 1
    if text[max(0, start - 2) : start].lower() == "a " and form == "quarter":
        start -= 2
    return _times_scale(run, index, start, _words()[form].value)


def _denominator(form: str, count: float) -> float | None:
    """The size of the part that ``form`` names after a count: two-thirds, one quarter; ``None`` if it is none."""
    words = _words()
    word = words[form]
    if count == 1:
        if form in ("half", "quarter"):
            return word.value
        return 1 / word.value if word.kind == "ordinal" and 3 <= word.value <= 20 else None
    return word.value if word.kind == "part" and form.endswith("s") and count < 20 else None


def _times_scale(run: list[tuple[str, str, str, int, int]], k: int, start: int, value: float) -> tuple[Number, int]:
    """A part, multiplied by the magnitude behind it: half a million, three quarters of a billion, half dozen."""
    words = _words()
    end = run[k][4]
    if k + 1 < len(run):
        form, gap, joint, _, word_end = run[k + 1]
        word = words[form]
        if word.kind in ("scale", "hundred", "dozen") and joint in ("", "a", "of a", "of-a") and "\n" not in gap:
            value *= word.value
            return Number(start, word_end, value, value, "cardinal", False, False, word.value), k + 2
    return Number(start, end, value, value, "fraction", False), k + 1
