"""Readers of pieces of years, and of years with another beginning: ``the third quarter``, ``last summer``, ``fiscal 2024``.

What belongs here: one function for each. What does not: years (:mod:`times_years`), days and months (:mod:`times_days`).
"""

from __future__ import annotations

import datetime as dt
import re

from pipelines.extract.times_reading import Found, Passage, modifier, step
from pipelines.extract.times_words import VALUES
from pipelines.extract.times_years import CLAUSE


def school_year(p: Passage, first: int, last: int) -> Found | None:
    """A school year, which begins in August, or a fiscal year: this school year is 2009/2010."""
    at = last - 1
    if p.value(at) != "Y":
        return None
    here = p.published
    lead = next(
        (p.word(k) for k in range(at - 1, first - 1, -1) if p.is_part(k, "last", "past_noun", "next", "following")), ""
    )
    mod = modifier(p, first, at)
    if here is None:
        return Found(first, last, "DATE", "XXXX", "fiscal_year", mod)
    if p.is_part(at - 1, "fiscal"):
        return Found(first, last, "DATE", f"FY{here.year + step(lead)}", "fiscal_year", mod, here)
    begun = here.year - (here.month < 8) + step(lead)
    return Found(first, last, "DATE", f"{begun}/{begun + 1}", "fiscal_year", mod, here)


def _year_beside(p: Passage, first: int, last: int) -> tuple[str, dt.date | None, bool]:
    """The year that tokens state or point to (``of 2015``, ``of last year``); today's where they do not."""
    at = p.part("year", first, last)
    if at >= 0:
        return p.word(at), None, True
    unit = p.part("unit", first, last)
    lead = p.word(unit - 1) if unit > first else ""
    here, _ = p.base(lead)
    return (f"{here.year + step(lead):04}", here, False) if here else ("XXXX", None, False)


def quarter(p: Passage, first: int, last: int) -> Found | None:
    """A quarter or a half of a year; a quarter alone only where nothing speaks of a game."""
    at = max(p.part("nth", first, last), p.part("ordinal", first, last))
    word = p.word(at)
    number = int(VALUES[word]) if word in VALUES else int(re.sub(r"[^0-9]", "", word))
    half = p.part("half", first, last) >= 0
    limit, letter = (2, "H") if half else (4, "Q")
    if not 1 <= number <= limit and not (half and number == -1):
        return None
    if first == at and p.is_part(at - 1, "the"):
        first -= 1
    bare = p.part("year", first, last) < 0 and p.part("unit", first, last) < 0
    unit_at = p.part("unit", first, last)
    if unit_at >= 0 and p.value(unit_at) != "Y":
        return None
    if bare and _GAME.search(
        p.text, max(p.low, p.tokens.starts[first] - 120), min(p.high, p.tokens.ends[last - 1] + 120)
    ):
        return None
    year_text, here, stated = _year_beside(p, at, last)
    if bare and p.published:
        here = p.published
        year_number = here.year
        now = (here.month + 2) // 3
        told = p.direction(first, last)
        if told <= 0 and number > now:
            year_number -= 1
        elif told > 0 and number < now:
            year_number += 1
        year_text = f"{year_number:04}"
    return Found(
        first,
        last,
        "DATE",
        f"{year_text}-{letter}{number if number > 0 else limit}",
        "quarter",
        modifier(p, first, at),
        here,
        stated,
    )


_GAME = re.compile(
    r"\b(?:yards?|touchdowns?|rebounds?|quarterback|scored|scoring|halftime|buzzer|leads?|led|points|win|victory)\b"
)


def fiscal(p: Passage, first: int, last: int) -> Found | None:
    """A fiscal year: its days depend on whose it is, so no interval is given."""
    at = p.part("year", first, last)
    value = f"FY{p.word(at)}"
    number_at = max(p.part("nth", first, last), p.part("ordinal", first, last))
    if number_at >= 0 and (number := int(VALUES.get(p.word(number_at), 0))):
        value += f"-Q{number}"
    return Found(first, last, "DATE", value, "fiscal_year", modifier(p, first, at), stated=True)


def season(p: Passage, first: int, last: int) -> Found | None:
    """A season: this summer, the fall of 2015; not a fall from a roof, nor a spring in a field."""
    at = p.part("season", first, last)
    code, word = str(p.value(at)), p.word(at)
    lead = p.word(at - 1) if at > first else ""
    mod = modifier(p, first, at)
    year_at = p.part("year", at, last)
    unit_at = p.part("unit", at, last)
    if year_at >= 0:
        if lead == "the" and not p.is_part(at + 1, "of"):
            first = at
        return Found(first, last, "DATE", f"{p.word(year_at)}-{code}", "season", mod, stated=True)
    if unit_at >= 0:
        if p.value(unit_at) != "Y":
            return None
        year_text, here, _ = _year_beside(p, at, last)
        return Found(first, last, "DATE", f"{year_text}-{code}", "season", mod, here)
    if lead in ("", "the"):
        verb_like = word in ("spring", "fall")
        if not p.is_part(at - 1 - (lead == "the"), "in", "for_like", "since", "until") and not mod:
            return None
        if verb_like and ((lead != "the" and not mod) or p.is_part(last, "of")):
            return None
    if lead == "the" and p.is_part(last, "lower") and p.word(last) not in CLAUSE and first == at - 1:
        first = at  # "the fall debates": the article is the debates'
    if word in ("spring", "fall") and p.is_part(last, "of"):
        return None
    if p.published is None:
        return Found(first, last, "DATE", f"XXXX-{code}", "season", mod)
    here, moved = p.published, step(lead)
    months = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    ahead = months[code] - here.month
    year_number = here.year + moved
    if lead in ("past",):
        year_number = here.year - (ahead > -2)
    elif code == "WI" and here.month <= 4 and moved <= 0:
        year_number = here.year - 1
    elif moved < 0 and ahead <= -6:
        year_number = here.year  # in December, last spring is this year's
    elif moved > 0 and ahead > 0 and code != "SU":
        year_number = here.year + (ahead < 4)
    elif lead in ("that", "same"):
        base = p.base(lead)[0]
        year_number = base.year if base else here.year
    elif lead in ("", "the"):
        told = p.direction(first, last)
        since = p.is_part(at - 1 - (lead == "the"), "since", "for_like")
        year_number = here.year - ((told == -2 or (since and told <= 0)) and ahead > 0) + (told > 0 and ahead < -2)
    return Found(first, last, "DATE", f"{year_number:04}-{code}", "season", mod, here)
