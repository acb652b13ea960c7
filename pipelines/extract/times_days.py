"""Readers of days, months, years and times of day that are named: ``Sept. 13``, ``late August``, ``2019``, ``9 a.m. Wednesday``.

What belongs here: one function for each kind of named date. What does not: distances and durations (:mod:`times_spans`).
"""

from __future__ import annotations

import datetime as dt
import re

from pipelines.extract.times_calendar import HISTORIC, holiday, interval
from pipelines.extract.times_reading import Found, Passage
from pipelines.extract.times_words import ABBREVIATIONS, MODIFIERS, PARTS

_NUMERIC = re.compile(r"(?:(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})|(?P<n1>[0-9]{1,2})/(?P<n2>[0-9]{1,2})/(?P<y2>[0-9]{4}|[0-9]{2}))$")
_HISTORY = frozenset(("attack", "attacks", "terrorist", "terrorists", "terror", "hijackers", "hijackings"))


def modifier(p: Passage, first: int, last: int) -> str | None:
    """TIMEX3's ``mod``: early, the end of, about, more than, at least."""
    for k in range(first, min(last, first + 4)):
        word = p.word(k)
        if p.is_part(k, "part", "part_noun", "approximately") and word in MODIFIERS:
            return MODIFIERS[word]
        if p.is_part(k, "more") and p.is_part(k + 1, "than"):
            return ("EQUAL_OR_LESS" if word == "more" else "EQUAL_OR_MORE") if p.is_part(k - 1, "no") and k > first else (
                "MORE_THAN" if word == "more" else "LESS_THAN"
            )
        if p.is_part(k, "bound"):
            return "EQUAL_OR_MORE" if word == "least" else "EQUAL_OR_LESS"
        if p.is_part(k, "up"):
            return "EQUAL_OR_LESS"
    return None


def numeric(p: Passage, first: int, last: int) -> Found | None:
    """A date in figures; where day and month cannot be told apart both stay open."""
    word = p.word(first)
    if word == "9/11":
        return Found(first, last, "DATE", "2001-09-11", "date_named", stated=True)
    found = _NUMERIC.match(word)
    if not found:
        return None
    year = found["y"] or found["y2"]
    year = year if len(year) == 4 else f"20{year}"
    if found["y"]:
        value = word
    else:
        one, two = int(found["n1"]), int(found["n2"])
        month, day = (two, one) if one > 12 else (one, two)
        value = f"{year}-{month:02}-{day:02}" if max(one, two) > 12 or one == two else f"{year}-XX-XX"
        if month > 12 or not 1 <= day <= 31:
            return None
    if "X" not in value and interval(value) is None:
        return None
    return Found(first, last, "DATE", value, "date_numeric", stated=True)


_SHARED = re.compile(
    "[{and_}{to}{until}{dash}{comma}]+{month}?[{day}{ordinal}]?{comma}?{year}".format(
        and_=PARTS["and"], **{name: PARTS[name] for name in ("to", "until", "dash", "comma", "month", "day", "ordinal", "year")}
    )
)
"""What shares its year with a month or day before it: ``March and June 2015``, ``Sept. 5-7, 2015``."""


def _year(p: Passage, month: int, day: int | None, weekday: int, first: int, last: int) -> str:
    """The year of a month or day that is stated without one."""
    shared = _SHARED.match(p.tokens.row, last)
    if shared:
        return p.word(shared.end() - 1)
    if p.published is None:
        return "XXXX"
    here = p.published
    if weekday and day:
        for step in (0, -1, 1):
            days = interval(f"{here.year + step:04}-{month:02}-{day:02}")
            if days and days[0].isoweekday() == weekday:
                return f"{here.year + step:04}"
    ahead = month - here.month
    if day and ahead == 0:
        ahead = (day > here.day) - (day < here.day)
        if ahead > 0 and p.direction(first, last) < 0 and day - here.day > 1:
            return f"{here.year - 1:04}"
        return f"{here.year:04}"
    told = p.direction(first, last)
    if told < 0 and ahead > 0:
        return f"{here.year - 1:04}"
    if told > 0 and ahead < 0:
        return f"{here.year + 1:04}"
    if told == 0 and ahead > 7:
        return f"{here.year - 1:04}"
    return f"{here.year + (told == 0 and ahead < -8):04}"


