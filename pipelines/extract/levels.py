"""What a value is said of, where that stands before it: ``the rate stood at 4.75``, ``a magnitude of 6.1``.

What belongs here: the phrase before the verb or before *of*. What does not: what stands behind a number (:mod:`things`).
"""

from __future__ import annotations

from functools import cache

from pipelines.extract.around import words_of

LONGEST = 6
"""Words of the phrase; longer ones are seldom found whole without a parser."""

_CLOSING = (",", ";", ":", ".", "?", "!", ")", "]", "”", "’", '"')
_DETERMINERS = frozenset(
    ("the", "a", "an", "its", "his", "her", "their", "our", "my", "your", "this", "that", "each", "every")
)
_HELPERS = frozenset(
    ("has", "have", "had", "will", "would", "could", "can", "may", "might", "must", "should", "be", "been", "not", "now", "then",
     "also", "only", "already", "still", "is", "was", "are", "were")
)  # fmt: skip
_PRONOUNS = frozenset(
    ("i", "we", "you", "he", "she", "it", "they", "there", "everyone", "nobody", "somebody", "all", "each", "both")
)
_APART = frozenset(
    ("in", "at", "during", "after", "before", "with", "between", "by", "from", "under", "over", "among", "near")
)
_INSIDE = frozenset(("of", "and", "for", "in", "to", "on"))
_LINKS = frozenset(("of", "for", "to", "on"))


@cache
def _verbs() -> frozenset[str]:
    return words_of("level_verb")


def said_of(text: str, start: int, limit: int, words: tuple[str, ...]) -> str | None:
    """The phrase that a value at ``start`` is said of; ``words`` are those before it, in lower case, its bounds left out.

    >>> text = "The price of copper rose to 9 dollars."
    >>> said_of(text, 28, 0, ("the", "price", "of", "copper", "rose", "to"))
    'price of copper'
    """
    if len(words) < 2:
        return None
    last = words[-1]
    if last == "of":
        return _named(text, start, limit, words)
    k = len(words) - 1
    if last in ("at", "to", "by", "from"):
        k -= 1
    if words[k] not in _verbs() or (k < len(words) - 1 and words[k] in ("is", "was", "are", "were")):
        return None
    while k > 0 and (words[k - 1] in _HELPERS or words[k - 1].endswith("ly")):
        k -= 1
    return _phrase(text, start, limit, words, k)


def _named(text: str, start: int, limit: int, words: tuple[str, ...]) -> str | None:
    """The noun before ``of``: a magnitude of 6.1, a fine of $500."""
    noun = words[-2]
    if (
        not noun.isalpha()
        or noun in words_of("no_name_of_a_value")
        or noun in words_of("rise")
        or noun in words_of("fall")
    ):
        return None
    for back in (3, 4):
        if len(words) >= back and words[-back] in _DETERMINERS:
            return _raw(text, start, limit, words, len(words) - back + 1, len(words) - 1)
        if len(words) < back or not words[-back].isalpha():
            return None
    return None


def _phrase(text: str, start: int, limit: int, words: tuple[str, ...], end: int) -> str | None:
    """The noun phrase that ends before ``words[end]``, back to its determiner or to the beginning of the clause."""
    k = end
    while k > 0 and end - k <= LONGEST:
        word = words[k - 1]
        if word[0].isdigit():
            return None
        if word.endswith(_CLOSING) and not word.endswith(("’", "s'")) and "." not in word[:-1]:
            break
        if word in _DETERMINERS:
            if k > 1 and words[k - 2] in _LINKS:
                k -= 1
                continue
            if k > 1 and words[k - 2] in _APART:
                return None  # "the share in the first week was": not said of the week
            break
        if word in _PRONOUNS or (word in words_of("stop") and word not in _INSIDE):
            return None  # "more than it was", "who paid"
        k -= 1
        if word.endswith(("'s", "’s")) and not (k and words[k - 1] == "of"):
            back = next((n for n in (1, 2, 3) if n <= k and words[k - n] in _DETERMINERS), 0)
            if any(word in _APART for word in words[max(0, k - max(back, 1) - 1) : k]):
                return None  # "revenue at the city's casinos rose"
            k -= back
            break
    else:
        if k:
            return None
    while k < end and words[k] in _DETERMINERS:
        k += 1
    if k >= end or end - k > LONGEST or words[k] in _INSIDE or words[end - 1] in words_of("stop"):
        return None
    return _raw(text, start, limit, words, k, end)


def _raw(text: str, start: int, limit: int, words: tuple[str, ...], first: int, end: int) -> str | None:
    """The words as written."""
    left = text[max(limit, start - 64) : start]
    if first == 0 and start - 64 > limit:
        return None  # its beginning may be cut off
    written = left.split()
    if len(written) < len(words):
        return None
    while (
        first
        and written[first][:1].isupper()
        and written[first - 1].istitle()
        and written[first - 1].isalpha()
        and words[first - 1] not in _DETERMINERS
    ):
        first -= 1  # Marl County's rate
    return " ".join(written[first:end]).strip("\"'“”‘’()[]—–-") or None
