"""Readers of what comes again and of what has no bounds: ``every Monday``, ``twice a week``, ``$5 a year``, ``now``, ``recently``.

What belongs here: sets and references. What does not: durations (:mod:`times_spans`).
"""

from __future__ import annotations

from pipelines.extract.times_hours import clock
from pipelines.extract.times_reading import Found, Passage, period
from pipelines.extract.times_units import code_of, count_before
from pipelines.extract.times_words import VALUES


def is_rate(p: Passage, first: int) -> bool:
    """Whether ``a year`` stands behind a sum or a count: $5 a year, 20 percent a year, 30,000 deaths a year."""
    if p.is_part(first - 1, "dash"):
        first -= 1  # $15-an-hour
    if p.is_part(first - 1, "number", "cardinal", "day", "year", "times", "once", "dozens"):
        return True
    word = p.word(first - 1)
    if word in ("percent", "dollar", "dollars", "euros", "pounds", "cents", "hours", "days", "%"):
        return True
    return (
        (word.endswith("s") or word in ("men", "women", "people", "children"))
        and p.is_part(first - 1, "lower")
        and p.is_part(first - 2, "number", "cardinal", "day", "dozens")
    )


def repeated(p: Passage, first: int, last: int) -> Found | None:
    """How often: every Monday, daily, twice daily, twice a week, once every ten years, Tuesdays."""
    if p.is_part(last - 1, "frequency"):
        capital = p.text[p.tokens.starts[last - 1]].isupper()
        inside = last > 1 and not p.is_part(last - 2, "stop")
        if capital and (inside or p.is_part(last, "capital")):
            return None  # the Daily News, News Daily
        return Found(first, last, "SET", str(VALUES[p.word(last - 1)]), "set")
    if p.is_part(first, "once") and p.is_part(first + 1, "every"):
        often = repeated(p, first + 1, last)
        return often._replace(first=first) if often else None
    for name in ("weekday_plural", "weekday"):
        at = p.part(name, first, last)
        if at >= 0:
            value = "XXXX-WXX" if p.word(at) == "weekdays" else f"XXXX-WXX-{VALUES[p.word(at)]}"
            part = max(p.part("daypart_plural", at, last), p.part("daypart", at, last))
            return Found(first, last, "SET", f"{value}T{VALUES[p.word(part)]}" if part >= 0 else value, "set")
    if p.is_part(last - 1, "weekends", "weekend"):
        return (
            Found(first, last, "SET", "XXXX-WXX-WE", "set")
            if p.is_part(first, "every") or p.is_part(first - 1, "on")
            else None
        )
    if p.is_part(last - 1, "daypart_plural", "daypart"):
        return (
            Found(first, last, "SET", f"XXXX-XX-XXT{p.value(last - 1)}", "set") if p.is_part(first, "every") else None
        )
    if p.is_part(last - 1, "month", "season"):
        named = p.value(last - 1)
        return Found(first, last, "SET", f"XXXX-{named:02}" if isinstance(named, int) else f"XXXX-{named}", "set")
    at = last - 1
    code = code_of(p, at)
    if code == "WE":
        return Found(first, last, "SET", "XXXX-WXX-WE", "set")
    number: float | None = 1.0
    if p.is_part(first, "every") and at > first + 1:
        first_number = first + 1 + p.is_part(first + 1, "whole")
        number = (
            2.0
            if p.word(first_number) == "other"
            else 1.0
            if first_number == at
            else _ordinal(p, first_number) or count_before(p, first_number, at)
        )
    elif p.is_part(first, "every") and p.is_part(at, "units"):
        return None
    return Found(first, last, "SET", period(number, code), "set")


def clock_set(p: Passage, first: int, last: int) -> Found | None:
    """An hour of many days: noon on Wednesdays, 9 a.m. every Monday."""
    hour = clock(p, first, last - 2)
    often = repeated(p, last - 1 - p.is_part(last - 2, "every"), last)
    if hour is None or often is None or hour.last != last - 2:
        return None
    value = often.value if often.value.startswith("XXXX") else "XXXX-XX-XX" if often.value == "P1D" else ""
    return Found(first, last, "SET", f"{value}T{hour.value[-5:]}", "set") if value and "T" not in value else None


def _ordinal(p: Passage, at: int) -> float | None:
    if p.is_part(at, "nth"):
        return float(VALUES[p.word(at)])
    return float("".join(c for c in p.word(at) if c.isdigit())) if p.is_part(at, "ordinal") else None


def reference(p: Passage, first: int, last: int) -> Found | None:
    """Now, recently, recent years, the past, the future: a time without bounds."""
    at = last - 1
    if p.is_part(first, "units"):
        alone = p.is_part(first - 1, "in", "of", "from", "than") or p.is_part(last, "comma", "stop")
        apart = alone and code_of(p, first)[0] != "T"
        return Found(first, last, "DATE", "PAST_REF", "reference") if apart else None
    if p.is_part(at, "units"):
        return Found(first, last, "DURATION", period(None, code_of(p, at)), "span")
    if p.is_part(at, "recent_word", "recent"):
        return Found(first, last, "DATE", "PAST_REF", "reference")
    if p.is_part(at, "time"):
        at_this = p.is_part(first - 1, "at") and p.word(first) == "this"
        return Found(first, last, "DATE", "PRESENT_REF", "reference") if at_this else None
    if p.is_part(at, "now_word"):
        return Found(first, last, "DATE", "PRESENT_REF", "reference")
    if p.is_part(at, "moment"):
        return Found(first, last, "DATE", "PRESENT_REF", "reference") if p.is_part(first - 1, "at") else None
    follows = p.is_part(last, "lower", "capital", "frequency", "zone_time")
    if p.is_part(at, "current"):
        present = p.word(at) == "present"
        if (present and not (p.is_part(at - 1, "the", "at") and not p.is_part(last, "article"))) or not (
            present or follows
        ):
            return None  # to present a plan, a current of the sea
        return Found(at, last, "DATE", "PRESENT_REF", "reference")
    value = "PAST_REF" if p.is_part(at, "past_noun") else "FUTURE_REF"
    if p.is_part(last, "day", "number", "cardinal", "few", "of"):
        return None  # the past two elections, the future of the mill
    if first < at:
        lead = p.is_part(first - 1, "in", "for", "of", "from", "to", "approximately", "for_like")
        if not follows or (lead and (p.word(last) in _VERBS or not p.word(last).endswith("s"))):
            return Found(first, last, "DATE", value, "reference")
    if not p.is_part(last, "lower") or (
        value == "PAST_REF"
        and (p.word(last) in _WHOSE or (p.is_part(at - 1, "lower") and not p.word(last).endswith("s")))
    ):
        return None  # they walked past him
    return Found(at, last, "DATE", value, "reference")


_VERBS = frozenset(("is", "was", "has", "does"))
_WHOSE = frozenset(("his", "her", "its", "their", "our", "my", "your", "him", "them", "us", "me", "it"))
