"""Quotations and who said them."""

from __future__ import annotations

import dataframely as dy

from pipelines.contracts import Fact


class Quotes(Fact):
    """A quotation: the words, the speaker as named and as known, the cue, and through whom it reached the outlet."""

    __table__ = "facts.quotes"

    quote = dy.String(min_length=1, description="The quoted words, repaired, without the marks around them")
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
