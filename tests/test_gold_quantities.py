"""Quantities in sentences of our own, hard ones first: tests/gold/quantities.toml holds what each of them states."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract.quantities import read
from pipelines.extract.quantity import Quantity

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "gold" / "quantities.toml").read_text("utf-8"))[
    "case"
]


def _ends(low: float | None, high: float | None) -> str:
    if low == high and low is not None:
        return f"{low:.10g}"
    return f"{'*' if low is None else format(low, '.10g')}..{'*' if high is None else format(high, '.10g')}"


def written(found: Quantity) -> str:
    """A quantity as the cases write it."""
    also = f" = {_ends(found.also_low, found.also_high)} {found.also_unit.ucum}" if found.also_unit else ""
    parts = [
        ("~" if found.approximate else "") + _ends(found.low, found.high) + also,
        (found.unit.ucum if found.unit else None) or "", found.measure, found.object or "",
    ]  # fmt: skip
    return " | ".join(parts + ([found.change] if found.change else []))


def tidy(fact: str) -> str:
    """A written fact, its spaces made alike."""
    return "|".join(part.strip() for part in fact.split("|"))


def case(entry: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=entry["miss"], strict=True)] if "miss" in entry else []
    return pytest.param(entry, id=entry["text"][:40], marks=marks)


@pytest.mark.parametrize("entry", [case(entry) for entry in CASES])
def test_a_sentence_states_these_quantities_and_no_others(entry: dict[str, Any]) -> None:
    text = entry["text"]
    found = [tidy(written(quantity)) for quantity in read(text, 0, len(text))]
    assert found == [tidy(fact) for fact in entry["read"]], entry["why"]


def test_there_are_many_cases_and_few_known_misses() -> None:
    assert len(CASES) >= 60
    assert sum("miss" in entry for entry in CASES) <= len(CASES) // 6
