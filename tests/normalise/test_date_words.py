"""Dates as outlets write them, and figures that are none."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalise.date_words import readings

TIMED = bool(os.environ.get("NEWSLEDGER_TIMED"))
"""Hostile input always runs; its cost is judged by ``make bench`` alone: shared machines are too noisy for CI."""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("13 Sep 2023", "2023-09-13"),
        ("September 13, 2023", "2023-09-13"),
        ("Sept. 13, 2023", "2023-09-13"),
        ("2023-09-13", "2023-09-13"),
        ("2023/9/13", "2023-09-13"),
        ("Wednesday 13th of September 2023", "2023-09-13"),
        ("13.09.2023", "2023-09-13"),  # with full stops the day comes first everywhere
        ("9/13/2023", "2023-09-13"),  # there is no thirteenth month
        ("den 5. März 2021", "2021-03-05"),
        ("5 de marzo de 2021", "2021-03-05"),
        ("le 5 août 2021", "2021-08-05"),
        ("5 марта 2021", "2021-03-05"),
        ("2021年3月5日", "2021-03-05"),
        ("Sep 15", "XXXX-09-15"),
        ("Friday, March 5", "XXXX-03-05"),
        ("03/04/2021", "2021-XX-XX"),  # March or April: nothing tells
        ("Thursday 03/04/2021", "2021-03-04"),  # 3 April 2021 was a Saturday
        ("By Ada MossDec. 21, 2021 11:00 pm", "2021-12-21"),  # scrapers glue the name to the date
        ("December 24, 20219:53 AM", "2021-12-24"),  # and the year to the time
        ("Harbour news2021-03-05", "2021-03-05"),
    ],
)
def test_a_day_is_read_in_the_style_it_is_written_in(words: str, expected: str) -> None:
    assert [reading.edtf for reading in readings(words)] == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "in 2021",
        "March 2021",
        "chapter 3",
        "May 10.5 percent of them",
        "31 February 2021",
        "2021-13-05",
        "2 ago",
        "1.2.3",
        "10 or 12 boats",
        "a 5-4 vote",
    ],
)
def test_other_figures_are_no_days(words: str) -> None:
    assert readings(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Published 9:04 a.m. ET Jan. 5, 2024", ("09:04", "-05:00")),
        ("July 5, 2024 9:04 PM ET", ("21:04", "-04:00")),  # the same clock in summer
        ("5 July 2023 18.08 CEST", ("18:08", "+02:00")),
        ("2023-09-13T10:11:12+09:00", ("10:11:12", "+09:00")),
        ("23 Dec 2023, 19:28 IST", ("19:28", None)),  # India, Ireland or Israel: not stated
        ("12:05 am, May 1, 2022", ("00:05", None)),
        ("5 avril 2021 à 14h30", ("14:30", None)),
        ("5 April 2021", (None, None)),
    ],
)
def test_the_time_beside_a_date_keeps_its_offset(words: str, expected: tuple[str, str]) -> None:
    (reading,) = readings(words)
    assert (reading.time, reading.offset) == expected


def test_two_dates_on_a_line_are_two() -> None:
    found = readings("Posted: Dec 20, 2021 10:27 AM EST | Last Updated: December 21, 2021")
    assert [(reading.edtf, reading.time) for reading in found] == [("2021-12-20", "10:27"), ("2021-12-21", None)]


@given(st.text(alphabet=st.sampled_from("0123456789 -/.,:MayDecJun単月日TZ\u00e9"), max_size=200))
def test_a_reading_names_its_own_words_and_a_day_that_exists(text: str) -> None:
    for reading in readings(text):
        assert 0 <= reading.start < reading.end <= len(text)
        assert reading.year is None or reading.ambiguous or reading.date is not None


@pytest.mark.parametrize(
    "words",
    ["a" * 100_000, "1" * 100_000, "May " * 25_000, "1/2/" * 25_000, "Sept. 9 " * 12_500],
    ids=lambda words: words[:8],
)
def test_hostile_lines_cost_no_more_than_their_length(words: str) -> None:
    began = time.process_time()
    readings(words)
    assert not TIMED or time.process_time() - began < 3