def _day_value(p: Passage, first: int, last: int) -> tuple[str, bool] | None:
    """The value of a full date among the tokens ``[first, last)``, and whether its year is stated."""
    month_at = p.part("month", first, last)
    if month_at < 0:
        return None
    month = int(p.value(month_at))
    at = max(p.part(name, first, last) for name in ("ordinal", "nth"))
    if at < 0:
        days = [k for k in (month_at + 1, month_at - 1) if p.is_part(k, "day") and first <= k < last]
        at = days[0] if days else -1
    if at < 0:
        return None
    word = p.word(at)
    day = int(p.value(at)) if p.is_part(at, "nth") else int(re.match(r"[0-9]+", word)[0])  # type: ignore[index]
    if not 1 <= day <= 31:
        return None
    year_at = p.part("year", max(at, month_at), last)
    weekday_at = p.part("weekday", first, last)
    weekday = int(p.value(weekday_at)) if weekday_at >= 0 else 0
    year = p.word(year_at) if year_at >= 0 else _year(p, month, day, weekday, first, last)
    value = f"{year}-{month:02}-{day:02}"
    if interval(value.replace("XXXX", "2024")) is None:
        return None
    return value, year_at >= 0


def date(p: Passage, first: int, last: int) -> Found | None:
    """A day of a month, a month of a year, a month of a year that the text points to."""
    mod = modifier(p, first, last)
    read = _day_value(p, first, last)
    if read:
        value, stated = read
        if value[5:] == "09-11" and not stated and p.word(last) in _HISTORY:
            return Found(first, last, "DATE", "2001-09-11", "date_named", mod, stated=True)
        rule = "date_full" if stated else "date_month_day"
        return Found(first, last, "DATE", value, rule, mod, stated=stated, also=_further(p, value, rule, last))
    month_at, year_at = p.part("month", first, last), p.part("year", first, last)
    if month_at < 0 or (p.part("day", first, last) >= 0 and year_at < 0):
        return None
    month = int(p.value(month_at))
    if year_at >= 0:
        return Found(first, last, "DATE", f"{p.word(year_at)}-{month:02}", "date_month", mod, stated=True)
    unit_at = p.part("unit", first, last)
    if unit_at < 0 or p.value(unit_at) != "Y":
        return None
    word = p.word(month_at + 2)
    day, _ = p.base(p.word(unit_at - 1))
    year = day.year + step(word) if day else None
    value = f"{year:04}-{month:02}" if year else f"XXXX-{month:02}"
    return Found(first, last, "DATE", value, "date_month", mod, day)


_FURTHER = re.compile(
    "[{to}{until}{dash}{and_}]({day})(?:{comma}?{year})?".format(
        and_=PARTS["and"], **{name: PARTS[name] for name in ("to", "until", "dash", "day", "comma", "year")}
    )
)


def _further(p: Passage, value: str, rule: str, last: int) -> tuple[Found, ...]:
    """The second day of ``Sept. 5-7``, ``Sept. 5 and 7``: a date of its own."""
    match = _FURTHER.match(p.tokens.row, last)
    if not match or not p.is_part(last - 1, "day", "ordinal"):
        return ()
    at, end = match.start(1), match.end()
    if not p.is_part(last, "dash") and end < len(p.tokens.row) and not p.is_part(end, "comma", "stop", "in", "at", "for", "and"):
        return ()
    day = int(p.word(at))
    other = f"{value[:8]}{day:02}"
    if p.is_part(end, "units", "month") or day <= int(value[8:]) or interval(other.replace("XXXX", "2024")) is None:
        return ()
    return (Found(at, end, "DATE", other, rule, stated=end > at + 1),)


def step(word: str) -> int:
    """Where a word points: -1 for last and previous, 1 for next and following, 0 for this and that."""
    return {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1}.get(
        word, 1 if word in ("next", "coming", "following", "ensuing", "upcoming") else 0
    )


