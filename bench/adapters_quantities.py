"""Quantities in the form of the CQE data sets, for the scorer of the bench.

usage: python -m bench.adapters_quantities docs.jsonl pred.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

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
        return found.unit.name.replace("US dollar", "dollar")
    if found.object and found.measure in ("count", "ratio"):
        return " ".join(_lemma(word) for word in found.object.lower().split() if word != "most")
    return "-"


def _lemma(word: str) -> str:
    """Superlatives as the data sets write them: largest -> large."""
    if word.endswith("est") and len(word) > 5:
        return word[:-1] if word[:-3] + "e" in ("large", "close", "late", "wide", "nice") else word[:-3]
    return word[:-2] if word.endswith(("'s", "’s")) else word


def predict(docs: Path, pred: Path) -> None:
    """Writes the quantities of ``docs.jsonl`` as ``pred.jsonl``."""
    with docs.open(encoding="utf-8") as lines, pred.open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for found in read(doc["text"], 0, len(doc["text"])):
                if found.measure in LEFT_OUT:
                    continue
                change = found.change or (
                    "~" if found.approximate else ">" if found.high is None else "<" if found.low is None else "="
                )
                row = {"doc": doc["id"], "value": value(found), "unit": unit(found), "change": change}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    predict(Path(sys.argv[1]), Path(sys.argv[2]))
