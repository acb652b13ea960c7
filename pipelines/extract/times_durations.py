"""Readers of how long something took: ``four hours``, ``two and a half years``, ``weeklong``, ``years and years``, ``70 years old``.

What belongs here: one function for each. What does not: stretches up to now and distances (:mod:`times_spans`).
"""

from __future__ import annotations

from pipelines.extract.times_reading import Found, Passage, modifier, period
from pipelines.extract.times_sets import is_rate
from pipelines.extract.times_units import code_of, count_before, unit_at
from pipelines.extract.times_words import VALUES


def quarter_century(p: Passage, first: int, last: int) -> Found | None:
    """A quarter-century, a quarter of a century; with ``ago`` the year at that distance."""
    ago = p.is_part(last - 1, "ago")
    mod = modifier(p, first, last)
    if not ago:
        return Found(first, last, "DURATION", "P25Y", "duration", mod)
    return Found(first, last, "DATE", p.at(p.shifted(p.published, "Y", -25), "Y"), "moved", mod, p.published)


_COMMON = frozenset(
    ("with", "despite", "amid", "without", "has", "have", "had", "spent", "following", "after", "through", "in")
)


def stretch(p: Passage, first: int, last: int) -> Found | None:
    """Units without a number: years and years, after months of talks, all week; not the first days of a strike."""
    at = unit_at(p, first, last)
    code = code_of(p, at)
    if p.is_part(first, "all"):
        return Found(first, last, "DURATION", period(1, code), "duration") if code in ("D", "W", "M", "Y") else None
    if p.is_part(last - 1, "of"):
        if p.word(first - 1) not in _COMMON and not (p.is_part(first - 1, "stop") or first == 0):
            return None
        return Found(first, last - 1, "DURATION", period(None, code), "duration") if p.is_part(last, "lower") else None
    first = at
    if p.word(at) == p.word(last - 1):
        return Found(first, last, "DURATION", period(None, code), "duration")
    if not (p.is_part(first - 1, "for", "moved") or p.is_part(last, "moved")):
        return None
    low = Found(at, at + 1, "DURATION", period(None, code), "duration")
    return Found(last - 1, last, "DURATION", period(None, code_of(p, last - 1)), "duration", also=(low,))


def piece(p: Passage, first: int, last: int) -> Found | None:
    """So many units of a longer one: the first two months of 2008."""
    at = p.part("units", first, last)
    return Found(first, last, "DURATION", period(count_before(p, first + 2, at), code_of(p, at)), "duration")


def age(p: Passage, first: int, last: int) -> Found | None:
    """How old somebody or something is; TIMEX3 counts it among the durations."""
    at = unit_at(p, first, last)
    found = duration(p, first, at + 1)
    if found and p.is_part(first, "article") and at == first + 1 and p.is_part(at + 1, "dash"):
        found = found._replace(first=at)  # "a century-old oak": the article is the oak's
    return found._replace(last=last, rule="age") if found else None


