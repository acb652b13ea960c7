"""The stand-off gold of bench/gold is well-formed: this needs no data of the bench."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from bench.gold import fill

DATE = (
    r"(?:\d{2,4}|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-W(?:\d\d|XX)(?:-(?:[1-7]|WE))?|-(?:SP|SU|FA|WI|Q[1-4]|H[12]))?"
)
DAYPART = r"T(?:MO|AF|EV|NI|DT|(?:[01]\d|2[0-4]|XX):(?:[0-5]\d|XX))"
PERIOD = r"P(?:(?:\d+(?:\.\d+)?|X)(?:DE|CE|[YMWD])|T(?:\d+(?:\.\d+)?|X)[HMS])"
VALUES = {
    "DATE": rf"{DATE}|\d{{4}}/\d{{4}}|PAST_REF|PRESENT_REF|FUTURE_REF",
    "TIME": rf"(?:{DATE}|\d{{3}}X-XX-XX){DAYPART}",
    "DURATION": PERIOD,
    "SET": rf"{PERIOD}|{DATE}(?:{DAYPART})?",
}


@pytest.mark.parametrize(("suffix", "least"), [("", 320), ("_more", 100)])
def test_a_time_has_a_value_of_its_type_inside_the_labelled_part(suffix: str, least: int) -> None:
    cuts = {row["doc"]: row["cut"] for row in fill.stored("times", f"docs{suffix}.jsonl")}
    rows = fill.stored("times", f"gold{suffix}.jsonl")
    for row in rows:
        assert 0 <= row["start"] < row["end"] <= cuts[row["doc"]], row
        assert re.fullmatch(VALUES[row["type"]], row["value"]), row
    assert len(rows) >= least
    _no_overlap(rows)


def test_documents_are_named_once_and_an_anchor_says_whence() -> None:
    rows = [*fill.stored("times", "docs.jsonl"), *fill.stored("times", "docs_more.jsonl")]
    assert Counter(row["doc"] for row in rows).most_common(1)[0][1] == 1
    for row in rows:
        assert (row["anchor"] is None) == (row["anchor_from"] is None), row
        assert row["anchor"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", row["anchor"]), row


def test_the_second_set_for_times_is_of_the_half_for_tuning() -> None:
    rows = [*fill.stored("times", "docs_more.jsonl"), *fill.stored("times", "gold_more.jsonl")]
    assert all(fill.HALVES["even"](row["doc"]) for row in rows)


def test_a_quantity_has_a_number_and_a_unit_inside_its_sentence() -> None:
    ends = {(row["doc"], row["start"]): row["end"] for row in fill.stored("quantities", "sentences.jsonl")}
    rows = fill.stored("quantities", "gold.jsonl")
    for row in rows:
        assert row["sentence"] <= row["start"] < row["end"] <= ends[row["doc"], row["sentence"]], row
        values = row["value"] if isinstance(row["value"], list) else [row["value"]]
        assert all(isinstance(value, int | float) for value in values), row
        assert values == sorted(values), row
        assert row["change"] in ("=", "~", ">", "<", "up", "down"), row
        if row["unit"] is None:
            assert row["end"] < row["unit_start"] < row["unit_end"] <= ends[row["doc"], row["sentence"]], row
    assert len(ends) >= 320
    _no_overlap(rows)


@pytest.mark.parametrize("half", ["even", "odd"])
@pytest.mark.parametrize("kind", ["times", "quantities"])
def test_both_halves_are_about_equal(kind: str, half: str) -> None:
    rows = fill.stored(kind, "gold.jsonl")
    share = sum(fill.HALVES[half](row["doc"]) for row in rows) / len(rows)
    assert 0.4 < share < 0.6


@pytest.mark.parametrize("kind", ["times", "quantities"])
def test_no_words_of_an_article_are_stored(kind: str) -> None:
    """Strings are ids, set names, values, units of measure and hashes; nothing that could hold a sentence."""
    for path in sorted((fill.HERE / kind).glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            assert not any(isinstance(value, str) and " " in value and key != "unit" for key, value in row.items()), row


def _no_overlap(rows: list[dict[str, Any]]) -> None:
    """Labels of a document stand in order and apart."""
    last: dict[tuple[str, int], int] = {}
    for row in rows:
        place = (row["doc"], row.get("sentence", 0))
        assert row["start"] >= last.get(place, 0), row
        last[place] = row["end"]
