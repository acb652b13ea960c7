"""Run the quote extractor over labelled documents and write what the bench's scorer reads.

usage: python -m bench.adapters_quotes DOCS.jsonl PRED.jsonl [--all]

The gold marks as quoted only what stands between a pair of “ ” or " " or '' '' inside of a statement that somebody is
said to have made. Left out here are therefore runs in single marks (headlines), and runs whose marks do not belong
together (“ … “): facts.quotes has them, the gold has not one. So are names of works and slogans, but for those inside of
a statement that facts.attributions gives a source: they have that source. ``--all`` leaves none of these out.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.document import Block, Document
from pipelines.extract.attributions import attributions
from pipelines.extract.quotes import quotes
from pipelines.text import Span, Text

LOWEST = 0.35
"""Runs below this confidence are titles, names and slogans: nobody's statement."""

_OPENED = re.compile("(?:[“\"]|'')[^\\w“”\"]{0,6}$|[“\"](?:[A-Z][\\w.'’-]* ){0,4}[A-Z][\\w.'’-]*: +$")
_CLOSED = re.compile("[^\\w“”\"\n]{0,8}“|[^\\w“”\"']{0,8}'(?!')[^'\"”]")


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


def holders(document: Document) -> list[tuple[int, int, Span]]:
    """The pieces of the article's statements that are known by a report, each with its source."""
    found = []
    for row in attributions([document]).iter_rows(named=True):
        if row["source_start"] is not None:
            source = Span(row["source_start"], row["source_end"])
            found += [(span["start"], span["end"], source) for span in row["statement_spans"]]
    return found


def shown(document: Document, everything: bool = False) -> Iterator[dict[str, Any]]:
    """The quotations of a document that the gold's rules are about, or all of them."""
    text = document.text.raw
    held: list[tuple[int, int, Span]] | None = None
    for row in quotes([document]).iter_rows(named=True):
        if row["quote_type"] == "indirect":
            continue  # of reported speech the gold marks nothing as quoted: bench.adapters_attributions has it
        start, end = row["span_start"], row["span_end"]
        counts = is_marked(text, start, end)
        if counts and row["confidence"] < LOWEST:
            held = holders(document) if held is None else held
            source = next((by for low, high, by in held if low <= start and end <= high), None)
            counts = source is not None
            if source is not None:
                row["speaker_start"], row["speaker_end"] = source
        if counts or everything:
            yield row


def main(docs: str, predictions: str, *options: str) -> None:
    with Path(docs).open(encoding="utf-8") as lines, Path(predictions).open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for row in shown(document_of_lines(doc["text"]), "--all" in options):
                out.write(json.dumps(record(doc["id"], row), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
