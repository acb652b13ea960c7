"""A value and its conversion in brackets as one fact: ``200 kilometers (125 miles)``, ``110 billion euros ($143 billion)``.

What belongs here: telling that a quantity only says the one before it again, in another unit.
What does not: reading either of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipelines.extract.quantity import Quantity
from pipelines.rules import load_csv

NEAR = 0.15
"""How far a conversion may be off: texts round it."""

FURTHEST = 32
"""Characters between a value and its conversion."""

_OPENS = re.compile(
    r"\s?[(\[](?:or|about|around|roughly|approximately|some|nearly|almost|just|over|under|more than|less than|at least|up to"
    r"|equivalent to|the equivalent of|equal to|i\.e\.|=|~|≈|,|\s)*"
)
_OR = re.compile(r",?\sor\s(?:about\s|around\s|roughly\s|nearly\s|some\s)?|\s?/\s?")
_CONVERTED = frozenset(("distance", "area", "volume", "mass", "speed", "temperature", "energy", "power", "money"))


@cache
def _factors() -> dict[str, tuple[str, float, float]]:
    """What each unit converts to, by its name: the base, the factor, what is added."""
    return {
        row["name"]: (row["base"], float(row["factor"]), float(row["offset"] or 0))
        for row in load_csv("en/units.csv")
        if row["base"] and row["factor"]
    }


def joined(text: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """The quantities, those that are conversions of the one before joined to it.

    >>> from pipelines.extract.quantities import read
    >>> text = "It lies 200 kilometers (125 miles) inland."
    >>> [(text[q.start:q.end], q.low, q.also_low, q.also_unit.ucum) for q in read(text, 0, len(text))]
    [('200 kilometers (125 miles)', 200.0, 125.0, '[mi_i]')]
    """
    kept: Quantity | None = None
    for quantity in found:
        if kept is not None:
            near = quantity.start - kept.end <= FURTHEST and quantity.unit and kept.unit
            if near and (end := _restated(text, kept, quantity)):
                kept = _with(kept, quantity, end)
                continue
            yield kept
        kept = quantity
    if kept is not None:
        yield kept


def _restated(text: str, first: Quantity, second: Quantity) -> int:
    """Where the two quantities end as one; 0 if the second says something else."""
    one, two = first.unit, second.unit
    gap = text[first.end : second.start]
    if one is None or two is None or one.measure != two.measure or one.measure not in _CONVERTED:
        return 0
    if one.name == two.name or (one.measure != "money" and not _equal(first, second)):
        return 0
    if _OPENS.fullmatch(gap) or (first.also_unit and gap in (", ", "; ", " / ", "/", " or ", ", or ")):
        behind = text[second.end : second.end + 1]
        if behind in (")", "]"):
            return second.end + 1
        return second.end if behind in (";", ",", "/", " ") and text.find(")", second.end, second.end + 48) >= 0 else 0
    return second.end if one.measure != "money" and _OR.fullmatch(gap) else 0


def _equal(first: Quantity, second: Quantity) -> bool:
    """Whether the values are the same, as far as texts are exact about it."""
    one, two = (_factors().get(quantity.unit.name) if quantity.unit else None for quantity in (first, second))
    if one is None or two is None or one[0] != two[0]:
        return False
    pairs = [(a, b) for a, b in ((first.low, second.low), (first.high, second.high)) if a is not None and b is not None]
    if not pairs:
        return False
    if one[2] != two[2]:  # degrees, and differences of degrees
        return all(
            abs(a * one[1] + one[2] - b * two[1] - two[2]) < 2 or abs(a * one[1] - b * two[1]) < 0.3 + abs(a) * NEAR
            for a, b in pairs
        )
    return all(abs(a * one[1] - b * two[1]) <= NEAR * abs(a * one[1]) for a, b in pairs)


def _with(first: Quantity, second: Quantity, end: int) -> Quantity:
    """The first quantity, with the second as its conversion; a bound of the first holds for both."""
    if first.also_unit is not None:
        return first._replace(end=end)
    low = None if first.low is None else second.low if second.low is not None else second.high
    high = None if first.high is None else second.high if second.high is not None else second.low
    return first._replace(end=end, also_low=low, also_high=high, also_unit=second.unit)
