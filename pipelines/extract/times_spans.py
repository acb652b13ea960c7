"""Readers of distances, durations and repetitions: ``last month``, ``two days ago``, ``the past four months``, ``twice a week``.

What belongs here: one function for each. What does not: dates with a name of their own (:mod:`times_days`, :mod:`times_years`).
"""

from __future__ import annotations

from pipelines.extract.times_calendar import UNDERSPECIFIED
from pipelines.extract.times_reading import Found, Passage, modifier, period, step
from pipelines.extract.times_sets import is_rate
from pipelines.extract.times_units import code_of, count_before, unit_at
from pipelines.extract.times_words import VALUES

_OVER = ("for_like", "for", "in", "since")
_CALENDAR = ("D", "W", "M", "Q", "Y", "DE", "CE")


def relative(p: Passage, first: int, last: int) -> Found | None:
    """A unit of the calendar that the text points to: last month, this year, the following day, the end of the year."""
    at = last - 1
    code, mod = code_of(p, at), modifier(p, first, at)
    lead = p.word(at - 1)
    parted = p.is_part(first, "part", "part_noun") or p.is_part(first + 1, "part_noun", "part")
    if lead == "the":
        if code == "WE":
            told = p.direction(first, last)
            noun = p.is_part(last, "lower") and not p.is_part(first - 1, "for_like", "on", "at", "of", "for")
            return _weekend(p, first + noun, last, 1 if told > 0 else -1, mod)
        if (
            not parted
            or code[0] == "T"
            or (code == "D" and p.is_part(first + 1, "part_noun") and p.is_part(first, "the"))
        ):
            return None
        here = p.published
        return Found(first, last, "DATE", p.at(here, code), "relative_unit", mod, here)
    if lead == "other":
        return Found(first, last, "DATE", "PAST_REF", "reference") if code == "D" else None
    if code[0] == "T" or code == "ML":
        if lead in ("past", "last", "next") and p.is_part(at - 2, "the"):
            return Found(first, last, "DURATION", period(1, code), "span", mod, p.published)
        return None
    moved = step(lead)
    if (
        lead in ("last", "next")
        and p.is_part(at - 2, "the")
        and (p.is_part(last, "of") or (code == "D" and lead == "last"))
    ):
        return None  # the last week of the strike
    over = (
        p.is_part(first - 1, *_OVER)
        and p.is_part(first, "the", "deictic")
        and lead in ("past", "last", "next", "coming")
    )
    if (over or lead == "past") and code not in ("WE",) and not parted:
        return _span(p, first, last, 1.0, code, -1 if moved < 0 or lead == "past" else 1, mod)
    here, told_unit = p.base(lead, code)
    if lead == "next" and p.is_part(at - 2, "the") and p.told:
        here, told_unit = p.base("following", code)
    if code == "WE":
        return _weekend(p, first, last, moved, mod)
    if lead in ("that", "same", "following", "previous", "preceding") and here and here is p.published:
        value = UNDERSPECIFIED[code] if lead in ("that", "same") else p.at(p.shifted(here, code, moved), code)
        return Found(first, last, "DATE", value, "relative_unit", mod, None if "X" in value else here)
    if told_unit not in ("D",) and _CALENDAR.index(code) < _CALENDAR.index(told_unit):
        return Found(first, last, "DATE", UNDERSPECIFIED[code], "relative_unit", mod)
    return Found(first, last, "DATE", p.at(p.shifted(here, code, moved), code), "relative_unit", mod, here)


def _weekend(p: Passage, first: int, last: int, moved: int, mod: str | None) -> Found:
    here = p.published
    if here is None:
        return Found(first, last, "DATE", UNDERSPECIFIED["WE"], "relative_unit", mod)
    weeks = moved
    if moved == 0 and here.isoweekday() <= 4 and p.direction(first, last) < 0:
        weeks = -1  # it burned this weekend, on a Monday
    if moved < 0 and here.isoweekday() >= 6 and p.word(last - 2) == "the":
        weeks = 0
    if moved > 0 and p.word(last - 2) == "the":
        weeks = 0
    day = p.shifted(here, "W", weeks)
    return Found(first, last, "DATE", p.at(day, "WE"), "relative_unit", mod, here)


def _span(p: Passage, first: int, last: int, number: float | None, code: str, towards: int, mod: str | None) -> Found:
    """A duration that ends (or begins) on the day of publication."""
    here = p.published
    days = None
    if here and number is not None and code[0] != "T" and code in _CALENDAR:
        other = p.shifted(here, code, towards * number)
        days = (min(here, other), max(here, other)) if other else None
    return Found(first, last, "DURATION", period(number, code), "span", mod, here if days else None, span=days)


