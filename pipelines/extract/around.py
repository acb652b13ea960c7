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


@cache
def _modifiers() -> dict[str, str]:
    return {word: role for role in ("plain", "approximate", "at_least", "at_most") for word in words_of(role)}


_OPENING = "([{“‘\"'`—–-"


def before(text: str, start: int, limit: int) -> Before:
    """The bound and the approximation that the words before ``start`` express.

    >>> before("It cost at least about ", 23, 0)
    Before(approximate=True, bound='at_least', words=('it', 'cost'))
    """
    words = [word.lstrip(_OPENING) for word in text[max(limit, start - 72) : start].lower().split()]
    # text that sticks to the number ("pre-") is no word before it
    if start > limit and not text[start - 1].isspace() and text[start - 1] not in _OPENING + "~≈<>≤≥":
        return Before(False, "", tuple(words))
    modifiers = _modifiers()
    approximate, bound = False, ""
    k = len(words)
    for _ in range(4):
        for size in (4, 3, 2, 1):
            role = modifiers.get(" ".join(words[k - size : k])) if size <= k else None
            if role:
                break
        else:
            break
        k -= size
        if role == "approximate":
            approximate = True
        elif role != "plain":
            bound = bound or role
    return Before(approximate, bound, tuple(words[:k]))


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
        for word in reversed(words[-10 if last == "by" else -2 : -1]):
            if word in words_of("rise"):
                return "up"
            if word in words_of("fall"):
                return "down"
        return None
    if strict and last not in ("up", "down"):
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


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun.

    >>> [is_plural(word) for word in ("missiles", "people", "various", "Tuesday")]
    [True, True, False, False]
    """
    low = word.lower()
    if low in words_of("plural"):
        return True
    if low in words_of("not_plural") or len(low) < 3:
        return False
    return low.endswith("s") and not low.endswith(("ss", "'s", "’s", "ous", "is"))


def counted(text: str, after: list[Token], at: int, singular: bool = False, limit: int = 6) -> tuple[int, int, int] | None:
    """The noun phrase at ``after[at]``: its start and end in the text and the token behind it; ``None`` if there is none.

    A plural noun ends it. Without one it is only taken where ``singular`` is asked for, up to the next function word.
    """
    stop, drop = words_of("stop"), words_of("drop_before_object")
    k = at
    while k < len(after) and after[k].text.lower() in drop and k < at + 4:
        k += 1
    if k < len(after) and after[k].text in ("-", "‑") and k == at:
        k += 1
    first = k
    previous = after[k - 1].end if k > 0 else -1
    end = -1
    taken = 0
    while k < len(after) and taken < limit:
        token = after[k]
        word = token.text
        if not _WORD.match(word):
            # a hyphen inside of a compound goes on
            inside = word in ("-", "‑", "&") and k > first and token.start == previous and k + 1 < len(after)
            if not (inside and after[k + 1].start == token.end and _WORD.match(after[k + 1].text)):
                break
            k, previous = k + 1, token.end
            continue
        low = word.lower()
        glued = k > first and after[k - 1].text in ("-", "‑")
        if not glued and (low in stop or (previous >= 0 and "\n" in text[previous : token.start])):
            break
        if k > first and not glued:
            capital = word[0].isupper()
            if singular and (capital and after[k - 1].text[0].islower() or low.endswith(("ed", "ly"))):
                break
        if low.endswith(("'s", "’s", "s'", "s’")) and not singular:
            # "two of the company's directors": the owner is no object, what follows is
            pass
        joined_on = k + 1 < len(after) and after[k + 1].text in ("-", "‑") and after[k + 1].start == token.end
        previous = token.end
        taken += 1
        k += 1
        if is_plural(low) and not joined_on:
            end = k
            following = after[k].text.lower() if k < len(after) else ""
            if not (low in words_of("attributive_plural") and is_plural(following) and following not in stop):
                return after[first].start, previous, k
        elif singular:
            end = k
    if end > first:
        return after[first].start, after[end - 1].end, end
    return None
