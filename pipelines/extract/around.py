"""What stands around a number: bounds and changes before it, and the thing that is counted or measured behind it.

What belongs here: reading words beside a number, from the lists in ``seeds/reference/en/quantity_words.csv``.
What does not: numbers and units themselves.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.extract.units import Token
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
    if words and words[-1][0] in _OPENING:
        words[-1] = words[-1].lstrip(_OPENING)
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
        k -= size
        if role == "approximate":
            approximate = True
        elif role != "plain" and not bound:
            bound, lone = role, words[k] in LEVELS
    return Before(approximate, bound, tuple(words[:k]), words[-1] if words else "", lone)


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


_WORD = re.compile(r"[^\W\d_]")
_HYPHENS = frozenset("-‐‑")


@cache
def _plural_words() -> tuple[frozenset[str], frozenset[str]]:
    return words_of("plural"), words_of("not_plural")


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun.

    >>> [is_plural(word) for word in ("missiles", "people", "various", "Tuesday")]
    [True, True, False, False]
    """
    low = word.lower()
    plural, singular = _plural_words()
    if low in plural:
        return True
    if len(low) < 3 or low[-1] != "s" or low in singular:
        return False
    return not low.endswith(("ss", "'s", "’s", "ous", "is"))


_STATES = frozenset(("dead", "wounded", "injured", "homeless"))
"""Plurals that also follow the noun: 'three Americans dead'."""


class Phrase(NamedTuple):
    """A noun phrase: its place in the text, the index of the token behind it, and whether a plural ends it."""

    start: int
    end: int
    used: int
    plural: bool

    def of(self, text: str) -> str:
        """Its words."""
        return text[self.start : self.end]


def counted(
    text: str, after: list[Token], at: int, before_end: int, singular: bool = False, limit: int = 6
) -> Phrase | None:
    """The noun phrase at ``after[at]``, up to ``before_end`` at most; ``None`` if there is none.

    A plural noun ends it. Without one it is only taken where ``singular`` is asked for, up to the next function word.

    >>> from pipelines.extract.units import tokens
    >>> text = "two short-range ballistic missiles toward the sea"
    >>> counted(text, tokens(text, 3, len(text)), 0, len(text)).of(text)
    'short-range ballistic missiles'
    """
    stop, drop = words_of("stop"), words_of("drop_before_object")
    k = at
    while k < len(after) and after[k].text.lower() in drop and k < at + 4:
        k += 1
    if k == at and k < len(after) and after[k].text in _HYPHENS:
        k += 1
    first, end, taken = k, -1, 0
    plural_end = False
    while k < len(after) and taken < limit:
        token = after[k]
        word = token.text
        low = word.lower()
        glued = k > first and after[k - 1].text in _HYPHENS and after[k - 1].start == after[k - 2].end
        if token.end > before_end:
            break
        if not _WORD.match(word):
            if not _goes_on(after, k, first, stop):
                break
            k += 1
            continue
        capital = word[0].isupper()
        earlier = after[k - 1].text if k > first else ""
        # behind a number above one, a word in -s is a noun, not a verb: "19 wins", "24 home runs"
        verb = low in stop and (singular or not is_plural(low))
        if not glued and verb and not (capital and earlier[:1].isupper()):
            if low == "and" and _pair(after, k, first, stop):
                k += 1
                continue
            break
        turns = low.endswith(("ed", "ly")) or (capital and earlier[:1].islower() and end > 0)
        if singular and earlier and not glued and turns and not _plural_soon(after, k, stop):
            break
        joined_on = k + 1 < len(after) and after[k + 1].text in _HYPHENS and after[k + 1].start == token.end
        taken += 1
        k += 1
        if is_plural(low) and not joined_on:
            behind = after[k].text if k < len(after) else ""
            behind_low = behind.lower()
            attributive = low in words_of("attributive_plural") or (
                capital and behind[:1].islower() and behind_low not in _STATES
            )
            if attributive and behind_low not in stop and is_plural(behind_low):
                end = k
                continue
            if (
                singular
                and end > 0
                and behind[:1].isalpha()
                and behind_low not in stop
                and not capital
                and not behind_low.endswith(("ed", "ing"))
            ):
                break  # "the 40-metre crane lifts containers": a verb
            end, plural_end = k, True
            break
        if singular:
            end = k
    if end <= first:
        return None
    if singular and not plural_end and after[end - 1].text.lower().endswith(("ed", "ly")):
        return None
    return Phrase(after[first].start, after[end - 1].end, end, plural_end)


def _plural_soon(after: list[Token], k: int, stop: frozenset[str]) -> bool:
    """Whether a plural follows within two words: 'likely registered voters' goes on, 'the speech ended' does not."""
    for token in after[k + 1 : k + 3]:
        if token.text.lower() in stop or not _WORD.match(token.text):
            return False
        if is_plural(token.text):
            return True
    return False


def _goes_on(after: list[Token], k: int, first: int, stop: frozenset[str]) -> bool:
    """Whether the sign at ``after[k]`` stands inside of a phrase: a hyphen, or a comma between two adjectives."""
    if k == first or k + 1 >= len(after) or not _WORD.match(after[k + 1].text):
        return False
    token, behind = after[k], after[k + 1]
    if token.text in _HYPHENS or token.text == "&":
        return token.start == after[k - 1].end and behind.start == token.end
    if token.text == "," and k == first + 1:
        return after[k - 1].text.islower() and _pair(after, k, first, stop)
    return False


def _pair(after: list[Token], k: int, first: int, stop: frozenset[str]) -> bool:
    """Whether ``after[k]`` joins two adjectives before one plural: 'private and public courses'."""
    if k != first + 1 or is_plural(after[first].text):
        return False
    words = [token.text for token in after[k + 1 : k + 4]]
    for n, word in enumerate(words):
        if word.lower() in stop or not word.islower():
            return False
        if n and is_plural(word):
            return True
    return False
