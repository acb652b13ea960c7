"""Nodes of a parsed pattern, and what a single one fits.

What belongs here: characters. What does not: what follows for whole patterns (:mod:`pipelines.clean.edges`,
:mod:`pipelines.clean.needed`). The parser is the one of :mod:`re` itself, which has no public name; what it may bring one day
that is not known here stands for anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

WIDE = 80
"""Characters of the largest set that is spelt out."""

REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
GROUPS = (codes.SUBPATTERN, codes.ATOMIC_GROUP)
ZERO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
"""Nodes that fit places, not characters."""


def folded(words: str) -> str:
    """Words as gates compare them: in small letters, and the few letters that patterns without regard to case take for others."""
    low = words.lower()
    return low if low.isascii() else low.replace("\u0131", "i").replace("i\u0307", "i").replace("\u017f", "s")


@cache
def parsed(pattern: re.Pattern[str]) -> Any:
    """The nodes of a pattern in order."""
    return parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


def inside(code: Any, value: Any) -> Any:
    """The nodes in a group."""
    return value[-1] if code is codes.SUBPATTERN else value


def chars_of(code: Any, value: Any) -> frozenset[str] | None:
    """The characters of one node in small letters; ``None`` where they are too many or cannot be told."""
    if code is codes.LITERAL:
        return frozenset((folded(chr(value)),))
    if code is not codes.IN:
        return None
    found: set[str] = set()
    for inner, what in value:
        if inner is codes.LITERAL:
            found.add(folded(chr(what)))
        elif inner is codes.RANGE and what[1] - what[0] < WIDE:
            found.update(folded(chr(number)) for number in range(what[0], what[1] + 1))
        else:
            return None
    return frozenset(found) if len(found) <= WIDE else None


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}


def holds(members: list[Any], char: str) -> bool:
    """Whether a set holds a character; whatever is not known of it does."""
    held = False
    for code, value in members:
        if code is codes.LITERAL:
            held = held or ord(char) == value
        elif code is codes.RANGE:
            held = held or value[0] <= ord(char) <= value[1]
        elif code is codes.CATEGORY and value in _CATEGORIES:
            held = held or _CATEGORIES[value](char)
        elif code is not codes.NEGATE:
            return True
    return held != (members[0][0] is codes.NEGATE)
