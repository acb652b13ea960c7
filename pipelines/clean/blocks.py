"""Typed blocks: what each piece of a capture is."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from pipelines.contracts import BLOCK_KINDS, Table


class Blocks(Table):
    """A typed span. The blocks of a capture are disjoint, in order, and cover every non-blank character."""

    __table__ = "clean.blocks"

    capture_id = dy.String(primary_key=True, description="The capture it is a part of")
    block_no = dy.Int32(primary_key=True, min=0, description="Order in the text, from 0")
    span_start = dy.Int64(min=0, description="First code point in raw.captures.text")
    span_end = dy.Int64(description="Code point behind the last")
    kind = dy.Enum(BLOCK_KINDS, description="What the piece is")
    rule_id = dy.String(description="The rule that decided (ref.rules)")
    confidence = dy.Float64(min=0, max=1, description="How sure the rule is; what people would argue about is below .7")
    xpath = dy.String(nullable=True, description="HTML only: the element it was read from")

    @dy.rule()
    def span_is_not_empty(cls) -> pl.Expr:
        """A block has at least one character."""
        return pl.col("span_end") > pl.col("span_start")
