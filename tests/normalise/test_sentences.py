"""Where sentences end: abbreviations, initials, figures and marks do not deceive."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalise.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("It rained. We left.", ["It rained.", "We left."], "the plain case"),
        ("Gov. Ann Lee met Dr. Roy Poe.", ["Gov. Ann Lee met Dr. Roy Poe."], "titles come before names"),
        ("J. B. Lane and Mary Q. Reed won.", ["J. B. Lane and Mary Q. Reed won."], "initials"),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."], "dots inside a name"),
        ("He moved to the U.S. The move was hard.", ["He moved to the U.S.", "The move was hard."], "a dotted name at the end"),
        ("They met at 5 p.m. Thursday. Rain fell.", ["They met at 5 p.m. Thursday.", "Rain fell."], "a time of day goes on"),
        ("They met at 5 p.m. The hall was full.", ["They met at 5 p.m.", "The hall was full."], "a time of day ends"),
        ("Rates rose 2.5 percent. Bonds fell.", ["Rates rose 2.5 percent.", "Bonds fell."], "decimals"),
        ("On Sept. 3 it closed. It reopened.", ["On Sept. 3 it closed.", "It reopened."], "months"),
        ('"Stop." He ran.', ['"Stop."', "He ran."], "the closing mark belongs to the sentence"),
        ("“Is it so?” she asked. “No!” he cried.", ["“Is it so?” she asked.", "“No!” he cried."], "no new sentence in lower case"),
        ("He waited … and left. She stayed.", ["He waited … and left.", "She stayed."], "an ellipsis inside"),
        ("One line\nAnother line", ["One line", "Another line"], "a line break ends a sentence"),
        ("Lee Inc. said so. It won.", ["Lee Inc. said so.", "It won."], "companies"),
        ("", [], "nothing"),
        (" \n ", [], "blanks"),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str], why: str):
    assert cut(text) == expected, why


@given(st.text(alphabet=st.sampled_from("aB .!?…\"'”\n\tMr0,"), max_size=120))
def test_every_character_that_is_not_blank_is_in_exactly_one_sentence(text: str):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize("piece", [". ", "...", "a. ", '."', "\n", "U.S. "], ids=repr)
def test_the_cost_is_linear_in_hostile_texts(piece: str):
    sentences(piece * 100_000)
