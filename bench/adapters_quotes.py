"""Run the quote extractor over labelled documents and write what the bench's scorer reads.

usage: python -m bench.adapters_quotes DOCS.jsonl PRED.jsonl
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from pipelines.document import Block, Document
from pipelines.extract.quotes import quotes
from pipelines.text import Text

LOWEST = 0.35
"""Runs below this confidence are titles, names and slogans: nobody's statement."""


def document_of_lines(text: str) -> Document:
    """A document whose lines are its body blocks."""
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(len(blocks), "body", at, at + len(line), 1.0))
        at += len(line) + 1
    return Document(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), Text(text), blocks)


def main(docs: str, predictions: str) -> None:
    with Path(docs).open(encoding="utf-8") as lines, Path(predictions).open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for row in quotes([document_of_lines(doc["text"])]).iter_rows(named=True):
                if row["confidence"] < LOWEST:
                    continue
                record = {
                    "doc": doc["id"],
                    "kind": row["quote_type"],
                    "content": [[span["start"], span["end"]] for span in row["content_spans"]],
                    "source": [] if row["speaker_start"] is None else [[row["speaker_start"], row["speaker_end"]]],
                    "quoted": [[row["span_start"], row["span_end"]]],
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
