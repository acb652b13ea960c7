"""What the actions of a made-up article are, for the tests of actions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipelines.document import Block, Document
from pipelines.extract.actions import Actions, actions
from pipelines.text import Edit, Text

THURSDAY = dt.date(2023, 9, 14)
Told = tuple[str, str | None, str | None, str | None, str]
"""Verb, type, actor, recipient, modality."""


def document(
    text: str,
    edits: tuple[Edit, ...] = (),
    kind: str = "body",
    language: str | None = None,
    published: dt.date | None = THURSDAY,
) -> Document:
    made = Text(text, edits)
    return Document(
        "ab" * 32, made, [Block(0, kind, 0, len(made.clean), 1.0)], published_on=published, language=language
    )


def rows(text: str, published: dt.date | None = THURSDAY) -> list[dict[str, Any]]:
    return Actions.validate(actions([document(text, published=published)])).to_dicts()


def told(text: str) -> list[Told]:
    return [(r["verb"], r["plover_event"], r["actor"], r["recipient"], r["modality"]) for r in rows(text)]
