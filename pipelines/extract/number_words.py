"""Numbers written in words: two hundred and five, twenty-first, half a million, tens of thousands.

What belongs here: how number words add up. What does not: digits (:mod:`numerals`).
The words and their values live in ``seeds/reference/en/number_words.csv``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from pipelines.extract.numerals import Number
from pipelines.rules import load_csv


class _Word(NamedTuple):
    value: float
    kind: str
    """unit, teen, tens, hundred, scale, dozen, couple, vague, part, ordinal or times: how it combines"""


class _Piece(NamedTuple):
    """A word of a run: itself, the words that tie it to the one before (``and``, ``of a``), its place."""

    form: str
    word: _Word
    joint: str
    start: int
    end: int


@cache
def _words() -> dict[str, _Word]:
    return {row["word"]: _Word(float(row["value"]), row["kind"]) for row in load_csv("en/number_words.csv")}


def _trie(words: list[str]) -> str:
    """A pattern for any of ``words`` that reads each character once; a flat alternation is several times slower."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def pattern(node: dict[str, Any]) -> str:
        branches = [re.escape(char) + pattern(rest) for char, rest in sorted(node.items()) if char]
        if not branches:
            return ""
        joined = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
        return joined + "?" if "" in node else joined

    return pattern(root)


def known() -> list[str]:
    """The number words, lower-case."""
    return list(_words())


@cache
def pattern() -> str:
    """A pattern for any number word, as it stands inside of a sentence, at its start and in a headline of capitals."""
    return _trie([form for word in _words() for form in (word, word.title(), word.upper())])


@cache
def _going_on() -> re.Pattern[str]:
    """A number word that goes on with a run: ``-one``, `` and fifty``, `` a million``, `` of thousands``."""
    return re.compile(
        rf"(?:[ \xa0]?-[ ]?|[ \xa0\n])(and[ -](?:an?[ -])?|an?[ ]|of[ -](?:an?[ -])?)?({pattern()})(?!\w)"
    )


@cache
def _firsts() -> frozenset[str]:
    """The characters with which a run of number words goes on behind a space."""
    return frozenset(char for form in (*_words(), "and", "of", "-") for char in (form[0], form[0].upper()))


@cache
def _alone() -> dict[str, tuple[float, float, str]]:
    """The words that are the same number whatever stands before them, where no other number word goes on: value, end, kind."""
    made = {}
    for form, (value, kind) in _words().items():
        if kind == "unit" and value < 13:
            made[form] = value, value, "cardinal"
        elif kind == "vague":
            made[form] = value, 10 * value, kind
        elif kind == "times" or (kind == "ordinal" and value <= 2):
            made[form] = value, value, kind
    return made


def run(text: str, start: int, end: int, limit: int) -> tuple[list[Number], int]:
    """The numbers of the run of number words that begins at ``text[start:end]``, and where reading goes on."""
    words = _words()
    form = text[start:end].lower()
    apart = text[end : end + 1] == " " and text[end + 1 : end + 2] not in _firsts()
    if (alone := _alone().get(form)) and (apart or not _going_on().match(text, end, limit)):
        return [tuple.__new__(Number, (start, end, *alone, False, False, 1.0, "", False))], end
    pieces = [_Piece(form, words[form], "", start, end)]
    going_on = _going_on()
    while (match := going_on.match(text, end, limit)) is not None:
        form = match[2].lower()
        pieces.append(
            _Piece(form, words[form], (match[1] or "").strip(" -").replace("-", " "), match.start(2), match.end())
        )
        end = match.end()
    found: list[Number] = []
    index = 0
    while index < len(pieces):
        number, index = _READERS[pieces[index].word.kind](text, pieces, index)
        if number is not None:
            found.append(number)
    return found, end


