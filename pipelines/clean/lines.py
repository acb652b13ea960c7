"""The lines of a document, measured: what later rooms ask of a line without looking at its neighbours.

What belongs here: splitting into lines, and measures that need no vocabulary. What does not: deciding what a line is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.rules import Rule

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+|[\n\r\x0b\x0c\x85\u2028\u2029]+")
_SEPARATORS = "\x1c\x1d\x1e"
_TERMINAL = re.compile(r"""[.!?…。！？।؟۔:;]["'”’»」』）)\]*]*$|[.,!?…]["”’»]$|["”»」]$""")


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@dataclass(slots=True)
class Line:
    """A piece of one line. ``start`` and ``end`` count the repaired text, white space trimmed."""

    start: int
    end: int
    text: str
    size: int
    """Words; where a script writes no spaces, a word for three characters."""
    ends: bool
    """Ends like a sentence."""
    kind: str = ""
    rule_id: str = ""
    confidence: float = 0.0
    marks: frozenset[str] = frozenset()
    """What its elements stand for; empty in a text dump."""
    path: str = ""
    """The XPath of its element; empty in a text dump."""
    linked: float = 0.0
    """Share of its characters that are links."""
    vote: int = 0
    """1 where a second opinion takes it for the article's text, -1 where all that there are leave it, 0 without any."""
    again: bool = False
    """Stands in many articles of its site or drop (:mod:`pipelines.clean.repeated`)."""
    asked: bool = False
    """The rules about single lines have been asked (:mod:`pipelines.clean.grammar`)."""
    rule: Rule | None = None
    """The one that knows it."""

    def set(self, kind: str, rule_id: str, confidence: float) -> None:
        """Say what the line is."""
        self.kind, self.rule_id, self.confidence = kind, rule_id, confidence


def measure(text: str, start: int, end: int) -> Line:
    """The line ``text[start:end]``, which has no white space at its edges."""
    words = text[start:end].replace("\xa0", " ")
    size = words.count(" ") + 1
    if len(words) > 14 * size and not words.isascii():
        size = max(size, len(words) // 3)
    ends = words[-1] in ".?!" or (words[-1] not in _LETTERS and _TERMINAL.search(words[-8:]) is not None)
    if ends and 5 <= size <= 20 and words[-1] in "!?…." and titled(words):
        ends = False
    return Line(start, end, words, size, ends)


def titled(words: str) -> bool:
    """Whether nearly all words are capitalised, as in a title that ends in a mark."""
    pieces = words.split()
    return sum(not piece[0].islower() for piece in pieces) >= 0.75 * len(pieces)


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of ``text``; the separators 1C to 1E are no line ends, but hardly a text has them."""
    found = []
    at = 0
    for words in (
        text.splitlines(keepends=True) if not any(map(text.__contains__, _SEPARATORS)) else _LINE.findall(text)
    ):
        bare = words.strip()
        if bare:
            start = at + (len(words) - len(words.lstrip()))
            found.append(measure(text, start, start + len(bare)))
        at += len(words)
    return found
