"""Numbers with a unit: measures, money, percentages, durations and ages, alone or as the ends of a range.

What belongs here: tying a number to its unit, to the other end of its range and to the thing measured.
What does not: numbers without a unit (:mod:`counts`), fractions and ordinals (:mod:`parts`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.around import LEVELS, change_after, change_before, counted, is_plural, words_of
from pipelines.extract.not_quantities import year_like
from pipelines.extract.numerals import Number, times
from pipelines.extract.quantity import ADJACENT_HYPHENS, Place, Quantity, Spared, state
from pipelines.extract.units import Found, Token, Unit, named, rate_after, sign_before, unit_after

DASHES = frozenset("-‐‑–—")
CONNECTORS = DASHES | {"to", "or", "and", "through"}
RULES = {
    "money": "money", "percent": "percent", "percentage_point": "percent", "duration": "duration", "count": "count_unit",
    "age": "age",
}  # fmt: skip
_CHANGING = frozenset(("percent", "percentage_point", "money", "temperature", "count"))
_SUMS = frozenset(("loss", "gain", "gains", "raise", "boost", "growth", "advance"))
_NEGATIVE = frozenset(("temperature", "percent", "percentage_point", "money", "count", "number"))
_MAGNITUDES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6}
_NOT_A_RATE = frozenset(("earlier", "ago", "later", "before", "after", "from"))


class Tied(NamedTuple):
    """A number with its unit: where they begin, the unit, the token behind it, whether a hyphen led to it."""

    start: int
    unit: Unit | None
    used: int
    hyphen: bool
    number: Number


def tie(place: Place, number: Number, after: list[Token], claimed: int) -> Tied:
    """``number`` with the unit before it (a currency's sign) or behind it, if there is one."""
    sign = sign_before(place.text, number.start, max(place.low, claimed)) if number.digits else None
    if sign is not None and sign[0].name == "South African rand" and number.low < 100 and number.factor == 1:
        sign = None  # R2, R 75: rarely rands
    if sign is not None:
        unit, start = sign
        number, used = scaled(number, unit.scale), 0
        again = unit_after(after, 0, number.end)
        if again is not None and not again.hyphen and after[0].text[0].isalpha() and _same_money(unit, again.unit):
            used = again.used
            unit = unit if again.unit.name == "US dollar" else again.unit
        rate = _rate(after, rate_after(after, used, unit), used, unit)
        return Tied(start, rate.unit, rate.used, False, number)
    at = 1 if number.kind == "vague" and after and after[0].text == "of" else 0
    found = unit_after(after, at, number.end)
    if found is None or not _fits(place, number, after, at, found):
        return Tied(number.start, None, 0, False, number)
    unit, used = found.unit, found.used
    number = scaled(number, unit.scale)
    if unit.measure == "money" and number.factor == 1 and used < len(after):
        factor = _MAGNITUDES.get(after[used].text.lower())
        if factor:  # "75 USD million"
            number, used = scaled(number, factor), used + 1
    if unit.name == "pound-mass" and number.factor >= 1e6:
        unit = named("pound sterling")
    return Tied(number.start, unit, used, found.hyphen, number)


def _same_money(sign: Unit, word: Unit) -> bool:
    """Whether a currency's word behind the sum only says its sign again ('$10 dollars', '$10 Canadian dollars')."""
    return word.measure == "money" and (sign.name == word.name or "US dollar" in (sign.name, word.name))


def _rate(after: list[Token], found: Found, used: int, unit: Unit) -> Found:
    """The rate, unless its words go on otherwise: 'from $1 billion a year earlier'."""
    if found.used > used and found.used < len(after) and after[found.used].text.lower() in _NOT_A_RATE:
        return Found(unit, used, found.hyphen)
    return found


def scaled(number: Number, factor: float) -> Number:
    """The number times a magnitude."""
    if factor == 1:
        return number
    low, high = times(number.low, factor), times(number.high, factor)
    return number._replace(low=low, high=high, factor=number.factor * factor, plain=False)


def _fits(place: Place, number: Number, after: list[Token], at: int, found: Found) -> bool:
    """Whether the word that could be a unit is one here."""
    unit, used, hyphen = found.unit, found.used, found.hyphen
    word = after[used - 1].text
    low = word.lower()
    following = after[used] if used < len(after) else None
    glued = following is not None and following.start == after[used - 1].end
    if (
        glued
        and following
        and (following.text[0].isdigit() or (len(low) <= 2 and low.isalpha() and following.text in "-_@"))
    ):
        return False  # "24703 L-202" has no litres, "3 USD50" is not three dollars
    if unit.name == "second" and low == "second" and not hyphen and number.low != 1:
        return False
    if low in ("c", "f") and used == 1 and not _degrees_meant(place, number):
        return False
    if low in ("won", "dong", "kip", "sen") and number.factor == 1 and number.low < 1000:
        return False
    if low in ("time", "point") and not hyphen and number.low > 1:
        return False
    if number.low == 1 and not number.digits and _idiom(place, number, at, hyphen):
        return False
    if year_like(number) and not hyphen and unit.measure != "percent":
        last = place.text[max(place.low, number.start - 12) : number.start].lower().split()[-1:]
        if unit.measure == "money" and last and last[0] in words_of("year_before"):
            return False  # "in 2012 dollars"
        return is_plural(low) or low in ("km", "kg", "mph", "yen", "baht", "yuan", "hertz")
    return True


def _idiom(place: Place, number: Number, at: int, hyphen: bool) -> bool:
    """'at one point', 'one day he will': no measures."""
    behind_at = place.text[max(place.low, number.start - 3) : number.start].lower() == "at "
    return (behind_at and place.word(at) in ("point", "time", "stage")) or (place.word(at) == "day" and not hyphen)


def _degrees_meant(place: Place, number: Number) -> bool:
    """Whether a letter that sticks to a number can be degrees: '-20C', but not 'iPhone 5C'."""
    words = place.text[max(place.low, number.start - 24) : number.start].split()
    return abs(number.low) < 1000 and not (
        words and (words[-1][0].isupper() or words[-1].lower() in words_of("designator"))
    )


def range_with(place: Place, number: Number, unit: Unit | None, unit_end: int) -> tuple[Number, float] | None:
    """The number that ends the range which ``number`` begins, and the magnitude that ``number`` takes from it."""
    other = place.following
    gap = max(number.end, unit_end)
    if other is None or other.kind != "cardinal" or not 0 < other.start - gap <= 12:
        return None
    sign = sign_before(place.text, other.start, gap) if other.digits else None
    between = place.text[gap : sign[1] if sign else other.start].strip(" \xa0").lower()
    if len(between) > 2 and between[0] in DASHES:
        between = between[1:].lstrip()  # "two- to three-day"
    if between not in CONNECTORS or (unit is not None and unit.name == "foot" and between in DASHES):
        return None  # 6-foot-8 is a height
    factor = other.factor if other.factor > 1 and number.factor == 1 and number.low < other.low / other.factor else 1.0
    low, high = number.low * factor, other.low
    if low >= high:
        return None
    words = place.left.words
    if number.plain and unit is None and place.left.last.rstrip(".") in words_of("month"):
        return None  # "from 40 percent on July 14 to 46 percent"
    if between == "and" and not (words and words[-1] == "between"):
        return None
    if (
        between == "to"
        and words
        and words[-1] == "from"
        and (len(words) < 2 or words[-2] not in words_of("range_before_from"))
    ):
        return None  # "rose from 5 to 9": two values
    if between == "or" and (high > 2 * low + 1 or unit is not None):
        return None
    return other, factor


def measured(place: Place) -> Quantity | Spared | Place | None:
    """The quantity of a number with a unit; the place, with the words before it read, where there is no unit."""
    first = place.number
    tied = tie(place, first, place.after, place.claimed)
    place.number = number = tied.number
    place.begin(tied.start)
    unit, used, hyphen = tied.unit, tied.used, tied.hyphen
    unit_end = place.after[used - 1].end if used else number.end
    end = max(number.end, unit_end)
    unit_text = _unit_text(place, used, hyphen)
    rest = range_with(place, number, unit, unit_end)
    if rest is not None:
        other, factor = rest
        after = place.behind(other)
        second = tie(place, other, after, end)
        if unit is None and second.unit is None and year_like(number):
            return Spared(other.end, date=True)  # 1950-53
        if _one_range(place, unit, second, other, after):
            place.number = second.number._replace(start=number.start, low=number.low * factor, high=second.number.low)
            place.after, used, hyphen = after, second.used, second.hyphen
            end = max(other.end, after[used - 1].end if used else 0)
            if second.unit is not None:
                unit, unit_text = second.unit, _unit_text(place, used, hyphen) or unit_text
            place.following = None
    if unit is None:
        return _shared(place, end) or place
    return _state(place, unit, used, hyphen, end, unit_text)


def _one_range(place: Place, unit: Unit | None, second: Tied, other: Number, after: list[Token]) -> bool:
    """Whether two numbers tied by a connector are the ends of one range."""
    if unit is not None and second.unit is not None and unit.measure != second.unit.measure:
        return False
    known = bool(unit or second.unit or other.factor > 1)
    if known or counted(place.text, after, second.used, place.high) is not None:
        return True
    # with nothing counted, a dash makes a score or a date; words make a range
    return not place.number.joined and place.text[place.number.end : other.start].strip() not in DASHES


def _shared(place: Place, end: int) -> Quantity | None:
    """A number that shares the unit behind the next one: '5 and 10 percentage points'."""
    other = place.following
    if other is None or place.text[end : other.start].lower() not in (" and ", " or ") or other.kind != "cardinal":
        return None
    after = place.behind(other)
    found = unit_after(after, 0, other.end)
    if found is None or found.hyphen or year_like(place.number) or not _fits(place, other, after, 0, found):
        return None
    if (
        found.unit.measure not in ("percent", "percentage_point", "count", "distance")
        or place.number.end == place.start
    ):
        return None
    if place.left.last.rstrip(".") in words_of("month"):
        return None
    return state(place, end, found.unit.measure, RULES.get(found.unit.measure, "measured"), unit=found.unit)


def _unit_text(place: Place, used: int, hyphen: bool) -> str | None:
    """The unit as written: the words behind the number, else the sign before it."""
    if used:
        first = 1 if hyphen or place.after[0].text == "of" else 0
        return place.text[place.after[first].start : place.after[used - 1].end]
    return place.text[place.start : place.number.start].strip() or None


def _state(place: Place, unit: Unit, used: int, hyphen: bool, end: int, unit_text: str | None) -> Quantity | None:
    text, start, number, words = place.text, place.start, place.number, place.left.words
    left_sign = text[start - 1] if start > place.low else " "
    value = number.low, number.high
    if left_sign in "-−‐‑–#/=_@" and not (left_sign == "/" and text[start - 2 : start - 1] == " "):
        apart = start - 1 == place.low or not text[start - 2].isalnum()
        if not apart:
            return None  # "F-16 m", "id=5"
        if left_sign in "-−" and unit.measure in _NEGATIVE:
            value, place.start = (-number.high, -number.low), start - 1
    elif words and words[-1] == "minus" and words[-2:-1] != ("or",):
        value = -number.high, -number.low
    measure = unit.measure
    change = None
    if measure == "duration" and (behind := _age(place, used)) >= 0:
        measure, used = "age", behind
        end = max(end, place.after[used - 1].end) if used else end
    if measure in _CHANGING:
        change = None if measure == "money" and place.word(used) in _SUMS else change_after(place.after, used)
        if change is None and place.left.last not in LEVELS:
            change = change_before(words, strict=False)
        if measure == "money" and words and words[-1] in words_of("no_change_of_money"):
            change = None
    elif words and words[-1] == "by":
        change = change_before(words, strict=True)
    thing = None
    if change is None or measure not in _CHANGING:
        thing, unit = _thing(place, used, hyphen, unit)
    if unit.name == "foot" and hyphen and (inches := _inches(place, used)) is not None:
        part, end = inches
        value = value[0] + part, value[1] + part
    if measure == "money" and used and " per " not in unit.name:
        cents = _cents(place, used)
        if cents is not None:
            part, end = cents
            value = value[0] + part, value[1] + part
    return state(
        place, end, measure, RULES.get(measure, "measured"), unit=unit, unit_text=unit_text, thing=thing, change=change,
        used=used, value=value,
    )  # fmt: skip


def _age(place: Place, used: int) -> int:
    """The index behind ``old`` where a duration is an age (``years old``, ``-month-old``, ``weeks of age``), else -1."""
    k = used + 1 if place.word(used) in DASHES else used
    if place.word(k) in ("old", "olds"):
        return k + 1
    if place.word(k) == "of" and place.word(k + 1) == "age":
        return k + 2
    return used if place.left.words and place.left.words[-1] in words_of("age_words") else -1


def _thing(place: Place, used: int, hyphen: bool, unit: Unit) -> tuple[str | None, Unit]:
    """What a measure is of ('of war', 'rocket' in '40-metre rocket'), and its unit, with a rate behind that."""
    word = place.word(used)
    after = place.after
    if word in ("of", "worth") or (word == "in" and unit.measure == "money"):
        k = used + (2 if word == "worth" and place.word(used + 1) == "of" else 1)
        if k >= len(after) or (
            place.word(k) in words_of("stop") and place.word(k) not in words_of("drop_before_object")
        ):
            return None, unit
        phrase = counted(place.text, after, k, place.next_start, singular=True, limit=5)
        if phrase is None:
            return None, unit
        rate = _rate(after, rate_after(after, phrase.used, unit), phrase.used, unit)
        return phrase.of(place.text), rate.unit
    if (
        (hyphen or unit.measure == "money")
        and used < len(after)
        and word not in ADJACENT_HYPHENS
        and word not in _NOT_THINGS
    ):
        phrase = counted(place.text, after, used, place.next_start, singular=True, limit=5)
        return (phrase.of(place.text) if phrase else None), unit
    return None, unit


_NOT_THINGS = frozenset(("last", "next", "more", "less", "late", "early", "extra", "higher", "lower", "other"))


def _inches(place: Place, used: int) -> tuple[float, int] | None:
    """The inches of a height: ``5-foot-3``."""
    other, after = place.following, place.after
    if other is None or used + 1 >= len(after) or after[used].text != "-" or other.start != after[used].end:
        return None
    return (
        (other.low / 12, other.end)
        if other.plain and other.low < 12 and after[used].start == after[used - 1].end
        else None
    )


def _cents(place: Place, used: int) -> tuple[float, int] | None:
    """The part behind the point of a sum in words: ``3 dollars 50 cents``, ``15 dollars and 50.``"""
    other, after = place.following, place.after
    if other is None or place.number.decimals or place.number.factor != 1 or other.low != int(other.low):
        return None
    k = used + 1 if place.word(used) == "and" else used
    if k >= len(after) or other.start != after[k].start or not 1 <= other.low <= 99 or other.kind != "cardinal":
        return None
    rest = place.behind(other)
    found = unit_after(rest, 0, other.end)
    if found is not None and found.unit.name in ("cent", "penny"):
        return other.low / 100, rest[found.used - 1].end
    closed = not rest or rest[0].text in ".,;!?" or "\n" in place.text[other.end : rest[0].start]
    if closed and other.low >= 10 and after[used - 1].text.isalpha() and not other.joined:
        return other.low / 100, other.end
    return None
