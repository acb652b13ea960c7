"""What stands around a number: bounds before it, and rises and falls on both sides of it.

What belongs here: reading words beside a number, from the lists in ``seeds/reference/en/quantity_words.csv``.
What does not: numbers and units themselves, and what is counted (:mod:`things`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.extract.tokens import Token
from pipelines.rules import load_csv


@cache
def words_of(role: str) -> frozenset[str]:
    """The words of a role, lower-case."""
    for row in load_csv("en/quantity_words.csv"):
        if row["role"] == role:
            return frozenset(row["words"].split("|"))
    raise KeyError(role)


class Before(NamedTuple):
    """What the words before a number say of it."""

    approximate: bool
    bound: str
    """at_least, at_most or empty"""
    words: tuple[str, ...]
    """The words before those, lower-case, nearest last"""
    last: str
    """The word right before the number, lower-case, whatever it says"""
    lone: bool = False
    """The bound is a preposition alone (over, under), which may also say where or when"""


@cache
def _modifiers() -> tuple[dict[str, str], frozenset[str]]:
    """The phrases that modify a number, with their roles, and the words that end them."""
    roles = {phrase: role for role in ("plain", "approximate", "at_least", "at_most") for phrase in words_of(role)}
    return roles, frozenset(phrase.split()[-1] for phrase in roles)


_OPENING = "([{“‘\"'`—–-"
_OPENED = re.compile(r"^.*[\[({<=“‘\"`](?=\w)")
"""What sticks to the front of a word and is none of it: a tag's attribute."""


def before(text: str, start: int, limit: int) -> Before:
    """The bound and the approximation that the words before ``start`` express.

    >>> before("It cost at least about ", 23, 0)
    Before(approximate=True, bound='at_least', words=('it', 'cost'), last='about', lone=False)
    """
    left = text[max(limit, start - 64) : start].lower()
    line = left.rfind("\n")
    if line >= 0 and (left[line + 1 : line + 2].isspace() or left[line - 1 : line] == "\n"):
        left = left[line:]  # a line of its own, not a wrapped one
    words = left.split()
    if words and not words[-1].isalpha():
        words[-1] = _OPENED.sub("", words[-1].lstrip(_OPENING))
    # text that sticks to the number ("pre-") is no word before it
    if start > limit and not text[start - 1].isspace() and text[start - 1] not in _OPENING + "~≈<>≤≥":
        return Before(False, "", tuple(words), "")
    modifiers, endings = _modifiers()
    approximate, bound, lone = False, "", False
    k = len(words)
    for _ in range(4):
        if k == 0 or words[k - 1] not in endings:
            break
        for size in (4, 3, 2, 1):
            role = modifiers.get(" ".join(words[k - size : k])) if size <= k else None
            if role:
                break
        else:
            break
        if words[k - size] == "up" and k > size and words[k - size - 1] in _ADDING:
            break  # "that adds up to 30"
        k -= size
        if role == "approximate":
            approximate = True
        elif role != "plain" and not bound:
            bound, lone = role, words[k] in LEVELS
    return _new(Before, (approximate, bound, tuple(words[:k]), words[-1] if words else "", lone))


_ADDING = frozenset(("add", "adds", "added", "adding", "sum", "sums", "summed"))
_new = tuple.__new__
"""Past the named tuple's own constructor: one is made for every number."""

LEVELS = frozenset(("over", "under", "above", "below"))
"""Bounds that are also prepositions. They make a number a level: 'fell below 5 percent' does not say by how much."""


def change_before(words: tuple[str, ...], strict: bool) -> str | None:
    """``up`` or ``down`` where the words before a number say that something rose or fell by it.

    ``strict`` asks for ``by`` or ``of``: 'cut 5 jobs' is a count, 'cut by 5' a change.

    >>> change_before(("sales", "rose"), strict=False)
    'up'
    >>> change_before(("cut", "its", "output", "by"), strict=True)
    'down'
    """
    if not words:
        return None
    last = words[-1]
    if last in ("by", "of"):
        # "cut its output by", but "the rise was offset by" and "they lost by"
        for word in reversed(words[-8 if last == "by" else -2 : -1]):
            if word in words_of("margin"):
                return None
            if word in words_of("rise"):
                return "up"
            if word in words_of("fall"):
                return "down"
        return None
    if strict:
        return None
    if last in words_of("rise"):
        return "up"
    return "down" if last in words_of("fall") else None


def change_after(after: list[Token], at: int) -> str | None:
    """``up`` or ``down`` where the word behind a measure says so: ``5 percent increase``, ``3 % lower``."""
    if at < len(after) and after[at].text in ("-", "‑"):
        at += 1
    if at >= len(after):
        return None
    word = after[at].text.lower()
    if word in words_of("rise_after"):
        return "up"
    return "down" if word in words_of("fall_after") else None
