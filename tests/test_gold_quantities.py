"""Quantities in sentences of our own, hard ones first: tests/gold/quantities.toml holds what each of them states."""

from __future__ import annotations

import pytest
from cases import Entry, cases, tidy

from pipelines.extract.quantities import read
from pipelines.extract.quantity import Quantity


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


@pytest.mark.parametrize("entry", cases("quantities"))
def test_a_sentence_states_these_quantities_and_no_others(entry: Entry) -> None:
    text = entry["text"]
    found = [written(quantity) for quantity in read(text, 0, len(text))]
    assert tidy(found) == tidy(entry["read"]), entry["why"]
