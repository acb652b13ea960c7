"""Time expressions: when, how long, how often.

What belongs here: the table's contract and rows. What does not: the walk that finds them (:mod:`times_walk`), words (:mod:`times_words`),
tokens (:mod:`times_tokens`, :mod:`times_around`), phrases (:mod:`times_phrases`), what each phrase says (:mod:`times_days`, :mod:`times_weekdays`, :mod:`times_hours`,
:mod:`times_years`, :mod:`times_pieces`, :mod:`times_spans`, :mod:`times_durations`, :mod:`times_sets`), calendars
(:mod:`times_calendar`) and tenses (:mod:`times_tense`). Extents and values follow TIMEX3 (TimeML 1.2.1).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame
from pipelines.document import Document
from pipelines.extract.times_walk import Timex, timed
from pipelines.extract.times_walk import read as read
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


def times(documents: Iterable[Document]) -> pl.DataFrame:
    """The time expressions that the documents' factual blocks state, one row each (``facts.times``)."""
    sure = {name: (rule.rule_id, rule.confidence) for name, rule in load_rules("times").items()}
    rows: list[tuple[Any, ...]] = []
    for document, found in timed(documents):
        if found:
            rows += _rows(document, found, sure)
    return frame(Times, rows, _COLUMNS)


def _rows(document: Document, timexes: list[Timex], sure: dict[str, tuple[str, float]]) -> Iterator[tuple[Any, ...]]:
    short = document.capture_id[:16]
    blocks = document.factual()
    firsts = [block.start for block in blocks]
    cited = document.text.cited
    for found in timexes:
        block = blocks[bisect_right(firsts, found.start) - 1]
        start, end, words = cited(found.start, found.end)
        rule_id, confidence = sure[found.rule]
        yield (
            f"time:{short}:{start}-{end}", document.capture_id, document.publication_date, block.block_no, block.kind,
            words, start, end, rule_id, confidence, found.timex_type, found.value,
            found.modifier, found.starts_on, found.ends_on, found.anchor_on,
        )  # fmt: skip
