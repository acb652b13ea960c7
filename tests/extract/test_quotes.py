"""Quotations: which words are quoted, and who said them."""

from __future__ import annotations

import pytest

from pipelines.document import Block, Document
from pipelines.extract.quotes import Quotes, quotes
from pipelines.rules import load_rules
from pipelines.text import Text


def document(*lines: str, kind: str = "body") -> Document:
    """A document whose lines are its blocks."""
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(len(blocks), kind, at, at + len(line), 1.0))
        at += len(line) + 1
    return Document("ab" * 32, Text(text), blocks)


BEFORE = {
    "announced": ["Ann Lee was asked about the bridge:"],
    "continued_paragraph": ["“The bridge is closed,” Ann Lee said."],
}
"""Paragraphs that the examples of a rule follow."""


@pytest.mark.parametrize("name", load_rules("quotes"))
def test_every_rule_decides_its_examples(name):
    rule = load_rules("quotes")[name]
    before = BEFORE.get(name, [])
    for example in rule.matches:
        found = quotes([document(*before, example)])
        assert rule.rule_id in found.filter(found["block_no"] == len(before))["rule_id"].to_list(), example
    for example in rule.spares:
        assert rule.rule_id not in quotes([document(example)])["rule_id"].to_list(), example


def test_the_contract_holds_and_text_is_the_span():
    doc = document("“We are late,” Ann Lee, the mayor, said. “We will build it,” she added.")
    found = quotes([doc])
    Quotes.validate(found)
    for row in found.iter_rows(named=True):
        assert row["text"] == row["quote"] == doc.text.repaired(row["span_start"], row["span_end"])
    assert found["speaker"].to_list() == ["Ann Lee", "Ann Lee"]