class _Sum:
    """A cardinal as its words add up."""

    def __init__(self, current: float | None) -> None:
        self.total = 0.0
        self.current = current
        """What the next magnitude multiplies"""
        self.scale = 1.0
        """The last magnitude"""

    @property
    def value(self) -> float:
        return self.total + (self.current or 0.0)

    def add(self, piece: _Piece, first: bool) -> bool:
        """Takes the next word, or says that the number has ended before it."""
        value, kind = piece.word
        if kind in ("unit", "teen", "tens"):
            if not first and not self._has_room(value, kind, piece.joint):
                return False
            self.current = (self.current or 0.0) + value
        elif kind == "hundred" and not piece.joint:
            if self.current is not None and self.current >= 100:
                return False
            self.current, self.scale = (self.current or 1.0) * 100, 100.0
        elif kind in ("scale", "dozen") and not piece.joint:
            if self.scale >= 1000 and value >= self.scale:
                return False
            self.total, self.current = self.total + (1.0 if self.current is None else self.current) * value, None
            self.scale = value
        elif kind == "part" and piece.joint == "and a" and piece.form in ("half", "quarter"):
            if self.current is None:  # a million and a half
                self.total += value * self.scale
            else:  # two and a half million
                self.current += value
        else:
            return False
        return True

    def _has_room(self, value: float, kind: str, joint: str) -> bool:
        """Whether a word below a hundred can go on: 'twenty one', 'two hundred and five', but not 'one two'."""
        if value == 0 or joint not in ("", "and"):
            return False
        if self.current is None:
            return self.total > 0 and self.scale >= 1000
        if self.current >= 100 and self.current % 100 == 0:
            return True
        return kind == "unit" and not joint and 20 <= self.current % 100 <= 90 and self.current % 10 == 0


def _cardinal(text: str, pieces: list[_Piece], index: int) -> tuple[Number | None, int]:
    """``two hundred and five``, ``a million and a half``, ``twenty-first``, ``two-thirds``, ``several hundred``."""
    first = pieces[index]
    begin, count, reach = first.start, None, 1.0
    if first.word.kind in ("hundred", "scale", "dozen"):
        begin, count, reach = _article(text, first.start)
    made = _Sum(count)
    k = index
    while k < len(pieces) and made.add(pieces[k], k == index):
        k += 1
    end = pieces[k - 1].end if k > index else first.end
    if k < len(pieces) and k > index:
        piece = pieces[k]
        if piece.word.kind == "ordinal" and piece.joint in ("", "and") and _ends_ordinal(made, piece):
            value = made.value + piece.word.value
            return Number(begin, piece.end, value, value, "ordinal", False), k + 1
        if piece.joint == "" and k == index + 1 and (size := _denominator(piece.form, made.value)) is not None:
            return _magnified(pieces, k, begin, made.value * size)
        if piece.word.kind == "tens" and not piece.joint and 13 <= made.value <= 20:
            return None, min(k + 2, len(pieces))  # nineteen eighty-four
    if 13 <= made.value <= 20 and k == index + 1 and _DECADE.match(text, end):
        return None, k  # the nineteen sixties
    kind = "vague" if reach > 1 else "cardinal"
    return Number(begin, end, made.value, made.value * reach, kind, False, False, made.scale), max(k, index + 1)


_DECADE = re.compile(r"[ -](?:twen|thir|for|fif|six|seven|eigh|nine)ties(?!\w)", re.IGNORECASE)


def _ends_ordinal(made: _Sum, piece: _Piece) -> bool:
    """Whether an ordinal closes the number: twenty-first, one hundred and third."""
    rest = made.value % 100
    if 20 <= rest <= 90 and rest % 10 == 0 and not piece.joint:
        return piece.word.value < 10
    return made.scale > 1 and rest == 0 and piece.word.value < 100


_ARTICLE = re.compile(
    r"(?<!\w)(?:(an?)|(a[ ]couple(?:[ ]of)?|couple(?:[ ]of)?)|several|a[ ]few|few|some[ ]few)[ ]$", re.IGNORECASE
)


def _article(text: str, start: int) -> tuple[int, float | None, float]:
    """What stands before a magnitude word: where the number begins, its count, and how far up a vague one reaches."""
    match = _ARTICLE.search(text, max(0, start - 12), start)
    if match is None:
        return start, None, 1.0
    if match[1]:
        return match.start(), 1.0, 1.0
    return (match.start(), 2.0, 1.0) if match[2] else (match.start(), 2.0, 5.0)


