"""Reading a date off the words that state it: a day in one of many styles, with the time of day beside it.

What belongs here: strings to :class:`Reading`. What does not: what the date stands for in the article (``dates.py``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.rules import load_toml

_CALENDAR = load_toml("reference/calendar.toml")
MONTHS = {word: int(number) for number, words in _CALENDAR["months"].items() for word in words}
_MONTH_NAMES = frozenset(MONTHS)
WEEKDAYS = {word: int(number) for number, words in _CALENDAR["weekdays"].items() for word in words}
_ZONES: dict[str, int] = _CALENDAR["zones"]
_FLOATING: dict[str, int] = _CALENDAR["floating_zones"]


# A year may be glued to the time or the day behind it ("20239:53 AM"), as scrapers leave it.
# Abbreviations that are words of other languages too: "2 ago", "10 out", "set 3" name a month only beside a year.
_ONLY_WITH_YEAR = frozenset(
    ("ago", "avr", "dic", "fev", "gen", "giu", "lug", "mag", "mart", "out", "set", "sett", "ott")
)
_YEAR = r"(?:19|20)\d\d(?:(?!\d)|(?=\d{1,2}(?::\d\d|\s?[^\W\d_]{3})|\d{1,6}\s?(?:Shares?|Views?|Comments?|Likes?)\b))"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_WORD = r"[^\W\d_]{3,30}+"

# Words are matched by shape and looked up afterwards: an alternation of all month names is three times slower.
_DATE = re.compile(
    rf"""
      (?<![\w.,/:$€£%-])(?P<y1>{_YEAR})(?P<sep1>[-/.])(?P<m1>0?[1-9]|1[0-2])(?P=sep1)(?P<d1>0?[1-9]|[12]\d|3[01])(?=\D|\d\d:|$)
    | (?<![^\W\d_])(?P<w2>{_WORD})\.?\s{{0,3}}(?P<d2>{_DAY})(?:st\b|nd\b|rd\b|th\b)?(?!\s?[%:]|[.,]\d)(?:[,.]?\s{{0,3}}(?P<y2>{_YEAR}))?
    | (?<![\w.,/:$€£%-])(?P<d3>{_DAY})(?:st\b|nd\b|rd\b|th\b|er\b|º|\.)?[\s-]{{0,3}}(?:de\s|of\s)?(?P<w3>{_WORD})\.?
      (?:[,-]?\s{{0,3}}(?:de\s|del\s)?(?P<y3>{_YEAR}))?
    | (?<![\w.,/:$€£%-])(?P<n1>\d{{1,2}})(?P<sep4>[-/.])(?P<n2>\d{{1,2}})(?P=sep4)(?P<y4>{_YEAR}|\d\d(?![\d:]))
    | (?<!\d)(?P<y5>{_YEAR})(?:年|년)\s?(?P<m5>\d{{1,2}})(?:月|월)\s?(?P<d5>\d{{1,2}})(?:日|일)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A year-first date is often glued to the word before it ("Titel2023-09-13").
