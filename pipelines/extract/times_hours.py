"""Readers of times of day: ``9 a.m. Wednesday``, ``Tuesday night``, ``this morning``, ``at noon``.

What belongs here: hours and parts of days, with the day beside them. What does not: days (:mod:`times_days`, :mod:`times_weekdays`).
"""

from __future__ import annotations

import datetime as dt
import re

from pipelines.extract.times_days import LEADS, day_value, numeric
from pipelines.extract.times_reading import Found, Passage, modifier, step
from pipelines.extract.times_weekdays import DAY_WORDS, programme, titled, weekday_value


def _day_beside(p: Passage, first: int, last: int) -> tuple[str, dt.date | None] | None:
    """The day among the tokens: a full date, a weekday, today, this, last (night), that (evening)."""
    read = day_value(p, first, last)
    if read:
        return read[0], None
    at = p.part("numeric", first, last)
    if at >= 0 and (figures := numeric(p, at, at + 1)):
        return figures.value, None
    at = p.part("weekday", first, last)
    if at >= 0:
        return weekday_value(p, at, p.word(at - 1) if at > first else "", first, last)
    at = p.part("day_word", first, last)
    if at >= 0:
        day = p.shifted(p.published, "D", DAY_WORDS[p.word(at)])
        return p.at(day, "D"), p.published
    return None


def daypart(p: Passage, first: int, last: int) -> Found | None:
    """A part of a day: ``Tuesday night``, ``this morning``, ``tonight``, ``the morning of Sept. 13``."""
    if p.part("units", first, last) >= 0:
        return _small_hours(p, first, last)
    at = max(p.part("daypart", first, last), p.part("night_word", first, last))
    code = str(p.value(at))
    mod = modifier(p, first, last)
    if p.is_part(first, "every") or p.part("every", first, at) >= 0:
        return None
    if p.is_part(first, "at"):
        return Found(at, last, "TIME", f"XXXX-XX-XXT{code}", "daypart") if code == "NI" else None
    if p.is_part(first, "cardinal"):
        return Found(first, last, "TIME", f"XXXX-XX-XXT{code}", "daypart") if p.value(first) == 1 else None
    if programme(p, first, last) or (p.is_part(at, "night_word", "day_word") and titled(p, at)):
        return None
    if p.is_part(first, "part") and last == first + 2 and p.is_part(last, "lower", "capital"):
        return None  # a late night show
    if p.is_part(first, "the", "article") and p.part("weekday", first, last) == first + 1:
        first += 1
    named = _day_beside(p, first, last)
    if named is None:
        lead = p.word(at - 1) if at > first else ""
        if p.is_part(at, "night_word"):
            named = p.at(p.published, "D"), p.published
        elif p.is_part(at - 1, "part") and at > first:
            named = ("XXXX-XX-XX", None) if lead not in ("earlier", "later") else None
        elif lead == "the" or p.is_part(at - 1, "other"):
            return None
        else:
            here, _ = p.base(lead, "D")
            moved = step(lead)
            if lead == "next" and p.told and p.is_part(at - 2, "the"):
                here = p.base("following", "D")[0]
            if lead == "past":
                return None
            named = p.at(p.shifted(here, "D", moved), "D"), here
    if named is None:
        return None
    return Found(first, last, "TIME", f"{named[0]}T{code}", "daypart", mod, named[1])


def _small_hours(p: Passage, first: int, last: int) -> Found | None:
    """Hours of a day: the early hours of Sunday, the late evening hours of Sept. 13."""
    at = p.part("units", first, last)
    if p.word(at) != "hours":
        return None
    part = p.part("daypart", first, at)
    code = (
        str(p.value(part))
        if part >= 0
        else "MO"
        if p.part("part", first, at) >= 0 and "early" in p.word(at - 1)
        else ""
    )
    day, here = _day_beside(p, at, last) or ("XXXX-XX-XX", None)
    if not code:
        return None
    return Found(first, last, "TIME", f"{day}T{code}", "daypart", modifier(p, first, at), here)


_HOUR = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?::[0-9]{2})?([ap]m)?$")


def hours(p: Passage, first: int, last: int) -> Found | None:
    """Two hours of a range, of which the second may say which half of the day is meant: 9 to 11 a.m."""
    to = first + 1 + p.is_part(first + 1, "half_day")
    behind = clock(p, to + 1, last)
    if behind is None or "T" not in behind.value:
        return None
    day, _, time = behind.value.partition("T")
    begin = _HOUR.match(str(p.value(first)) if p.is_part(first, "cardinal") else p.word(first))
    if not begin or int(begin[1]) > 24:
        return None
    half = p.word(to - 1) if to > first + 1 else begin[3]
    hour, end = int(begin[1]), int(time[:2])
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif hour + 12 <= end and hour < 12:
        hour += 12
    low = Found(first, to, "TIME", f"{day}T{hour:02}:{begin[2] or '00'}", "clock", None, behind.anchor)
    return behind._replace(also=(low,))


def _alone(p: Passage, first: int, last: int) -> bool:
    """Whether an hour is all of its line: the stamp of an item, told on the day of publication."""
    start, end = p.tokens.starts[first], p.tokens.ends[last - 1]
    return p.text.startswith("\n", start - 1) and p.text.startswith(("\n", ":\n", ".\n"), end)


def clock(p: Passage, first: int, last: int) -> Found | None:
    """A time of day, on the day that stands beside it, else on the day of publication."""
    named_at = p.part("clock_name", first, last)
    if named_at >= 0:
        time = str(p.value(named_at))
        hour_at = named_at
        if last == first + 1 and p.is_part(last, "lower", "capital") and not p.is_part(first - 1, *LEADS, "article"):
            return None
    else:
        faces = [
            k for k in range(first, last) if p.is_part(k, "clocktime") or p.is_part(k + 1, "half_day", "clock", "zone")
        ]
        hour_at = faces[0]
        half = p.word(hour_at + 1) if p.is_part(hour_at + 1, "half_day") else ""
        if p.is_part(hour_at, "cardinal"):
            hour, minutes = int(p.value(hour_at)), "00"
        else:
            found = _HOUR.match(p.word(hour_at))
            if not found:
                return None
            hour, minutes, half = int(found[1]), found[2] or "00", half or found[3] or ""
        spoken = max(p.part(name, first, last) for name in ("clock", "zone", "month", "numeric"))
        if not half and spoken < 0 and not p.is_part(first - 1, "at", "until", "from", "since", "approximately"):
            return None
        evening = p.part("daypart", hour_at, last)
        if not half and evening >= 0 and hour < 12 and p.value(evening) in ("AF", "EV", "NI"):
            half = "pm"
        if (half and not 1 <= hour <= 12) or hour > 24 or int(minutes) > 59:
            return None
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        time = f"{hour:02}:{minutes}"
    named = _day_beside(p, hour_at + 1, last) or _day_beside(p, first, hour_at)
    if named is None and p.is_part(first - 1, "article", "every"):
        named = "XXXX-XX-XX", None
    if first < last and p.is_part(first, "the"):
        first += 1
    here = p.published
    if named is None:
        day = "" if _alone(p, first, last) else p.day_near(first)
        named = (day, None) if day else (p.at(here, "D"), here)
    if len(named[0]) != 10:
        return None
    return Found(first, last, "TIME", f"{named[0]}T{time}", "clock", modifier(p, first, hour_at), named[1])
