"""Offsets both ways: the law that everything else stands on."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text import Edit, Text


@st.composite
def repaired_texts(draw: st.DrawFn) -> Text:
    """A text with sorted, disjoint edits, some of which delete and some of which touch each other."""
    raw = draw(st.text(alphabet="ab “’é😀\n", max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    if draw(st.booleans()):
        pairs = list(itertools.pairwise(cuts))
    return Text(
        raw, [Edit(start, end, draw(st.sampled_from(["", "X", "YZ"])), "mojibake", "r") for start, end in pairs]
    )


@given(repaired_texts(), st.data())
def test_a_clean_span_leads_to_raw_characters_that_read_as_it(text: Text, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text.clean)))
    end = data.draw(st.integers(start, len(text.clean)))
    span = text.to_raw(start, end)
    opened = text.repaired(*span)
    assert text.clean[start:end] in opened
    if not any(edit.start < span.end and edit.end > span.start for edit in text.edits):
        assert opened == text.clean[start:end], "without a repair in it, a span reads as it stands"


@given(repaired_texts(), st.data())
def test_going_back_to_the_clean_text_covers_what_one_came_from(text: Text, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text.clean)))
    end = data.draw(st.integers(start, len(text.clean)))
    if start == end:
        return
    back = text.to_clean(*text.to_raw(start, end))
    assert back.start <= start
    assert back.end >= end
    assert text.clean[back.start : back.end] == text.repaired(*text.to_raw(start, end))


@given(repaired_texts())
def test_replaying_the_edits_over_the_whole_text_is_the_clean_text(text: Text) -> None:
    assert text.repaired(0, len(text.raw)) == text.clean


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(2, 2, "x", "mojibake", "r")],
        [Edit(1, 3, "", "mojibake", "r"), Edit(2, 4, "", "mojibake", "r")],
        [Edit(3, 9, "", "mojibake", "r")],
    ],
    ids=["empty", "overlapping", "behind the end"],
)
def test_edits_that_cannot_be_replayed_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edits must be sorted"):
        Text("abcde", edits)
