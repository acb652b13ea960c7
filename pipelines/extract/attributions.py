"""Attributions: every statement that an article gives a source for, quoted or in its own words.

What belongs here: the contract, and rows made of the article's statements. What does not: how they are found
(:mod:`pipelines.extract.attributed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame, listed, span_list
from pipelines.document import Document
from pipelines.extract.attributed import Statement, attributed
from pipelines.extract.indirect_words import POLARITIES
from pipelines.rules import load_rules

_FAR = 1_000
"""A cue or source further from its statement than this is no part of the row's text."""


_OPENING, _CLOSING = frozenset('“"‘«'), frozenset('”"’»')


class Attributions(Fact):
    """A statement and its source: who says, thinks, wants or asks what, in quotation marks or not."""

    __table__ = "facts.attributions"

    source = dy.String(
        nullable=True, description="Whose statement it is, by the fullest name in the article; NULL if nothing tells"
    )
    source_text = dy.String(nullable=True, description="The words that name the source, repaired")
    source_start = dy.Int64(nullable=True, description="First code point of source_text in the raw text")
    source_end = dy.Int64(nullable=True, description="Code point behind the last")
    cue = dy.String(nullable=True, description="The word that attributes: said, claim, according to, :")
    cue_start = dy.Int64(nullable=True, description="First code point of the cue in the raw text")
    cue_end = dy.Int64(nullable=True, description="Code point behind the last")
    statement = dy.String(min_length=1, description="The statement, repaired; its parts joined by …")
    statement_start = dy.Int64(min=0, description="First code point of the statement in the raw text")
    statement_end = dy.Int64(description="Code point behind the last; sources may stand in between")
    statement_spans = span_list("Code points of the parts of the statement")
    polarity = dy.Enum(
        POLARITIES,
        description="How the source stands to it: positive, negative (denies, rejects, does not say), doubtful, open "
        "(asks, seems), intended (wants, plans)",
    )
    via = dy.List(dy.String(), description="Chain of attribution, nearest first, as in facts.quotes")
    quote_ids = dy.List(dy.String(), description="The quotations in it (facts.quotes)")


_COLUMNS = (
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "source", "source_text", "source_start", "source_end", "cue", "cue_start", "cue_end", "statement",
    "statement_start", "statement_end", "polarity",
)  # fmt: skip


def _whole(clean: str, statement: Statement) -> tuple[int, int]:
    """The statement with its cue and source, as far as they stand together in one block, and the marks around it."""
    _, _, low, high, _ = statement.block
    inside = [span for span in statement.content if low <= span[0] and span[1] <= high]
    start, end = inside[0][0], inside[-1][1]
    if statement.cue is not None:
        for span in (statement.cue, statement.source):
            if span is not None and low <= span[0] and span[1] <= high:
                first, past = span
                if start - first <= _FAR and past - end <= _FAR:
                    start = first if first < start else start
                    end = past if past > end else end
    if statement.quotes:
        start -= start > low and clean[start - 1] in _OPENING
        end += end < high and clean[end] in _CLOSING
    return start, end


_NOWHERE = (None, None)
_LISTS = ("statement_spans", "via", "quote_ids")
_Row = tuple[tuple[Any, ...], list[dict[str, int]], tuple[str, ...], list[str]]
"""A row without its lists, and its lists"""


def _rows(document: Document) -> Iterator[_Row]:
    text = document.text
    opened, read = text.openers()
    rules = load_rules("attributions")
    capture, short, day = document.capture_id, document.capture_id[:16], document.publication_date
    seen: set[tuple[int, int]] = set()
    for statement in attributed(document):
        parts = [opened(*span) for span in statement.content]
        start, end = place = parts[0][0], parts[-1][1]
        if place in seen:
            continue
        seen.add(place)
        first, past = opened(*_whole(text.clean, statement))
        source: tuple[Any, Any] = _NOWHERE
        cue: tuple[Any, Any] = _NOWHERE
        words = cue_words = None
        if statement.source is not None:
            source = opened(*statement.source)
            words = read(*source)
        if statement.cue is not None:
            cue = opened(*statement.cue)
            cue_words = read(*cue)
        quotes = statement.quotes
        rule = rules["quotation" if quotes and statement.rule not in rules else statement.rule]
        content = read(start, end) if len(parts) == 1 else " … ".join([read(*part) for part in parts])
        block = statement.block
        row = (
            f"attribution:{short}:{start}-{end}", capture, day, block.block_no, block.kind, read(first, past), first, past,
            rule.rule_id, rule.confidence, statement.name, words, *source, cue_words, *cue, content, start, end,
            statement.polarity,
        )  # fmt: skip
        spans = [{"start": start, "end": end} for start, end in parts]
        quoted = [f"quote:{short}:%d-%d" % opened(quote.start, quote.end) for quote in quotes] if quotes else []
        yield row, spans, statement.via, quoted


def attributions(documents: Iterable[Document]) -> pl.DataFrame:
    """The statements of the documents with their sources, in order (contract :class:`Attributions`)."""
    found = [row for document in documents for row in _rows(document)]
    made = frame(Attributions, [row[0] for row in found], _COLUMNS)
    lists = [listed(name, [row[at] for row in found], made.schema[name]) for at, name in enumerate(_LISTS, 1)]
    return made.with_columns(lists)
