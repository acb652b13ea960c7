"""Numbers with a unit: measures, money, percentages, durations and ages, alone or as the ends of a range.

What belongs here: the value, the change, and the thing measured. What does not: finding the unit and the range
(:mod:`ties`), numbers without a unit (:mod:`counts`), fractions and ordinals (:mod:`parts`).
"""

from __future__ import annotations

from pipelines.extract.around import LEVELS, change_after, change_before, words_of
from pipelines.extract.not_quantities import year_like
from pipelines.extract.numerals import Number
from pipelines.extract.quantity import ADJACENT_HYPHENS, Place, Quantity, Spared, state
from pipelines.extract.things import counted
from pipelines.extract.ties import DASHES, Tied, fits, range_with, rate, tie
from pipelines.extract.tokens import Token
from pipelines.extract.units import Unit, named, rate_after, unit_after

RULES = {
    "money": "money", "percent": "percent", "percentage_point": "percent", "duration": "duration", "count": "count_unit",
    "age": "age",
}  # fmt: skip
_CHANGING = frozenset(("percent", "percentage_point", "money", "temperature", "count"))
_SUMS = frozenset(("loss", "gain", "gains", "raise", "boost", "growth", "advance"))
_NEGATIVE = frozenset(("temperature", "percent", "percentage_point", "money", "count", "number"))
_DIRECTIONS = frozenset(("north", "south", "east", "west", "latitude", "longitude", "angle"))


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
            place.skip(following=False)
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
    number, text, gap = place.number, place.text, end
    if year_like(number) or number.end == place.start or place.left.last.rstrip(".") in words_of("month"):
        return None
    if (place.start > place.low and text[place.start - 1] in "-#/=_@") or place.goes_on_a_name():
        return None
    joint = ""
    for other in place.further:
        if other.start - gap > _LONGEST_JOINT:
            return None
        joint = text[gap : other.start].lower()
        if joint not in _JOINTS or other.kind != "cardinal":
            return None
        after = place.behind(other)
        found = unit_after(after, 0, other.end)
        if found is not None:
            break
        gap = other.end
    else:
        return None
    unit = found.unit
    if found.hyphen or joint == ", " or unit.measure not in _SHARING:
        return None
    if text[place.start - 2 : place.start] == ", " or not fits(place, other, after, 0, found):
        return None  # "Orlov, 47, and 3 years"
    return state(place, end, unit.measure, RULES.get(unit.measure, "measured"), unit=unit)


_JOINTS = frozenset(
    (" and ", " or ", ", ", ", and ", ", or ", " to ", " and even ", ", even ", " or even ", " versus ", " vs. ")
)
_LONGEST_JOINT = max(map(len, _JOINTS))
_SHARING = frozenset(
    (
        "percent",
        "percentage_point",
        "count",
        "distance",
        "duration",
        "mass",
        "area",
        "volume",
        "temperature",
        "money",
        "speed",
    )
)


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
    if left_sign == "-" and text[max(place.low, start - 6) : start - 1].lower() == "minus":
        value, place.start, left_sign = (-number.high, -number.low), start - 6, " "  # minus-20
    if left_sign in "-−‐‑–#/=_@" and not (left_sign == "/" and text[start - 2 : start - 1] == " "):
        apart = start - 1 == place.low or not text[start - 2].isalnum()
        if not apart:
            return None  # "F-16 m", "id=5"
        if left_sign in "-−" and unit.measure in _NEGATIVE and text[max(place.low, start - 3) : start - 1] != "+/":
            value, place.start = (-number.high, -number.low), start - 1
    elif words and words[-1] == "minus" and words[-2:-1] != ("or",):
        value = -number.high, -number.low
    if not number.high and not number.digits and (hyphen or (unit.measure == "duration" and unit_text in _SINGULAR)):
        return None  # zero-day, zero-tolerance
    if unit.name == "degree" and (hyphen or place.word(used) in _DIRECTIONS):
        unit = named("degree of arc")
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
        thing, unit = thing_measured(place, used, hyphen, unit)
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


def thing_measured(place: Place, used: int, hyphen: bool, unit: Unit) -> tuple[str | None, Unit]:
    """What a measure is of ('of war', 'rocket' in '40-metre rocket'), and its unit, with a rate behind that."""
    word = place.word(used)
    after = place.after
    if word in ("of", "worth") or (
        word == "in" and unit.measure == "money" and place.word(used + 1) not in _IN_NOTHING
    ):
        k = used + (2 if word == "worth" and place.word(used + 1) == "of" else 1)
        if k >= len(after) or (
            place.word(k) in words_of("stop") and place.word(k) not in words_of("drop_before_object")
        ):
            return None, unit
        phrase = counted(place.text, after, k, place.next_start, singular=True, limit=5)
        if phrase is None:
            return None, unit
        if place.word(phrase.used) in ("a", "an") and place.word(phrase.used + 1) not in _PERIODS:
            return phrase.of(place.text), unit  # "20 years of running a farm"
        per = rate(after, rate_after(after, phrase.used, unit), phrase.used, unit)
        return phrase.of(place.text), per.unit
    if (
        (hyphen or unit.measure == "money")
        and used < len(after)
        and word not in ADJACENT_HYPHENS
        and word not in _NOT_THINGS
        and word not in words_of("drop_before_object")
    ):
        phrase = counted(place.text, after, used, place.next_start, singular=True, limit=5)
        return (phrase.of(place.text) if phrase else None), unit
    return None, unit


_IN_NOTHING = frozenset(
    ("exchange", "return", "addition", "total", "all", "favor", "favour", "advance", "january", "today")
)
_PERIODS = frozenset(
    ("second", "minute", "hour", "day", "night", "week", "month", "quarter", "season", "year", "decade")
)
_SINGULAR = frozenset(("day", "hour", "minute", "second"))
_NOT_THINGS = frozenset(("last", "next", "more", "less", "late", "early", "extra", "higher", "lower", "other", "short"))


def _inches(place: Place, used: int) -> tuple[float, int] | None:
    """The inches of a height: ``5-foot-3``."""
    other, after = place.following, place.after
    if other is None or used + 1 >= len(after) or after[used].text != "-" or other.start != after[used].end:
        return None
    return (
        (other.low / 12, other.end)
        if (other.plain or not other.digits) and other.low < 12 and after[used].start == after[used - 1].end
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
