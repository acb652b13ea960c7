"""Numbers without a unit: counts of things, and numbers that nothing explains.

What belongs here: reading a bare number by the words around it. What does not: units (:mod:`measured`), ages (:mod:`ages`),
shares and scores (:mod:`shares`).
"""

from __future__ import annotations

import re

from pipelines.extract.ages import age
from pipelines.extract.around import change_before, words_of
from pipelines.extract.not_quantities import (
    CLOCK,
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
from pipelines.extract.shares import score, share
from pipelines.extract.things import Phrase, counted, is_plural
from pipelines.extract.units import rate_of_count, unit_after

_NOT_COUNTED = frozenset(("year", "fold", "way", "something", "ever", "on", "off", "plus", "and", "star", "line"))


def bare(place: Place) -> Quantity | Spared | None:
    """The quantity of a number without a unit, or why it is none."""
    text, number, after, words = place.text, place.number, place.after, place.left.words
    if date_or_time(text, number, after, words) or _tied_to_date(place):
        return Spared(number.end, date=True)
    found = age(place) or score(place) or share(place)
    if found is not None:
        return found
    one = number.low == number.high == 1
    if (one and not number.digits and pronoun_one(after, words, place.left.last, number)) or not number.high:
        return None
    thing = _counted_thing(place, one)
    if number.digits:
        spared = _no_quantity(place, thing)
        if spared is not None:
            return spared
    elif _names_something(place, thing) or (thing is None and place.goes_on_a_name()):
        return Spared(number.end, name=True)
    elif thing is None and not _stands_alone(place, one):
        return None
    tied = (
        bool(after) and after[0].text in ADJACENT_HYPHENS and after[0].start == number.end and place.word(1) != "plus"
    )
    if thing is None and ((one and place.left.last not in words_of("harm_before_one")) or tied or _in_a_row(place)):
        return None
    if words and words[-1] == "minus" and words[-2:-1] != ("or",):
        place.number = number = number._replace(low=-number.high, high=-number.low)
    end = number.end if thing is None else max(number.end, thing.end)
    used = thing.used if thing else 0
    unit = unit_text = None
    if thing is not None and (per := rate_of_count(after, used)) is not None:
        unit, end, unit_text = per.unit, after[per.used - 1].end, text[after[used].start : after[per.used - 1].end]
        used = per.used
    name = thing.of(text) if thing else None
    if thing is None and not one:
        name = _shared_thing(place)
    measure = "count" if name else "number"
    rule = ("count_one" if one else "count") if name else "number"
    if number.kind == "vague":
        rule = "vague"
    return state(
        place, end, measure, rule, unit=unit, unit_text=unit_text, thing=name, change=change_before(words, strict=True),
        used=used,
    )  # fmt: skip


_TO_SHARE = re.compile(r"[ ](?:[A-Z][\w-]+[ ])?(?:and|or)[ ](?:even[ ])?|,[ ]|,[ ](?:and|or)[ ]")


def _shared_thing(place: Place) -> str | None:
    """What a number counts together with a later one: the head of '14 Danish and 9 Finnish trawlers', '100, 200 or 300 boats'."""
    text, end = place.text, place.number.end
    for k, other in enumerate(place.further[:3]):
        if other.start - end > 24:
            return None
        between = text[end : other.start]
        if other.kind != "cardinal" or not _TO_SHARE.fullmatch(between):
            return None
        after = place.behind(other)
        if unit_after(after, 0, other.end) is not None:
            return None
        limit = place.further[k + 1].start if k + 1 < len(place.further) else place.high
        thing = counted(text, after, 0, limit)
        if thing is not None:
            if between.startswith(","):
                return None  # "boats, 12 men": apart from what follows
            words = thing.of(text).split()
            return words[-1] if len(between) > 8 else " ".join(words)
        end = other.end
    return None


def _in_a_row(place: Place) -> bool:
    """Whether plain digits stand beside other digits, as in phone numbers and tables."""
    text, start, end = place.text, place.number.start, place.number.end
    if not place.number.plain:
        return False
    left = start - 2 >= place.low and text[start - 1] == " " and text[start - 2].isdigit()
    return left or (text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit())


def _titled(place: Place) -> bool:
    """Whether the word before a number is written as a name: a shop called Over 40."""
    word = place.text[max(place.low, place.number.start - 24) : place.number.start].split()[-1:]
    return (
        bool(word)
        and word[0].istitle()
        and not opens_sentence(place.text, place.number.start - len(word[0]) - 1, place.low)
    )


def _clock_list(place: Place) -> bool:
    """Whether a number is an hour of several: '11, 12 or 1 p.m.'"""
    gap = place.number.end
    for other in place.further:
        if not other.plain or other.low > 24 or other.start - gap > 6 or place.text[gap : other.start] not in _HOURS:
            return False
        after = place.behind(other)
        if after and after[0].text.lower() in CLOCK:
            return True
        gap = other.end
    return False


_HOURS = (", ", " and ", " or ", ", and ", ", or ", "-", "–", " to ")


def _stands_alone(place: Place, one: bool) -> bool:
    """Whether a number word without an object still tells how many: 'all three', 'two of whom', but not 'a word or two'."""
    number, words = place.number, place.left.words
    if number.factor > 1 or number.kind == "vague" or place.left.bound or place.left.approximate:
        return True
    return (
        (not one or place.left.last in words_of("harm_before_one"))
        and place.word(0) not in ("seed", "seeds")
        and not (words and words[-1] == "or" and words[-3:-2] in _A_OR)
    )


_A_OR = (("a",), ("an",), ("that",), ("another",))


def _emergency(place: Place) -> bool:
    """Whether digits are a number that one calls ('a 911 dispatcher'), or a block of a street ('the 800 block of')."""
    number, word = place.number, place.word(0)
    if not number.plain or number.low < 100:
        return False
    if word in ("block", "seed") or (word in ADJACENT_HYPHENS and place.word(1) == "block"):
        return True
    digits = place.text[number.start : number.end]
    if digits in words_of("model_number"):
        return place.left.last in ("the", "a", "an") and (not word[:1].isalpha() or word in words_of("stop"))
    return digits in words_of("emergency_number") and (
        word.startswith(_CALLED) or not word[:1].isalpha() or word in words_of("stop")
    )


_CALLED = ("call", "dispatch", "operator", "tape", "emergenc", "system", "center", "centre", "record", "line")


def _counted_thing(place: Place, one: bool) -> Phrase | None:
    """What the number counts: the noun phrase behind it, or the word tied to it (``450-seat chamber``)."""
    after, number = place.after, place.number
    if after and after[0].text in ADJACENT_HYPHENS and after[0].start == number.end:
        if place.word(1) == "plus":
            place.left = place.left._replace(bound="at_least")
            return counted(place.text, after, 2, place.object_limit)  # three-plus seasons
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
    thing = counted(place.text, after, 0, place.object_limit, singular=one, limit=4 if one else 6)
    if thing is not None and one and number.digits and place.text[thing.start].isupper():
        return None  # a "Channel 1 News" is no single news
    if thing is not None and one and thing.plural:
        return None  # "one dresses well, the other does not"
    return thing


def _no_quantity(place: Place, thing: Phrase | None) -> Quantity | Spared | None:
    """Why a number of digits is no quantity: a year, a label, an address, a number in a list; ``None`` if it is one."""
    text, number, after, words = place.text, place.number, place.after, place.left.words
    spared, named = Spared(number.end), Spared(number.end, name=True)
    if list_number(text, number, after, place.low) or _emergency(place):
        return spared
    if sticks_to_a_name(text, number, after, place.low) or (thing is None and place.goes_on_a_name()):
        return named
    if number.factor > 1:
        return None
    is_counted = thing is not None and counts_something(text, after, thing.end)
    if plain_year(number, after, words, place.left.last, thing.end if thing else -1):
        return Spared(number.end, date=True)
    if address(after):
        return spared
    is_counted = is_counted and number.low != 1
    if number.plain and (place.left.last == "top" or text.endswith("Group of ", place.low, number.start)):
        return spared
    bounded = (place.left.bound or place.left.approximate) and not _titled(place)
    if (
        (number.plain or number.decimals)
        and not bounded
        and part_of_a_name(text, number, after, place.low, is_counted or _shared_thing(place) is not None)
    ):
        return named
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
    number, dated = place.number, place.marks.dated
    day = number.plain and number.low <= 31
    if (
        day
        and place.following
        and year_like(place.following)
        and place.text[number.end : place.following.start] == ", "
    ):
        return True  # the month stands on another line: "11, 2001"
    if number.plain and number.low <= 24 and _clock_list(place):
        return True
    if dated < 0 or number.start - dated > 7:
        return False
    between = place.text[dated : number.start].strip(" ").lower()
    if between == "," and day:
        return place.word(0) in ("and", "or", ",") or not place.after  # May 17, 18 and 19
    return (between in ("-", "–", "and", "to", "or", "&", "/", ", and") and (day or year_like(number))) or (
        between in (",", "") and year_like(number)
    )
