"""The clean stage: captures in, typed blocks and repairs out.

What belongs here: frames in and out of :mod:`encoding` and :mod:`blocks`. What does not: any decision about text.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import polars as pl

from pipelines.clean.blocks import Blocks, cover, split
from pipelines.clean.edits import Edits
from pipelines.clean.encoding import repairs, suspects
from pipelines.clean.grammar import tell
from pipelines.clean.hints import page_of
from pipelines.contracts import frame
from pipelines.text import Text


class Cleaned(NamedTuple):
    """The rows of ``clean.blocks`` and ``clean.edits`` of some captures."""

    blocks: pl.DataFrame
    edits: pl.DataFrame


def clean(captures: pl.DataFrame) -> Cleaned:
    """Blocks and edits of captures: ``capture_id``, ``text`` and, where there are, ``metadata`` (JSON with a ``title``, and
    a page's evidence), ``layout``, and ``repeated`` (numbers of lines that repeat on the capture's site).

    Each capture is read by itself; the rows come out in the order of the captures.
    """
    blocks: list[tuple[str, int, int, int, str, str, float, str | None]] = []
    edits: list[tuple[str, int, int, int, str, str, str]] = []
    texts = captures["text"]
    declared = captures["metadata"].to_list() if "metadata" in captures.columns else [None] * len(texts)
    again = captures["repeated"].to_list() if "repeated" in captures.columns else [None] * len(texts)
    layouts = captures["layout"].to_list() if "layout" in captures.columns else [None] * len(texts)
    read = [
        Text(raw, repairs(raw) if suspect else ())
        for raw, suspect in zip(texts.to_list(), suspects(texts), strict=True)
    ]
    cut = split(read)
    tell(line for lines in cut for line in lines)
    for capture_id, text, lines, metadata, layout, repeated in zip(
        captures["capture_id"].to_list(), read, cut, declared, layouts, again, strict=True
    ):
        edits.extend((capture_id, n, *edit) for n, edit in enumerate(text.edits))
        covered = cover(text, _title(metadata), page_of(text.raw, layout, metadata), repeated or (), lines)
        blocks.extend((capture_id, n, *block) for n, block in enumerate(covered))
    return Cleaned(frame(Blocks, blocks), frame(Edits, edits))


def _title(metadata: str | None) -> str | None:
    """The title that was declared with the capture."""
    if not metadata or '"title"' not in metadata:
        return None
    title = json.loads(metadata).get("title")
    return title if isinstance(title, str) and title.strip() else None