_GLUED = re.compile(r"(?<![\d./-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_LAST_CAPITALISED = re.compile(r"(?<=[^\W\d_])[A-Z][a-z]+$")
_WEEKDAY_BEFORE = re.compile(r"(?P<name>[^\W\d_](?:[\w-]*[^\W\d_])?)\.?,?\s{1,3}(?:den\s|the\s|le\s)?$")

_TIME = re.compile(
    r"""
    (?P<h>[01]?\d|2[0-3])
    (?: (?P<sep>[:.h])(?P<min>[0-5]\d)(?:[:.](?P<s>[0-5]\d)(?:[.,]\d{1,6})?)? | (?=\s?[ap]\.?m\b) )
    (?!\d)
    \s?(?P<half>[ap]\.?m\b\.?)?
    (?:\s?\(?(?:(?P<zone>[A-Z]{1,4}\b)|(?:GMT|UTC)?\s?(?P<offset>[+-]\d\d?:?(?:\d\d)?)(?!\d))\)?)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,|•·@/–—-]{0,4}(?:at|um|à|alle|às|a\s+las|ore|kl\.?)?\s{0,2}", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
_FIGURE = re.compile(r"\d")
_REACH = 40  # characters: no date begins farther from its first figure


class Reading(NamedTuple):
    """A date as stated. ``year`` is ``None`` where nothing states it; offsets count in the string read.

    "03/04/2023" is ``ambiguous`` (read month first until something tells); ``day_first`` is how a date in figures is
    written, where it shows: in "13/04/2023" the day comes first.
    """

    year: int | None
    month: int
    day: int
    weekday: int | None
    start: int
    end: int
    ambiguous: bool = False
    day_first: bool | None = None
    time: str | None = None
    seconds: bool = False
    offset: str | None = None

    @property
    def date(self) -> dt.date | None:
        """The day, where it is fully stated."""
        return None if self.year is None or self.ambiguous else dt.date(self.year, self.month, self.day)

    @property
    def edtf(self) -> str:
        """Extended Date/Time Format, X for digits that are not stated.

        >>> [found.edtf for found in readings("Sept. 15; 3/4/2021; 13 May 2020")]
        ['XXXX-09-15', '2021-XX-XX', '2020-05-13']
        """
        year = "XXXX" if self.year is None else str(self.year)
        return f"{year}-XX-XX" if self.ambiguous else f"{year}-{self.month:02}-{self.day:02}"


def _real(year: int | None, month: int, day: int) -> bool:
    """True if the calendar has the day (in a leap year, where the year is not stated)."""
    try:
        dt.date(year or 2024, month, day)
    except ValueError:
        return False
    return True


def _offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _summer_in_north_america(day: dt.date) -> bool:
    """True between the second Sunday of March and the first Sunday of November."""
    march, november = dt.date(day.year, 3, 8), dt.date(day.year, 11, 1)
    begins = march + dt.timedelta(days=(6 - march.weekday()) % 7)
    ends = november + dt.timedelta(days=(6 - november.weekday()) % 7)
    return begins <= day < ends


def _stated_offset(found: re.Match[str], day: dt.date | None) -> str | None:
    if stated := found["offset"]:
        digits = stated[1:].replace(":", "").rjust(2, "0")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        return (
            _offset((-1 if stated[0] == "-" else 1) * (hours * 60 + minutes)) if hours <= 14 and minutes < 60 else None
        )
    zone = (found["zone"] or "").lower()
    if zone in _ZONES:
        return _offset(_ZONES[zone])
    if zone in _FLOATING and day:
        return _offset(_FLOATING[zone] + 60 * _summer_in_north_america(day))
    return None


def _time(found: re.Match[str]) -> str | None:
    hour, half = int(found["h"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{found['min'] or '00'}" + (f":{found['s']}" if found["s"] else "")


def time_at(text: str, at: int) -> tuple[str, str | None, int] | None:
    """The time of day that stands at this place, with its offset where the zone has one, and where it ends.

    >>> time_at("first published at 6.00pm", 19)
    ('18:00', None, 25)
    """
    found = _TIME.match(text, at)
    time = _time(found) if found else None
    return (time, _stated_offset(found, None), found.end()) if found and time else None


def _with_time(text: str, reading: Reading) -> Reading:
    """The reading with the time of day that stands directly behind or before it, if one does."""
    gap = _BETWEEN.match(text, reading.end)
    after = _TIME.match(text, gap.end() if gap else reading.end)
    if not after and text[reading.end : reading.end + 1] in "T":
        after = _TIME.match(text, reading.end + 1)
    if after and (time := _time(after)):
        seconds, offset, end = bool(after["s"]), _stated_offset(after, reading.date), after.end()
        end -= len(text[:end]) - len(text[:end].rstrip())
        return reading._replace(time=time, seconds=seconds, offset=offset, end=end)
    begin = max(0, reading.start - 24)
    for before in _TIME.finditer(text, begin, reading.start):
        if (time := _time(before)) and not text[before.end() : reading.start].strip(" ,|•·-–—onET"):
            seconds, offset = bool(before["s"]), _stated_offset(before, reading.date)
            return reading._replace(time=time, seconds=seconds, offset=offset, start=before.start())
    return reading


def _month(word: str) -> tuple[int, int] | None:
    """The month that a word names, and how many of its characters are glued to it from the word before."""
    number = MONTHS.get(word.lower())
    if number:
        return number, 0
    glued = _LAST_CAPITALISED.search(word)
    number = MONTHS.get(glued[0].lower()) if glued else None
    return (number, glued.start()) if number and glued else None


def _numeric(found: re.Match[str]) -> tuple[int, int, int, bool | None]:
    """Year, month, day of "12/23/2023", and whether the day comes first, where that shows."""
    first, second = int(found["n1"]), int(found["n2"])
    year = int(found["y4"]) if len(found["y4"]) == 4 else 2000 + int(found["y4"])
    if first > 12 or found["sep4"] == ".":
        return year, second, first, True
    return year, first, second, False if second > 12 else None


def _read(text: str, found: re.Match[str]) -> Reading | None:
    start, ambiguous = found.start(), False
    day_first: bool | None = None
    year: int | None
    if found["y1"]:
        year, month, day = int(found["y1"]), int(found["m1"]), int(found["d1"])
    elif found["d2"] or found["d3"]:
        style = "2" if found["d2"] else "3"
        named = _month(found["w" + style])
        if not named:
            return None
        month, day = named[0], int(found["d" + style])
        start += named[1] if style == "2" else 0
        year = int(found["y" + style]) if found["y" + style] else None
        if year is None and found["w" + style].lower() in _ONLY_WITH_YEAR:
            return None
    elif found["y5"]:
        year, month, day = int(found["y5"]), int(found["m5"]), int(found["d5"])
    else:
        year, month, day, day_first = _numeric(found)
        ambiguous = day_first is None and month != day
    if not _real(year, month, day):
        return None
    before = _WEEKDAY_BEFORE.search(text, max(0, start - 20), start)
    weekday = WEEKDAYS.get(before["name"].lower()) if before else None
    if before and weekday:
        start = before.start("name")
        if ambiguous and year:  # the weekday tells which of the two was meant
            right = [(m, d) for m, d in ((month, day), (day, month)) if dt.date(year, m, d).isoweekday() == weekday]
            if len(right) == 1:
                (month, day), ambiguous = right[0], False
    return Reading(year, month, day, weekday, start, found.end(), ambiguous, day_first)


def _scan(text: str) -> Iterator[Reading]:
    """The days of a line. Where a word turns out to be no month, the search goes on right behind the word."""
    at = 0
    while figure := _FIGURE.search(text, at):
        found = _DATE.search(text, max(at, figure.start() - _REACH))
        if found is None:
            return
        reading = _read(text, found)
        if reading:
            yield reading
            at = found.end()
        else:
            at = max(found.end("w2"), found.start() + 1)


_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = re.compile(r"[a-z]+")
_IN_FIGURES = re.compile(r"[0-9][-/.年년]\s?\d")
_GLUED_WORD = re.compile(r"[A-Z](?<=[^\W\d_][A-Z])[a-z]")
"""Where a word is glued to another, of which the last may be a month."""


def _may_state(text: str) -> bool:
    """Whether a line with a figure can state a date: most hold no name of a month either, and need no closer look."""
    if _IN_FIGURES.search(text) or _GLUED_WORD.search(text):
        return True
    low = text.lower()
    return not _MONTH_NAMES.isdisjoint((_ASCII_LETTERS if low.isascii() else _LETTERS).findall(low))


@lru_cache(maxsize=64)
def _readings(text: str) -> tuple[Reading, ...]:
    """The dates of a line; headers are asked by several readers."""
    if not (_DIGIT.search(text) and _may_state(text)):
        return ()
    made = [_with_time(text, reading) for reading in _scan(text)]
    if not made:
        for found in _GLUED.finditer(text):
            year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
            if _real(year, month, day):
                made.append(_with_time(text, Reading(year, month, day, None, found.start(), found.end())))
    return tuple(made)


def days(text: str) -> Iterator[Reading]:
    """The days of a line in reading order, without the times of day beside them.

    >>> [found.edtf for found in days("Am 13. September 2023 und am 3.4.2021, 18.08 Uhr")]
    ['2023-09-13', '2021-04-03']
    """
    return _scan(text) if _DIGIT.search(text) and _may_state(text) else iter(())


def readings(text: str) -> list[Reading]:
    """All dates that a line states, in reading order; a month alone or a year alone is none.

    >>> [(found.edtf, found.time, found.offset) for found in readings("Published 9:04 a.m. ET Jan. 5, 2024")]
    [('2024-01-05', '09:04', '-05:00')]
    >>> [(found.edtf, found.time, found.offset) for found in readings("Wednesday, 5 July 2023 18.08 CEST")]
    [('2023-07-05', '18:08', '+02:00')]
    """
    return list(_readings(text))