def duration(p: Passage, first: int, last: int) -> Found | None:
    """How long: four hours, two and a half years, an hour and a half, weeklong, for months."""
    if last == first + 2 and p.is_part(first, "day", "cardinal") and p.is_part(first + 1, "unit", "units"):
        code = code_of(p, first + 1)
        return Found(first, last, "DURATION", period(count_before(p, first, first + 1), code), "duration")
    at = unit_at(p, first, last)
    if p.word(at) == "quarters" and (p.is_part(last, "of") or p.is_part(at - 1, "dash")):
        return None  # three-quarters of the votes
    if p.is_part(first, "glued"):
        word = p.word(first)
        unit = word.removesuffix("long")
        code = str(VALUES[unit]) if unit in VALUES else "TH"
        return Found(first, last, "DURATION", period(None if unit.endswith("s") else 1, code), "duration")
    code, mod = code_of(p, at), modifier(p, first, at)
    if p.is_part(last, "dash") and p.is_part(last + 1, "to"):
        return None  # day-to-day
    if p.is_part(first, "for", "lasting"):
        return Found(first + 1, last, "DURATION", period(None, code), "duration")
    if p.is_part(last - 1, "moved") and at == first:
        return Found(first, last - 1, "DURATION", period(None, code), "duration")
    if at == first or (not p.is_part(at, "units") and p.is_part(last - 1, "long") and at == first + 1 and mod):
        return Found(first, last, "DURATION", period(None if p.is_part(at, "units") else 1, code), "duration")
    number_at = first
    while number_at < at and p.is_part(number_at, "approximately", "no", "more", "than", "at", "bound", "up", "to"):
        number_at += 1
    glued = p.is_part(last - 1, "long") and p.is_part(last - 2, "dash")
    if glued and p.is_part(at, "unit") and p.is_part(number_at, "article") and number_at + 1 == at:
        return Found(at, last, "DURATION", period(1, code), "duration", mod)  # a year-long strike
    if p.is_part(at, "units") and p.is_part(number_at, "article") and number_at + 1 == at:
        return Found(at, last, "DURATION", period(None, code), "duration")  # a weeks-long strike
    also: tuple[Found, ...] = ()
    if (
        p.is_part(number_at, "article")
        and p.is_part(number_at + 1, "cardinal")
        and int(VALUES[p.word(number_at + 1)]) < 12
    ):
        first = number_at = number_at + 1
    while p.is_part(number_at, "cardinal") and p.is_part(number_at + 1, "cardinal") and not _one_number(p, number_at):
        first = number_at = number_at + 1  # "one four-year term"
    to = next((k for k in range(number_at + 1, at) if p.is_part(k, "to", "dash", "and") and not _tens(p, k)), -1)
    if to >= 0 and p.part("half", number_at, at) < 0 and p.is_part(to + 1, "day", "number", "cardinal", "year"):
        number: float | None = count_before(p, to + 1, at)
        low = Found(first, to, "DURATION", period(count_before(p, number_at, to), code), "duration", mod)
        also, first = (low,), to + 1
    else:
        number = count_before(p, number_at, at)
    if code == "WE":
        return None
    if p.is_part(number_at, "article") and at - p.is_part(at - 1, "dash") == number_at + 1 and not mod:
        if is_rate(p, first):
            return Found(first, last, "SET", period(number, code), "set")
        if code in ("TS",):
            return None
    if code == "Q" and p.is_part(at, "quarter"):
        return None
    value = period(number, code)
    second = unit_at(p, at + 1, last)
    if second >= 0:
        more = next(k for k in range(at + 1, second) if not p.is_part(k, "comma", "and"))
        rest = count_before(p, more, second)
        other = code_of(p, second)
        if rest is not None and number is not None and _LENGTHS.get(other, 9) < _LENGTHS.get(code, 0):
            tail = period(rest, other)[1:]
            value += tail.removeprefix("T") if "T" in value else tail
        else:
            last = at + 1
    elif p.part("half", at, last) >= 0 and number is not None:
        value = period(number + 0.5, code)
    return Found(first, last, "DURATION", value, "duration", mod, also=also)


_LENGTHS = {"TS": 0, "TM": 1, "TH": 2, "D": 3, "W": 4, "M": 5, "Q": 6, "Y": 7, "DE": 8, "CE": 9}


def _one_number(p: Passage, at: int) -> bool:
    """Whether two words beside each other make one number: two hundred, twenty five."""
    low, high = int(VALUES[p.word(at)]), int(VALUES[p.word(at + 1)])
    return high >= 100 or high == 12 or low >= 100 or (20 <= low <= 90 and high < 10)


def _tens(p: Passage, at: int) -> bool:
    """Whether the dash at a place joins two words of one number: twenty-five."""
    return p.is_part(at, "dash") and p.is_part(at - 1, "cardinal") and 20 <= int(VALUES[p.word(at - 1)]) <= 90
