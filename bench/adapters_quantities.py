"""Quantities in the form of the CQE data sets, for the scorer of the bench.

usage: python -m bench.adapters_quantities docs.jsonl pred.jsonl
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from pipelines.extract.quantities import read
from pipelines.extract.quantity import Quantity

LEFT_OUT = frozenset(("ordinal", "score"))
"""Measures that the data sets do not mark."""

_VAGUE = re.compile(
    r"(?:(several|few|a few|some few)|a couple(?: of)?|couple(?: of)?|tens|dozens|scores|hundreds|thousands|[mb]illions)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r",|\b(?:and|or)\b")


def value(text: str, found: Quantity) -> float | list[float]:
    """The data sets hold one number, or the two ends of a range; a bound is its number, a vague plural its base."""
    low, high = found.low, found.high
    if low is None or high is None:
        return low if high is None else high  # type: ignore[return-value]
    vague = _VAGUE.match(text, found.start, found.end)
    if vague is not None:
        return low / 2 if vague[1] else low  # several thousand: from 2,000; the labels have 1,000
    return low if low == high else [low, high]


def unit(found: Quantity, heads: bool = False) -> str:
    """The unit's name, ages as 'year of age', counts by what is counted; ``heads`` alone where adjectives are joined."""
    if found.measure == "age" and found.unit:
        return f"{found.unit.name} of age"
    if found.object and found.measure == "count" and (not found.unit or found.unit.name.startswith("per ")):
        words = [_lemma(word) for word in found.object.lower().replace(",", "").split() if word != "most"]
        if heads and _JOINED.search(found.object):
            words = words[-1:]
        return " ".join(words + ([found.unit.name] if found.unit else []))
    if found.unit:
        return found.unit.name.replace("US dollar", "dollar").replace(" of arc", "")
    return "-"


def _lemma(word: str) -> str:
    """Superlatives as the data sets write them: largest -> large."""
    if word.endswith("est") and len(word) > 5:
        return word[:-1] if word[:-3] + "e" in ("large", "close", "late", "wide", "nice") else word[:-3]
    return word[:-2] if word.endswith(("'s", "’s")) else word


def predicted(text: str, heads: bool = False) -> list[dict[str, Any]]:
    """The quantities of a text: value, unit, change; ``heads`` as in :func:`unit`, for the labels of bench/gold."""
    rows = []
    for found in read(text, 0, len(text)):
        if found.measure not in LEFT_OUT:
            bound = ">" if found.high is None else "<" if found.low is None else "="
            change = found.change or ("~" if found.approximate else bound)
            rows.append({"value": value(text, found), "unit": unit(found, heads), "change": change})
            if found.also_unit is not None:  # the labels have a conversion as a quantity of its own
                again = found._replace(low=found.also_low, high=found.also_high, unit=found.also_unit)
                rows.append({"value": value(text, again), "unit": unit(again, heads), "change": change})
    return rows


def main(docs: str, pred: str, heads: bool = False) -> None:
    """Writes the quantities of ``docs`` to ``pred``, both JSON Lines."""
    with Path(docs).open(encoding="utf-8") as lines, Path(pred).open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for row in predicted(doc["text"], heads):
                out.write(json.dumps({"doc": doc["id"]} | row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
