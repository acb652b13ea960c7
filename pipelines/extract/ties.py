"""What ties a number to its unit and to the other end of its range.

What belongs here: deciding that a word or sign beside a number is its unit, and that two numbers are one range.
What does not: what is made of it (:mod:`measured`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.around import words_of
from pipelines.extract.not_quantities import year_like
from pipelines.extract.numerals import Number, times
from pipelines.extract.quantity import Place
from pipelines.extract.things import is_plural
from pipelines.extract.tokens import Token
from pipelines.extract.units import Found, Unit, named, rate_after, sign_before, unit_after

DASHES = frozenset("-‐‑–—")
CONNECTORS = DASHES | {"to", "or", "and", "through"}
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
        per = rate(after, rate_after(after, used, unit), used, unit)
        return Tied(start, per.unit, per.used, False, number)
    at = 1 if number.kind == "vague" and after and after[0].text == "of" else 0
    found = unit_after(after, at, number.end)
    if found is None or not fits(place, number, after, at, found):
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
    if word.measure != "money":
        return False
    dollars = sign.name.endswith("dollar") and word.name == "US dollar"
    return sign.name in (word.name, "US dollar") or dollars


def rate(after: list[Token], found: Found, used: int, unit: Unit) -> Found:
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


def fits(place: Place, number: Number, after: list[Token], at: int, found: Found) -> bool:
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
    if (
        low == "p"
        and following
        and following.text == "."
        and place.text[following.end : following.end + 2] in (" m", "m.")
    ):
        return False  # 7 p. m.
    if low in ("c", "f") and used == 1 and not _degrees_meant(place, number):
        return False
    if low in ("won", "dong", "kip", "sen") and number.factor == 1 and number.low < 1000:
        return False
    if unit.name in ("count", "point") and low in ("time", "point") and not hyphen and number.low > 1:
        return low == "point" and following is not None and following.text.lower() in words_of("point_noun")
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
        return None  # "it rose on May 2 to 9 percent": a date
    if between == "and" and not (words and (words[-1] == "between" or words[-4:] == ("between", "the", "ages", "of"))):
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
