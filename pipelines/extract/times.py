"""Time expressions: when, how long, how often.

What belongs here: the table's contract, and the walk over a block's phrases. What does not: words (:mod:`times_words`),
phrases (:mod:`times_phrases`), what each phrase says (:mod:`times_days`, :mod:`times_weekdays`, :mod:`times_hours`,
:mod:`times_years`, :mod:`times_spans`, :mod:`times_sets`), calendars (:mod:`times_calendar`) and tenses
(:mod:`times_tense`). Extents and values follow TIMEX3 (TimeML 1.2.1).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame
from pipelines.document import Document
from pipelines.extract import times_days, times_hours, times_sets, times_spans, times_weekdays, times_years
from pipelines.extract.times_calendar import interval
from pipelines.extract.times_phrases import GRAMMAR
from pipelines.extract.times_reading import Found, Passage
from pipelines.extract.times_words import back, places, tokens
from pipelines.rules import load_rules

TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")
MODIFIERS = (
    "APPROX", "START", "MID", "END", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS",
)  # fmt: skip


class Times(Fact):
    """A time expression: a day, a time of day, a duration or a repetition, with the days that it stands for."""

    __table__ = "facts.times"

    timex_type = dy.Enum(TIMEX_TYPES, description="DATE, TIME (of day), DURATION (how long) or SET (how often)")
    timex_value = dy.String(
        description="TIMEX3 value: 2023-09-13, 2023-09-12TNI, P18M; X for what nothing states (XXXX-WXX-3)"
    )
    modifier = dy.Enum(MODIFIERS, nullable=True, description="TIMEX3 mod: early, the end of, about, more than")
    starts_on = dy.Date(
        nullable=True, description="First day it stands for; NULL where the text and its date do not tell"
    )
    ends_on = dy.Date(nullable=True, description="Last day it stands for")
    anchor_on = dy.Date(
        nullable=True,
        description="The day that a relative expression was counted from; NULL where it states all itself",
    )

    @dy.rule()
    def days_in_order(cls) -> pl.Expr:
        """An interval does not end before it starts, and has both ends or none."""
        return (pl.col("starts_on") <= pl.col("ends_on")).fill_null(
            pl.col("starts_on").is_null() & pl.col("ends_on").is_null()
        )


_COLUMNS = [
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "timex_type", "timex_value", "modifier", "starts_on", "ends_on", "anchor_on",
]  # fmt: skip

_READERS: dict[str, Callable[[Passage, int, int], Found | None]] = {
    "age": times_spans.age,
    "ahead": times_spans.ahead,
    "centuries": times_years.centuries,
    "century": times_years.century,
    "clock": times_hours.clock,
    "date": times_days.date,
    "day_word": times_weekdays.day_word,
    "daypart": times_hours.daypart,
    "decade": times_years.decade,
    "duration": times_spans.duration,
    "fiscal": times_years.fiscal,
    "hours": times_hours.hours,
    "holiday": times_weekdays.named_day,
    "month": times_days.month,
    "moved": times_spans.moved,
    "numeric": times_days.numeric,
    "quarter": times_years.quarter,
    "ref": times_sets.reference,
    "relative": times_spans.relative,
    "school_year": times_years.school_year,
    "season": times_years.season,
    "set": times_sets.repeated,
    "short_year": times_years.short_year,
    "span": times_spans.span,
    "week_day": times_weekdays.week_day,
    "weekday": times_weekdays.weekday,
    "year": times_years.year,
}
"""The readers of ``time_phrases.toml`` by name."""
COVERED = (None, "en")
"""Languages of articles that are read in full: those with words in ``seeds/reference``; an unknown one is taken for English."""
ANY_LANGUAGE = ("date_numeric",)
"""Rules that hold in every language."""

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


def times(documents: Iterable[Document]) -> pl.DataFrame:
    """The time expressions that the documents' factual blocks state, one row each (``facts.times``)."""
    rules = load_rules("times")
    sure = {name: (rule.rule_id, rule.confidence) for name, rule in rules.items()}
    rows: list[tuple[Any, ...]] = []
    todo = iter(documents)
    while batch := list(islice(todo, _BATCH)):
        for document, at_places in zip(batch, places([document.clean for document in batch]), strict=True):
            if at_places:
                rows += _rows(document, at_places, sure)
    return frame(Times, rows, _COLUMNS)


def _rows(document: Document, at_places: list[int], sure: dict[str, tuple[str, float]]) -> Iterator[tuple[Any, ...]]:
    short = document.capture_id[:16]
    told = told_day = ""
    for block in document.factual():
        passage = Passage(document.clean, block.start, block.end, document.published_on, told, told_day)
        for found in _read(passage, at_places):
            if document.language not in COVERED and found.rule not in ANY_LANGUAGE:
                continue
            start, end = document.span(found.start, found.end)
            rule_id, confidence = sure[found.rule]
            yield (
                f"time:{short}:{start}-{end}", document.capture_id, document.publication_date, block.block_no, block.kind,
                document.text.repaired(start, end), start, end, rule_id, confidence, found.timex_type, found.value,
                found.modifier, found.starts_on, found.ends_on, found.anchor_on,
            )  # fmt: skip
        told, told_day = passage.told, passage.told_day


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
    for place in at_places[bisect_left(at_places, low) : bisect_left(at_places, high)]:
        if place < done:
            continue
        passage.tokens = made = tokens(passage.text, back(passage.text, place, low), place, high)
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


def _timex(passage: Passage, found: Found) -> Timex:
    """The expression with its interval; what it says is what the text spoke of last."""
    days = found.span or interval(found.value)
    if days and found.kind in ("DATE", "TIME") and len(found.value) >= 4:
        passage.told = found.value.split("T")[0]
        if len(passage.told) == 10 and passage.told[5] != "W":
            passage.told_day = passage.told
    starts, ends = days if days and found.kind != "SET" else (None, None)
    made = passage.tokens
    return Timex(
        made.starts[found.first], made.ends[found.last - 1], found.kind, found.value, found.rule, found.modifier, starts, ends,
        found.anchor,
    )  # fmt: skip
