"""What every table's contract shares: the base class, and frames made from rows by it.

What belongs here: :class:`Table`, :class:`Fact`, and :func:`frame`. What does not: a table of its own; each contract
stands beside the function that makes its frame. DDL, docs and checks are derived from these classes, so a column is
described once, here or there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar

import dataframely as dy
import polars as pl

BLOCK_KINDS = (
    "headline", "deck", "byline", "dateline", "section", "metadata", "credit", "caption", "crosshead", "body", "related",
    "contributors", "copyright", "interface", "separator", "promo", "comment", "unknown",
)  # fmt: skip
"""What a block can be."""

FACT_BLOCK_KINDS = ("body", "headline", "deck", "crosshead", "caption")
"""Blocks in which facts are looked for: what the outlet's editors wrote about the event."""

UNDATED = "undated"
"""The partition of articles without a publication date."""


class Table(dy.Schema):
    """A contract that is also a table of the store. The docstring's first line is the table's comment."""

    __table__: ClassVar[str] = ""
    """``schema.name`` in the store; the asset key, with a slash."""

    __order__: ClassVar[tuple[str, ...]] = ()
    """The order in which rows are published, so that equal stores are equal files; defaults to the key."""


class Fact(Table):
    """The columns that every kind of fact has."""

    fact_id = dy.String(
        primary_key=True, description="Identity: kind, first 16 digits of the capture, span; stable across reruns"
    )
    capture_id = dy.String(description="The capture it was read from")
    publication_date = dy.String(description="Partition: the article's date YYYY-MM-DD, or undated")
    block_no = dy.Int32(description="The block of the capture that it stands in")
    block_kind = dy.Enum(FACT_BLOCK_KINDS, description="What kind of text it stands in")
    text = dy.String(min_length=1, description="The exact words, repaired")
    span_start = dy.Int64(min=0, description="First code point in raw.captures.text")
    span_end = dy.Int64(description="Code point behind the last")
    rule_id = dy.String(description="The rule that decided (ref.rules)")
    confidence = dy.Float64(min=0, max=1, description="How sure the rule is, 0 to 1; rules of a kind are comparable")

    @dy.rule()
    def span_is_not_empty(cls) -> pl.Expr:
        """A span has at least one character."""
        return pl.col("span_end") > pl.col("span_start")


def span_list(description: str) -> dy.List:
    """A column of spans of the raw text, in order: of what does not stand in one piece."""
    first, past = (dy.Int64(description=told) for told in ("First code point", "Code point behind the last"))
    return dy.List(dy.Struct({"start": first, "end": past}), description=description)


TableT = TypeVar("TableT", bound=Table)


def frame(contract: type[TableT], rows: Iterable[Sequence[Any]], columns: Sequence[str] | None = None) -> pl.DataFrame:
    """A frame with the contract's columns and types from tuples in the order of ``columns`` (default: all of them).

    Absent columns are NULL. The contract itself is checked by the caller of a stage, once per frame, not per row.
    """
    names = list(columns or contract.column_names())
    types = {name: column.dtype for name, column in contract.columns().items()}
    made_of = list(rows)
    blank = [None] * len(made_of)
    # column by column: half the time of a frame made row by row
    cells: Iterable[Sequence[Any]] = zip(*made_of, strict=True) if made_of else ((),) * len(names)
    given = dict(zip(names, map(list, cells), strict=True))
    return pl.DataFrame([_column(name, given.get(name, blank), dtype) for name, dtype in types.items()])


_FEW = 32
"""So many lists are as quickly taken one by one."""


def _column(name: str, values: list[Any], dtype: pl.DataType) -> pl.Series:
    """A column; of lists, if none of them is NULL, the quick way."""
    if len(values) > _FEW and isinstance(dtype, pl.List) and None not in values:
        return listed(name, values, dtype)
    return pl.Series(name, values, dtype)


def listed(name: str, lists: Sequence[Sequence[Any]], dtype: Any) -> pl.Series:
    """A column of lists from few values: cell by cell it would cost as much as all other columns together."""
    flat = pl.Series(name, [value for values in lists for value in values], dtype=dtype.inner)
    rows = pl.Series("row", [row for row, values in enumerate(lists) for _ in values], dtype=pl.UInt32)
    grouped = pl.DataFrame([rows, flat]).group_by("row", maintain_order=True).agg(name)
    every = pl.DataFrame({"row": pl.Series(range(len(lists)), dtype=pl.UInt32)})
    return every.join(grouped, on="row", how="left", maintain_order="left")[name].fill_null([])
