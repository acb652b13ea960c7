"""The table of time expressions: rules, intervals, spans, languages, the contract on any text. Values: tests/gold/times.toml."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Block, Document
from pipelines.extract.times import Times, read, times
from pipelines.extract.times_words import LEXICON
from pipelines.rules import load_rules
from pipelines.text import Edit, Text

TIMED = bool(os.environ.get("NEWSLEDGER_TIMED"))
"""Hostile input always runs; its cost is judged by ``make bench`` alone: shared machines are too noisy for CI."""

FRIDAY = dt.date(2023, 9, 15)

VALUE = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF"
    r"|P(?:T?(?:X|[0-9]+(?:\.[0-9]+)?)(?:DE|CE|ML|[YQMWDHS]))(?:T?[0-9.]+[YMWDHS])?"
    r"|FY[0-9]{4}(?:-Q[1-4])?|[0-9]{4}/[0-9]{4}|X{1,3}|[0-9]{2,3}"
    r"|(?:[0-9]{4}|XXXX)(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?|-W(?:[0-9]{2}|XX)(?:-(?:WE|[1-7]))?|-[QH](?:[1-4]|X)|-(?:SP|SU|FA|WI))?"
    r"(?:T(?:MO|AF|EV|NI|DT|[0-9]{2}:[0-9]{2}|XX:XX))?"
)
"""The values that TIMEX3 knows, as far as this reader states them."""


def document(
    text: str, edits: tuple[Edit, ...] = (), kind: str = "body", published: dt.date | None = FRIDAY
) -> Document:
    made = Text(text, edits)
    return Document("ab" * 32, made, [Block(0, kind, 0, len(made.clean), 1.0)], published_on=published)


@pytest.mark.parametrize("name", load_rules("times"))
def test_every_rule_decides_its_examples(name: str) -> None:
    rule = load_rules("times")[name]
    for example in rule.matches:
        assert name in [found.rule for found in read(example, FRIDAY)], example
    for example in rule.spares:
        assert name not in [found.rule for found in read(example, FRIDAY)], example


def test_an_interval_goes_with_what_is_resolved():
    def days(text: str) -> tuple[str | None, ...]:
        (found,) = read(text, FRIDAY)
        return tuple(str(day) if day else None for day in (found.starts_on, found.ends_on, found.anchor_on))

    assert days("It rained last month.") == ("2023-08-01", "2023-08-31", "2023-09-15")
    assert days("It rained in the 1990s.") == ("1990-01-01", "1999-12-31", None)
    assert days("It failed over the past four months.") == ("2023-05-15", "2023-09-15", "2023-09-15")
    assert days("It rained for four months.") == (None, None, None)
    assert days("It rained last weekend.") == ("2023-09-09", "2023-09-10", "2023-09-15")
    assert days("They meet every Monday.") == (None, None, None)


def test_modifiers_are_named():
    text = "In early 2015, about two weeks, at least a year, no more than a day, mid-May and the end of 2016."
    assert [found.modifier for found in read(text)] == [
        "START",
        "APPROX",
        "EQUAL_OR_MORE",
        "EQUAL_OR_LESS",
        "MID",
        "END",
    ]


def test_sept_11_far_from_september_is_that_of_2001():
    (found,) = read("Much changed after Sept. 11.", dt.date(2016, 3, 18))
    assert (found.value, found.rule) == ("2001-09-11", "date_named")


def test_a_holiday_after_before_is_the_next():
    found = read("It was held the Saturday before Christmas.", dt.date(2015, 12, 23))
    assert [one.value for one in found] == ["2015-12-19", "2015-12-25"]


def test_facts_are_looked_for_in_factual_blocks_only():
    text = "It opened in 2009."
    assert times([document(text, kind="related")]).height == 0
    assert times([document(text, kind="caption")])["block_kind"].to_list() == ["caption"]


def test_another_language_gets_what_needs_no_words():
    made = document("Am 2021-03-04 war es kalt, im August 2021 war es warm.")
    made.language = "de"
    assert times([made])["text"].to_list() == ["2021-03-04"]


def test_spans_open_in_the_raw_text():
    text = "They met on Sept.&nbsp;5, 2011, and on Tuesday<b> night</b>."
    edits = (
        Edit(text.index("&"), text.index(";") + 1, "\xa0", "entity", "r"),
        Edit(text.index("<b>"), text.index("<b>") + 3, "", "markup", "r"),
        Edit(text.index("</b>"), text.index("</b>") + 4, "", "markup", "r"),
    )
    made = document(text, edits)
    frame = times([made])
    assert frame["text"].to_list() == ["Sept.\xa05, 2011", "Tuesday night"]
    for row in frame.to_dicts():
        assert made.text.repaired(row["span_start"], row["span_end"]) == row["text"]
        assert row["fact_id"] == f"time:{made.capture_id[:16]}:{row['span_start']}-{row['span_end']}"


WORDS = [
    "two", "5", "1,000", "31", "2016", "May", "Sept.", "Sunday", "last", "next", "the", "of", "past", "days", "year", "quarter", "third",
    "half", "a", "in", "at", "9", "a.m.", "9:30", "ET", "ago", "later", "every", "night", ",", ".", "-", "(", "\n\n", "1990s", "'98", "more",
    "than", "end", "early", "Christmas", "Eve", "9/11", "30/2/2015", "to", "and", "will", "fiscal", "century", "old", "summer", "tomorrow",
]  # fmt: skip
PLAYERS = sorted({min(word for word in LEXICON if LEXICON[word] == part) for part in LEXICON.values()})
"""A word of each part that a word can play."""
DAYS = st.none() | st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))


@given(st.lists(st.sampled_from([*WORDS, *PLAYERS]), max_size=25).map(" ".join) | st.text(max_size=80), DAYS)
def test_the_contract_holds_whatever_the_text(text: str, published: dt.date | None) -> None:
    frame = times([document(text, published=published)] if text else [])
    Times.validate(frame, cast=False)
    spans = frame.select("span_start", "span_end").rows()
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "expressions do not overlap"
    assert all(text[start:end] == words for (start, end), words in zip(spans, frame["text"], strict=True))
    assert [value for value in frame["timex_value"] if not VALUE.fullmatch(value)] == []


HOSTILE = {
    "digits": "9" * 10**5,
    "weekdays": "Monday " * 10**4,
    "months glued": "May" * 30_000,
    "numbers": "twenty-" * 10**4 + "years",
    "articles": "the " * 25_000 + "year",
    "years": "2016-" * 20_000,
    "spaces": "two" + " " * 10**5 + "years",
    "letters": "in " + "a" * 10**5 + " 2016",
    "commas": "in 2016," * 10**4,
    "prefixes": "the last next early " * 5_000,
    "no stops": "2016 will be held and " * 4_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_no_time(name: str) -> None:
    began = time.process_time()
    times([document(HOSTILE[name])])
    assert not TIMED or time.process_time() - began < 2


def test_what_nobody_published_yet_is_read_in_any_year():
    found: list[Any] = [
        read("It rained last year, next century, 40 decades ago.", day) for day in (dt.date.min, dt.date.max)
    ]
    assert all(found)
