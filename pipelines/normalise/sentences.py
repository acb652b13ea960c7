"""Where sentences end.

What belongs here: a pure function from a string to spans. What does not: what the sentences say.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; marks and brackets that close
behind it still belong to the sentence. One scan over the candidate stops; the cost is linear in the text.
"""

from __future__ import annotations

import re

from pipelines.rules import load_csv
from pipelines.text import Span

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|\n")
"""Candidates: a stop (with the marks that close behind it) in front of a gap, or the end of a line."""
_NEXT = re.compile(r"\s+[\"'“‘«(\[¿¡—–-]*\s*(\S)")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»(\[—–]*$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_FULLY_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_LOOK_BACK = 40


def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that never end a sentence (before a name), and those that may (before a capital letter)."""
    rows = load_csv("en/abbreviations.csv")
    return (
        frozenset(row["abbreviation"] for row in rows if row["ends"] == "never"),
        frozenset(row["abbreviation"] for row in rows if row["ends"] == "maybe"),
    )


_NEVER, _MAYBE = _abbreviations()
_STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "This",
        "That",
        "These",
        "Those",
        "But",
        "And",
        "Or",
        "So",
        "In",
        "On",
        "At",
        "For",
        "From",
        "With",
        "When",
        "While",
        "After",
        "Before",
        "As",
        "If",
        "Although",
        "Though",
        "However",
        "His",
        "Her",
        "Their",
        "Its",
        "Our",
        "My",
        "Your",
        "There",
        "Here",
        "What",
        "Who",
        "How",
        "Why",
        "Where",
        "Yet",
        "Not",
        "No",
        "One",
        "Some",
        "Many",
        "Most",
        "Both",
        "Asked",
        "Meanwhile",
    ]
)
"""Words that open a sentence far more often than they follow an abbreviation inside one."""


def _ends(text: str, start: int, end: int) -> bool:
    """Whether the stop ``text[start:end]`` ends a sentence."""
    following = _NEXT.match(text, end)
    if following is None:
        return True
    first = following.group(1)
    stop = text[start:end]
    if first.islower():
        # "Yahoo! said", "he left … and came back": a sentence begins with a capital letter, a figure or a mark.
        return False
    if stop[0] != "." or stop.startswith(".."):
        return True
    word_match = _WORD_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    word = word_match.group() if word_match else ""
    if not word:
        return True
    if word in _NEVER:
        return False
    at = following.start(1)
    word_end = at
    while word_end < len(text) and text[word_end].isalpha():
        word_end += 1
    next_word = text[at:word_end]
    if word in _MAYBE:
        return next_word in _STARTERS or (not first.isalpha() and not first.isdigit())
    if len(word) == 1 and word.isupper() and len(stop) == 1:
        # "John F. Kennedy": an initial; "Vitamin C. The" ends.
        return next_word in _STARTERS and word != "I"
    if _FULLY_DOTTED.fullmatch(word):
        # "U.S. Senate" goes on, "in the U.S. The bill" ends, and so does "at 5 p.m. Police".
        return next_word in _STARTERS or len(stop) > 1
    return True


def sentences(text: str) -> list[Span]:
    """The spans of the sentences in ``text``, blanks around them left out; a line break ends a sentence.

    >>> s = 'Gov. J. B. Lane met U.S. envoys at 5.30 p.m. "We talked." She left.'
    >>> [s[a:b] for a, b in sentences(s)]
    ['Gov. J. B. Lane met U.S. envoys at 5.30 p.m.', '"We talked."', 'She left.']
    """
    found: list[Span] = []
    at = 0
    for match in _STOP.finditer(text):
        start, end = match.span()
        if text[start] != "\n" and not _ends(text, start, end):
            continue
        _add(found, text, at, start if text[start] == "\n" else end)
        at = end
    _add(found, text, at, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        found.append(Span(start, start + len(stripped)))
