"""How all that a pattern fits begins and ends.

What belongs here: the edges. What does not: words inside (:mod:`pipelines.clean.needed`).
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants as codes  # type: ignore[attr-defined]
from typing import Any

from pipelines.clean.nodes import GROUPS, REPEATS, ZERO_WIDTH, chars_of, holds, inside

STARTING = 3
"""Characters of the longest opening that is told."""

_MOST = 400  # openings of a pattern; what has more is told by fewer characters


def anchored(nodes: Iterable[Any]) -> bool:
    """Whether a pattern fits at the beginning of a line alone."""
    for code, value in nodes:
        if code is codes.AT:
            return bool(value is codes.AT_BEGINNING)
        if code is codes.SUBPATTERN:
            return anchored(inside(code, value))
        return code is codes.BRANCH and all(map(anchored, value[1]))
    return False


def closed(nodes: list[Any]) -> bool:
    """Whether a pattern fits at the end of a line alone."""
    if not nodes:
        return False
    code, value = nodes[-1]
    if code is codes.AT:
        return bool(value is codes.AT_END)
    if code is codes.SUBPATTERN:
        return closed(list(inside(code, value)))
    return code is codes.BRANCH and all(closed(list(branch)) for branch in value[1])


def starts(tree: Any) -> frozenset[str] | None:
    """The openings of all that a pattern fits: as long as they can be without being too many."""
    for size in range(STARTING, 0, -1):
        found = frozenset(words for words, _ in _openings(tree, frozenset((("", True),)), size))
        if "" not in found:
            return found
    return None


def _openings(nodes: Iterable[Any], opened: frozenset[tuple[str, bool]], size: int) -> frozenset[tuple[str, bool]]:
    """The first characters of all that a sequence fits behind what is ``opened``; with False where they are told no further."""
    for code, value in nodes:
        going = {words for words, on in opened if on}
        if not going:
            break
        if code in ZERO_WIDTH:
            continue
        stopped = frozenset((words, on) for words, on in opened if not on)
        behind = frozenset((words, True) for words in going)
        if code in GROUPS:
            made = _openings(inside(code, value), behind, size)
        elif code is codes.BRANCH:
            made = frozenset(one for branch in value[1] for one in _openings(branch, behind, size))
        elif code in REPEATS:
            least, most, inner = value
            made = _openings(inner, behind, size)
            if most != 1:
                made = frozenset((words, False) for words, _ in made)
            made |= behind if least == 0 else frozenset()
        elif chars := chars_of(code, value):
            made = frozenset(((words + char)[:size], len(words + char) < size) for words in going for char in chars)
        else:
            made = frozenset((words, False) for words in going)
        opened = stopped | made
        if len(opened) > _MOST:
            opened = stopped | frozenset((words, False) for words in going)
    return opened


def may_end(nodes: Iterable[Any], chars: set[str]) -> tuple[bool, bool]:
    """Whether what a sequence fits can end in one of the characters, and whether it can be empty."""
    able = False
    for code, value in reversed(list(nodes)):
        if code is codes.ASSERT_NOT and not able and _excludes(value, chars):
            return False, False
        if code in ZERO_WIDTH:
            continue
        if code in GROUPS:
            fits, empty = may_end(inside(code, value), chars)
        elif code is codes.BRANCH:
            each = [may_end(branch, chars) for branch in value[1]]
            fits, empty = any(fits for fits, _ in each), any(empty for _, empty in each)
        elif code in REPEATS:
            fits, empty = may_end(value[2], chars)
            empty = empty or value[0] == 0
        elif code is codes.LITERAL:
            fits, empty = chr(value) in chars, False
        elif code is codes.IN:
            fits, empty = any(holds(value, char) for char in chars), False
        else:
            fits, empty = True, code is codes.GROUPREF or code is codes.GROUPREF_EXISTS
        able = able or fits
        if not empty:
            return able, False
    return able, True


def _excludes(value: Any, chars: set[str]) -> bool:
    """Whether a look back from the end of a line refuses all of the characters."""
    direction, nodes = value
    if direction > 0 or len(nodes) != 1:
        return False
    code, what = nodes[0]
    return (
        code is codes.IN
        and all(inner is codes.LITERAL for inner, _ in what)
        and chars <= {chr(char) for _, char in what}
    )
