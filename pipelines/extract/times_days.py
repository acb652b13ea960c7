"""Readers of days and months by their numbers and names: ``Sept. 13``, ``13 September 2011``, ``late August``, ``25/12/2021``.

What belongs here: one function for each, and the year of what is stated without one. What does not: weekdays and holidays
(:mod:`times_weekdays`), years (:mod:`times_years`), hours (:mod:`times_hours`).
"""

from __future__ import annotations

import datetime as dt
import re

from pipelines.extract.times_calendar import interval
from pipelines.extract.times_reading import Found, Passage, modifier, step
from pipelines.extract.times_words import ABBREVIATIONS, MODELS, PARTS

_NUMERIC = re.compile(
    r"(?:(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})|(?P<n1>[0-9]{1,2})/(?P<n2>[0-9]{1,2})/(?P<y2>[0-9]{4}|[0-9]{2}))$"
)
_HISTORY = frozenset(("attack", "attacks", "terrorist", "terrorists", "terror", "hijackers", "hijackings"))


def _either(p: Passage, year: int, one: int, two: int) -> str:
    """A day whose figures could be swapped: told where one reading lies behind the publication and the other ahead."""
    if p.published:
        days = dt.date(year, one, two), dt.date(year, two, one)
        behind = [day for day in days if day <= p.published]
        if len(behind) == 1 and max(days) > p.published:
            return behind[0].isoformat()
    return f"{year}-XX-XX"


def numeric(p: Passage, first: int, last: int) -> Found | None:
    """A date in figures; where day and month cannot be told apart both stay open."""
    word = p.word(first)
    if word == "9/11":
        return Found(first, last, "DATE", "2001-09-11", "date_named", stated=True)
    found = _NUMERIC.match(word)
    if not found:
        return None
    year = found["y"] or found["y2"]
    if len(year) == 2:
        year = f"{20 if int(year) <= (p.published.year % 100 + 1 if p.published else 30) else 19}{year}"
    if found["y"]:
        value = word
    else:
        one, two = int(found["n1"]), int(found["n2"])
        month, day = (two, one) if one > 12 else (one, two)
        value = f"{year}-{month:02}-{day:02}" if max(one, two) > 12 or one == two else _either(p, int(year), one, two)
        if month > 12 or not 1 <= day <= 31:
            return None
    if "X" not in value and interval(value) is None:
        return None
    return Found(first, last, "DATE", value, "date_numeric", stated=True)


_HELD = MODELS["ahead"] | MODELS["held"]
_ENDS = '.,;:!?"”’)'
_SENTENCE_END = re.compile(r"[.!?\n]")


def held_beside(p: Passage, first: int, last: int, reach: int = 60) -> int:
    """Two where a date goes with what is announced long before (the April 19 primary), one where that stands before it."""
    start, end = p.tokens.starts[first], p.tokens.ends[last - 1]
    for word in p.text[end : min(p.high, end + 40)].split():
        bare = word.rstrip(_ENDS)
        if bare in _HELD:
            return 2
        if bare != word:
            break
    before = _SENTENCE_END.split(p.text[max(p.low, start - reach) : start])[-1]
    return int(any(word.strip(_ENDS) in MODELS["ahead"] for word in before.split()))


