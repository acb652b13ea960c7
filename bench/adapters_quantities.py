"""Quantities in the form of the CQE data sets, for the scorer of the bench.

usage: python -m bench.adapters_quantities docs.jsonl pred.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pipelines.extract.quantities import read
from pipelines.extract.quantity import Quantity

LEFT_OUT = frozenset(("ordinal",))
"""Measures that the data sets do not mark."""


def value(found: Quantity) -> float | list[float]:
    """The data sets hold one number, or the two ends of a range; a bound is its number, a vague plural its base."""
    low, high = found.low, found.high
    if low is None or high is None:
        return low if high is None else high  # type: ignore[return-value]
    return low if low == high or found.rule == "vague" else [low, high]


def unit(found: Quantity) -> str:
    """The unit's name, ages as 'year of age', counts by what is counted."""
    if found.measure == "age" and found.unit:
        return f"{found.unit.name} of age"
    if found.unit:
        return found.unit.name.replace("US dollar", "dollar").replace(" of arc", "")
    if found.object and found.measure in ("count", "ratio"):
        return " ".join(_lemma(word) for word in found.object.lower().split() if word != "most")
    return "-"


def _lemma(word: str) -> str:
    """Superlatives as the data sets write them: largest -> large."""
    if word.endswith("est") and len(word) > 5:
        return word[:-1] if word[:-3] + "e" in ("large", "close", "late", "wide", "nice") else word[:-3]
    return word[:-2] if word.endswith(("'s", "’s")) else word


def predicted(text: str) -> list[dict[str, Any]]:
    """The quantities of a text: value, unit, change."""
    rows = []
    for found in read(text, 0, len(text)):
        if found.measure not in LEFT_OUT:
            bound = ">" if found.high is None else "<" if found.low is None else "="
            change = found.change or ("~" if found.approximate else bound)
            rows.append({"value": value(found), "unit": unit(found), "change": change})
    return rows


def main(docs: str, pred: str) -> None:
    """Writes the quantities of ``docs`` to ``pred``, both JSON Lines."""
    with Path(docs).open(encoding="utf-8") as lines, Path(pred).open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for row in predicted(doc["text"]):
                out.write(json.dumps({"doc": doc["id"]} | row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
