"""Dates and agencies in the form that the bench's scorers read.

usage: python -m bench.adapters_normalise DOCS.jsonl PRED.jsonl      (agencies)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.clean.stage import clean
from pipelines.document import documents
from pipelines.normalise.articles import articles

INGESTED_ON = dt.date(2026, 11, 21)
"""The day on which the texts are taken to have arrived: no later year can be meant in them."""

WIRES = ("AP", "AFP", "UPI", "Reuters")
"""The agencies that the data set knows."""

HELPED = ("bylines/agency_contributors", "bylines/agency_material")
"""An agency that merely helped is credited by us; the data set asks whose copy the text is."""


def articles_of(texts: list[str]) -> pl.DataFrame:
    """The rows of clean.articles for some texts, in their order."""
    captures = pl.DataFrame(
        {
            "capture_id": [hashlib.sha256(f"{place}\n{text}".encode()).hexdigest() for place, text in enumerate(texts)],
            "text": texts,
            "media_type": ["text/plain"] * len(texts),
            "ingested_on": [INGESTED_ON] * len(texts),
        }
    ).with_columns(url=pl.lit(None, pl.String), metadata=pl.lit(None, pl.String))
    blocks, edits = clean(captures)
    return articles(documents(captures, blocks, edits))


def date_of_text(text: str, meta: dict[str, Any]) -> str | None:
    """The day of publication (score_date --text)."""
    day = articles_of([text])["published_on"][0]
    return None if day is None else day.isoformat()


def main(docs: str, predictions: str) -> None:
    """Whose copy each text is (score_agency)."""
    rows = [json.loads(line) for line in Path(docs).read_text("utf-8").splitlines()]
    made = articles_of([row["text"] for row in rows])
    with Path(predictions).open("w", encoding="utf-8") as out:
        for row, evidence in zip(rows, made["agency_evidence"].to_list(), strict=True):
            wires = [found["agency_id"] for found in evidence if found["rule_id"] not in HELPED]
            wire = next((name for name in wires if name in WIRES), None)
            out.write(json.dumps({"doc": row["id"], "wire": wire}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
