"""Readers of days by their names: ``Wednesday``, ``last Friday``, ``yesterday``, ``Christmas Eve``.

What belongs here: days without a number. What does not: days of a month (:mod:`times_days`), parts of a day (:mod:`times_hours`).
"""

from __future__ import annotations

import datetime as dt
import re

from pipelines.extract.times_calendar import HISTORIC, holiday, nth_weekday
from pipelines.extract.times_days import held_beside, month
from pipelines.extract.times_reading import BACK_TO_TEXT, Found, Passage, modifier, step
from pipelines.extract.times_words import MODELS, VALUES

_SAYING = frozenset(("said", "says", "say", "told", "so", "means", "meant", "shows", "found"))


def weekday_value(p: Passage, at: int, lead: str, first: int, last: int) -> tuple[str, dt.date | None]:
    """The value of a weekday, and the day that it was counted from."""
    number = int(p.value(at))
    if lead == "that" and p.is_part(at - 2, "lower") and (p.word(at - 2).endswith("ed") or p.word(at - 2) in _SAYING):
        lead = ""  # he noted that Saturday would be dry
    back_to_text = lead in BACK_TO_TEXT and lead not in ("earlier", "later")
    here, _ = p.base(lead, "D") if back_to_text else (p.published, "D")
    if here is None:
        return f"XXXX-WXX-{number}", None
    back, on = (here.isoweekday() - number) % 7, (number - here.isoweekday()) % 7
    moved = step(lead)
    if not (back or moved):
        return here.isoformat(), here
    if moved < 0:
        back = back or 7
    direction = moved or p.direction(first, last)
    if (
        not moved
        and direction == -1
        and 0 < on <= 4
        and (
            (p.word(first - 1) == "by" and p.is_part(first - 2, "lower", "capital")) or held_beside(p, first, last, 25)
        )
    ):
        direction = 1  # the caucuses on Monday
    if direction == 0 and 0 < on <= 6 and p.follows_a_day(first):
        direction = 1  # at 2 p.m. Saturday and noon Sunday
    told = (
        direction
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
    if p.part("month", at, last) >= 0:
        return _nth(p, first, at, last)
    lead = p.word(at - 1) if at > first else ""
    if p.is_part(at - 1, "article", "the") and at > first:
        stays = p.is_part(at - 1, "the") and (p.is_part(last, "comma", "stop", "and") or last == len(p.tokens.row))
        first, lead = first if stays else at, ""
    value, here = weekday_value(p, at, lead, first, last)
    if (
        lead == "that"
        and p.is_part(first - 1, "lower")
        and (p.word(at - 2).endswith("ed") or p.word(at - 2) in _SAYING)
    ):
        first = at
    return Found(first, last, "DATE", value, "weekday", modifier(p, first, at), here)


DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}


def titled(p: Passage, at: int) -> bool:
    """Whether a word is the end of a name in capitals: USA Today, Business Tonight."""
    tokens = p.tokens
    return p.text[tokens.starts[at]].isupper() and p.is_part(at - 1, "capital") and not p.is_part(at - 2, "capital")


_OF_A_CHANNEL = re.compile(r"(?:['’]s|\b[Oo]n|\b[Oo]f|\bhost)[ ]+[\"“‘']?\Z")


def programme(p: Passage, first: int, last: int) -> bool:
    """Whether words are the title of a programme: on This Week, the channel's This Morning, Sunday Night Football."""
    tokens = p.tokens
    start, behind = tokens.starts[first], tokens.starts[last - 1]
    if last - first < 2 or not (p.text[start].isupper() and p.text[behind].isupper()):
        return False
    if p.word(last) in MODELS["programmes"] and p.text[tokens.starts[last]].isupper():
        return True
    return p.word(first) in ("this", "last") and _OF_A_CHANNEL.search(p.text, max(p.low, start - 8), start) is not None


def day_word(p: Passage, first: int, last: int) -> Found | None:
    """Today, yesterday, tomorrow."""
    if titled(p, last - 1):
        return None
    day = p.shifted(p.published, "D", DAY_WORDS[p.word(last - 1)])
    if p.word(last - 1) == "today" and first == last - 1 and _nowadays(p, first):
        return Found(first, last, "DATE", "PRESENT_REF", "reference")
    return Found(first, last, "DATE", p.at(day, "D"), "day_word", modifier(p, first, last - 1), p.published)


def _nth(p: Passage, first: int, at: int, last: int) -> Found | None:
    """The first Monday in September, the last Friday of May 2015."""
    word = p.word(at - 1)
    number = -1 if word == "last" else int(VALUES.get(word) or re.sub(r"[^0-9]", "", word) or 0)
    found = month(p, p.part("month", at, last), p.part("month", at, last) + 1)
    if found is None or not (number == -1 or 1 <= number <= 4) or found.value.startswith("X"):
        return None
    year_at = p.part("year", at, last)
    year = int(p.word(year_at)) if year_at >= 0 else int(found.value[:4])
    day = nth_weekday(year, int(found.value[5:7]), number, int(p.value(at)))
    return Found(first, last, "DATE", day.isoformat(), "weekday", None, found.anchor, stated=year_at >= 0)


_LASTING = frozenset(("is", "are", "remain", "remains"))


def _nowadays(p: Passage, at: int) -> bool:
    """Whether today is no day: an ally today, is today an ally, today's world."""
    if p.word(at - 1) in ("even", "still", "of") or (
        p.word(at - 1) in _LASTING and p.is_part(at + 1, "article", "the")
    ):
        return True
    if p.text.startswith(("'s ", "’s "), p.tokens.ends[at]):
        return p.text[p.tokens.ends[at] + 3 : p.tokens.ends[at] + 15].split(" ")[0].rstrip(".,") in MODELS["present"]
    return any(p.word(k) == "still" for k in range(max(0, at - 4), at))


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
        nears = p.is_part(first - 1, "moved", "until", "since") and day and 0 < (day - here).days <= 31
        if day and told <= -2 and day > here and not nears:
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
