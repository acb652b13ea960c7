"""A quantity on its way to a row, and the place in the text where it is read.

What belongs here: what all kinds of quantity share. What does not: recognising any of them.
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.around import Before, before, words_of
from pipelines.extract.numerals import Number
from pipelines.extract.units import Token, Unit, tokens

WINDOW = 64
"""How many characters behind a number are read for its unit and its object."""

ADJACENT_HYPHENS = frozenset("-‐‑")


class Quantity(NamedTuple):
    """A quantity in the clean text of a document."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    unit: Unit | None
    unit_text: str | None
    measure: str
    object: str | None
    change: str | None
    rule: str


class Spared(NamedTuple):
    """A number that is no quantity, where telling so concerns what follows: up to ``end``, and whether it was a date."""

    end: int
    date: bool = False


class Place:
    """A number with what stands around it; ``low`` to ``high`` bound the block, ``claimed`` is read already."""

    __slots__ = ("after", "claimed", "dated", "following", "high", "left", "low", "number", "start", "text")

    def __init__(
        self, text: str, low: int, high: int, claimed: int, dated: int, number: Number, following: Number | None
    ) -> None:
        self.text, self.low, self.high, self.claimed, self.dated = text, low, high, claimed, dated
        self.number, self.following = number, following
        self.start = number.start
        self.after: list[Token] = self.behind(number)
        self.left = _NOTHING

    def begin(self, start: int) -> None:
        """Sets where the quantity begins (its currency's sign included) and reads the words before it."""
        self.start = start
        self.left = before(self.text, start, self.low)

    def behind(self, number: Number) -> list[Token]:
        """The tokens behind a number, on its line; a line that goes on in lower case was only wrapped."""
        end = min(self.high, number.end + WINDOW)
        cut = self.text.find("\n", number.end, end)
        if cut >= 0 and not self.text[cut + 1 : cut + 2].islower():
            end = cut
        made = tokens(self.text, number.end, end)
        if made and made[-1].end == end < self.high and self.text[end - 1 : end + 1].isalnum():
            made.pop()  # cut by the window
        return made

    def word(self, at: int) -> str:
        """The token at ``after[at]``, lower-case; empty behind the last."""
        return self.after[at].text.lower() if 0 <= at < len(self.after) else ""

    @property
    def next_start(self) -> int:
        """Where the next number begins; nothing that this quantity takes reaches over it."""
        return self.following.start if self.following else self.high + 1


_NOTHING = Before(False, "", (), "")


def state(
    place: Place, end: int, measure: str, rule: str, *, unit: Unit | None = None, unit_text: str | None = None,
    thing: str | None = None, change: str | None = None, used: int = 0, exact: bool = False,
    value: tuple[float, float] | None = None,
) -> Quantity:  # fmt: skip
    """The quantity from ``place.start`` to ``end``, with the bound that the words around it state.

    ``used`` is the token behind the unit or object; ``exact`` quantities (ordinals, scores) have no bounds.
    """
    number, left = place.number, place.left
    low, high = value or (number.low, number.high)
    vague = number.kind == "vague"
    bound, approximate = ("", False) if exact else (left.bound, left.approximate or vague)
    if not exact:
        if bound and left.lone:
            bound = _real_bound(place, measure, bound)
        following = place.word(used)
        if not bound and (following in ("+", "plus") or (following == "-" and place.word(used + 1) == "plus")):
            bound = "at_least"
        elif not bound and following == "or":
            behind = place.word(used + 1)
            bound = _OR.get(behind, "")
            approximate = approximate or behind == "so"
    value_low: float | None = low
    value_high: float | None = high
    if bound == "at_least":
        value_high = None
    elif bound == "at_most":
        value_low = None
    name = " ".join(thing.split()) if thing else None
    return Quantity(place.start, end, value_low, value_high, approximate, unit, unit_text, measure, name, change, rule)


_OR = {
    "more": "at_least", "greater": "at_least", "longer": "at_least", "higher": "at_least", "older": "at_least",
    "less": "at_most", "fewer": "at_most", "lower": "at_most", "under": "at_most", "younger": "at_most",
}  # fmt: skip


def _real_bound(place: Place, measure: str, bound: str) -> str:
    """'over two days' is how long, 'for over two days' at least that; 'under two kings' bounds nothing."""
    words = place.left.words
    if measure == "duration":
        return bound if words and words[-1] in words_of("for_durations_over") else ""
    if measure == "count" and not place.number.digits and place.number.factor == 1:
        return ""
    return bound
