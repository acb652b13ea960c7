"""Every kind of fact over the labelled news texts: its contract holds, and every span opens in the text.

The texts are not here; name their folder in $NEWSLEDGER_BENCH. A third of them is read, drawn by the hash of the id.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.document import Block, Document
from pipelines.extract.kinds import KINDS
from pipelines.text import Text

BENCH = Path(os.environ.get("NEWSLEDGER_BENCH", Path(__file__).resolve().parents[3] / "shared" / "bench"))
SETS = ("quotes/train", "quotes/dev", "stories", "places")
SHARE = 3

pytestmark = pytest.mark.skipif(
    not BENCH.is_dir(), reason="the labelled data are not here; name their folder in $NEWSLEDGER_BENCH"
)


@cache
def documents(name: str) -> tuple[Document, ...]:
    """The drawn texts of a set, each as one block of body."""
    made = []
    for line in (BENCH / name / "docs.jsonl").read_text("utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        digest = hashlib.sha256(f"contract:{row['id']}".encode()).hexdigest()
        if int(digest, 16) % SHARE == 0 and row["text"].strip():
            day = dt.date.fromisoformat(row["date"]) if row.get("date") else None
            text = Text(row["text"], ())
            block = Block(0, "body", 0, len(text.clean), 1.0)
            made.append(
                Document(digest, text, [block], publication_date=str(day or "undated"), published_on=day, language="en")
            )
    return tuple(made)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_contract_holds_and_spans_open(kind: str, name: str) -> None:
    contract, extract = KINDS[kind]
    read = documents(name)
    frame = extract(read)
    contract.validate(frame, cast=False)
    texts = {document.capture_id: document.text for document in read}
    for capture, start, end, words in frame.select("capture_id", "span_start", "span_end", "text").iter_rows():
        assert texts[capture].repaired(start, end) == words
    if kind == "times":
        spans = frame.select("capture_id", "span_start", "span_end").sort("capture_id", "span_start").rows()
        assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(spans)), "expressions do not overlap"
