"""Readers of stretches and distances: ``last month``, ``two days ago``, ``the past four months``.

What belongs here: one function for each. What does not: how long without an end (:mod:`times_durations`), dates with a name of their own (:mod:`times_days`, :mod:`times_years`).
"""

from __future__ import annotations

from pipelines.extract.times_calendar import UNDERSPECIFIED
from pipelines.extract.times_durations import duration
from pipelines.extract.times_reading import Found, Passage, modifier, period, step
from pipelines.extract.times_units import code_of, count_before, unit_at
from pipelines.extract.times_weekdays import programme

_OVER = ("for_like", "for", "in", "since")
_CALENDAR = ("D", "W", "M", "Q", "Y", "DE", "CE")


def relative(p: Passage, first: int, last: int) -> Found | None:
    """A unit of the calendar that the text points to: last month, this year, the following day, the end of the year."""
    at = last - 1
    if programme(p, first, last):
        return None
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
        and (
            (p.is_part(last, "of") and (lead == "last" or code in ("D", "W", "M"))) or (code == "D" and lead == "last")
        )
    ):
        return None  # the last week of the strike
    over = (
        p.is_part(first - 1, *_OVER)
        and p.is_part(first, "the", "deictic")
        and lead in ("past", "last", "next", "coming")
    )
    if (over or lead == "past") and code not in ("WE",) and not parted:
        return _span(
            p,
            first,
            last,
            2.0 if p.word(at) == "fortnight" else 1.0,
            code,
            -1 if moved < 0 or lead == "past" else 1,
            mod,
        )
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
    number_words = p.is_part(at - 1, "day", "number", "cardinal")
    if p.is_part(last, "ago") or (lead in ("that", "this") and p.is_part(at, "units") and number_words):
        return None  # he said this 30 years ago; a sign that five years after the war
    if p.word(first) == "last" and p.word(first - 1) in _MODALS:
        return duration(p, first + 1, last)  # a pact that would last four years
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


_MODALS = frozenset(("will", "would", "may", "might", "could", "can", "should", "must", "to", "ll", "not"))


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
        here, told_unit = p.base(word, "D")
        here = here if told_unit == "D" else None
        return Found(first, last, "TIME", f"{p.at(here, 'D')}TXX:XX", "moved", mod, here)
    if number is None:
        value = ("PAST_REF" if sign < 0 else "FUTURE_REF") if now else UNDERSPECIFIED["D" if code[0] == "T" else code]
        return Found(first, last, "DATE", value, "moved", mod)
    number += 0.5 if halves else 0.0
    here, told_unit = (p.published, "D") if now else p.base(word, code)
    if code[0] == "T":
        if told_unit != "D":
            here = None  # 23 seconds later, where a year was told
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
    if found is None or found.kind != "DURATION" or p.is_part(last, "past_noun"):
        return found if found and not p.is_part(last, "past_noun") else None
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