def span(p: Passage, first: int, last: int) -> Found | None:
    """A number of units up to now or from now: the past four months, the next few days, the first two weeks (no anchor)."""
    at = unit_at(p, first, last)
    code, mod = code_of(p, at), modifier(p, first, at)
    leads = [
        p.word(k) for k in range(first, at) if p.is_part(k, "last", "past_noun", "next", "deictic", "same", "other")
    ]
    lead = leads[-1] if leads else ""
    number_at = next(
        (
            k
            for k in range(first, at)
            if p.is_part(k, "day", "year", "number", "cardinal", "few", "couple", "dozens", "half")
        ),
        at,
    )
    number = count_before(p, number_at, at) if number_at < at else None
    if not lead and number_at == at:
        return None
    if lead in ("these", "this") and number_at == at:
        return Found(first, last, "DATE", "PRESENT_REF", "reference") if code == "D" else None
    if lead in ("those", "that", "same", "other", "") or code == "WE":
        if number_at == at:
            return None
        if not lead and p.word(first) == "the":
            first = number_at
        return Found(first, last, "DURATION", period(number, "W" if code == "WE" else code), "duration", mod)
    return _span(p, first, last, number, code, -1 if step(lead) < 0 or lead == "past" else 1, mod)


_LATER = {
    "later": 1,
    "after": 1,
    "thereafter": 1,
    "afterward": 1,
    "afterwards": 1,
    "hence": 1,
    "earlier": -1,
    "before": -1,
}


def moved(p: Passage, first: int, last: int) -> Found | None:
    """A day, week, month, year at a distance: two days ago, a year earlier, three weeks from now."""
    at = unit_at(p, first, last)
    code = code_of(p, at)
    word = p.word(last - 1)
    mod = modifier(p, first, at)
    if p.is_part(last - 1, "part") and word not in ("earlier", "later"):
        return duration(p, first, at + 1)
    if p.is_part(last - 1, "moved") and not p.is_part(last, "comma", "stop") and last < len(p.tokens.row):
        return duration(p, first, at + 1)
    number_at = first
    while number_at < at and p.is_part(number_at, "approximately", "no", "more", "than", "at", "bound", "up", "to"):
        number_at += 1
    ranged = (
        any(p.is_part(k, "to", "and", "couple") for k in range(number_at, at)) and p.part("half", number_at, at) < 0
    )
    number = None if number_at >= at or ranged else count_before(p, number_at, at)
    halves = last - 2 > at + 1 and p.part("half", at, last) >= 0
    back = word == "ago"
    now = back or p.part("now_word", at, last) >= 0
    sign = -1 if back or word in ("earlier", "before") else 1
    if number is None and code[0] == "T" and not now:
        here, _ = p.base(word, "D")
        return Found(first, last, "TIME", f"{p.at(here, 'D')}TXX:XX", "moved", mod, here)
    if number is None:
        value = ("PAST_REF" if sign < 0 else "FUTURE_REF") if now else UNDERSPECIFIED["D" if code[0] == "T" else code]
        return Found(first, last, "DATE", value, "moved", mod)
    number += 0.5 if halves else 0.0
    here, told_unit = (p.published, "D") if now else p.base(word, code)
    if code[0] == "T":
        return Found(first, last, "TIME", f"{p.at(here, 'D')}TXX:XX", "moved", mod, here)
    if code == "WE":
        return None
    if not now and told_unit != "D" and _CALENDAR.index(code) < _CALENDAR.index(told_unit):
        return Found(first, last, "DATE", UNDERSPECIFIED[code], "moved", mod)
    unit = code
    day = p.shifted(here, code, sign * number)
    if day and p.published and sign > 0 and not now and day > p.published and p.direction(first, last) <= 0:
        return Found(first, last, "DATE", UNDERSPECIFIED[unit], "moved", mod)
    if unit == "DE" and code == "DE" and number % 1:
        unit = "Y"
    return Found(first, last, "DATE", p.at(day, unit), "moved", mod, here)


def ahead(p: Passage, first: int, last: int) -> Found | None:
    """The day at a distance that the future tense makes of ``in two weeks``; else how long something took."""
    found = duration(p, first + 1, last)
    if found is None or found.kind != "DURATION":
        return found
    at = unit_at(p, first, last)
    code = code_of(p, at)
    number = count_before(p, first + 1, at)
    if p.published is None or number is None or code not in _CALENDAR or p.told_before(first) <= 0:
        return found
    word = p.word(first - 1)
    if word in ("time", "first", "more") or word.endswith("est") or p.counted_before(first):
        return found  # the first time in two years
    here = p.published
    return Found(first + 1, last, "DATE", p.at(p.shifted(here, code, number), code), "moved", found.modifier, here)


def age(p: Passage, first: int, last: int) -> Found | None:
    """How old somebody or something is; TIMEX3 counts it among the durations."""
    at = unit_at(p, first, last)
    found = duration(p, first, at + 1)
    return found._replace(last=last, rule="age") if found else None


def duration(p: Passage, first: int, last: int) -> Found | None:
    """How long: four hours, two and a half years, an hour and a half, weeklong, for months."""
    if last == first + 2 and p.is_part(first, "day", "cardinal") and p.is_part(first + 1, "unit", "units"):
        code = code_of(p, first + 1)
        return Found(first, last, "DURATION", period(count_before(p, first, first + 1), code), "duration")
    at = unit_at(p, first, last)
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
    if at == first:
        return Found(first, last, "DURATION", period(None if p.is_part(at, "units") else 1, code), "duration")
    number_at = first
    while number_at < at and p.is_part(number_at, "approximately", "no", "more", "than", "at", "bound", "up", "to"):
        number_at += 1
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
    if p.is_part(number_at, "article") and at == number_at + 1 and not mod:
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
