"""Ages that no unit tells: ``Lena Orlov, 47,``, ``a girl of nine``, ``65 and older``, ``dead at 91``.

What belongs here: bare numbers that are somebody's age. What does not: ``years old`` (:mod:`measured`).
"""

from __future__ import annotations

from pipelines.extract.around import Before, words_of
from pipelines.extract.quantity import Place, Quantity, state
from pipelines.extract.units import named

_PERSONS = frozenset(("he", "she", "i", "who"))
_CLOSES = frozenset(("", ",", ".", ";", "and", "when", "or", "in", "at", "but", "who"))
_BEING = frozenset(("was", "is", "turned", "turns", "am"))
_OLDER = frozenset(("older", "over", "above", "up"))
_YOUNGER = frozenset(("younger", "under"))


def age(place: Place) -> Quantity | None:
    """``Orlov, 47,``; ``aged 5``; ``65 and older``; ``an 87 yo``."""
    text, number, words = place.text, place.number, place.left.words
    if number.low > 120 or number.decimals or number.kind != "cardinal":
        return None
    year = named("year")
    if (
        words
        and (words[-1].rstrip(":") in words_of("age_words") or words[-2:] in (("age", "of"), ("ages", "of")))
        and place.word(0) not in ("countries", "states")
    ):
        return state(place, number.end, "age", "age", unit=year)
    if place.marks.aged >= 0 and text[place.marks.aged : number.start] in _LISTED and "ages" in words[-8:]:
        return state(place, number.end, "age", "age", unit=year)
    if (
        place.left.lone
        and number.low >= 10
        and words
        and words[-1] in words_of("people_by_age")
        and place.word(0) not in _YEARS
    ):
        return state(place, number.end, "age", "age", unit=year, thing=words[-1])
    if words[-2:] == ("will", "be") and words[-3:-2] in _SHE and number.low >= 10 and place.word(0) in _TURNED:
        return state(place, number.end, "age", "age", unit=year)
    if len(words) > 1 and words[-1] in _TURNING and number.plain and number.low >= 10 and place.word(0) in _TURNED:
        return state(place, number.end, "age", "age", unit=year)
    if len(words) > 1 and number.factor == 1 and place.word(0) in _CLOSES:
        if number.plain and text[number.end : number.end + 1] == "," and number.low >= 5 and _appositive(place):
            return state(place, number.end, "age", "age_appositive", unit=year)
        if number.plain and number.low >= 1 and words[-1] in _BEING and words[-2] in _PERSONS:
            return state(place, number.end, "age", "age_appositive", unit=year)
        if number.plain and words[-1] == "at" and words[-2] in words_of("dying"):
            return state(place, number.end, "age", "age", unit=year)
        if words[-1] == "of" and words[-2] in words_of("person"):
            return state(place, number.end, "age", "age", unit=year)
    if place.word(0) in ("yo", "y.o."):
        return state(place, place.after[0].end, "age", "age", unit=year, unit_text=place.after[0].text, used=1)
    if place.word(0) in ("and", "or") and place.word(1) in _OLDER | _YOUNGER:
        if place.word(1) in ("over", "above", "up", "under") and place.word(2) in words_of("after_age_bound"):
            return None
        bound = "at_least" if place.word(1) in _OLDER else "at_most"
        place.left = Before(place.left.approximate, bound, words, place.left.last)
        return state(place, place.after[1].end, "age", "age", unit=year, used=2)
    if number.digits and number.plain and 1 <= number.low <= 115:
        start = number.start
        last = place.left.last
        if last in _THEN and text[start - len(last) - 3 : start - len(last) - 1] == ", ":
            start -= len(last) + 1
        if text[start - 2 : start] == ", " and (name := _behind_a_name(place, start)):
            return state(place, number.end, "age", "age_appositive", unit=year, thing=name)
    return None


def _appositive(place: Place) -> bool:
    """Whether a number stands between commas behind a noun: ``the actress, 26, was``."""
    words, end = place.left.words, place.number.end
    noun, behind = words[-1], place.text[end + 1 : end + 3]
    return noun[-1:] == "," and noun[:-1] in words_of("aged_noun") and behind[:1] == " " and not behind[1:].isdigit()


_THEN = frozenset(("then", "now", "also", "both"))
_SHE = (("he",), ("she",))
_LISTED = frozenset((" and ", ", ", " or ", ", and ", " to ", "-", "–"))
_YEARS = frozenset(("percent", "%", "per", "million", "thousand"))
_TURNED = _CLOSES - {"and"} | {"on", "this", "last", "next", "today", "earlier"}
_TURNING = frozenset(("turned", "turns", "turning"))


def _behind_a_name(place: Place, start: int) -> str | None:
    """The name before the comma that a number follows: ``Lena Orlov, 47, runs …``; ``None`` if it is no name."""
    text, end = place.text, place.number.end
    k = begin = start - 3
    while begin >= max(place.low, k - 24) and (text[begin].isalpha() or text[begin] in "-'’."):
        begin -= 1
    name = text[begin + 1 : k + 1]
    low = name.lower().rstrip(".")
    if (
        len(name) < 2
        or not name[0].isupper()
        or name.isupper()
        or low in words_of("month")
        or low in words_of("weekday")
    ):
        return None
    right = text[end : end + 1]
    if right == "," and text[end + 1 : end + 3].strip()[:1].isdigit():
        return None
    if right not in ("", ",", ";", ")", ".") and text[end : end + 5] != " and ":
        return None
    whole = [name]
    for word in reversed(text[max(place.low, begin - 40) : begin + 1].split()):
        if len(whole) == 4 or not word[0].isupper() or word[-1] in ',;:)"”' or (word[-1] == "." and len(word) > 4):
            break
        whole.insert(0, word)
    return " ".join(whole)
