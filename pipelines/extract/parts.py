"""Ordinals that count something, fractions of a whole, and twice.

What belongs here: numbers that are no cardinals. What does not: cardinals (:mod:`measured`, :mod:`counts`).
"""

from __future__ import annotations

from pipelines.extract.around import change_before, words_of
from pipelines.extract.measured import RULES, thing_measured
from pipelines.extract.not_quantities import address, date_or_time, opens_sentence, sticks_to_a_name
from pipelines.extract.quantity import ADJACENT_HYPHENS, Place, Quantity, Spared, state
from pipelines.extract.things import counted, is_plural
from pipelines.extract.units import named, unit_after


def ordinal(place: Place) -> Quantity | Spared | None:
    """``its 16th launch``, ``the first meeting``: which in a series, where the series is named."""
    text, number, after = place.text, place.number, place.after
    place.begin(number.start)
    if not after or date_or_time(text, number, after, place.left.words):
        return Spared(number.end, date=True)
    word = after[0].text
    low = word.lower()
    if (
        place.left.last == "the"
        and ((low == "to" and place.word(1) != "the") or (number.low > 1 and low in ("on", "in", "since")))
        and not number.digits
    ):
        return state(place, number.end, "ordinal", "ordinal", exact=True)  # "the fourth to reach the pole"
    if not low[0].isalpha() or place.next_start <= after[0].end or (low in words_of("stop") and low != "such"):
        return None
    if low in words_of("ordinal_skip") or address(after) or sticks_to_a_name(text, number, after, place.low):
        return None
    opening = opens_sentence(text, number.start, place.low)
    if not number.digits:
        last = place.left.last
        if text[number.start].isupper() and not opening:
            return None  # the First Amendment
        if last not in words_of("ordinal_before") and not last.endswith(("'s", "’s", "s'", "s’")):
            return None
    elif word[0].isupper() and len(after) > 1 and after[1].text[:1].isupper():
        return None  # 9th Circuit Court
    thing = counted(text, after, 0, place.next_start, singular=True, limit=4)
    if thing is None or (thing.plural and is_plural(text[thing.start : thing.end]) and not number.digits):
        return None  # "the first talks" opens a series, "the first three" counts in another way
    return state(place, number.end, "ordinal", "ordinal", thing=thing.of(text), exact=True)


def repeated(place: Place) -> Quantity | None:
    """``failed twice``: how often, or how many times as much; 'twice the size' is no count."""
    place.begin(place.number.start)
    if place.word(0) in ("the", "-", "that", "his", "her", "its", "their", "what", "this"):
        return None
    return state(place, place.number.end, "count", "twice", unit=named("count"))


def fraction(place: Place) -> Quantity | None:
    """``half of the voters``, ``two-thirds``, ``half an hour``, ``a third of``."""
    text, number, after = place.text, place.number, place.after
    place.begin(number.start)
    words = place.left.words
    form = text[number.start : number.end].lower()
    lone = form in ("half", "quarter", "a quarter")
    first = place.word(0)
    if text[number.start].isupper() and not opens_sentence(text, number.start, place.low):
        return None
    found = unit_after(after, 0, number.end) if first in ADJACENT_HYPHENS else None
    unit_tied = found is not None and found.unit.measure != "count"  # a half-century
    if lone and place.left.last in words_of("half_before") and not unit_tied:
        if not (place.left.last == "a" and first == "turn"):
            return None
    elif not lone and "quarter" in form and place.left.last in ("last", "past", "first"):
        return None  # the last three quarters: of a year
    at = 1 if first in ("a", "an") and lone else 0
    if first == "of" and place.word(1) in ("a", "an"):
        at = 2  # a quarter of a century
    found = unit_after(after, at, number.end)
    if (
        found is not None
        and (found.unit.measure != "count" or found.unit.name == "turn")
        and (form != "quarter" or found.hyphen)
    ):
        used = found.used
        end = after[used - 1].end
        measure = found.unit.measure
        begin = after[at + 1 if found.hyphen else at].start
        of_what, unit = thing_measured(place, used, found.hyphen, found.unit)
        return state(
            place, end, measure, RULES.get(measure, "measured"), unit=unit, unit_text=text[begin:end], thing=of_what,
            used=used,
        )  # fmt: skip
    if lone:
        whole = first in ("of", "the", "its", "his", "her", "their", "our", "all")
        if form == "quarter" or (form == "a quarter" and first != "of") or first == "-":
            return None
        if not (whole or place.left.approximate or place.left.bound or place.left.last == "by"):
            return None
        if first == "the" and place.word(1) in ("time", "battle", "fun", "story"):
            return None
    at = 1 if first == "of" else 0
    thing = (
        counted(text, after, at, place.next_start, singular=True, limit=4) if first in ("of", "the", "all") else None
    )
    return state(
        place, number.end, "ratio", "ratio", thing=thing.of(text) if thing else None,
        change=change_before(words, strict=True), used=at,
    )  # fmt: skip
