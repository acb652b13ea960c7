"""Hand-made labels beside what the pipeline says: reading both, and comparing them.

What belongs here: comparisons that both gold tests share. What does not: what is demanded; the tests say that.
Labels count code points of the raw capture, start inclusive, end exclusive. ``founding.json`` holds labels of captures that
are not part of this repository, so it has offsets, kinds and digests only; ``captures/`` labels ``seeds/captures``, which
was written for this project: the events are real, the outlets, bylines and private persons are not.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contracts import BLOCK_KINDS as BLOCK_KINDS
from pipelines.read.stage import inputs, read_drop
from pipelines.text import Edit, Text

HERE = Path(__file__).resolve().parent
INGESTED_ON = dt.date(2025, 1, 15)
"""The day on which the labelled captures are taken to have arrived, so that the tests do not depend on the clock."""

EDGES = " \t\r\n\u00a0\"'“”‘’«»`,.;:!?—–-…"
"""Characters that may be inside or outside of a quotation's span: marks, stops and blanks at its edges."""

BODY = ("body", "crosshead")
"""Kinds that make up an article's body."""

Label = dict[str, Any]


@dataclass
class Outcome:
    """What the stages made of some captures; frames as the contracts say, texts by capture."""

    captures: pl.DataFrame
    blocks: pl.DataFrame
    edits: pl.DataFrame
    articles: pl.DataFrame
    facts: dict[str, pl.DataFrame]
    texts: dict[str, Text]

    def rows(self, table: str, capture_id: str) -> list[dict[str, Any]]:
        """The rows of a table (a kind of fact, or an attribute's name) that belong to a capture, in their order."""
        found: pl.DataFrame = self.facts[table] if table in self.facts else getattr(self, table)
        return list(found.filter(pl.col("capture_id") == capture_id).iter_rows(named=True))

    def article(self, capture_id: str) -> dict[str, Any]:
        """The article that was read from a capture."""
        (found,) = self.rows("articles", capture_id)
        return found