_SHARED = re.compile(
    "[{and_}{to}{until}{dash}{comma}]+{month}?[{day}{ordinal}]?{comma}?{year}".format(
        and_=PARTS["and"],
        **{name: PARTS[name] for name in ("to", "until", "dash", "comma", "month", "day", "ordinal", "year")},
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
        if ahead > 0 and day - here.day > 6 and p.direction(first, last) == -2 and not held_beside(p, first, last):
            return f"{here.year - 1:04}"
        return f"{here.year:04}"
    if -2 <= ahead <= 0:
        return f"{here.year:04}"
    told = p.direction(first, last)
    if (told > -2 and ahead <= -7) or 0 < ahead <= 9:
        held = held_beside(p, first, last)
        if held and (told > -2 or held == 2):
            return f"{here.year + (ahead < 0):04}"  # the general election in November
    if ahead > 0:  # a year that is not stated is most often this one
        return f"{here.year - (told == -2 or (told < 0 and ahead > 4) or (0 <= told < 2 and ahead > 7)):04}"
    return f"{here.year + ((told > 0 and ahead < -2) or (told == 0 and ahead < -8)):04}"


def day_value(p: Passage, first: int, last: int) -> tuple[str, bool] | None:
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


def _long_ago(p: Passage, first: int, last: int) -> bool:
    """Whether Sept. 11 without a year is told far from any other September, which makes it that of 2001."""
    here = p.published
    if here is None or here.year < 2002 or p.part("weekday", first, last) >= 0 or p.direction(first, last) > 0:
        return False
    return all(abs((here - dt.date(year, 9, 11)).days) > 45 for year in (here.year - 1, here.year))


def date(p: Passage, first: int, last: int) -> Found | None:
    """A day of a month, a month of a year, a month of a year that the text points to."""
    mod = modifier(p, first, last)
    if (
        p.is_part(first, "the")
        and p.is_part(first + 1, "month", "weekday", "part")
        and not p.is_part(first + 1, "part_noun")
    ):
        first += 1  # "the May 2015 vote": the article is the vote's
    read = day_value(p, first, last)
    if read and p.part("unit", first, last) >= 0:
        return _day_of_a_year(p, first, last, read[0])
    if read:
        value, stated = read
        if value[5:] == "09-11" and not stated and (p.word(last) in _HISTORY or _long_ago(p, first, last)):
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
    word = p.word(unit_at - 1)
    day, _ = p.base(p.word(unit_at - 1))
    year = day.year + step(word) if day else None
    value = f"{year:04}-{month:02}" if year else f"XXXX-{month:02}"
    return Found(first, last, "DATE", value, "date_month", mod, day)


def _day_of_a_year(p: Passage, first: int, last: int, value: str) -> Found | None:
    """A day of a year that the text points to: Sept. 5 last year."""
    if p.value(last - 1) != "Y":
        return None
    word = p.word(last - 2)
    here, _ = p.base(word)
    year = f"{here.year + step(word):04}" if here else "XXXX"
    day = f"{year}-{value[5:]}"
    if here and interval(day) is None:
        return None
    return Found(first, last, "DATE", day, "date_month_day", None, here)


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
    if (
        not p.is_part(last, "dash")
        and end < len(p.tokens.row)
        and not p.is_part(end, "comma", "stop", "in", "at", "for", "and")
    ):
        return ()
    day = int(p.word(at))
    other = f"{value[:8]}{day:02}"
    if p.is_part(end, "units", "month") or day <= int(value[8:]) or interval(other.replace("XXXX", "2024")) is None:
        return ()
    return (Found(at, end, "DATE", other, rule, stated=end > at + 1),)


_NAMES = frozenset(("may", "march", "april", "june", "august", "augusta", "january"))
LEADS = (
    "in",
    "of",
    "since",
    "until",
    "on",
    "from",
    "to",
    "for",
    "for_like",
    "and",
    "part",
    "at",
    "moved",
    "comma",
    "dash",
    "bracket",
)


def _told_as_a_month(p: Passage, at: int, last: int) -> bool:
    """Whether a name is all that was: that was May."""
    return p.word(at - 1) in ("was", "is") and (p.is_part(last, "stop", "comma") or last == len(p.tokens.row))


def month(p: Passage, first: int, last: int) -> Found | None:
    """A month alone, told apart from names and verbs that look like one."""
    at = p.part("month", first, last)
    word = p.word(at)
    number = int(p.value(at))
    named = at == first and word in _NAMES and not p.is_part(at - 1, *LEADS, "article")
    if named and (held_beside(p, first, last) == 2 or _told_as_a_month(p, at, last)):
        named = False
    if named and (word in ("may", "march") or p.is_part(last, "capital")):
        return None
    if (
        word in ("may", "march")
        and at == first
        and p.is_part(last, "capital", "lower")
        and p.is_part(at - 1, "comma", "and", "to", "dash", "at")
    ):
        return None
    if (
        word == "march"
        and p.is_part(last, "of", "for", "on")
        and p.is_part(last + 1 + p.is_part(last + 1, "the"), "capital")
        and not p.is_part(at - 1, "in", "since", "until", "last", "next", "part")
    ):
        return None
    if word == "may" and at == first and (p.is_part(at - 1, "to", "on", "at", "moved") or p.word(at - 1) == "by"):
        return None
    if word.rstrip(".") in ABBREVIATIONS and not word.endswith(".") and word != "sept":
        return None
    mod = modifier(p, first, at)
    lead = p.word(at - 1) if at > first else ""
    rule = "date_month"
    if at > first and p.is_part(first, "the") and (first == at - 1 or p.is_part(first + 1, "part")):
        first, lead = (
            first + 1,
            lead if p.is_part(at - 1, "next", "last") else "",
        )  # "the May vote": the article is the vote's
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
