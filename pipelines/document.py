"""A capture with its repairs and typed blocks, as the later stages read it: built once, shared by all of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from pipelines.contracts import FACT_BLOCK_KINDS, UNDATED
from pipelines.text import Edit, Span, Text


class Block(NamedTuple):
    """A typed piece of a document. ``start`` and ``end`` count code points of the *clean* text."""

    block_no: int
    kind: str
    start: int
    end: int
    confidence: float


@dataclass(slots=True)
class Document:
    """A capture as the later stages read it.

    Readers work on ``text.clean`` and its offsets (blocks hold them); :meth:`span` leads back to the raw capture when a
    row is written. ``ingested_on`` is the day on which the capture's drop first arrived: no later year can be meant in it.
    """

    capture_id: str
    text: Text
    blocks: list[Block]
    url: str | None = None
    captured_at: dt.datetime | None = None
    ingested_on: dt.date | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    publication_date: str = UNDATED
    published_on: dt.date | None = None
    language: str | None = None
    shared: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What one kind of fact has worked out and another can use; never part of a row"""

    @property
    def clean(self) -> str:
        """The repaired text."""
        return self.text.clean

    def read(self, block: Block) -> str:
        """The repaired text of a block."""
        return self.text.clean[block.start : block.end]

    def span(self, start: int, end: int) -> Span:
        """The raw span of ``clean[start:end]``."""
        return self.text.to_raw(start, end)

    def of_kind(self, *kinds: str) -> list[Block]:
        """The blocks of these kinds, in reading order."""
        return [block for block in self.blocks if block.kind in kinds]

    def factual(self) -> list[Block]:
        """The blocks in which facts are looked for, in reading order."""
        return self.of_kind(*FACT_BLOCK_KINDS)


def documents(captures: pl.DataFrame, blocks: pl.DataFrame, edits: pl.DataFrame) -> Iterator[Document]:
    """Documents in the order of ``captures``.

    ``captures`` needs ``capture_id`` and ``text`` and may have ``url``, ``captured_at``, ``ingested_on``, ``metadata``
    (JSON), ``publication_date``, ``published_on`` and ``language``; ``blocks`` and ``edits`` are rows of ``clean.blocks`` and
    ``clean.edits`` of at least these captures, in any order.
    """
    edit_rows: dict[str, list[Edit]] = {}
    columns = ["capture_id", "span_start", "span_end", "replacement", "kind", "rule_id"]
    for found in edits.sort("capture_id", "span_start").select(columns).iter_rows():
        edit_rows.setdefault(found[0], []).append(Edit(*found[1:]))
    block_rows: dict[str, list[tuple[int, str, int, int, float]]] = {}
    columns = ["capture_id", "block_no", "kind", "span_start", "span_end", "confidence"]
    for found in blocks.sort("capture_id", "block_no").select(columns).iter_rows():
        block_rows.setdefault(found[0], []).append(found[1:])
    for row in captures.iter_rows(named=True):
        text = Text(row["text"], edit_rows.get(row["capture_id"], ()))
        placed = block_rows.get(row["capture_id"], [])
        if text.edits:
            typed = [Block(n, kind, *text.to_clean(start, end), sure) for n, kind, start, end, sure in placed]
        else:
            typed = [Block._make(block) for block in placed]  # raw and repaired text count alike
        yield Document(
            capture_id=row["capture_id"],
            text=text,
            blocks=typed,
            url=row.get("url"),
            captured_at=row.get("captured_at"),
            ingested_on=row.get("ingested_on"),
            metadata=json.loads(row["metadata"]) if row.get("metadata") else {},
            publication_date=row.get("publication_date") or UNDATED,
            published_on=row.get("published_on"),
            language=row.get("language"),
        )
