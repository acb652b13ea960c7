"""The walk over a document's time expressions, which facts of other kinds ask for too.

What belongs here: finding the expressions of texts and of documents, in order, each with its days. What does not: rows of the table
(:mod:`times`), words (:mod:`times_words`), phrases (:mod:`times_phrases`), what each phrase says (:mod:`times_days` and its like).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipelines.document import Document
from pipelines.extract import (
    times_days,
    times_durations,
    times_hours,
    times_pieces,
    times_sets,
    times_spans,
    times_weekdays,
    times_years,
)
from pipelines.extract.times_around import around
from pipelines.extract.times_calendar import interval
from pipelines.extract.times_phrases import GRAMMAR
from pipelines.extract.times_reading import Found, Passage
from pipelines.extract.times_words import places
from pipelines.languages import in_full
from pipelines.normalise.date_words import days

_READERS: dict[str, Callable[[Passage, int, int], Found | None]] = {
    "age": times_durations.age,
    "ahead": times_spans.ahead,
    "centuries": times_years.centuries,
    "century": times_years.century,
    "clock": times_hours.clock,
    "clock_set": times_sets.clock_set,
    "date": times_days.date,
    "day_word": times_weekdays.day_word,
    "daypart": times_hours.daypart,
    "decade": times_years.decade,
    "duration": times_durations.duration,
    "fiscal": times_pieces.fiscal,
    "hours": times_hours.hours,
    "holiday": times_weekdays.named_day,
    "month": times_days.month,
    "moved": times_spans.moved,
    "numeric": times_days.numeric,
    "piece": times_durations.piece,
    "quarter": times_pieces.quarter,
    "quarter_century": times_durations.quarter_century,
    "ref": times_sets.reference,
    "relative": times_spans.relative,
    "school_year": times_pieces.school_year,
    "season": times_pieces.season,
    "set": times_sets.repeated,
    "short_year": times_years.short_year,
    "span": times_spans.span,
    "stretch": times_durations.stretch,
    "week_day": times_weekdays.week_day,
    "weekday": times_weekdays.weekday,
    "year": times_years.year,
}
"""The readers of ``time_phrases.toml`` by name."""
_LINE = re.compile(r"[^\n]+")
_MONTH_NAME = re.compile(r"[^\W\d_]{3}")
_BATCH = 256
"""Documents whose texts are searched in one go."""


class Timex(NamedTuple):
    """A time expression of ``text[start:end]``."""

    start: int
    end: int
    timex_type: str
    value: str
    rule: str
    modifier: str | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    anchor_on: dt.date | None


def timed(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Timex]]]:
    """Each document with the time expressions of its factual blocks, in order: read once, whichever kind of fact asks first."""
    todo = iter(documents)
    while batch := list(islice(todo, _BATCH)):
        unread = [document for document in batch if "times" not in document.shared]
        for document, at_places in zip(unread, places([document.clean for document in unread]), strict=True):
            if not in_full(document.language):
                document.shared["times"] = list(_stated(document))
            else:
                document.shared["times"] = list(_of(document, at_places)) if at_places else []
        for document in batch:
            yield document, document.shared["times"]


def _of(document: Document, at_places: list[int]) -> Iterator[Timex]:
    told = told_day = near_day = ""
    near_end = 0
    for block in document.factual():
        low, high = block.start, block.end
        here = at_places[bisect_left(at_places, low) : bisect_left(at_places, high)]
        if not here:
            continue
        passage = Passage(document.clean, low, high, document.published_on, told, told_day, near_day, near_end)
        yield from _read(passage, here)
        told, told_day, near_day, near_end = passage.told, passage.told_day, passage.near_day, passage.near_end


def _stated(document: Document) -> Iterator[Timex]:
    """In a language whose sentences are not read: the days whose year is stated, in figures or with the name of a month."""
    for block in document.factual():
        for line in _LINE.finditer(document.clean, block.start, block.end):
            for found in days(line.group()):
                start, end = line.start() + found.start, line.start() + found.end
                if found.year is None or str(found.year) not in document.clean[start:end]:
                    continue
                on = found.date
                rule = "date_full" if _MONTH_NAME.search(document.clean, start, end) else "date_numeric"
                yield Timex(start, end, "DATE", found.edtf, rule, None, on, on, None)


def read(text: str, published: dt.date | None = None) -> list[Timex]:
    """The time expressions of a text that was published on a day, in order, without overlaps.

    >>> [(t.timex_type, t.value) for t in read("They left on Tuesday night after two weeks.", dt.date(2023, 9, 13))]
    [('TIME', '2023-09-12TNI'), ('DURATION', 'P2W')]
    >>> [(t.value, t.starts_on) for t in read("They left on Tuesday.")]
    [('XXXX-WXX-2', None)]
    """
    (at_places,) = places([text])
    return list(_read(Passage(text, 0, len(text), published), at_places))


def _read(passage: Passage, at_places: list[int]) -> Iterator[Timex]:
    low, high = passage.low, passage.high
    done = claimed = low
    for place in at_places:
        if place < done:
            continue
        passage.tokens = made = around(passage.text, place, low, high)
        if not made.starts:
            continue
        done = made.ends[-1]
        at = bisect_left(made.starts, claimed)
        while phrase := GRAMMAR.phrase(made.row, at):
            reader, first, last = phrase
            at = first + 1
            found = _READERS[reader](passage, first, last)
            if found is not None:
                for one in sorted((found, *found.also)) if found.also else (found,):
                    yield _timex(passage, one)
                    at = max(at, one.last)
                claimed = made.ends[at - 1]


_DAY = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|XXXX-(?:WXX-[1-7]|[0-9]{2}-[0-9]{2}))(?:T|$)")


@lru_cache(maxsize=4096)
def _told(value: str) -> tuple[str, str]:
    """What a date or time of day says of the day: all of it, where it is a year at least, and the day where it states one."""
    day = _DAY.match(value)
    return value.split("T")[0] if len(value) >= 4 else "", day[0][:10] if day else ""


def _timex(passage: Passage, found: Found) -> Timex:
    """The expression with its interval; what it says is what the text spoke of last."""
    made, value = passage.tokens, found.value
    days = found.span or interval(value)
    if found.kind in ("DATE", "TIME"):
        told, day = _told(value)
        if days and told:
            passage.told = told
            if day:
                passage.told_day = told
        if day:
            passage.near_day, passage.near_end = day, made.ends[found.last - 1]
    starts, ends = days if days and found.kind != "SET" else (None, None)
    return _new(
        Timex,
        (made.starts[found.first], made.ends[found.last - 1], found.kind, value, found.rule, found.modifier, starts, ends,
         found.anchor),
    )  # fmt: skip


_new = tuple.__new__
"""Past the named tuple's own constructor: one is made for every expression."""
