"""Sentences: nothing is lost between them, whatever the text. Where they end: tests/gold/sentences.toml."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalise.sentences import sentences


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