_NAMES = frozenset(("may", "march", "april", "june", "august", "augusta", "january"))
_LEADS = ("in", "of", "since", "until", "on", "from", "to", "for", "for_like", "and", "part", "at", "moved", "comma", "dash", "bracket")


def month(p: Passage, first: int, last: int) -> Found | None:
    """A month alone, told apart from names and verbs that look like one."""
    at = p.part("month", first, last)
    word = p.word(at)
    number = int(p.value(at))
    if at == first and word in _NAMES and not p.is_part(at - 1, *_LEADS):
        if word in ("may", "march") or p.is_part(last, "capital"):
            return None
    if word in ("may", "march") and at == first and p.is_part(last, "capital", "lower") and p.is_part(at - 1, "comma", "and", "to", "dash", "at"):
        return None
    if word == "may" and at == first and (p.is_part(at - 1, "to", "on", "at", "moved") or p.word(at - 1) == "by"):
        return None
    if word.rstrip(".") in ABBREVIATIONS and not word.endswith(".") and word != "sept":
        return None
    mod = modifier(p, first, at)
    lead = p.word(at - 1) if at > first else ""
    rule = "date_month"
    if p.is_part(at - 1, "the") and at > first:
        first, lead = at, ""  # "the May vote": the article is the vote's
    if p.published is None:
        return Found(first, last, "DATE", f"XXXX-{number:02}", rule, mod)
    here, moved = p.published, step(lead)
    if moved < 0:
        year = here.year - (number >= here.month)
    elif moved > 0:
        year = here.year + (number <= here.month)
    elif lead in ("this", "these"):
        year = here.year
    elif lead in ("that", "same") and p.base(lead)[0]:
        year = p.base(lead)[0].year  # type: ignore[union-attr]
    else:
        return Found(first, last, "DATE", f"{_year(p, number, None, 0, first, last)}-{number:02}", rule, mod)
    return Found(first, last, "DATE", f"{year:04}-{number:02}", rule, mod, here)


def _weekday(p: Passage, at: int, lead: str, first: int, last: int) -> tuple[str, dt.date | None]:
    """The value of a weekday, and the day that it was counted from."""
    number = int(p.value(at))
    here, _ = p.base(lead, "D") if lead in ("that", "same", "following", "previous", "preceding", "ensuing") else (p.published, "D")
    if here is None:
        return f"XXXX-WXX-{number}", None
    back, on = (here.isoweekday() - number) % 7, (number - here.isoweekday()) % 7
    moved = step(lead)
    if moved < 0:
        back = back or 7
    told = moved or p.direction(first, last) or (1 if lead in ("this",) and back > here.isoweekday() else -1)
    if lead in ("that", "same"):
        told = 1
    elif moved > 0:
        on = on or 7
    day = here + dt.timedelta(days=on if told > 0 else -back)
    return day.isoformat(), here


def weekday(p: Passage, first: int, last: int) -> Found | None:
    """A weekday: the last one, or the next where the sentence tells of the future."""
    at = p.part("weekday", first, last)
    lead = p.word(at - 1) if at > first else ""
    if p.is_part(at - 1, "article", "the") and at > first:
        first, lead = at, ""
    value, here = _weekday(p, at, lead, first, last)
    return Found(first, last, "DATE", value, "weekday", modifier(p, first, at), here)


_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}


def _named_day(p: Passage, first: int, last: int) -> tuple[str, dt.date | None] | None:
    """The day among the tokens: a full date, a weekday, today, this, last (night), that (evening)."""
    read = _day_value(p, first, last)
    if read:
        return read[0], None
    at = p.part("weekday", first, last)
    if at >= 0:
        return _weekday(p, at, p.word(at - 1) if at > first else "", first, last)
    at = p.part("day_word", first, last)
    if at >= 0:
        day = p.shifted(p.published, "D", _DAYS[p.word(at)])
        return p.at(day, "D"), p.published
    return None


