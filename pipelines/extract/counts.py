"""Numbers without a unit: counts of things, ages behind names, shares, scores, and numbers that nothing explains.

What belongs here: reading a bare number by the words around it. What does not: units (:mod:`measured`).
"""

from __future__ import annotations

from pipelines.extract.around import Before, Phrase, change_before, counted, is_plural, words_of
from pipelines.extract.not_quantities import (
    address,
    counts_something,
    date_or_time,
    label_before,
    list_number,
    opens_sentence,
    part_of_a_name,
    plain_year,
    pronoun_one,
    sticks_to_a_name,
    year_like,
)
from pipelines.extract.quantity import ADJACENT_HYPHENS, Place, Quantity, Spared, state
from pipelines.extract.units import named, unit_after

_PERSONS = frozenset(("he", "she", "i", "who"))
_CLOSES = frozenset(("", ",", ".", ";", "and", "when", "or", "in", "at", "but", "who"))
_BEING = frozenset(("was", "is", "turned", "turns", "am"))
_IN = frozenset(("in", "out of", "in every", "out of every"))
_OLDER = frozenset(("older", "over", "above", "up"))
_YOUNGER = frozenset(("younger", "under"))
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 40, 50, 100, 1000, 10000, 100000, 1000000))
_NOT_COUNTED = frozenset(("year", "fold", "way", "something", "ever", "on", "off", "plus", "and", "star", "line"))


def bare(place: Place) -> Quantity | Spared | None:
    """The quantity of a number without a unit, or why it is none."""
    text, number, after, words = place.text, place.number, place.after, place.left.words
    if date_or_time(text, number, after, words) or _tied_to_date(place):
        return Spared(number.end, date=True)
    found = _age(place) or _score(place)
    if found is not None:
        return found
    share = _share(place)
    if share is not None:
        return share
    one = number.low == number.high == 1
    if (one and not number.digits and pronoun_one(after, words, place.left.last, number)) or not number.high:
        return None
    thing = _counted_thing(place, one)
    if number.digits:
        spared = _no_quantity(place, thing)
        if spared is not None:
            return spared
    elif _names_something(place, thing) or (thing is None and not _stands_alone(place)):
        return None
    tied = (
        bool(after) and after[0].text in ADJACENT_HYPHENS and after[0].start == number.end and place.word(1) != "plus"
    )
    if thing is None and (one or tied or _in_a_row(place)):
        return None
    end = number.end if thing is None else max(number.end, thing.end)
    measure = "count" if thing else "number"
    rule = ("count_one" if one else "count") if thing else "number"
    if number.kind == "vague":
        rule = "vague"
    return state(
        place, end, measure, rule, thing=thing.of(text) if thing else None, change=change_before(words, strict=True),
        used=thing.used if thing else 0,
    )  # fmt: skip


def _in_a_row(place: Place) -> bool:
    """Whether plain digits stand beside other digits, as in phone numbers and tables."""
    text, start, end = place.text, place.number.start, place.number.end
    if not place.number.plain:
        return False
    left = start - 2 >= place.low and text[start - 1] == " " and text[start - 2].isdigit()
    return left or (text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit())


def _stands_alone(place: Place) -> bool:
    """Whether a number word without an object still tells how many: 'at least two', 'a thousand', 'five of them'."""
    number = place.number
    if number.factor > 1 or number.kind == "vague" or place.left.bound or place.left.approximate:
        return True
    if place.claimed > place.low and place.text[place.claimed : number.start] == " to ":
        return True  # "by 13 votes to two"
    return place.word(0) == "of" and (
        place.word(1) in words_of("drop_before_object") or place.word(1) in ("them", "us")
    )


def _counted_thing(place: Place, one: bool) -> Phrase | None:
    """What the number counts: the noun phrase behind it, or the word tied to it (``450-seat chamber``)."""
    after, number = place.after, place.number
    if after and after[0].text in ADJACENT_HYPHENS and after[0].start == number.end:
        if len(after) < 2 or after[1].start != after[0].end:
            return None
        word = after[1].text
        if (
            not word.islower()
            or len(word) < 3
            or word in _NOT_COUNTED
            or word.endswith("ed")
            or word in words_of("stop")
        ):
            return None
        return Phrase(after[1].start, after[1].end, 2, False)
    thing = counted(place.text, after, 0, place.next_start, singular=one, limit=4 if one else 6)
    if thing is not None and one and number.digits and place.text[thing.start].isupper():
        return None  # a "Channel 1 News" is no single news
    if thing is not None and one and thing.plural:
        return None  # "one dresses well, the other does not"
    return thing


