"""Quotations of own writing against labels: words, speaker, cue, chain (``tests/gold/quotes.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from extract.test_quotes import document

from pipelines.extract.quotes import quotes

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "gold" / "quotes.toml").read_text("utf-8"))[
    "case"
]
COLUMNS = {"words": "quote", "by": "speaker_text", "is": "speaker", "cue": "cue", "via": "via", "type": "quote_type"}


def marks(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=case["known_miss"])] if "known_miss" in case else []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"], marks=marks(case)) for case in CASES])
def test_each_quotation_has_its_words_and_speaker(case: dict[str, Any]):
    rows = quotes([document(*case["text"].strip("\n").split("\n"))]).to_dicts()
    found = [row for row in rows if row["quote_type"] != "indirect"]
    assert len(found) == len(case["quotes"]), [row["quote"] for row in found]
    for row, wanted in zip(found, case["quotes"], strict=True):
        said = {key: row[COLUMNS[key]] or "" if key != "via" else row["via"] for key in wanted}
        assert said == wanted


def test_there_are_enough_cases_and_few_known_misses():
    assert len(CASES) >= 60
    assert sum("known_miss" in case for case in CASES) <= len(CASES) // 10
