"""A sentence as a string of signs, one for each token: in it ``re`` finds what the grammar would else look for word by word.

What belongs here: what a sign tells, and how patterns ask for it. What does not: which words have which flags
(:mod:`pipelines.extract.words`). A mark and a folded run are their own signs; that of a word is the sum of its flags.
"""

from __future__ import annotations

import re

CUE, FINITE, VERBAL, TURN, AS, CLOSER, LINK, HINT = (1 << number for number in range(8))
"""Flags of a word. May attribute; finite; finite or a past form; *and*, *but*, *according*; *as*; ends an object (conjunctions, days);
*that* or a relative; can tell who speaks. ``ord(sign) & CUE`` asks one sign, :func:`pattern` all of a sentence."""
_EVERY = (1 << 8) - 1
_BASE = 0x1000
OPEN_END, FULL_STOP, EXCLAIMED, COMMA_END = "\ue000", "\ue001", "\ue002", "\ue003"
"""A folded run by how it ends: with nothing, with a full stop, with ! ? … or a dash, with a comma."""
FOLDS = OPEN_END + FULL_STOP + EXCLAIMED + COMMA_END
_OWN = frozenset(",;:—–-()[].!?…" + FOLDS)
_OTHER_MARK = "*"


def sign(text: str, mark: bool, flags: int) -> str:
    """The sign of a token."""
    if mark:
        return text if text in _OWN else _OTHER_MARK
    return chr(_BASE + flags)


def flagged(flags: int, marks: str = "") -> str:
    """The inside of a character class: words with one of the flags, and marks.

    >>> signs = [sign("as", False, AS | LINK), sign("so", False, 0), sign(",", True, 0)]
    >>> [match.start() for match in pattern(AS, ",").finditer("".join(signs))]
    [0, 2]
    """
    ranges: list[str] = []
    first = None
    for number in range(_EVERY + 2):
        has = number <= _EVERY and number & flags
        if has and first is None:
            first = number
        elif not has and first is not None:
            ranges.append(f"{chr(_BASE + first)}-{chr(_BASE + number - 1)}")
            first = None
    return "".join(ranges) + re.escape(marks)


def pattern(flags: int, marks: str = "") -> re.Pattern[str]:
    """One sign: of a word with one of the flags, or one of the marks."""
    return re.compile(f"[{flagged(flags, marks)}]")
