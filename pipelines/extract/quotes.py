"""Quotations and who said them, and what they are reported to have said in other words.

What belongs here: the contract, and rows made of what the walk over an article finds (:mod:`pipelines.extract.dialogue`)
and of reported speech (:mod:`pipelines.extract.attributed`). What does not: how they find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame, listed, span_list
from pipelines.document import Document
from pipelines.extract.attributed import attributed, is_speech
from pipelines.extract.dialogue import spoken
from pipelines.rules import load_rules


class Quotes(Fact):
    """A quotation or reported speech: the words, the speaker as named and as known, the cue, and through whom it reached the outlet."""

    __table__ = "facts.quotes"

    quote = dy.String(
        min_length=1,
        description="The quoted words, repaired, without the marks around them; of reported speech, its parts joined by …",
    )
    quote_type = dy.Enum(["direct", "mixed", "indirect"], description="Whole statement in marks, in part, or reported")
    content_spans = span_list("Code points of the whole statement, words outside of the marks included")
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


Row = tuple[tuple[Any, ...], list[dict[str, int]], tuple[str, ...]]
"""A row without its lists, the spans of its statement, and the chain of its attribution."""
_NOWHERE = (None, None)


def _rows(document: Document) -> Iterator[Row]:
    """The quotations of a document, then its reported speech, each in order."""
    rules = load_rules("quotes")
    opened, read = document.text.openers()
    capture, short, day = document.capture_id, document.capture_id[:16], document.publication_date
    seen: set[tuple[int, int]] = set()
    for block, first, past, by, source, content, direct in spoken(document):
        start, end = place = opened(first, past)
        if place in seen:
            continue
        seen.add(place)
        words = read(start, end)
        speaker: tuple[Any, Any] = _NOWHERE
        cue: tuple[Any, Any] = _NOWHERE
        name = speaker_words = cue_words = None
        via: tuple[str, ...] = ()
        if source is not None:
            speaker, name, via = opened(source.start, source.end), source.name, source.via
            speaker_words = read(*speaker)
            if source.cue is not None:
                cue = opened(*source.cue)
                cue_words = read(*cue)
        rule = rules[by]
        row = (
            f"quote:{short}:{start}-{end}", capture, day, block.block_no, block.kind, words, start, end, rule.rule_id,
            rule.confidence, words, "direct" if direct else "mixed", name, speaker_words, *speaker, cue_words, *cue,
        )  # fmt: skip
        start, end = opened(*content)
        yield row, [{"start": start, "end": end}], via
    rule = load_rules("quotes")["reported"]
    # Reported speech without a quoted word in it: of what is attributed, that which a verb of saying governs.
    for statement in attributed(document):
        if statement.source is None or statement.cue is None or not is_speech(document, statement):
            continue
        parts = [opened(*span) for span in statement.content]
        start, end = place = parts[0][0], parts[-1][1]
        if place in seen:
            continue
        seen.add(place)
        speaker, cue, block = opened(*statement.source), opened(*statement.cue), statement.block
        words = read(start, end)
        row = (
            f"quote:{short}:{start}-{end}", capture, day, block.block_no, block.kind, words, start, end, rule.rule_id,
            rule.confidence, words if len(parts) == 1 else " … ".join([read(*part) for part in parts]), "indirect",
            statement.name, read(*speaker), *speaker, read(*cue), *cue,
        )  # fmt: skip
        yield row, [{"start": start, "end": end} for start, end in parts], statement.via


def quotes(documents: Iterable[Document]) -> pl.DataFrame:
    """The quotations of the documents, in order (contract :class:`Quotes`)."""
    found = [made for document in documents for made in _rows(document)]
    made = frame(Quotes, [row for row, _, _ in found], _COLUMNS)
    types = made.schema
    return made.with_columns(
        listed("content_spans", [spans for _, spans, _ in found], types["content_spans"]),
        listed("via", [via for _, _, via in found], types["via"]),
    )


_COLUMNS = (
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "quote", "quote_type", "speaker", "speaker_text", "speaker_start", "speaker_end", "cue", "cue_start",
    "cue_end",
)  # fmt: skip