def _no_quantity(place: Place, thing: Phrase | None) -> Quantity | Spared | None:
    """Why a number of digits is no quantity: a year, a label, an address, a number in a list; ``None`` if it is one."""
    text, number, after, words = place.text, place.number, place.after, place.left.words
    spared = Spared(number.end)
    if sticks_to_a_name(text, number, after, place.low) or list_number(text, number, after, place.low):
        return spared
    if number.factor > 1:
        return None
    is_counted = thing is not None and counts_something(text, after, thing.end)
    if plain_year(number, after, words, place.left.last, thing.end if thing else -1):
        return Spared(number.end, date=True)
    if address(after):
        return spared
    is_counted = is_counted and number.low != 1
    if number.plain and place.left.last == "top":
        return spared
    if (number.plain or number.decimals) and part_of_a_name(text, number, after, place.low, is_counted):
        return spared
    return spared if number.plain and thing is None and number.low >= 10000 else None


def _names_something(place: Place, thing: Phrase | None) -> bool:
    """Whether a number word is part of a name or a label: ``the Big Three``, ``phase two``, ``one-on-one``."""
    text, start = place.text, place.number.start
    if start > place.low and text[start - 1] in "-‐‑" and start - 1 > place.low and text[start - 2].isalnum():
        return True
    word = text[start : place.number.end]
    if word[0].isupper() and not word.isupper() and not opens_sentence(text, start, place.low):
        titled = thing is not None and text[thing.start].isupper() and is_plural(text[thing.start : thing.end])
        if not titled:
            return True
    return place.left.last in words_of("idiom_before_number") or label_before(place.left.last)


def _tied_to_date(place: Place) -> bool:
    """Whether the number goes on a date: ``Sept. 4 and 5``, ``Sept. 13, 2023``."""
    if place.dated < 0 or place.number.start - place.dated > 7:
        return False
    between = place.text[place.dated : place.number.start].strip(" ").lower()
    day = place.number.low <= 31
    return (between in ("-", "–", "and", "to", "or", "&", "/") and (day or year_like(place.number))) or (
        between in (",", "") and year_like(place.number)
    )


def _age(place: Place) -> Quantity | None:
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
    if len(words) > 1 and number.factor == 1 and place.word(0) in _CLOSES:
        if number.plain and number.low >= 1 and words[-1] in _BEING and words[-2] in _PERSONS:
            return state(place, number.end, "age", "age_appositive", unit=year)
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
    if number.digits and number.plain and 1 <= number.low <= 115 and text[number.start - 2 : number.start] == ", ":
        return state(place, number.end, "age", "age_appositive", unit=year) if _behind_a_name(place) else None
    return None


def _behind_a_name(place: Place) -> bool:
    """Whether a number stands between commas behind a capitalised name: ``Lena Orlov, 47, runs …``."""
    text, end = place.text, place.number.end
    k = begin = place.number.start - 3
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
        return False
    right = text[end : end + 1]
    if right == "," and text[end + 1 : end + 3].strip()[:1].isdigit():
        return False
    return right in ("", ",", ";", ")", ".") or text[end : end + 5] == " and "


def _share(place: Place) -> Quantity | None:
    """``one in five voters``, ``nine out of ten``: the share, and of what."""
    number, other = place.number, place.following
    if other is None or other.kind != "cardinal" or not place.after:
        return None
    between = place.text[number.end : other.start].strip().lower()
    if between not in _IN and not (between == "of" and other.low == 10):
        return None
    if not 0 < number.low < other.low or other.low not in _ROUND or number.low != int(number.low):
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
    share = number.low / other.low
    name = thing.of(place.text) if thing else None
    return state(place, other.end, "ratio", "ratio", thing=name, value=(share, share))


def _score(place: Place) -> Quantity | Spared | None:
    """``3-1``: two plain numbers tied by a dash; value_low is the lower one, the text keeps their order."""
    number, other = place.number, place.following
    if not number.joined or other is None:
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
