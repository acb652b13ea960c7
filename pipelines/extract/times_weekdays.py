"""Readers of days by their names: ``Wednesday``, ``last Friday``, ``yesterday``, ``Christmas Eve``.

What belongs here: days without a number. What does not: days of a month (:mod:`times_days`), parts of a day (:mod:`times_hours`).
"""

from __future__ import annotations

import datetime as dt

from pipelines.extract.times_calendar import HISTORIC, holiday
from pipelines.extract.times_reading import BACK_TO_TEXT, Found, Passage, modifier, step


def weekday_value(p: Passage, at: int, lead: str, first: int, last: int) -> tuple[str, dt.date | None]:
    """The value of a weekday, and the day that it was counted from."""
    number = int(p.value(at))
    here, _ = p.base(lead, "D") if lead in BACK_TO_TEXT else (p.published, "D")
    if here is None:
        return f"XXXX-WXX-{number}", None
    back, on = (here.isoweekday() - number) % 7, (number - here.isoweekday()) % 7
    moved = step(lead)
    if not (back or moved):
        return here.isoformat(), here
    if moved < 0:
        back = back or 7
    told = (
        moved
        or p.direction(first, last)
        or (1 if p.is_part(first - 1, "until") else 0)
        or (1 if 0 < on <= 2 or (lead == "this" and back >= here.isoweekday()) else -1)
    )
    if lead in ("that", "same"):
        told = 1
    elif moved > 0:
        on = on or 7
    day = p.shifted(here, "D", on if told > 0 else -back)
    return (day.isoformat(), here) if day else (f"XXXX-WXX-{number}", None)


def week_day(p: Passage, first: int, last: int) -> Found | None:
    """A weekday of a week that the text points to: Monday of last week."""
    at, unit = p.part("weekday", first, last), p.part("unit", first, last)
    if p.value(unit) != "W":
        return None
    here = p.shifted(p.published, "W", step(p.word(unit - 1)))
    number = int(p.value(at))
    if here is None:
        return Found(first, last, "DATE", f"XXXX-WXX-{number}", "weekday")
    day = p.shifted(here, "D", number - here.isoweekday())
    return Found(first, last, "DATE", p.at(day, "D"), "weekday", None, p.published)


def weekday(p: Passage, first: int, last: int) -> Found | None:
    """A weekday: the last one, or the next where the sentence tells of the future."""
    at = p.part("weekday", first, last)
    lead = p.word(at - 1) if at > first else ""
    if p.is_part(at - 1, "article", "the") and at > first:
        stays = p.is_part(at - 1, "the") and (p.is_part(last, "comma", "stop", "and") or last == len(p.tokens.row))
        first, lead = first if stays else at, ""
    value, here = weekday_value(p, at, lead, first, last)
    return Found(first, last, "DATE", value, "weekday", modifier(p, first, at), here)


DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}


def titled(p: Passage, at: int) -> bool:
    """Whether a word is the end of a name in capitals: USA Today, Business Tonight."""
    tokens = p.tokens
    return p.text[tokens.starts[at]].isupper() and p.is_part(at - 1, "capital") and not p.is_part(at - 2, "capital")


def day_word(p: Passage, first: int, last: int) -> Found | None:
    """Today, yesterday, tomorrow."""
    if titled(p, last - 1):
        return None
    day = p.shifted(p.published, "D", DAY_WORDS[p.word(last - 1)])
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
        told = 2 * step(lead) or p.direction(first, last)
        if day and told <= -2 and day > here:
            year -= 1
        elif day and told >= 2 and day < here:
            year += 1
        elif day and abs(told) < 2 and abs((day - here).days) > 200:
            year += 1 if day < here else -1
    exact = holiday(name, year) if year else None
    if exact is None and year is None:
        fixed = holiday(name, 2023), holiday(name, 2024)
        same = fixed[0] and fixed[1] and fixed[0].strftime("%m-%d") == fixed[1].strftime("%m-%d")
        value = f"XXXX-{fixed[0]:%m-%d}" if same and fixed[0] else "XXXX-XX-XX"
    else:
        value = exact.isoformat() if exact else f"{year:04}"
    return Found(first, last, "SET" if every else "DATE", value, "holiday", None, p.published, stated)
