"""Names in sentences of our own, hard ones first: tests/gold/mentions.toml holds what each of them names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.document import Block, Document
from pipelines.extract.mentions import Mention, read
from pipelines.text import Text

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "gold" / "mentions.toml").read_text("utf-8"))[
    "case"
]


def written(text: str, found: Mention) -> str:
    """A name as the cases write it."""
    words = text[found.start : found.end]
    if found.kind == "place":
        called = ", ".join(filter(None, (found.region, found.country)))
    else:
        called = "" if found.name == words else found.name
    return " : ".join([found.kind, words, called or "=", *([found.role] if found.role else [])])


def case(entry: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=entry["miss"], strict=True)] if "miss" in entry else []
    return pytest.param(entry, id=entry["text"][:40], marks=marks)


@pytest.mark.parametrize("entry", [case(entry) for entry in CASES])
def test_a_sentence_names_these_and_nobody_else(entry: dict[str, Any]) -> None:
    text = entry["text"]
    document = Document("ab" * 32, Text(text), [Block(0, "body", 0, len(text), 1.0)])
    assert [written(text, found) for found in read(document)] == entry["read"], entry["why"]


def test_there_are_many_cases_and_few_known_misses() -> None:
    assert len(CASES) >= 60
    assert sum("miss" in entry for entry in CASES) <= len(CASES) // 6
