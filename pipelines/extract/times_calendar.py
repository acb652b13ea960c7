"""Arithmetic on TIMEX3 values: the days that a value stands for, and values at a distance.

What belongs here: functions over dates and value strings, without words. What does not: what a text means by its words.
Values follow TIMEX3 (TimeML 1.2.1, after ISO 8601): ``2023-09-13``, ``2023-W37``, ``2023-W37-WE``, ``2023-09``, ``2023-Q3``,
``2023-H1``, ``2023-SU``, ``2023``, ``199`` (a decade), ``19`` (a century), each with ``T…`` behind it for a part of a day.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache

from pipelines.rules import load_toml

_HOLIDAYS: dict[str, str] = load_toml("reference/en/time_holidays.toml")["days"]
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of a season as meteorologists of the northern hemisphere count; a winter has the year in which it begins."""

_VALUE = re.compile(
    r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?|-W(?P<w>[0-9]{2})(?:-(?P<we>WE|[1-7]))?"
    r"|-Q(?P<q>[1-4])|-H(?P<h>[12])|-(?P<s>SP|SU|FA|WI))?(?:T.*)?$"
)
_MONTHS_OF = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
DAY_WORDS_OF = {"D": 1, "W": 7}


def last_of_month(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, monthrange(year, month)[1])


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    end = month + count - 1
    return dt.date(year, month, 1), last_of_month(year + (end - 1) // 12, (end - 1) % 12 + 1)


@lru_cache(maxsize=4096)
def interval(value: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a value; ``None`` where it is not fully stated or no such day exists.

    >>> interval("2023-SU")
    (datetime.date(2023, 6, 1), datetime.date(2023, 8, 31))
    >>> interval("XXXX-09-13") is interval("2023-02-30") is None
    True
    """
    try:
        if re.fullmatch(r"[0-9]{3}", value):
            return dt.date(int(value) * 10, 1, 1), dt.date(int(value) * 10 + 9, 12, 31)
        if re.fullmatch(r"[0-9]{2}", value):
            return dt.date(int(value) * 100, 1, 1), dt.date(int(value) * 100 + 99, 12, 31)
        found = _VALUE.match(value)
        if not found:
            return None
        year = int(found["y"])
        if found["d"]:
            day = dt.date(year, int(found["m"]), int(found["d"]))
            return day, day
        if found["w"]:
            week, which = int(found["w"]), found["we"]
            first = dt.date.fromisocalendar(year, week, 6 if which == "WE" else int(which or 1))
            return first, first + dt.timedelta(days=1 if which == "WE" else 0 if which else 6)
        if found["m"]:
            return _months(year, int(found["m"]), 1)
        if found["q"]:
            return _months(year, 3 * int(found["q"]) - 2, 3)
        if found["h"]:
            return _months(year, 6 * int(found["h"]) - 5, 6)
        if found["s"]:
            return _months(year, _SEASONS[found["s"]], 3)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def month_shift(day: dt.date, months: int) -> dt.date | None:
    """The day so many months on; the last of the month where it has no such day; ``None`` outside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9998:
        return None
    return dt.date(year, month, min(day.day, last_of_month(year, month).day))


def shift(day: dt.date, unit: str, count: float) -> dt.date | None:
    """The day at a distance of ``count`` units (``D W M Q Y DE CE``); ``None`` outside the calendar.

    >>> shift(dt.date(2023, 9, 13), "M", -18)
    datetime.date(2022, 3, 13)
    """
    try:
        if unit in DAY_WORDS_OF:
            return day + dt.timedelta(days=round(count * DAY_WORDS_OF[unit]))
        if unit in _MONTHS_OF:
            return month_shift(day, round(count * _MONTHS_OF[unit]))
    except OverflowError:
        pass
    return None


def value_of(day: dt.date, unit: str) -> str:
    """The value of the unit of the calendar that a day lies in.

    >>> [value_of(dt.date(2023, 9, 13), unit) for unit in ("D", "W", "WE", "M", "Q", "Y", "DE", "CE")]
    ['2023-09-13', '2023-W37', '2023-W37-WE', '2023-09', '2023-Q3', '2023', '202', '20']
    """
    if unit in ("W", "WE"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year:04}"
    if unit == "DE":
        return f"{day.year // 10:03}"
    if unit == "CE":
        return f"{day.year // 100:02}"
    return day.isoformat()


UNDERSPECIFIED = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX", "CE": "XX",
    "TH": "XXXX-XX-XX", "TM": "XXXX-XX-XX", "TS": "XXXX-XX-XX", "ML": "X",
}  # fmt: skip
"""The value of a unit that the text points to without saying which."""


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> dt.date:
    """The n-th weekday (1 = Monday) of a month; -1 is the last."""
    if nth < 0:
        last = last_of_month(year, month)
        return last - dt.timedelta(days=(last.isoweekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


@lru_cache(maxsize=4096)
def holiday(name: str, year: int) -> dt.date | None:
    """The day of a holiday of ``seeds/reference/en/time_holidays.toml`` in a year; ``None`` where it cannot be computed.

    >>> [str(holiday(name, 2016)) for name in ("thanksgiving", "black friday", "memorial day", "easter", "election day")]
    ['2016-11-24', '2016-11-25', '2016-05-30', '2016-03-27', '2016-11-08']
    """
    rule = _HOLIDAYS[name]
    if not rule:
        return None
    if rule == "election":
        return nth_weekday(year, 11, 1, 1) + dt.timedelta(days=1)
    if rule.startswith("easter"):
        return _easter(year) + dt.timedelta(days=int(rule[6:]))
    if fixed := re.fullmatch(r"([0-9]{2})-([0-9]{2})", rule):
        return dt.date(year, int(fixed[1]), int(fixed[2]))
    if nth := re.fullmatch(r"([0-9]{2})-(-?[0-9])-([0-9])(?:\+([0-9]))?", rule):
        return nth_weekday(year, int(nth[1]), int(nth[2]), int(nth[3])) + dt.timedelta(days=int(nth[4] or 0))
    return dt.date.fromisoformat(rule)


HISTORIC = frozenset(name for name, rule in _HOLIDAYS.items() if re.fullmatch(r"[0-9]{4}-.*", rule))
"""Names of days that happened once."""

HOLIDAYS = tuple(_HOLIDAYS)
"""All names, in lower case."""
