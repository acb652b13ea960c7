"""Numbers as they are written: what a run of digits or words is worth, and what is no number at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.numbers import numbers


def read(text: str) -> list[tuple[str, float, float]]:
    return [(text[n.start : n.end], n.low, n.high) for n in numbers(text, 0, len(text))]


VALUES = [
    ("650", 650, "plain digits"),
    ("1,234.5", 1234.5, "groups and a point"),
    ("12,34,567.89", 1234567.89, "Indian groups"),
    ("10, 000", 10000, "no number begins with 000, so the space is the typesetter's"),
    ("10\u202f500", 10500, "a hard space ties groups"),
    ("1.234.567,89", 1234567.89, "several groups of points can only be European"),
    (".5", 0.5, "a point before the digits"),
    ("4½", 4.5, "a fraction as one sign"),
    ("10 1/2", 10.5, "a fraction behind a whole number"),
    ("1.5 million", 1.5e6, "a magnitude in words"),
    ("16.4 million", 16.4e6, "decimals are scaled as decimals, without a rest"),
    ("3bn", 3e9, "a magnitude that sticks to the digits"),
    ("1.8M", 1.8e6, "a capital M is a million"),
    ("twenty-one", 21, "tens and units with a hyphen"),
    ("ninety five", 95, "and without"),
    ("two hundred and five", 205, "and goes on behind a hundred"),
    ("one hundred thousand", 100000, "a hundred before a magnitude"),
    ("two thousand and sixteen", 2016, "and behind a magnitude"),
    ("five million six hundred thousand", 5.6e6, "magnitudes fall"),
    ("a dozen", 12, "the article counts one"),
    ("half a million", 5e5, "a part of a magnitude"),
    ("a quarter million", 2.5e5, "without 'of'"),
    ("quarter-of-a-million", 2.5e5, "with hyphens"),
    ("three quarters of a billion", 7.5e8, "several parts"),
    ("two and a half", 2.5, "a half behind a number"),
    ("a million and a half", 1.5e6, "a half of the magnitude"),
    ("two-thirds", 2 / 3, "count and part"),
    ("a couple of hundred", 200, "a couple is two"),
    ("FORTY", 40, "capitals of a headline"),
]


@pytest.mark.parametrize(("text", "value", "why"), VALUES, ids=[case[0] for case in VALUES])
def test_a_number_has_its_value(text: str, value: float, why: str) -> None:
    assert read(f"They saw {text} there.") == [(text, value, value)], why


VAGUE = [
    ("dozens", 12, 120),
    ("tens of millions", 1e7, 1e8),
    ("hundreds of thousands", 1e5, 1e6),
    ("several hundred", 200, 1000),
    ("a few thousand", 2000, 10000),
]


@pytest.mark.parametrize(("text", "low", "high"), VAGUE, ids=[case[0] for case in VAGUE])
def test_a_vague_plural_reaches_from_its_value_to_ten_times_it(text: str, low: float, high: float) -> None:
    assert read(f"It drew {text} of visitors.") == [(text, low, high)]


NONE = [
    ("on 2023-09-14", "a date"),
    ("at 11:43", "a clock time"),
    ("call 555-123-4567", "a phone number"),
    ("version 1.2.3.4", "a version"),
    ("agent 007", "leading zeros"),
    ("the G7 and the A5", "letters stick to it"),
    ("the 1990s", "a decade"),
    ("on 9/11", "a day that became a name"),
    ("id 123456789012345678901234567890", "longer than any number of an article"),
    ("nineteen eighty-four", "a year in words"),
    ("someone is often lonely", "words that hold number words"),
]


@pytest.mark.parametrize(("text", "why"), NONE, ids=[case[0] for case in NONE])
def test_chains_that_are_no_numbers_are_left_out(text: str, why: str) -> None:
    assert read(text) == [], why


SEVERAL = [
    ("one two three", ["one", "two", "three"]),
    ("11-13 percent", ["11", "13"]),
    ("two and three", ["two", "three"]),
    ("four to five million", ["four", "five million"]),
]


@pytest.mark.parametrize(("text", "words"), SEVERAL, ids=[case[0] for case in SEVERAL])
def test_numbers_side_by_side_stay_apart(text: str, words: list[str]) -> None:
    assert [number[0] for number in read(text)] == words


ORDINALS = [("21st", 21), ("twenty-first", 21), ("16th", 16), ("one hundred and third", 103), ("second", 2)]


@pytest.mark.parametrize(("text", "value"), ORDINALS, ids=[case[0] for case in ORDINALS])
def test_ordinals_are_known_as_such(text: str, value: float) -> None:
    (number,) = numbers(f"the {text} attempt", 0, 30)
    assert (number.low, number.kind) == (value, "ordinal")


@given(st.text(alphabet=" 0123456789.,-–/$mkthandof", max_size=60) | st.lists(
    st.sampled_from(["two", "twenty", "hundred", "and", "a", "half", "million", "third", "of", "tens", "-", "5", "1,000"]),
    max_size=14,
).map(" ".join))  # fmt: skip
def test_numbers_are_in_order_apart_and_finite(text: str) -> None:
    found = numbers(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= n.start < n.end <= len(text) and 0 <= n.low <= n.high < float("inf") for n in found)


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_are_read_back(value: int) -> None:
    text = f"{value:,}"
    assert [(n.low, n.start, n.end) for n in numbers(text, 0, len(text))] == [(value, 0, len(text))]
