"""Names in sentences of our own, hard ones first: tests/gold/mentions.toml holds what each of them names."""

from __future__ import annotations

import pytest
from cases import Entry, cases, document

from pipelines.extract.mentions import Mention, read


def written(text: str, found: Mention) -> str:
    """A name as the cases write it."""
    words = text[found.start : found.end]
    if found.kind == "place":
        called = ", ".join(filter(None, (found.region, found.country)))
    else:
        called = "" if found.name == words else found.name
    return " : ".join([found.kind, words, called or "=", *([found.role] if found.role else [])])


@pytest.mark.parametrize("entry", cases("mentions"))
def test_a_sentence_names_these_and_nobody_else(entry: Entry) -> None:
    text = entry["text"]
    assert [written(text, found) for found in read(document(text))] == entry["read"], entry["why"]
