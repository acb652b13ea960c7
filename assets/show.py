"""A capture as it was read: its text in pieces, each with the block, the edit and the facts that it belongs to.

What belongs here: finding the capture in the published store, and cutting its text. What does not: how it looks
(show_terminal, show_html).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import duckdb

Row = dict[str, Any]

LANES = 4
"""Facts that overlap are underlined one below the other, on so many lines."""

LISTED = 8
"""Captures that are named where a word fits several."""

SHARED = frozenset(
    {
        "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id", "confidence",
    }
)  # fmt: skip
"""Columns of every kind of fact; all others are what the kind says."""


class ShowError(ValueError):
    """No capture, or more than one, is meant; the message says what to do."""


@dataclass(eq=False)
class Fact:
    """A fact with its number on the page and the line that it is underlined on."""

    number: int
    kind: str
    row: Row
    lane: int = 0

    @property
    def said(self) -> list[tuple[str, str]]:
        """What its kind says of it, as names and words: no offsets, nothing twice, and nothing where nothing is said."""
        told: dict[str, str] = {}
        for name, value in self.row.items():
            words = _words(value)
            if name in SHARED or name.endswith(("_start", "_end", "_spans")) or words in ("", self.row["text"]):
                continue
            if name.endswith("_high") and told.get(low := name.removesuffix("_high") + "_low") == words:
                told[name.removesuffix("_high")] = told.pop(low)
            elif value is True or words not in told.values():
                told[name] = words
        return [(name.replace("_", " "), words) for name, words in told.items()]


@dataclass
class Piece:
    """Characters that belong to the same edit and the same facts."""

    text: str
    facts: tuple[Fact, ...] = ()
    edit: Row | None = None
    replacement: str | None = None
    """What is read instead of the whole edit, on its last piece."""
    ending: tuple[Fact, ...] = ()
    """Facts that end behind it."""


@dataclass
class Part:
    """A block, or what stands between two of them."""

    block: Row | None
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Shown:
    """All there is to see of a capture."""

    capture: Row
    article: Row
    deliveries: list[Row]
    parts: list[Part]
    facts: list[Fact]
    rules: Mapping[str, str]
    """What each rule does, in words."""

    @property
    def kinds(self) -> dict[str, int]:
        """The kinds of its blocks in the order of their appearance, and how many there are of each."""
        counted: dict[str, int] = {}
        for part in self.parts:
            if part.block:
                counted[part.block["kind"]] = counted.get(part.block["kind"], 0) + 1
        return counted


def _words(value: object) -> str:
    match value:
        case None | "" | []:
            return ""
        case bool():
            return "yes" if value else ""
        case float():
            return f"{value:,.10g}"
        case list():
            return ", ".join(map(_words, value))
        case dict():
            return "; ".join(f"{name} {words}" for name, inner in value.items() if (words := _words(inner)))
    return str(value)


def language_of(article: Mapping[str, Any]) -> str | None:
    """The language of an article, and that its sentences are not read, where they are not."""
    language: str | None = article.get("language")
    if language is None or article.get("language_covered") is not False:
        return language
    return f"{language}: not covered, only what needs no grammar is read (ref.languages)"


def _rows(con: duckdb.DuckDBPyConnection, query: str, parameters: list[object]) -> list[Row]:
    found = con.execute(query, parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def find(con: duckdb.DuckDBPyConnection, words: str) -> str:
    """The capture_id that is meant: the beginning of one, a uri, or a uri's end. Raises :class:`ShowError`."""
    for condition in (
        "capture_id = lower($1) OR uri = $1",
        "starts_with(capture_id, lower($1))",
        "ends_with(uri, '/' || $1) OR ends_with(uri, '#' || $1)",
        "ends_with(uri, $1)",
        "contains(uri, $1)",
    ):
        found = _rows(
            con,
            f"""SELECT capture_id, min(uri) AS uri FROM (
                SELECT capture_id, uri FROM raw.deliveries UNION ALL SELECT capture_id, uri FROM raw.captures
            ) WHERE {condition} GROUP BY capture_id ORDER BY uri, capture_id""",
            [words],
        )
        if len(found) == 1:
            return str(found[0]["capture_id"])
        if found and words:
            named = "; ".join(f"{row['capture_id'][:12]} {row['uri']}" for row in found[:LISTED])
            more = f"; and {len(found) - LISTED:,} more" if len(found) > LISTED else ""
            raise ShowError(f"{len(found):,} captures are meant by '{words}': {named}{more}")
    raise ShowError(
        f"no capture is meant by '{words}'. Give the beginning of its capture_id, or its uri or the end of that; "
        'newsledger sql "SELECT capture_id, uri FROM raw.captures" lists them'
    )