def read(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The captures and rejects of a file or folder, through the project's own readers."""
    moment = dt.datetime.combine(INGESTED_ON, dt.time())
    batches = [batch.frames() for batch in read_drop(inputs(path), "gold", lambda ids: (), moment)]
    captures = pl.concat([batch[0] for batch in batches])
    return captures.with_columns(ingested_on=pl.lit(INGESTED_ON)), pl.concat([batch[2] for batch in batches])


def run(captures: pl.DataFrame) -> Outcome:
    """All stages behind reading, called directly."""
    from pipelines.clean.stage import clean
    from pipelines.document import documents
    from pipelines.extract.kinds import KINDS
    from pipelines.normalise.articles import articles

    blocks, edits = clean(captures)
    made = articles(list(documents(captures, blocks, edits)))
    dated = captures.join(made.select("capture_id", "publication_date", "published_on", "language"), on="capture_id")
    read_once = list(documents(dated, blocks, edits))
    texts = {document.capture_id: document.text for document in read_once}
    facts = {kind: extract(read_once) for kind, (_, extract) in KINDS.items()}
    return Outcome(captures, blocks, edits, made, facts, texts)


def labels(path: Path) -> Label:
    """A file of labels."""
    found: Label = json.loads(path.read_text("utf-8"))
    return found


def digest(name: str) -> str:
    """How a name of the founding captures stands in the labels: 16 digits of its SHA-256."""
    return sha256(name.encode()).hexdigest()[:16]


def trimmed(text: str, start: int, end: int, edges: str = EDGES) -> tuple[int, int]:
    """A span without the characters at its edges that do not count."""
    while start < end and text[start] in edges:
        start += 1
    while start < end and text[end - 1] in edges:
        end -= 1
    return start, end


def is_tiled(text: str, blocks: Iterable[tuple[str, int, int]]) -> str | None:
    """What is wrong with blocks that should be disjoint, trimmed and cover every non-blank character; None if nothing."""
    at = 0
    for kind, start, end in blocks:
        if start < at or end <= start:
            return f"{kind} [{start}, {end}) overlaps or is empty"
        if text[start].isspace() or text[end - 1].isspace():
            return f"{kind} [{start}, {end}) has blanks at its edge"
        if text[at:start].strip():
            return f"non-blank characters before {kind} [{start}, {end}) are not covered"
        at = end
    return "non-blank characters at the end are not covered" if text[at:].strip() else None


def spans(rows: Iterable[Mapping[str, Any]], text: str) -> list[tuple[str, int, int]]:
    """Predicted blocks as kind and span, blanks at the edges trimmed."""
    blanks = "".join(sorted({c for c in text if c.isspace()}))
    return [(row["kind"], *trimmed(text, row["span_start"], row["span_end"], blanks)) for row in rows]


def fitting(label: Label, found: list[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    """The labelled blocks. Where people would argue, the label lists readings of a stretch: the one that agrees best with
    what was found counts."""
    wanted = {tuple(block) for block in label["blocks"]}
    have = set(found)
    for case in label.get("arguable", ()):
        readings = [{tuple(block) for block in reading} for reading in case["readings"]]
        best = max(readings, key=lambda reading: (reading <= have, len(reading & have)))
        wanted = (wanted - readings[0]) | best
    return wanted


def block_differences(label: Label, found: list[tuple[str, int, int]]) -> tuple[list[Any], list[Any]]:
    """Labelled blocks that are not found, and found blocks that are not labelled."""
    wanted, have = fitting(label, found), set(found)
    return sorted(wanted - have, key=lambda b: b[1]), sorted(have - wanted, key=lambda b: b[1])


def of_kinds(blocks: Iterable[Any], kinds: Iterable[str], text: str) -> set[int]:
    """The positions of the non-blank characters in blocks of these kinds."""
    chosen = set(kinds)
    return {
        at for kind, start, end in blocks if kind in chosen for at in range(start, end) if not text[at].isspace()
    }  # fmt: skip


def runs(positions: Iterable[int]) -> list[tuple[int, int]]:
    """Positions as spans, for messages; gaps of one character (a blank) do not end a span."""
    out: list[tuple[int, int]] = []
    for at in sorted(positions):
        if out and at <= out[-1][1] + 1:
            out[-1] = (out[-1][0], at + 1)
        else:
            out.append((at, at + 1))
    return out


def plain_edits(text: str, edits: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Edits in one normal form: what stays the same at the edges is cut off, and neighbours are one."""
    out: list[tuple[int, int, str]] = []
    for start, end, new in edits:
        while start < end and new and text[start] == new[0]:
            start, new = start + 1, new[1:]
        while start < end and new and text[end - 1] == new[-1]:
            end, new = end - 1, new[:-1]
        if out and out[-1][1] == start:
            start, new = out[-1][0], out.pop()[2] + new
        out.append((start, end, new))
    return out


def found_edits(rows: Iterable[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
    """Predicted edits as span and replacement."""
    return [(row["span_start"], row["span_end"], row["replacement"]) for row in rows]


def labelled_text(raw: str, label: Label) -> Text:
    """The capture with the labelled repairs."""
    return Text(raw, [Edit(start, end, new, "markup", "gold") for start, end, new in label["edits"]])


def quoted(rows: Iterable[Mapping[str, Any]], text: str) -> dict[tuple[int, int], Mapping[str, Any]]:
    """Predicted quotations in marks of three words or more, by their span without marks and stops at the edges."""
    return {
        trimmed(text, row["span_start"], row["span_end"]): row
        for row in rows
        if row["quote_type"] != "indirect" and len(row["quote"].split()) >= 3
    }  # fmt: skip


def overlap(a: Mapping[str, Any], start: int, end: int) -> bool:
    """Whether a label and a span share a character."""
    return bool(a["start"] < end and start < a["end"])


def same_value(label: Label, row: Mapping[str, Any]) -> bool:
    """Whether a predicted quantity has the labelled value, or another acceptable one, an acceptable unit, and its conversion."""
    if "also" in label and [row["also_low"], row["also_high"], row["also_unit"]] != label["also"]:
        return False
    pairs = label.get("values") or [[label["value_low"], label["value_high"]], *label.get("or", [])]
    return row["unit"] in (label["unit"], *label.get("unit_or", ())) and any(
        all(
            (want is None and got is None)
            or (want is not None and got is not None and abs(want - got) <= 1e-6 * max(1.0, abs(want)))
            for want, got in zip(pair, (row["value_low"], row["value_high"]), strict=True)
        )
        for pair in pairs
    )


def is_unnamed_speaker(quote: Label, row: Mapping[str, Any]) -> bool:
    """Whether a quote by somebody without a name ("a spokesman") was left without a name, but points at those words."""
    if row["speaker"] is not None or row["speaker_start"] is None or "unnamed" not in quote:
        return False
    start, end = quote["unnamed"]
    return bool(row["speaker_start"] < end and start < row["speaker_end"])


def candidates_missing(label: Label, article: Mapping[str, Any]) -> list[Any]:
    """Labelled date candidates (role, EDTF value; a time may follow) that the article does not have."""
    have = [(candidate["role"], candidate["value"]) for candidate in article["published_candidates"] or ()]
    return [
        [role, value]
        for role, value in label["published_candidates"]
        if not any(role == r and v.startswith(value) for r, v in have)
    ]  # fmt: skip


def f1(counts: Counter[str]) -> float:
    """F1 of the counts ``right``, ``missed`` and ``extra`` (a wrong reading is one of each of the latter)."""
    right = counts["right"]
    return 2 * right / max(1, 2 * right + counts["missed"] + counts["extra"])