def _denominator(form: str, count: float) -> float | None:
    """The size of the part that ``form`` names after a count: two-thirds, one quarter; ``None`` if it is none."""
    word = _words()[form]
    if count == 1:
        if form in ("half", "quarter"):
            return word.value
        return 1 / word.value if word.kind == "ordinal" and 3 <= word.value <= 20 else None
    # nine quarters are no part of anything
    return word.value if word.kind == "part" and form.endswith("s") and count * word.value < 1 else None


def _magnified(pieces: list[_Piece], k: int, start: int, value: float) -> tuple[Number, int]:
    """A part, multiplied by the magnitude behind it: half a million, three quarters of a billion, half dozen."""
    if k + 1 < len(pieces):
        piece = pieces[k + 1]
        if piece.word.kind in ("scale", "hundred", "dozen") and piece.joint in ("", "a", "of a"):
            value *= piece.word.value
            return Number(start, piece.end, value, value, "cardinal", False, False, piece.word.value), k + 2
    return Number(start, pieces[k].end, value, value, "fraction", False), k + 1


def _ordinal(text: str, pieces: list[_Piece], index: int) -> tuple[Number | None, int]:
    """``third``: an ordinal, or in 'a third of voters' and 'by a third' a part."""
    piece = pieces[index]
    start, end, value = piece.start, piece.end, piece.word.value
    if value > 2 and text[max(0, start - 2) : start].lower() == "a ":
        before = text[max(0, start - 5) : start - 2].lower()
        if text[end : end + 4] == " of " or (before == "by " and text[end : end + 1] != "-"):
            return Number(start - 2, end, 1 / value, 1 / value, "fraction", False), index + 1
    return Number(start, end, value, value, "ordinal", False), index + 1


def _vague(text: str, pieces: list[_Piece], index: int) -> tuple[Number | None, int]:
    """``dozens``, ``tens of millions``, ``hundreds of thousands``: from the value up to ten times it."""
    value = last = pieces[index].word.value
    k = index + 1
    while (
        k < len(pieces) and pieces[k].joint == "of" and pieces[k].word.kind == "vague" and pieces[k].word.value > last
    ):
        last = pieces[k].word.value
        value *= last
        k += 1
    return Number(pieces[index].start, pieces[k - 1].end, value, 10 * value, "vague", False), k


def _part(text: str, pieces: list[_Piece], index: int) -> tuple[Number | None, int]:
    """``half``, ``half a million``, ``a quarter``; plural parts alone (``quarters``) are no numbers."""
    piece = pieces[index]
    if piece.form not in ("half", "quarter"):
        return None, index + 1
    article = piece.form == "quarter" and text[max(0, piece.start - 2) : piece.start].lower() == "a "
    return _magnified(pieces, index, piece.start - 2 if article else piece.start, piece.word.value)


def _times(text: str, pieces: list[_Piece], index: int) -> tuple[Number | None, int]:
    """``twice``"""
    piece = pieces[index]
    return Number(piece.start, piece.end, piece.word.value, piece.word.value, "times", False), index + 1


def _couple(text: str, pieces: list[_Piece], index: int) -> tuple[Number | None, int]:
    """``a couple of boats``: about two; not the couple next door, and part of the number in ``a couple of hundred``."""
    piece = pieces[index]
    begin = piece.start - 2
    if index + 1 < len(pieces):
        pieces[index + 1] = pieces[index + 1]._replace(joint="")
        return None, index + 1
    if text[max(0, begin) : piece.start].lower() != "a " or text[piece.end : piece.end + 4] != " of ":
        return None, index + 1
    return Number(begin, piece.end, piece.word.value, piece.word.value, "vague", False), index + 1


_READERS = dict.fromkeys(("unit", "teen", "tens", "hundred", "scale", "dozen"), _cardinal) | {
    "ordinal": _ordinal, "vague": _vague, "part": _part, "times": _times, "couple": _couple,
}  # fmt: skip