def daypart(p: Passage, first: int, last: int) -> Found | None:
    """A part of a day: ``Tuesday night``, ``this morning``, ``tonight``, ``the morning of Sept. 13``."""
    at = max(p.part("daypart", first, last), p.part("night_word", first, last))
    code = str(p.value(at))
    mod = modifier(p, first, last)
    if p.is_part(first, "every") or p.part("every", first, at) >= 0:
        return None
    named = _named_day(p, first, last)
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


_HOUR = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(?::[0-9]{2})?([ap]m)?$")


def clock(p: Passage, first: int, last: int) -> Found | None:
    """A time of day, on the day that stands beside it, else on the day of publication."""
    named_at = p.part("clock_name", first, last)
    if named_at >= 0:
        time = str(p.value(named_at))
        hour_at = named_at
    else:
        hour_at = next(k for k in range(first, last) if p.is_part(k, "clocktime", "day", "cardinal", "number"))
        half = p.word(hour_at + 1) if p.is_part(hour_at + 1, "half_day") else ""
        if p.is_part(hour_at, "cardinal"):
            hour, minutes = int(p.value(hour_at)), "00"
        else:
            found = _HOUR.match(p.word(hour_at))
            if not found:
                return None
            hour, minutes, half = int(found[1]), found[2] or "00", half or found[3] or ""
        spoken = max(p.part("clock", first, last), p.part("zone", first, last))
        if not half and spoken < 0 and not p.is_part(first - 1, "at", "until", "from", "since", "approximately"):
            return None
        evening = p.part("daypart", hour_at, last)
        if not half and evening >= 0 and hour < 12 and p.value(evening) in ("AF", "EV", "NI"):
            half = "pm"
        if half and not 1 <= hour <= 12 or hour > 24 or int(minutes) > 59:
            return None
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        time = f"{hour:02}:{minutes}"
    named = _named_day(p, hour_at + 1, last) or _named_day(p, first, hour_at)
    here = p.published
    if named is None:
        previous = p.tokens.row[max(0, first - 3) : first]
        beside = p.told if any(PARTS[name] in previous for name in ("weekday", "day", "day_word", "daypart")) else ""
        named = (beside.split("T")[0], None) if len(beside) >= 10 else (p.at(here, "D"), here)
    if len(named[0]) != 10:
        return None
    return Found(first, last, "TIME", f"{named[0]}T{time}", "clock", modifier(p, first, hour_at), named[1])


def day_word(p: Passage, first: int, last: int) -> Found | None:
    """Today, yesterday, tomorrow."""
    day = p.shifted(p.published, "D", _DAYS[p.word(last - 1)])
    return Found(first, last, "DATE", p.at(day, "D"), "day_word", modifier(p, first, last - 1), p.published)


def named_day(p: Passage, first: int, last: int) -> Found | None:
    """A holiday, by the rule that the list has for it."""
    at = p.part("holiday", first, last)
    name = p.word(at)
    if name in HISTORIC:
        return Found(first, last, "DATE", str(holiday(name, 2000)), "holiday", stated=True)
    year_at = p.part("year", first, last)
    every = p.part("every", first, at) >= 0
    lead = p.word(at - 1) if at > first and not every else ""
    if lead == "the":
        first, lead = at, ""
    stated = year_at >= 0
    if stated:
        year: int | None = int(p.word(year_at))
    elif p.published is None or every:
        year = None
    else:
        here = p.published
        day = holiday(name, here.year)
        year = here.year
        told = step(lead) or p.direction(first, last)
        if day and told < 0 and day > here:
            year -= 1
        elif day and told > 0 and day < here:
            year += 1
        elif day and not told and abs((day - here).days) > 200:
            year += 1 if day < here else -1
    exact = holiday(name, year) if year else None
    if exact is None and year is None:
        fixed = holiday(name, 2023), holiday(name, 2024)
        same = fixed[0] and fixed[1] and fixed[0].strftime("%m-%d") == fixed[1].strftime("%m-%d")
        value = f"XXXX-{fixed[0]:%m-%d}" if same and fixed[0] else "XXXX-XX-XX"
    else:
        value = exact.isoformat() if exact else f"{year:04}"
    return Found(first, last, "SET" if every else "DATE", value, "holiday", None, p.published, stated)
