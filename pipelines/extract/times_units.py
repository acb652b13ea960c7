"""The unit of a time expression, and the number before it.

What belongs here: which unit a token names. What does not: what the expression says.
"""

from __future__ import annotations

from pipelines.extract.times_reading import Passage, number_of
from pipelines.extract.times_words import SECOND, VALUES

_UNIT_PARTS = ("unit", "units", "quarter", "century", "weekend", "weekends")
_CODES = {"quarter": "Q", "century": "CE", "weekend": "WE", "weekends": "WE"}


def unit_at(p: Passage, first: int, last: int) -> int:
    """The first token of ``[first, last)`` that is a unit, or -1."""
    found = [at for name in _UNIT_PARTS if (at := p.part(name, first, last)) >= 0]
    return min(found, default=-1)


def code_of(p: Passage, at: int) -> str:
    """A unit's code in TIMEX3."""
    for name, code in _CODES.items():
        if p.is_part(at, name):
            return code
    return "TS" if p.word(at) == SECOND else str(VALUES[p.word(at)])


def count_before(p: Passage, first: int, at: int) -> float | None:
    """The number before a unit, fortnights as two weeks."""
    number = number_of(p, first, at)
    return number * 2 if number and p.word(at).startswith("fortnight") else number
