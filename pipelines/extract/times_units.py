"""The unit of a time expression, and the number before it.

What belongs here: which unit a token names. What does not: what the expression says.
"""

from __future__ import annotations

import re

from pipelines.extract.times_reading import Passage, number_of
from pipelines.extract.times_words import PARTS, SECOND, VALUES

_UNIT = re.compile(
    "[" + "".join(PARTS[name] for name in ("unit", "units", "quarter", "century", "weekend", "weekends")) + "]"
)
_CODES = {PARTS["quarter"]: "Q", PARTS["century"]: "CE", PARTS["weekend"]: "WE", PARTS["weekends"]: "WE"}


def unit_at(p: Passage, first: int, last: int) -> int:
    """The first token of ``[first, last)`` that is a unit, or -1."""
    found = _UNIT.search(p.tokens.row, first, last)
    return found.start() if found else -1


def code_of(p: Passage, at: int) -> str:
    """A unit's code in TIMEX3."""
    code = _CODES.get(p.tokens.row[at])
    if code:
        return code
    return "TS" if p.word(at) == SECOND else str(VALUES[p.word(at)])


def count_before(p: Passage, first: int, at: int) -> float | None:
    """The number before a unit, fortnights as two weeks."""
    number = number_of(p, first, at)
    return number * 2 if number and p.word(at).startswith("fortnight") else number
