"""Attributions: how the source stands to its statement, names, quotations, spans. Whose statement, which words: tests/gold/attributions.toml."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.document import Block, Document
from pipelines.extract.attributed import DOUBTFUL
from pipelines.extract.attributions import Attributions, attributions
from pipelines.extract.quotes import quotes
from pipelines.rules import load_rules
from pipelines.text import Edit, Text


def document(*lines: str, kind: str = "body", language: str | None = None) -> Document:
    """A document whose lines are its blocks."""
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(len(blocks), kind, at, at + len(line), 1.0))
        at += len(line) + 1
    return Document("ab" * 32, Text(text), blocks, language=language)


@pytest.mark.parametrize("name", load_rules("attributions"))
def test_every_rule_decides_its_examples(name: str) -> None:
    rule = load_rules("attributions")[name]
    for example in rule.matches:
        assert rule.rule_id in attributions([document(example)])["rule_id"].to_list(), example
    for example in rule.spares:
        assert rule.rule_id not in attributions([document(example)])["rule_id"].to_list(), example


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Ann Lee denied that she had known of the leak.", "negative"),
        ("The mayor did not say whether the bridge was safe.", "negative"),
        ("No one has said why the boat sank.", "negative"),
        ("Ann Lee said the bridge was not safe.", "positive"),
        ("Critics wonder whether the bridge will hold.", "open"),
        ("The union vowed to strike.", "intended"),
        ("The union doubts that the board will pay.", "doubtful"),
        ("“We knew nothing,” insisted Ann Lee.", "positive"),
    ],
)
def test_polarity_tells_how_the_source_stands_to_the_statement(sentence: str, polarity: str) -> None:
    assert attributions([document(sentence)])["polarity"].to_list() == [polarity]


def test_sources_are_named_as_the_article_names_them() -> None:
    found = attributions(
        [
            document(
                "Ann Lee, the mayor, opened the pier on Monday.",
                "She said the ferry would sail. Lee added that it was late.",
                "The mayor told Harbour Radio that she was glad. Roy Poe, of the union, disagreed.",
                "He said the ferry was old. They claim it leaks.",
            )
        ]
    )
    assert found["source"].to_list() == ["Ann Lee", "Ann Lee", "Ann Lee", "Roy Poe", None]
    assert found["via"].to_list() == [[], [], ["Harbour Radio"], [], []]


def test_a_source_is_a_noun_phrase_and_not_the_clause_that_holds_it() -> None:
    found = attributions(
        [
            document(
                "The owners met in the old mill for a summit that underscores how their aims differ.",
                "Ann Lee spent much of Monday in Oslo and claimed that the mill leaks.",
                "It may lead to what the U.S. warned could be a flood.",
            )
        ]
    )
    assert found["source_text"].to_list() == ["a summit that", "Ann Lee", "the U.S."]
    assert found["source"].to_list() == [None, "Ann Lee", "United States"]


def test_what_things_show_or_suggest_is_attributed_but_nobody_said_it() -> None:
    text = ("The move suggests that rain is near.", "Ann Lee, a farmer, suggests that rain is near.")
    assert attributions([document(*text)]).height == 2
    assert quotes([document(*text)])["speaker"].to_list() == ["Ann Lee"]


def test_quotations_are_linked_and_not_told_twice() -> None:
    doc = document(
        "“The bridge is closed,” Ann Lee said. “We had no choice.”",
        "“And it will be sold.”",
        "She said that it was “a danger.”",
    )
    found = attributions([doc])
    Attributions.validate(found)
    linked = [quote for ids in found["quote_ids"].to_list() for quote in ids]
    assert linked == quotes([doc])["fact_id"].to_list()
    assert found["statement"].to_list() == [
        "The bridge is closed, … We had no choice. … And it will be sold.",
        "that it was “a danger.",
    ]


def test_spans_count_the_raw_text_where_the_clean_text_was_repaired() -> None:
    raw = "<b>Ann</b> Lee said the caf&eacute; was closed."
    edits = [
        Edit(0, 3, "", "markup", "r"),
        Edit(6, 10, "", "markup", "r"),
        Edit(raw.index("&"), raw.index(";") + 1, "é", "entity", "r"),
    ]
    text = Text(raw, edits)
    (row,) = attributions([Document("ab" * 32, text, [Block(0, "body", 0, len(text.clean), 1.0)])]).to_dicts()
    assert raw[row["source_start"] : row["source_end"]] == "Ann</b> Lee"
    assert (row["source"], row["statement"]) == ("Ann Lee", "the café was closed")
    assert raw[row["statement_start"] : row["statement_end"]] == "the caf&eacute; was closed"
    assert row["text"] == "Ann Lee said the café was closed"


def test_other_languages_have_their_quotations_only() -> None:
    lines = ("“We closed it,” Ann Lee said.", "Ann Lee said that it was late.")
    assert attributions([document(*lines, language="de")])["statement"].to_list() == ["We closed it,"]


WORDS = st.lists(
    st.sampled_from(
        ["Ann Lee", "she", "who", "said", "says", "told", "that", "according to", "vowed", "to", "claim", "the bridge", "is", "was", "asked", "seems",
         "calling", "for", "and", "but", "as", "“It holds,”", "“no", ",", ".", ":", ";", "—", "(", ")", "12", "\n", "The", "Roy Poe's", "not"]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=25)
@given(WORDS)
def test_every_row_opens_at_its_spans_and_has_its_own_key(pieces: list[str]) -> None:
    doc = document(*" ".join(pieces).split("\n"))
    doc.blocks = [block for block in doc.blocks if block.end > block.start]
    found = attributions([doc])
    Attributions.validate(found)
    assert found["fact_id"].is_unique().all()
    for row in found.iter_rows(named=True):
        assert row["text"] == doc.text.repaired(row["span_start"], row["span_end"])
        assert row["statement"] == " … ".join(
            doc.text.repaired(span["start"], span["end"]) for span in row["statement_spans"]
        )
        for words, start, end in (("source_text", "source_start", "source_end"), ("cue", "cue_start", "cue_end")):
            assert (row[words] is None) == (row[start] is None) == (row[end] is None)
            assert row[words] is None or row[words] == doc.text.repaired(row[start], row[end])


def test_only_factual_blocks_are_read() -> None:
    assert attributions([document("Ann Lee said that it holds.", kind="related")]).is_empty()


@pytest.mark.parametrize(
    "piece",
    [
        "said ",
        "he said, ",
        "according to ",
        "Ann Lee's claim that ",
        "asked by ",
        "told Lee, ",
        "and said ",
        "(said ",
        "A: ",
    ],
    ids=repr,
)
def test_long_texts_without_an_end_are_read(piece: str) -> None:
    attributions([document(piece * 2_000)])


def test_quotations_that_are_no_statements_are_those_that_their_rules_doubt() -> None:
    """The list is kept apart so that a rule of quotations can change without attributions being read again."""
    assert {name for name, rule in load_rules("quotes").items() if rule.confidence < 0.55} == DOUBTFUL
