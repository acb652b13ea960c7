"""Adapters for the bench scorers that hand over all documents at once: lines that repeat on a site are learned first, as a run does.

The documents are one drop, in a store in memory; each goes through the stages with what was learned about it.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from assets.home import Home
from assets.repeats import learn
from assets.store import bump, connect, create_schema, insert, select
from bench.adapters_pages import INGESTED_ON
from pipelines.clean.stage import clean
from pipelines.contracts import frame
from pipelines.document import documents
from pipelines.normalise.articles import articles
from pipelines.read.captures import Captures, Deliveries, Drops
from pipelines.read.inputs import Input, Reject, canonical
from pipelines.read.stage import capture


def with_repeats(captures: pl.DataFrame) -> pl.DataFrame:
    """Captures of one drop with the numbers of their lines that repeat (``repeated``)."""
    arrived = dt.datetime.combine(INGESTED_ON, dt.time())
    with tempfile.TemporaryDirectory() as folder, connect(":memory:", Home(Path(folder))) as con:
        create_schema(con)
        insert(con, Drops, frame(Drops, [("bench", 1, "bench", arrived, None)]))
        insert(con, Captures, captures)
        rows = [(name, "bench", uri, None, arrived) for name, uri in captures.select("capture_id", "uri").iter_rows()]
        insert(con, Deliveries, frame(Deliveries, rows))
        bump(con, "raw")
        learn(con)
        found = select(con, "SELECT capture_id, lines AS repeated FROM ops.repeats")
    return captures.join(found, on="capture_id", how="left", maintain_order="left").with_columns(
        ingested_on=pl.lit(INGESTED_ON)
    )


def _captures(rows: Sequence[dict[str, Any]], fields: Sequence[str]) -> pl.DataFrame:
    made = [
        capture(
            Input(f"bench#{row['id']}", canonical({name: row[name] for name in fields if row.get(name)}), "record"),
            "bench",
        )
        for row in rows
    ]
    return frame(Captures, [one for one in made if not isinstance(one, Reject)])


def _bodies(rows: Sequence[dict[str, Any]], fields: Sequence[str]) -> list[str]:
    captures = with_repeats(_captures(rows, fields))
    blocks, edits = clean(captures)
    made = articles(documents(captures, blocks, edits)).select("capture_id", "body")
    bodies = dict(captures.select("uri", "capture_id").join(made, on="capture_id").select("uri", "body").iter_rows())
    return [bodies.get(f"bench#{row['id']}") or "" for row in rows]


def dump_bodies(rows: list[dict[str, Any]]) -> list[str]:
    """Bodies of text dumps (score_dump_body --batch)."""
    return _bodies(rows, ("text", "url", "title", "id"))


def main(data: str, predictions: str) -> None:
    """Bodies of all documents of a set, for either scorer's --pred: of pages by their HTML, else of dumps by their text."""
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    fields = ("html", "url", "id") if "html" in rows[0] else ("text", "url", "title", "id")
    with Path(predictions).open("w", encoding="utf-8") as out:
        for row, body in zip(rows, _bodies(rows, fields), strict=True):
            out.write(json.dumps({"id": row["id"], "text": body}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
