"""Dates that are not written out: years that weekdays and other dates give, and days that the text's opening tells.

What belongs here: completing candidates, and days that follow from a weekday. What does not: finding dates
(``date_candidates.py``), and choosing the day of publication (``dates.py``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import islice

from pipelines.document import Document
from pipelines.normalise.candidate import SURE, Candidate, with_year
from pipelines.normalise.date_words import WEEKDAYS
from pipelines.normalise.layout import Layout, Line
from pipelines.rules import load_rules

_RULES = load_rules("dates")
_LEAD_LINES = 3
# the capital first: a pattern that begins with what stands before it is tried at every character
_WEEKDAY = re.compile(
    r"[MTWFS](?<!\w[MTWFS])(?:(?<=M)on|(?<=T)ues|(?<=W)ednes|(?<=T)hurs|(?<=F)ri|(?<=S)atur|(?<=S)un)day\b(?! night football)"
)
_NOT_THE_LAST = ("next ", "coming ", "every ", "until ", "by ")
_YEAR = re.compile(r"(?<![\d$€£.,/:-])(?:19|20)\d\d(?![\d.,]\d|\d|s\b)")
_YEAR_TO_COME = re.compile(r"(?:\b(?:by|until|till|through|next|before|for|to)|[–-])\s?$", re.IGNORECASE)
_AFTER_YEAR_TO_COME = re.compile(
    r"\s(?:elections?|presidential|race|campaign|nomination|olympics?|games|world cup|season|budget|fiscal|target|goal)\b",
    re.IGNORECASE,
)
_LONGEST_YEAR_SEARCH = 200_000


def newest_year(text: str, latest: int) -> int | None:
    """The newest year that a text looks back on; years to come ("by 2030", "the 2028 election") do not count.

    >>> newest_year("Sales fell in 2019. A target for 2026 was set before the 2022 election.", 2024)
    2019
    """
    best = None
    for found in _YEAR.finditer(text, 0, _LONGEST_YEAR_SEARCH):
        year = int(found[0])
        if year > latest or (best is not None and year <= best):
            continue
        ahead = _YEAR_TO_COME.search(text, max(0, found.start() - 10), found.start()) or _AFTER_YEAR_TO_COME.match(
            text, found.end()
        )
        if not ahead:
            best = year
    return best


def year_by_weekday(month: int, day: int, weekday: int, first: int, last: dt.date) -> int | None:
    """The only year from ``first`` to the day ``last`` in which the day falls on the weekday; ``None`` if none or several do.

    >>> year_by_weekday(10, 4, 3, 2019, dt.date(2025, 6, 1))
    2023
    >>> year_by_weekday(10, 4, 3, 2012, dt.date(2025, 6, 1)) is None
    True
    """
    fits = []
    for year in range(first, last.year + 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date <= last and date.isoweekday() == weekday:
            fits.append(year)
    return fits[0] if len(fits) == 1 else None


def _year_nearby(candidate: Candidate, known: list[dt.date]) -> int | None:
    """The year of the complete dates beside a date without one, if they lie within six weeks and agree."""
    reading = candidate.reading
    assert reading is not None
    years = set()
    for date in known:
        for year in (date.year - 1, date.year, date.year + 1):
            try:
                near = abs((dt.date(year, reading.month, reading.day) - date).days) <= 42
            except ValueError:
                continue
            if near:
                years.add(year)
    return years.pop() if len(years) == 1 else None


def filled(document: Document, found: list[Candidate], latest: dt.date | None) -> list[Candidate]:
    """The candidates, with years where the weekday or complete dates nearby give exactly one."""
    open_ones = [one for one in found if one.reading and one.reading.year is None]
    if not open_ones:
        return found
    known = [one.day for one in found if one.day and one.role in SURE and one.rule != "text_date"]
    newest: int | None = None
    made = []
    for one in found:
        year, factor = None, 0.75
        reading = one.reading
        if reading and reading.year is None:
            year = _year_nearby(one, known)
            if year is None and reading.weekday and latest:
                newest = newest if newest is not None else newest_year(document.clean, latest.year) or 0
                if newest:
                    year, factor = year_by_weekday(reading.month, reading.day, reading.weekday, newest, latest), 0.7
            if (
                year is not None
                and reading.weekday
                and dt.date(year, reading.month, reading.day).isoweekday() != reading.weekday
            ):
                year = None
        made.append(with_year(one, year, factor) if year else one)
    return made


def lead_weekday(document: Document, lines: list[Line], layout: Layout) -> tuple[int, int, int] | None:
    """The first weekday that the opening paragraphs name: its number, and its place in the clean text."""
    opening = (line for line in islice(lines, layout.body_line, None) if line.kind == "body")
    for line in islice(opening, _LEAD_LINES):
        for found in _WEEKDAY.finditer(line.text, 0, 2000):
            if line.text.endswith(_NOT_THE_LAST, 0, found.start()):
                continue
            return WEEKDAYS[found[0].lower()], line.start + found.start(), line.start + found.end()
    return None


def caption_event(found: list[Candidate], weekday: tuple[int, int, int]) -> Candidate | None:
    """The newest day under a picture that falls on the weekday of the text's opening."""
    fits = [one for one in found if one.rule == "caption_date" and one.day and one.day.isoweekday() == weekday[0]]
    if not fits:
        return None
    best = max(fits, key=lambda one: (one.day or dt.date.min, -(one.start or 0)))
    return replace(best, role="published", rule="caption_event", confidence=_RULES["caption_event"].confidence)


def weekday_anchor(
    document: Document, found: list[Candidate], layout: Layout, weekday: tuple[int, int, int]
) -> Candidate | None:
    """The weekday of the opening, dated by links that were set into the text within a few days of each other."""
    days = [
        one.day
        for one in found
        if one.role == "related"
        and one.day
        and one.start is not None
        and layout.body_start < one.start < layout.body_end
    ]
    if not days or max(days) - min(days) > dt.timedelta(days=6):
        return None
    day = max(days) - dt.timedelta(days=(max(days).isoweekday() - weekday[0]) % 7)
    text = document.clean[weekday[1] : weekday[2]]
    confidence = _RULES["weekday_anchor"].confidence
    return Candidate(
        "published", day.isoformat(), text, weekday[1], weekday[2], "weekday_anchor", confidence, None, day
    )
