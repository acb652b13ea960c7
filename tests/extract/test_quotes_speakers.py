"""Who said it: the words that name the source, the person they mean, and through whom it came."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.document import Block, Document
from pipelines.extract.quotes import quotes
from pipelines.text import Text


def read(*lines: str, kind: str = "body") -> list[dict[str, Any]]:
    """The quotations of a document whose lines are its blocks."""
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(len(blocks), kind, at, at + len(line), 1.0))
        at += len(line) + 1
    return quotes([Document("ab" * 32, Text("\n".join(lines)), blocks)]).to_dicts()


@pytest.mark.parametrize(
    ("text", "speaker_text", "cue"),
    [
        ("“The dam holds,” Ann Lee said.", "Ann Lee", "said"),
        ("“The dam holds,” said Ann Lee, a farmer, on Monday.", "Ann Lee", "said"),
        ("“The dam holds,” Ann Lee, who built it, told the crowd.", "Ann Lee, who built it", "told"),
        ("“Does the dam hold?” Ann Lee asked.", "Ann Lee", "asked"),
        ("Ann Lee said: “The dam holds.”", "Ann Lee", "said"),
        ("At the gate, Ann Lee told reporters, “The dam holds.”", "Ann Lee", "told"),
        (
            "Ann Lee, a farmer from Oby, Ohio, said the dam was “a blessing.”",
            "Ann Lee, a farmer from Oby, Ohio",
            "said",
        ),
        ("Ann Lee welcomed the dam, calling it “a blessing.”", "Ann Lee", "calling"),
        ("“The dam holds,” he surmised.", "he", "surmised"),
        ("The dam was “a blessing,” and so was the road, Ann Lee wrote.", "Ann Lee", "wrote"),
        (
            "The dam was “a blessing,” according to a spokesman for the town.",
            "a spokesman for the town",
            "According to",
        ),
        ("The dam was described as “a blessing” by the mayor.", "the mayor", "described"),
        ("Ann Lee: “The dam holds.”", "Ann Lee", ":"),
        ("The trouble, says Ann Lee, is “a lack of stone.”", "Ann Lee", "says"),
        ("OBY, May 3 (XYZ) — Ann Lee praised the dam as “a blessing.”", "Ann Lee", "praised"),
        ("When Roy Poe asked, Ann Lee laughed and said, “It holds.”", "Ann Lee", "said"),
    ],
)
def test_the_words_that_name_the_source(text: str, speaker_text: str, cue: str):
    row = read(text)[0]
    assert (row["speaker_text"], row["cue"].lower()) == (speaker_text, cue.lower())


@pytest.mark.parametrize(
    ("lines", "speakers", "why"),
    [
        (["Mayor Ann Lee opened the dam.", "“It holds,” Lee said."], ["Ann Lee"], "a family name stands for the full name"),
        (["Mayor Ann Lee opened the dam.", "“It holds,” the mayor said."], ["Ann Lee"], "an office stands for who holds it"),
        (["Roy Poe, the French envoy, met Ann Lee.", "“It holds,” the envoy from France said."], ["Roy Poe"], "set off by commas"),
        (
            ["Norwegian President Ann Lee met Danish President Roy Poe.", "“It holds,” the Danish leader said."],
            ["Roy Poe"],
            "a country tells which of two",
        ),
        (["Ann Lee met Roy Poe.", "“It holds,” Lee said. “It is new,” she added."], ["Ann Lee", "Ann Lee"], "a pronoun is the last speaker"),
        (["Mary Lee met Robert Poe.", "“It holds,” he said."], ["Robert Poe"], "a given name tells the gender"),
        (["Sergeant Ann Q. Lee came. Ann Lee left.", "“It holds,” Lee said."], ["Ann Q. Lee"], "the fullest form"),
        (["“It holds,” said Secretary of Roads Mary Lee."], ["Mary Lee"], "a title that goes on behind of"),
        (["“It holds,” National Harbour Adviser Mary Lee said."], ["Mary Lee"], "a title of several words"),
        (["“It holds,” the Q.Z. envoy to the R.S. Mary Lee-Poe said."], ["Mary Lee-Poe"], "dotted names before the name"),
        (["“It holds,” Denmark’s harbour ministry said."], ["Denmark’s harbour ministry"], "an office without a proper name"),
        (["“It holds,” a farmer said."], [None], "nobody is named: no guess"),
        (["“It holds,” said a spokesman for Ann Lee."], [None], "the spokesman is not the one he speaks for"),
        (["“It holds,” the Lee campaign said."], ["Lee campaign"], "an organisation named for a person"),
        (["The Joint Harbour Board (JHB) met.", "“It holds,” the JHB said."], ["Joint Harbour Board"], "an acronym"),
        (["“It holds,” Ann Lee said. “It is new. It is ours.”"], ["Ann Lee", "Ann Lee"], "the next sentence goes on"),
        (["“It holds,” Ann Lee said.", "“It is new.”"], ["Ann Lee", "Ann Lee"], "the next paragraph goes on"),
        (["“It holds,” Ann Lee said. “It is new.", "“And it is ours.”"], ["Ann Lee"] * 3, "a mark opens each paragraph of a long quotation"),
        (["Ann Lee gave her view:", "“It holds.”"], ["Ann Lee"], "announced by a colon"),
        (["Her book “The Long Way Home” sold well, Ann Lee said."], [None], "the name of a work is nobody's statement"),
        (["Ann Lee said she hoped for “a long life” for the dam."], ["Ann Lee"], "hoping is part of what she said"),
        (["Ann Lee spoke after Roy Poe said the dam was “a blessing.”"], ["Roy Poe"], "a verb of another clause does not reach over"),
    ],
)  # fmt: skip
def test_whom_the_words_mean(lines: list[str], speakers: list[str | None], why: str):
    assert [row["speaker"] for row in read(*lines) if row["quote_type"] != "indirect"] == speakers, why


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("“It holds,” Ann Lee said, Harbour Radio reported.", ["Harbour Radio"]),
        ("“It holds,” Ann Lee was quoted by Harbour Radio as saying.", ["Harbour Radio"]),
        ("“It holds,” Ann Lee told the Harbour Times, according to state media.", ["Harbour Times", "state media"]),
        ("“It holds,” Ann Lee said, her husband reported.", []),
        ("“It holds,” Ann Lee said, according to Harbour Radio.", ["Harbour Radio"]),
        ("“It holds,” Ann Lee told the Harbour Times.", ["Harbour Times"]),
        ("Ann Lee was quoted by state media as saying “it holds.”", ["state media"]),
        ("“It holds,” Ann Lee told Roy Poe.", []),
    ],
)
def test_through_whom_it_came(text: str, via: list[str]):
    row = read(text)[0]
    assert (row["speaker"], row["via"]) == ("Ann Lee", via)


@pytest.mark.parametrize(
    ("text", "quote_type", "content"),
    [
        ("“It holds,” Ann Lee said.", "direct", "It holds,"),
        ("Ann Lee said that the dam was “a blessing” for all.", "mixed", "the dam was “a blessing” for all"),
        ("The dam is “a blessing,” Ann Lee said.", "mixed", "The dam is “a blessing,"),
        ("Ann Lee called it “a blessing,” according to Roy Poe.", "mixed", "it “a blessing,"),
    ],
)
def test_the_whole_statement(text: str, quote_type: str, content: str):
    row = read(text)[0]
    (span,) = row["content_spans"]
    assert (row["quote_type"], text[span["start"] : span["end"]]) == (quote_type, content)


def test_a_caption_hands_no_speaker_on_to_the_body():
    text = "“It holds,” Ann Lee says in this picture.\n“It is new.”"
    end = text.index("\n")
    blocks = [Block(0, "caption", 0, end, 1.0), Block(1, "body", end + 1, len(text), 1.0)]
    found = quotes([Document("ab" * 32, Text(text), blocks)])
    assert found["speaker"].to_list() == ["Ann Lee", None]
    assert found["block_kind"].to_list() == ["caption", "body"]
