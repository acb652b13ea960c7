"""Attributions: every statement that an article gives a source for, quoted or in its own words.

What belongs here: the contract, and rows made of the article's statements. What does not: how they are found
(:mod:`pipelines.extract.attributed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame, listed
from pipelines.document import Document
from pipelines.extract.attributed import Statement, attributed
from pipelines.extract.indirect_words import POLARITIES
from pipelines.rules import load_rules
from pipelines.text import Span

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
    statement_spans = dy.List(
        dy.Struct(
            {
                "start": dy.Int64(description="First code point"),
                "end": dy.Int64(description="Code point behind the last"),
            }
        ),
        description="Code points of the parts of the statement",
    )
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


def _whole(document: Document, statement: Statement) -> Span:
    """The statement with its cue and source, as far as they stand together in one block, and the marks around it."""
    block = statement.block
    inside = [span for span in statement.content if block.start <= span.start and span.end <= block.end]
    start, end = inside[0].start, inside[-1].end
    for span in (statement.cue, statement.source):
        if span is None or statement.cue is None or not (block.start <= span.start and span.end <= block.end):
            continue
        if start - span.start <= _FAR and span.end - end <= _FAR:
            start, end = min(start, span.start), max(end, span.end)
    text = document.clean
    if statement.quotes:
        start -= start > block.start and text[start - 1] in _OPENING
        end += end < block.end and text[end] in _CLOSING
    return Span(start, end)


_LISTS = ("statement_spans", "via", "quote_ids")


def _rows(document: Document) -> Iterator[tuple[tuple[Any, ...], tuple[list[Any], ...]]]:
    """Each row without its lists, and its lists."""
    text = document.text
    rules = load_rules("attributions")
    short = document.capture_id[:16]
    seen: set[tuple[int, int]] = set()
    for statement in attributed(document):
        parts = [document.span(*span) for span in statement.content]
        start, end = parts[0].start, parts[-1].end
        if (start, end) in seen:
            continue
        seen.add((start, end))
        whole = document.span(*_whole(document, statement))
        source = document.span(*statement.source) if statement.source is not None else None
        cue = document.span(*statement.cue) if statement.cue is not None else None
        rule = rules["quotation" if statement.quotes and statement.rule not in rules else statement.rule]
        row = (
            f"attribution:{short}:{start}-{end}", document.capture_id, document.publication_date,
            statement.block.block_no, statement.block.kind, text.repaired(*whole), whole.start, whole.end,
            rule.rule_id, rule.confidence, statement.name, text.repaired(*source) if source else None,
            source.start if source else None, source.end if source else None, text.repaired(*cue) if cue else None,
            cue.start if cue else None, cue.end if cue else None,
            " … ".join(text.repaired(*part) for part in parts), start, end, statement.polarity,
        )  # fmt: skip
        spans = [{"start": part.start, "end": part.end} for part in parts]
        quoted = (document.span(quote.start, quote.end) for quote in statement.quotes)
        yield row, (spans, list(statement.via), [f"quote:{short}:{first}-{past}" for first, past in quoted])


def attributions(documents: Iterable[Document]) -> pl.DataFrame:
    """The statements of the documents with their sources, in order (contract :class:`Attributions`)."""
    found = [row for document in documents for row in _rows(document)]
    made = frame(Attributions, (row for row, _ in found), _COLUMNS)
    lists = [
        listed(name, [lists[number] for _, lists in found], made.schema[name]) for number, name in enumerate(_LISTS)
    ]
    return made.with_columns(lists)
