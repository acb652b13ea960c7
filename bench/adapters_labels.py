"""Outlets, agencies and kinds of blocks in the form that our own scorers read, and fields from a page's text alone.

usage: python -m bench.adapters_labels outlets|blocks INPUTS.jsonl PREDICTIONS.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bench.adapters_normalise import articles_of
from bench.adapters_pages import article
from pipelines.clean.blocks import label
from pipelines.clean.encoding import repairs
from pipelines.normalise.registry import outlets
from pipelines.text import Text


def text_fields(text: str, meta: dict[str, Any]) -> dict[str, Any]:
    """Title, authors and outlet of a text dump (score_metadata --dump)."""
    made = articles_of([text]).row(0, named=True)
    return {"title": made["headline"], "authors": made["authors"] or [], "site": made["outlet_id"]}


def outlet(document: dict[str, Any]) -> dict[str, Any]:
    """Outlet and credited agencies of a labelled document (bench.score_outlets)."""
    if document["kind"] == "page":
        made = article(document["html"], document["url"])
    else:
        made = articles_of([document["text"]]).row(0, named=True)
    said = made.get("outlet_id")
    known = outlets().get(said) if said else None
    return {
        "id": document["id"],
        "set": document["set"],
        "outlet": known.name if known else said,
        "agencies": made.get("agencies") or [],
    }


def blocks(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Spans that are not body, in code points of the dump (bench.score_blocks)."""
    read = Text(document["text"], repairs(document["text"]))
    found = []
    for block in label(read):
        span = read.to_raw(block.start, block.end)
        if block.kind != "body":
            found.append({"id": document["id"], "start": span.start, "end": span.end, "kind": block.kind})
    return found


def main(what: str, inputs: str, predictions: str) -> None:
    """Read documents, write predictions."""
    with Path(inputs).open(encoding="utf-8") as rows, Path(predictions).open("w", encoding="utf-8") as out:
        for line in rows:
            document = json.loads(line)
            for row in [outlet(document)] if what == "outlets" else blocks(document):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
