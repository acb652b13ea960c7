"""What is counted or measured: the noun phrase behind a number, found without a parser.

What belongs here: where that phrase begins and ends. What does not: what stands before a number (:mod:`around`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.extract.around import words_of
from pipelines.extract.tokens import Token

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
        return len(low) > 5 and low.endswith("men") and low not in singular  # aldermen
    return not low.endswith(("ss", "'s", "’s", "us", "is"))


@cache
def _adjectives() -> frozenset[str]:
    return words_of("adjective")


_ADJECTIVE = ("al", "ive", "ic", "ous", "ful", "less", "ary", "ory", "ble", "ish", "ese", "ian", "ent", "ant", "ern")
_TITLES = frozenset(
    ("mr", "mrs", "ms", "dr", "lt", "sgt", "rep", "sen", "gov", "capt", "col", "gen", "st", "prof", "rev")
)


_TIMES = frozenset(("last", "next", "ago", "this"))
_DETERMINERS = frozenset(("a", "an", "the", "his", "her", "its", "their", "my", "our"))
_QUOTES = frozenset("\"“”‘’'")
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

    >>> from pipelines.extract.tokens import tokens
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
    if k < len(after) and after[k].text in _QUOTES:
        k += 1  # two "unbound" delegates
    while (
        k + 1 < len(after)
        and after[k].text[-1] == "y"
        and _adverb(after[k].text)
        and _WORD.match(after[k + 1].text)
        and not is_plural(after[k + 1].text)
    ):
        k += 1  # two wholly different plans
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
            closing = k > first > at and word in _QUOTES and after[first - 1].text in _QUOTES
            if not closing and not (glued and word[0].isdigit()) and not _goes_on(after, k, first, stop):
                break
            k += 1
            continue
        if low == "s" and k > first and earlier_digit(after, k):
            end, plural_end = k + 1, True  # AK-47s
            k += 1
            break
        capital = word[0].isupper()
        earlier = after[k - 1].text if k > first else ""
        # behind a number above one, a word in -s is a noun, not a verb: "19 wins", "24 home runs"
        verb = low in stop and (singular or not is_plural(low))
        if verb and not singular and low in words_of("adjective_too"):
            verb = not _plural_soon(after, k, stop)  # six high school students, but "six high and wide"
        if not glued and verb and not (capital and earlier[:1].isupper()) and not earlier.endswith(("'s", "’s")):
            if low in ("and", "or") and _pair(after, k, first, stop):
                k += 1
                continue
            break
        if singular and earlier and low in _TIMES:
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
            attributive = (
                low in words_of("attributive_plural")
                or low in _STATES
                or (capital and behind[:1].islower() and behind_low not in _STATES)
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
    if singular and not plural_end:
        if (
            end - first > 1
            and after[end - 1].text.endswith("ing")
            and end < len(after)
            and (after[end].text in _DETERMINERS or after[end].text[0].isupper())
        ):
            end -= 1  # a 52-year-old man carrying a lamp
        if after[end - 1].text.lower().endswith(("ed", "ly")):
            return None
    return Phrase(after[first].start, after[end - 1].end, end, plural_end)


def _adverb(word: str) -> bool:
    return word.endswith("ly") and word.islower() and len(word) > 5 and word not in words_of("adjective_in_ly")


def _plural_soon(after: list[Token], k: int, stop: frozenset[str]) -> bool:
    """Whether a plural follows within two words: 'likely registered voters' goes on, 'the speech ended' does not."""
    left = 2
    for token in after[k + 1 : k + 5]:
        if token.text in _HYPHENS:
            left += 1  # third-round deals
            continue
        left -= 1
        if left < 0:
            return False
        if token.text.lower() in stop or not _WORD.match(token.text):
            return False
        if is_plural(token.text):
            return True
    return False


def _goes_on(after: list[Token], k: int, first: int, stop: frozenset[str]) -> bool:
    """Whether the sign at ``after[k]`` stands inside of a phrase: a hyphen, or a comma between two adjectives."""
    if k == first or k + 1 >= len(after) or not after[k + 1].text[0].isalnum():
        return False
    token, behind = after[k], after[k + 1]
    if token.text in _HYPHENS or token.text == "&":
        return token.start == after[k - 1].end and behind.start == token.end
    if token.text == ".":
        return after[k - 1].text.lower() in _TITLES and behind.text[0].isupper()
    if token.text == "," and k == first + 1:
        return after[k - 1].text.islower() and _pair(after, k, first, stop)
    return False


def _pair(after: list[Token], k: int, first: int, stop: frozenset[str]) -> bool:
    """Whether ``after[k]`` joins two adjectives before one plural: 'private and public courses'."""
    if k <= first or k + 1 >= len(after) or is_plural(after[k - 1].text):
        return False
    before, behind = after[k - 1].text, after[k + 1].text
    adjective = before.lower() in _adjectives() or before.endswith(_ADJECTIVE)
    if not (adjective or (before[0].isupper() and behind[0].isupper()) or (k == first + 1 and before.islower())):
        return False
    for n, token in enumerate(after[k + 1 : k + 8]):
        word = token.text
        low = word.lower()
        if (low in stop and low not in ("and", "or")) or not (_WORD.match(word) or word in _HYPHENS):
            return False
        if not (word.islower() or adjective or before[0].isupper()):
            return False
        if n and is_plural(word):
            return True
    return False


def earlier_digit(after: list[Token], k: int) -> bool:
    """Whether ``after[k]`` sticks to digits."""
    return after[k - 1].text[0].isdigit() and after[k - 1].end == after[k].start
