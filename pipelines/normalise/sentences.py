"""Where sentences end.

What belongs here: a pure function from a string to spans. What does not: what the sentences say.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; marks and brackets that close
behind it still belong to the sentence. One scan over the candidate stops; the cost is linear in the text.
"""

from __future__ import annotations

import re

from pipelines.rules import load_csv
from pipelines.text import Span

# One set of characters comes first, look-behinds after it: the search then skips to candidates.
_STOP = re.compile(r"[.!?…\n](?:(?<=\n)|(?<![.!?…].)[.!?…]*+[\"'”’»)\]]*+(?=\s|$))")
"""Candidates: a stop (with the marks that close behind it) in front of a gap, or the end of a line."""
_NEXT = re.compile(r"\s+[\"'“‘«(\[¿¡—–-]*\s*(\S)")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»(\[—–]*$")
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
_LONGER = 1 + max(map(len, _NEVER | _MAYBE))
"""So many letters are no abbreviation."""
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
    at = end + 1
    first = text[at : at + 1]
    if not first.isalnum() or text[end] != " ":
        following = _NEXT.match(text, end)
        if following is None:
            return True
        at = following.start(1)
        first = text[at]
    if first.islower():
        # "Yahoo! said", "he left … and came back": a sentence begins with a capital letter, a figure or a mark.
        return False
    if text[start] != "." or text.startswith("..", start, end):
        return True
    if start >= _LONGER and text[start - _LONGER : start].isalpha():
        return True
    word = text[max(0, start - _LOOK_BACK) : start].rpartition(" ")[2]
    if not word.isalpha():
        word_match = _WORD_BEFORE.search(word)
        word = word_match.group() if word_match else ""
        if not word:
            return True
    if word in _NEVER:
        return False
    if word in _MAYBE:
        return _opens(text, at) or (not first.isalpha() and not first.isdigit())
    if len(word) == 1 and word.isupper() and end - start == 1:
        # "John F. Kennedy": an initial; "Vitamin C. The" and "So did I. The" end.
        return _opens(text, at)
    if "." in word and _FULLY_DOTTED.fullmatch(word):
        # "U.S. Senate" goes on, "in the U.S. The bill" ends, and so does "at 5 p.m. Police".
        return end - start > 1 or _opens(text, at)
    return True


def _opens(text: str, at: int) -> bool:
    """Whether the word at ``at`` is one that opens sentences."""
    word_end = at
    while word_end < len(text) and text[word_end].isalpha():
        word_end += 1
    return text[at:word_end] in _STARTERS


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
        if text[start] == "\n":
            _add(found, text, at, start)
        elif _ends(text, start, end):
            _add(found, text, at, end)
        else:
            continue
        at = end
    _add(found, text, at, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    stripped = text[start:end].strip()
    if stripped:
        start = text.index(stripped[0], start)
        found.append(Span(start, start + len(stripped)))
