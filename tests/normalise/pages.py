"""Small captures for the tests of this stage: one block a line, "kind: words"."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipelines.document import Block, Document
from pipelines.text import Edit, Text

INGESTED_ON = dt.date(2025, 1, 15)


def document(page: str, edits: list[Edit] | None = None, glue: str = "\n\n", **fields: Any) -> Document:
    """The document whose blocks are the page's lines; the kind stands before the colon."""
    words: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in page.strip("\n").split("\n"):
        kind, _, text = line.partition(": ")
        blocks.append(Block(len(blocks), kind, at, at + len(text), 0.9))
        words.append(text)
        at += len(text) + len(glue)
    raw = Text(glue.join(words), edits or [])
    if edits:
        blocks = [Block(b.block_no, b.kind, *raw.to_clean(b.start, b.end), b.confidence) for b in blocks]
    fields.setdefault("ingested_on", INGESTED_ON)
    return Document("c" * 64, raw, blocks, **fields)
