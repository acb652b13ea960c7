"""Two numbers that are one quantity: shares (``one in five``), and scores and votes (``3-1``).

What belongs here: pairs of numbers without a unit. What does not: ranges (:mod:`ties`) and fractions (:mod:`parts`).
"""

from __future__ import annotations

from pipelines.extract.around import words_of
from pipelines.extract.not_quantities import opens_sentence, sticks_to_a_name, year_like
from pipelines.extract.numerals import Number
from pipelines.extract.quantity import Place, Quantity, Spared, state
from pipelines.extract.things import counted
from pipelines.extract.units import unit_after

_IN = frozenset(("in", "out of", "in every", "out of every"))
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 40, 50, 100, 1000, 10000, 100000, 1000000))


def share(place: Place) -> Quantity | None:
    """``one in five voters``, ``nine out of ten``: the share, and of what."""
    number, other = place.number, place.following
    if other is None or other.start - number.end > 16 or other.kind != "cardinal" or not place.after:
        return None
    between = place.text[number.end : other.start].strip().lower()
    if between not in _IN and not (between == "of" and other.low == 10):
        return None
    if (
        not 0 < number.low < other.low
        or number.low != int(number.low)
        or (other.low not in _ROUND and not _one_in(number, other, between))
    ):
        return None
    if (
        not number.digits
        and place.text[number.start].isupper()
        and not opens_sentence(place.text, number.start, place.low)
    ):
        return None
    rest = place.behind(other)
    if unit_after(rest, 0, other.end) is not None:
        return None
    thing = counted(place.text, rest, 0, place.high)
    place.after = rest
    part = number.low / other.low
    name = thing.of(place.text) if thing else None
    return state(place, other.end, "ratio", "ratio", thing=name, value=(part, part))


def _one_in(number: Number, other: Number, between: str) -> bool:
    """Whether one in any other number is a share: 'one in 1,200', but not 'Channel 1 in 1950'."""
    return number.low == 1 and not year_like(other) and (not number.digits or between != "in")


def _in_words(place: Place, other: Number) -> bool:
    """Whether two plain numbers are a result in words: 'won 7 to 2', but not 'fell from 7 to 2'."""
    number, words = place.number, place.left.words
    return (
        other.low < number.low < 1000
        and number.plain
        and other.plain
        and other.start - number.end == 4
        and place.text[number.end : other.start] == " to "
        and not (words and words[-1] == "from")
        and unit_after(place.behind(other), 0, other.end) is None
    )


def score(place: Place) -> Quantity | Spared | None:
    """``3-1``: two plain numbers tied by a dash; value_low is the lower one, the text keeps their order."""
    number, other = place.number, place.following
    if other is None or not (number.joined or _in_words(place, other)):
        return None
    spared = Spared(other.end)
    if not (number.plain and other.plain and number.low < 1000 and other.low < 1000):
        return spared
    rest = place.behind(other)
    score_words = words_of("score_words")
    sure = place.left.last in score_words or (bool(rest) and rest[0].text.lower() in score_words)
    both = number._replace(end=other.end)
    if sticks_to_a_name(place.text, both, rest, place.low) or (not sure and number.low < other.low):
        return spared
    low, high = sorted((number.low, other.low))
    return state(place, other.end, "score", "score", exact=True, value=(low, high))
