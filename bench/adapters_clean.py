"""Adapters of the clean stage for the bench scorers."""

from __future__ import annotations

from typing import Any

from pipelines.clean.encoding import repairs
from pipelines.text import Text


def repair(text: str) -> str:
    """The repaired text (score_mojibake)."""
    return Text(text, repairs(text)).clean


def dump_body(text: str, meta: dict[str, Any]) -> str:
    """Body and crosshead blocks, repaired (score_dump_body)."""
    from pipelines.clean.blocks import label

    read = Text(text, repairs(text))
    return "\n\n".join(
        read.clean[b.start : b.end] for b in label(read, meta.get("title")) if b.kind in ("body", "crosshead")
    )
