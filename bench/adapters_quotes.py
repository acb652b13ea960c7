"""Run the quote extractor over labelled documents and write what the bench's scorer reads.

usage: python -m bench.adapters_quotes DOCS.jsonl PRED.jsonl [--all]

The gold marks as quoted only what stands between a pair of “ ” or " " or '' '' inside of a statement that somebody is
said to have made. Left out here are therefore names of works, runs in single marks (headlines), and runs whose marks do
not belong together (“ … “): facts.quotes has them, the gold has not one. ``--all`` leaves none of these out.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from pipelines.document import Block, Document
from pipelines.extract.quotes import quotes
from pipelines.text import Text

LOWEST = 0.35
"""Runs below this confidence are titles, names and slogans: nobody's statement."""

_OPENED = re.compile("(?:[“\"]|'')[^\\w“”\"]{0,6}$|[“\"](?:[A-Z][\\w.'’-]* ){0,4}[A-Z][\\w.'’-]*: +$")
_CLOSED = re.compile("[^\\w“”\"]{0,8}“|[^\\w“”\"']{0,8}'(?!')[^'\"”]")


def document_of_lines(text: str) -> Document:
    """A document whose lines are its body blocks."""
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(len(blocks), "body", at, at + len(line), 1.0))
        at += len(line) + 1
    return Document(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), Text(text), blocks)


def is_marked(text: str, start: int, end: int) -> bool:
    """Whether the words ``[start, end)`` stand between marks that the gold takes for a pair."""
    return _OPENED.search(text, max(0, start - 80), start) is not None and _CLOSED.match(text, end) is None


def record(doc: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row of facts.quotes as the scorer reads it."""
    return {
        "doc": doc,
        "kind": row["quote_type"],
        "content": [[span["start"], span["end"]] for span in row["content_spans"]],
        "source": [] if row["speaker_start"] is None else [[row["speaker_start"], row["speaker_end"]]],
        "quoted": [[row["span_start"], row["span_end"]]],
    }


def main(docs: str, predictions: str, *options: str) -> None:
    everything = "--all" in options
    with Path(docs).open(encoding="utf-8") as lines, Path(predictions).open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for row in quotes([document_of_lines(doc["text"])]).iter_rows(named=True):
                marked = is_marked(doc["text"], row["span_start"], row["span_end"])
                if row["quote_type"] == "indirect":
                    continue  # of reported speech the gold marks nothing as quoted: bench.adapters_attributions has it
                if everything or (row["confidence"] >= LOWEST and marked):
                    out.write(json.dumps(record(doc["id"], row), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
