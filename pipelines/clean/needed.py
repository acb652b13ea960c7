"""Words of which one stands in all that a pattern fits.

What belongs here: finding them, and choosing the rarest. What does not: looking for them in lines
(:mod:`pipelines.clean.grammar`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from typing import Any

from pipelines.clean.nodes import REPEATS, WIDE, ZERO_WIDTH, chars_of, inside

_MOST = 400  # words of a pattern; what has more has none


def words_needed(nodes: Iterable[Any]) -> frozenset[str] | None:
    """The rarest words, in small letters, of which one stands in all that a sequence fits; ``None`` where there are none."""
    return _best(_needed(nodes))


def _needed(nodes: Iterable[Any]) -> Iterator[frozenset[str]]:
    """Sets of words of which one occurs in all that a sequence fits."""
    run = frozenset(("",))
    for code, value in nodes:
        if code in ZERO_WIDTH:
            continue
        spelt = _spelt(code, value)
        if spelt is not None and len(run) * len(spelt) <= WIDE:
            run = frozenset(before + words for before in run for words in spelt)
            continue
        yield run
        run = spelt if spelt is not None else frozenset(("",))
        if code is codes.SUBPATTERN:
            yield from _needed(inside(code, value))
        elif code is codes.ATOMIC_GROUP:
            yield from _needed(value)
        elif code is codes.BRANCH:
            each = [_best(_needed(branch)) for branch in value[1]]
            if None not in each:
                yield frozenset(words for found in each if found for words in found)
        elif code in REPEATS and value[0] > 0:
            yield from _needed(value[2])
    yield run


def _spelt(code: Any, value: Any) -> frozenset[str] | None:
    """All that a node fits, where that can be spelt out."""
    if code in (codes.LITERAL, codes.IN):
        chars = chars_of(code, value)
        return chars if chars is not None and len(chars) <= 6 else None
    if code is codes.SUBPATTERN:
        return _spelt_out(inside(code, value))
    if code is codes.BRANCH:
        branches = [_spelt_out(branch) for branch in value[1]]
        return None if None in branches else frozenset(words for found in branches if found for words in found)
    if code in REPEATS and value[:2] == (0, 1):
        inner = _spelt_out(value[2])
        return None if inner is None else inner | {""}
    return None


def _spelt_out(nodes: Iterable[Any]) -> frozenset[str] | None:
    run = frozenset(("",))
    for code, value in nodes:
        spelt = frozenset(("",)) if code in ZERO_WIDTH else _spelt(code, value)
        if spelt is None or len(run) * len(spelt) > WIDE:
            return None
        run = frozenset(before + words for before in run for words in spelt)
    return run


_FREQUENT = frozenset("etaoinsrhldcu ,.-")
_SMALL = frozenset(("and", "for", "of", "the"))
_SIGNS = frozenset("|»›→⟶•·©@")  # that sentences hardly have
_SMALL_WORDS = 0.004
_TOO_FREQUENT = 0.03  # what stands in nearly every line tells nothing


def chance(words: frozenset[str]) -> float:
    """At how many places of a text one of the words stands by chance, about, as a share."""
    total = 0.0
    for word in words:
        share = 1.0
        for char in word:
            share *= 0.06 if char in _FREQUENT else 0.02 if char.isalpha() else 0.0005 if char in _SIGNS else 0.002
        total += _SMALL_WORDS if word.strip() in _SMALL else share
    return total


def _best(found: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """The rarest of some sets of words, without those that hold another; ``None`` where none tells anything."""
    able = [words for words in found if words and "" not in words and len(words) <= _MOST]
    best = min(able, key=chance, default=None)
    if best is None or chance(best) > _TOO_FREQUENT:
        return None
    return frozenset(word for word in best if not any(other in word for other in best if other != word))
