"""Quotations: which words are quoted, and who said them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Block, Document
from pipelines.extract.quotes import Quotes, quotes
from pipelines.rules import load_rules
from pipelines.text import Edit, Text


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


def test_spans_count_the_raw_text_where_the_clean_text_was_repaired():
    raw = "â€œIt holds,â€\x9d <b>Ann</b> Lee said."
    edits = [
        Edit(raw.index("â€œ"), raw.index("â€œ") + 3, "“", "mojibake", "r"),
        Edit(raw.index("â€\x9d"), raw.index("â€\x9d") + 3, "”", "mojibake", "r"),
        Edit(raw.index("<b>"), raw.index("<b>") + 3, "", "markup", "r"),
        Edit(raw.index("</b>"), raw.index("</b>") + 4, "", "markup", "r"),
    ]
    text = Text(raw, edits)
    doc = Document("ab" * 32, text, [Block(0, "body", 0, len(text.clean), 1.0)])
    (row,) = quotes([doc]).to_dicts()
    assert raw[row["span_start"] : row["span_end"]] == row["quote"] == "It holds,"
    assert raw[row["speaker_start"] : row["speaker_end"]] == "Ann</b> Lee"
    assert row["speaker_text"] == row["speaker"] == "Ann Lee"


MARKED = st.lists(
    st.sampled_from(
        ["“It holds,”", '"It is so."', "Ann Lee", "Roy Poe", "said", "he", "told", "the mayor", ".", ",", "“", "”", "'", "\n", "\n\n", ":"]
    ),
    max_size=40,
)  # fmt: skip


@given(MARKED)
def test_every_row_opens_at_its_span_and_has_its_own_key(pieces: list[str]):
    doc = document(*" ".join(pieces).split("\n"))
    doc.blocks = [block for block in doc.blocks if block.end > block.start]
    found = quotes([doc])
    Quotes.validate(found)
    assert found["fact_id"].is_unique().all()
    for row in found.iter_rows(named=True):
        assert row["text"] == doc.text.repaired(row["span_start"], row["span_end"])
        assert row["text"] == row["quote"] or row["quote_type"] == "indirect"
        assert row["fact_id"] == f"quote:{doc.capture_id[:16]}:{row['span_start']}-{row['span_end']}"
        for words, start, end in (("speaker_text", "speaker_start", "speaker_end"), ("cue", "cue_start", "cue_end")):
            assert (row[words] is None) == (row[start] is None) == (row[end] is None)
            assert row[words] is None or row[words] == doc.text.repaired(row[start], row[end])
        assert all(0 <= span["start"] < span["end"] <= len(doc.text.raw) for span in row["content_spans"])


def test_only_factual_blocks_are_read():
    assert quotes([document("“It holds,” Ann Lee said.", kind="related")]).is_empty()


@pytest.mark.parametrize(
    "piece",
    [
        '"It holds," he said. ',
        '"It holds," he said.\n',
        '"It holds ',
        "Ann Lee said, ",
        "“It holds” ",
        "' ",
        "“No,” he said, and ",
    ],
    ids=repr,
)
def test_the_cost_is_linear_in_hostile_texts(piece: str):
    quotes([document(*(piece * 5_000 + '"yes it is"').split("\n"))])


def test_reported_speech_is_a_row_of_its_kind():
    found = quotes(
        [document("Ann Lee said that the bridge was closed. The ferry, she added, was late. “We try,” she said.")]
    )
    Quotes.validate(found)
    rows = found.filter(found["quote_type"] == "indirect").to_dicts()
    assert [(row["speaker"], row["cue"], row["quote"], len(row["content_spans"])) for row in rows] == [
        ("Ann Lee", "said", "that the bridge was closed", 1),
        ("Ann Lee", "added", "The ferry … was late", 2),
    ]


@pytest.mark.parametrize(
    "sentence", ["Ann Lee hopes that it holds.", "The plan seems dead.", "Ann Lee praised the plan."]
)
def test_thoughts_and_stands_are_no_speech(sentence: str):
    assert quotes([document(sentence)]).is_empty()
