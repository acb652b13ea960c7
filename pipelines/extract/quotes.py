"""Quotations and who said them, and what they are reported to have said in other words.

What belongs here: the contract, and rows made of what the walk over an article finds (:mod:`pipelines.extract.dialogue`)
and of reported speech (:mod:`pipelines.extract.attributed`). What does not: how they find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame, listed
from pipelines.document import Document
from pipelines.extract.attributed import attributed, is_speech
from pipelines.extract.dialogue import spoken
from pipelines.rules import load_rules
from pipelines.text import Span


class Quotes(Fact):
    """A quotation or reported speech: the words, the speaker as named and as known, the cue, and through whom it reached the outlet."""

    __table__ = "facts.quotes"

    quote = dy.String(
        min_length=1,
        description="The quoted words, repaired, without the marks around them; of reported speech, its parts joined by …",
    )
    quote_type = dy.Enum(["direct", "mixed", "indirect"], description="Whole statement in marks, in part, or reported")
    content_spans = dy.List(
        dy.Struct(
            {
                "start": dy.Int64(description="First code point"),
                "end": dy.Int64(description="Code point behind the last"),
            }
        ),
        description="Code points of the whole statement, words outside of the marks included",
    )
    speaker = dy.String(
        nullable=True, description="Who said it, by the fullest name in the article; NULL if nothing tells"
    )
    speaker_text = dy.String(nullable=True, description="The words that name the speaker, repaired")
    speaker_start = dy.Int64(nullable=True, description="First code point of speaker_text in the raw text")
    speaker_end = dy.Int64(nullable=True, description="Code point behind the last")
    cue = dy.String(nullable=True, description="The verb or phrase of saying")
    cue_start = dy.Int64(nullable=True, description="First code point of the cue in the raw text")
    cue_end = dy.Int64(nullable=True, description="Code point behind the last")
    via = dy.List(
        dy.String(), description="Chain of attribution, nearest first: 'RIA Novosti' in 'according to RIA Novosti'"
    )


Row = tuple[tuple[Any, ...], tuple[Span, ...], tuple[str, ...]]
"""A row without its lists, the spans of its statement, and the chain of its attribution."""


def _rows(document: Document) -> Iterator[Row]:
    """The quotations of a document, then its reported speech, each in order."""
    rules = load_rules("quotes")
    text = document.text
    seen: set[tuple[int, int]] = set()
    for quote in spoken(document):
        start, end = document.span(quote.start, quote.end)
        if (start, end) in seen:
            continue
        seen.add((start, end))
        words = text.repaired(start, end)
        source = quote.source
        speaker = document.span(source.start, source.end) if source else None
        cue = document.span(*source.cue) if source and source.cue else None
        rule = rules[quote.rule]
        row = (
            f"quote:{document.capture_id[:16]}:{start}-{end}", document.capture_id, document.publication_date,
            quote.block.block_no, quote.block.kind, words, start, end, rule.rule_id, rule.confidence,
            words, "direct" if quote.direct else "mixed", source.name if source else None,
            text.repaired(*speaker) if speaker else None, speaker[0] if speaker else None, speaker[1] if speaker else None,
            text.repaired(*cue) if cue else None, cue[0] if cue else None, cue[1] if cue else None,
        )  # fmt: skip
        yield row, (document.span(*quote.content),), source.via if source else ()
    yield from _reported(document, seen)


def _reported(document: Document, seen: set[tuple[int, int]]) -> Iterator[Row]:
    """Reported speech without a quoted word in it: of what is attributed, that which a verb of saying governs."""
    text = document.text
    rule = load_rules("quotes")["reported"]
    for statement in attributed(document):
        if not is_speech(document, statement):
            continue
        parts = tuple(document.span(*span) for span in statement.content)
        start, end = parts[0].start, parts[-1].end
        if (start, end) in seen or statement.source is None or statement.cue is None:
            continue
        seen.add((start, end))
        speaker, cue = document.span(*statement.source), document.span(*statement.cue)
        row = (
            f"quote:{document.capture_id[:16]}:{start}-{end}", document.capture_id, document.publication_date,
            statement.block.block_no, statement.block.kind, text.repaired(start, end), start, end, rule.rule_id,
            rule.confidence, " … ".join(text.repaired(*part) for part in parts), "indirect", statement.name,
            text.repaired(*speaker), speaker[0], speaker[1], text.repaired(*cue), cue[0], cue[1],
        )  # fmt: skip
        yield row, parts, statement.via


def quotes(documents: Iterable[Document]) -> pl.DataFrame:
    """The quotations of the documents, in order (contract :class:`Quotes`)."""
    found = [made for document in documents for made in _rows(document)]
    made = frame(Quotes, (row for row, _, _ in found), _COLUMNS)
    types = made.schema
    spans = [[{"start": start, "end": end} for start, end in parts] for _, parts, _ in found]
    return made.with_columns(
        listed("content_spans", spans, types["content_spans"]),
        listed("via", [via for _, _, via in found], types["via"]),
    )


_COLUMNS = (
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "quote", "quote_type", "speaker", "speaker_text", "speaker_start", "speaker_end", "cue", "cue_start",
    "cue_end",
)  # fmt: skip
