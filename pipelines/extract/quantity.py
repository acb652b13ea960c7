"""A quantity on its way to a row, and the place in the text where it is read.

What belongs here: what all kinds of quantity share. What does not: recognising any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.extract.around import Before, before, words_of
from pipelines.extract.levels import said_of
from pipelines.extract.numerals import Number
from pipelines.extract.tokens import Token
from pipelines.extract.units import MEASURES, Unit
from pipelines.extract.windows import Windows

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
    also_low: float | None = None
    """The same value in another unit, as the text gives it in brackets"""
    also_high: float | None = None
    also_unit: Unit | None = None


class Spared(NamedTuple):
    """A number that is no quantity, where telling so concerns what follows: up to ``end``, and what it was."""

    end: int
    date: bool = False
    name: bool = False
    """It belonged to a name; further numbers of a list may go on with it (``routes 12, 14 and 30``)"""


class Marks(NamedTuple):
    """Where the last date, the last number of a name and the last age ended, -1 if there was none."""

    dated: int = -1
    named: int = -1
    aged: int = -1


NO_MARKS = Marks()


class Place:
    """A number with what stands around it; ``low`` to ``high`` bound the block, ``marks`` are what was read before."""

    __slots__ = (
        "after", "claimed", "following", "further", "high", "left", "low", "marks", "number", "start", "text", "windows",
    )  # fmt: skip

    def __init__(
        self, text: str, low: int, high: int, claimed: int, marks: Marks, number: Number, further: Sequence[Number],
        windows: Windows,
    ) -> None:  # fmt: skip
        self.text, self.low, self.high, self.claimed, self.marks = text, low, high, claimed, marks
        self.number, self.further, self.windows = number, further, windows
        self.following = further[0] if further else None
        self.start = number.start
        self.after: list[Token] = self.behind(number)
        self.left = _NOTHING

    def skip(self, following: bool) -> None:
        """Leaves out the next number, which this quantity has taken; ``following`` whether another may be tied to it."""
        self.further = self.further[1:]
        self.following = self.further[0] if following and self.further else None

    def begin(self, start: int) -> None:
        """Sets where the quantity begins (its currency's sign included) and reads the words before it."""
        self.start = start
        self.left = before(self.text, start, self.low)

    def behind(self, number: Number) -> list[Token]:
        """The tokens behind a number."""
        return self.windows.behind(number.end)

    def word(self, at: int) -> str:
        """The token at ``after[at]``, lower-case; empty behind the last."""
        return self.after[at].text.lower() if 0 <= at < len(self.after) else ""

    def goes_on_a_name(self) -> bool:
        """Whether a number is a further one of a list that began with a name: 'routes 12, 14 and 30', 'Larch 8 and 9'."""
        named, start = self.marks.named, self.number.start
        return named >= 0 and start - named <= 7 and self.text[named:start].strip().lower() in _LISTED

    @property
    def object_limit(self) -> int:
        """Where the things counted end at the latest: before the next number that is not a part of a word (``AK-47``)."""
        text = self.text
        for number in self.further:
            start, end = number.start, number.end
            before = text[start - 1] in ADJACENT_HYPHENS and text[start - 2].isalpha()
            behind = text[end : end + 1] in ADJACENT_HYPHENS and text[end + 1 : end + 2].isalpha() and not number.digits
            if not (before or behind):
                return start
        return self.high + 1

    @property
    def next_start(self) -> int:
        """Where the next number begins; nothing that this quantity takes reaches over it."""
        return self.following.start if self.following else self.high + 1


_LISTED = frozenset((",", "and", "or", "&", "/", "-", "–", "to", "through", ", and", ", or"))
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
    sayable = thing is None and not exact and measure in _SAID_OF and left.last != "all"
    if sayable and (measure == "number" or place.word(used) not in _WHEN):
        thing = said_of(place.text, place.start, place.low, left.words)
    name = " ".join(thing.translate(_UNQUOTED).split()) if thing else None
    if name and name.endswith(("'s", "’s")) and measure == "age":
        name = name[:-2]
    return _new(
        Quantity,
        (
            place.start,
            end,
            value_low,
            value_high,
            approximate,
            unit,
            unit_text,
            measure,
            name,
            change,
            rule,
            None,
            None,
            None,
        ),
    )


_new = tuple.__new__
"""Past the named tuple's own constructor."""


_OR = {
    "more": "at_least", "greater": "at_least", "longer": "at_least", "higher": "at_least", "older": "at_least",
    "less": "at_most", "fewer": "at_most", "lower": "at_most", "under": "at_most", "younger": "at_most",
}  # fmt: skip


_UNQUOTED = str.maketrans("", "", '"“”')
_SAID_OF = frozenset(MEASURES) - {"count", "ratio", "ordinal", "score"}
_WHEN = frozenset(("ago", "later", "earlier", "before", "after", "away", "from"))


def _real_bound(place: Place, measure: str, bound: str) -> str:
    """'over two days' is how long, 'for over two days' at least that; 'under two kings' bounds nothing."""
    words = place.left.words
    if measure == "duration":
        return bound if words and words[-1] in words_of("for_durations_over") else ""
    if measure == "count" and not place.number.digits and place.number.factor == 1:
        return ""
    return bound
