"""Labelled sentences of our own: what ``tests/gold/<kind>.toml`` holds, as pytest takes it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.document import Block, Document
from pipelines.text import Text

Entry = dict[str, Any]
"""``text``, what is ``read`` in it, ``why`` that is worth a case, and ``miss``: why it is not read yet."""


def entries(kind: str) -> list[Entry]:
    """The labelled sentences of a kind, in the order of its file."""
    found: list[Entry] = tomllib.loads((Path(__file__).parent / "gold" / f"{kind}.toml").read_text("utf-8"))["case"]
    return found


def cases(kind: str) -> list[Any]:
    """A parameter for each labelled sentence; known misses must fail."""
    made = []
    for entry in entries(kind):
        marks = [pytest.mark.xfail(reason=entry["miss"], strict=True)] if "miss" in entry else []
        made.append(pytest.param(entry, id=entry["text"][:40], marks=marks))
    return made


def document(text: str) -> Document:
    """A text as the body of an article."""
    return Document("ab" * 32, Text(text), [Block(0, "body", 0, len(text), 1.0)])


def tidy(facts: list[str]) -> list[str]:
    """Written facts, with their blanks made alike: " | " between their parts, nothing around them."""
    return [" | ".join(part.strip() for part in fact.split("|")).strip() for fact in facts]
