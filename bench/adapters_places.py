"""Places in the form that the bench's scorer reads.

usage: python -m bench.adapters_places DOCS.jsonl PRED.jsonl
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from pipelines.document import Block, Document
from pipelines.extract.gazetteer import gazetteer
from pipelines.extract.mentions import read
from pipelines.text import Text

CALLED = {"PS": "Palestinian Territory"}
"""Countries that the data set calls by another name than ours."""


def predicted(doc: dict[str, Any]) -> list[dict[str, Any]]:
    """The places of a document, which is one block of body text at the address of its outlet."""
    text = doc["text"]
    document = Document(
        hashlib.sha256(text.encode()).hexdigest(),
        Text(text),
        [Block(0, "body", 0, len(text), 1.0)],
        url=f"https://{doc['outlet']}/",
    )
    rows = []
    for found in read(document):
        if found.kind == "place":
            country = found.country
            row = {
                "doc": doc["id"],
                "start": found.start,
                "end": found.end,
                "lat": found.latitude,
                "lon": found.longitude,
            }
            row["country"] = country and (CALLED.get(country) or gazetteer().country(country).name)
            if found.place_kind == "region":
                row["admin1"] = found.region
            rows.append(row)
    return rows


def main(docs: str, predictions: str) -> None:
    """Write the places of all documents, one a line."""
    with Path(docs).open(encoding="utf-8") as lines, Path(predictions).open("w", encoding="utf-8") as out:
        for line in lines:
            for row in predicted(json.loads(line)):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