def load(con: duckdb.DuckDBPyConnection, capture_id: str) -> Shown:
    """A capture of the published store with all that was made of it."""

    def of(table: str, order: str) -> list[Row]:
        return _rows(con, f"SELECT * FROM {table} WHERE capture_id = ? ORDER BY {order}", [capture_id])

    (capture,) = of("raw.captures", "uri")
    kinds = con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'facts' ORDER BY ALL").fetchall()
    rows = [(kind, row) for (kind,) in kinds for row in of(f"facts.{kind}", "span_start")]
    rows.sort(key=lambda entry: (entry[1]["span_start"], -entry[1]["span_end"], entry[0]))
    facts = [Fact(number, kind, row) for number, (kind, row) in enumerate(rows, 1)]
    lay(facts)
    articles = of("clean.articles", "capture_id")
    return Shown(
        capture=capture,
        article=articles[0] if articles else {},
        deliveries=of("raw.deliveries", "uri"),
        parts=cut(capture["text"], of("clean.blocks", "span_start"), of("clean.edits", "span_start"), facts),
        facts=facts,
        rules=dict(con.execute("SELECT rule_id, description FROM ref.rules").fetchall()),
    )


def lay(facts: list[Fact]) -> None:
    """Give each fact the first line on which no other lies at its place."""
    free_from = [0] * LANES
    for fact in facts:
        start = fact.row["span_start"]
        fact.lane = next((lane for lane, end in enumerate(free_from) if end <= start), LANES - 1)
        free_from[fact.lane] = max(free_from[fact.lane], fact.row["span_end"])


def cut(text: str, blocks: list[Row], edits: list[Row], facts: list[Fact]) -> list[Part]:
    """The whole text in parts and pieces, wherever a block, an edit or a fact begins or ends; joined, they are the text.

    ``blocks`` and ``edits`` are sorted and disjoint; ``facts`` may overlap in any way.
    """
    rows = [*blocks, *edits, *(fact.row for fact in facts)]
    edges = sorted({0, len(text), *(row[edge] for row in rows for edge in ("span_start", "span_end"))})
    starting = sorted(facts, key=lambda fact: fact.row["span_start"])[::-1]
    parts: list[Part] = []
    active: list[Fact] = []
    block_at = edit_at = 0
    for start, end in pairwise(edges):
        while block_at < len(blocks) and blocks[block_at]["span_end"] <= start:
            block_at += 1
        while edit_at < len(edits) and edits[edit_at]["span_end"] <= start:
            edit_at += 1
        while starting and starting[-1].row["span_start"] <= start:
            active.append(starting.pop())
        active = [fact for fact in active if fact.row["span_end"] > start]
        block = blocks[block_at] if block_at < len(blocks) and blocks[block_at]["span_start"] <= start else None
        edit = edits[edit_at] if edit_at < len(edits) and edits[edit_at]["span_start"] <= start else None
        if not parts or parts[-1].block is not block:
            parts.append(Part(block))
        parts[-1].pieces.append(
            Piece(
                text[start:end],
                tuple(active),
                edit,
                edit["replacement"] if edit and edit["span_end"] == end else None,
                tuple(fact for fact in active if fact.row["span_end"] == end),
            )
        )
    return parts
